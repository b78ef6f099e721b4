-- The probes of patterns that ship, against closed forms: the published nulls of uniform causal attention, and heads made
-- to do one thing.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local shipped = require "shipped"
local w = require "window"

local model = assert(hs.load "novella")

--- What even attention scores on a text of `t` tokens.
local function null_of(name, t)
  local ids = {}
  for i = 1, t do ids[i] = i end
  local null = shipped(name):ask(model, { ids = ids }).null
  w.near(null:max(), null:min(), 1e-6, name .. " of all heads")
  return null[0][0]
end

w.check("even attention scores as published", function()
  w.near(null_of("previous", 32), 0.0987, 5e-5, "previous, T = 32")
  w.near(null_of("previous", 64), 0.0594, 5e-5, "previous, T = 64")
  w.near(null_of("current", 64), 0.0741, 5e-5, "current, T = 64")
  w.near(null_of("confidence", 64), 0.0741, 5e-5, "confidence, T = 64")
  w.near(null_of("first", 64), 0.0594, 5e-5, "first from row 1, T = 64")
  w.near(null_of("entropy", 64), 3.21, 5e-3, "entropy, T = 64")
  w.near(null_of("distance", 64), 15.75, 1e-3, "distance, T = 64")
  w.near(null_of("next", 64), 0, 0, "next")
  w.near(null_of("same_token", 64), 0, 0, "same token, where none comes twice")
  for _, name in ipairs { "duplicate", "induction" } do
    w.near(shipped(name):ask(model, { seeds = 1 }).null[0][0], 0.0214, 5e-5, name .. ", N = 32")
  end
  w.near(shipped("induction"):ask(model, { seeds = 1, params = { n = 64 } }).null[0][0], 0.0108, 5e-5, "induction, N = 64")
end)

--- A run of one head that looks at key(q) only; 0-based.
local function made(tokens, key)
  local rows, ids = {}, {}
  for q = 1, #tokens do
    rows[q], ids[q] = {}, tokens[q]:byte()
    for k = 1, #tokens do rows[q][k] = k - 1 == key(q - 1) and 1 or 0 end
  end
  local pattern = hs.tensor { { rows } }
  return { n_tokens = #tokens, tokens = tokens, ids = ids, attention = function() return pattern end }
end

w.check("heads that do one thing score 1 for it", function()
  local letters = { "a", "b", ",", "c", "a", "b", ",", "c" }
  local function score(name, key, p) return shipped(name).score(made(letters, key), p)[0][0] end
  local function back(n)
    return function(q) return math.max(0, q - n) end
  end
  local function zero() return 0 end
  w.equal(score("previous", back(1)), 1)
  w.equal(score("next", function(q) return q + 1 end), 1)
  w.equal(score("current", back(0)), 1)
  w.equal(score("first", zero), 1)
  w.equal(score("entropy", zero), 0)
  w.equal(score("confidence", back(3)), 1)
  w.equal(score("distance", zero), 3.5)
  w.equal(score("punctuation", function() return 2 end), 1)
  w.equal(score("punctuation", back(1)), 2 / 8)
  w.equal(score("same_token", back(4)), 1)
  w.equal(score("duplicate", back(4), { n = 4 }), 1)
  w.equal(score("induction", back(3), { n = 4 }), 1)
  w.equal(score("induction", zero, { n = 4 }), 0) -- a sink is no induction head
end)

w.check("blocks may stand behind BOS, and their usual length gives way to a short context", function()
  local induction, measures = shipped "induction", require "headscope.measures"
  local ids = hs.repeated(model, 6, 1, model.config.bos_token_id)
  local expected = measures.induction(model:run(ids):attention(), 6, 1)
  local found = induction:ask(model, { seeds = 1, params = { n = 6, prepend_bos = true } })
  w.near((found.mean - expected):abs():max(), 0, 0, "the run with BOS in front")
  w.near((induction:ask(model, { seeds = 1, params = { n = 6 }, bos = true }).mean - expected):abs():max(), 0, 0, "said once")
  local null = 0
  for q = 7, 12 do null = null + 1 / (q + 1) / 6 end
  w.near(found.null[0][0], null, 1e-6, "even attention sees BOS as well")
  local short = assert(hs.load(os.getenv "FIXTURES" .. "/tiny/gpt2"))
  w.equal(short.config.n_ctx < 64, true)
  w.equal(#induction:ask(short, { seeds = 1 }).mean.shape, 2)
  w.raises("ids: expected at most 40 tokens", induction.ask, induction, short, { params = { n = 33 } })
  local bert = assert(hs.load(os.getenv "FIXTURES" .. "/tiny/bert"))
  w.raises("prepend_bos: expected a model with a BOS token", induction.ask, induction, bert, { params = { prepend_bos = true } })
end)

w.check("repeated tokens are none of the special ones, and the same for a seed", function()
  local ids = hs.repeated(model, 20, 3)
  w.list(ids, hs.repeated(model, 20, 3))
  w.equal(#ids, 40)
  for i = 1, 20 do w.equal(ids[i], ids[i + 20]) end
  local special = {}
  for _, id in ipairs(model.special_ids) do special[id] = true end
  for _, id in ipairs(ids) do w.equal(special[id], nil) end
  w.equal(hs.repeated(model, 2, 1, 0)[1], 0)
  w.raises("hs.repeated: n: expected a whole number from 1, found 5", hs.repeated, model, "5", 1)
  w.raises("hs.repeated: bos: expected an id, found true", hs.repeated, model, 5, 1, true)
  w.raises("hs.repeated: model: expected a model, found 5", hs.repeated, 5, 5, 1)
  w.raises("hs.repeated: n: expected a whole number from 1, found 2.5", hs.repeated, model, 2.5, 1)
  w.raises("hs.repeated: seed: expected a whole number, found nil", hs.repeated, model, 2)
end)

w.finish()
