-- Probes: what is refused, what a score must be, and the probes that ship against closed forms (the published nulls of
-- uniform causal attention, and heads made to do one thing).
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"

local folder = os.getenv "HEADSCOPE_HOME" .. "/scripts/probes/"
local model = assert(hs.load "novella")

local function shipped(name) return assert(loadfile(folder .. name .. ".lua"))() end

local function close(found, expected, tolerance, what)
  if math.abs(found - expected) > tolerance then error(("%s: expected %g, found %g"):format(what, expected, found), 2) end
end

local function refused(fields, message) w.raises(message, hs.probe, fields) end

local function some(fields)
  local all = { id = "mine", kind = "head", score = function(run) return run:attention():diagonal(-1):mean(-1) end }
  for name, value in pairs(fields) do all[name] = value end
  return all
end

w.check("fields are refused by name", function()
  refused(some { colour = "red" }, "probe mine: colour: expected one of cross, doc, gather, id, input, keep, kind, name, params, score, seeds")
  refused(some { kind = "heads" }, 'probe mine: kind: expected one of edge, head, neuron, run, token, found "heads"')
  refused(some { id = "a b" }, "id: expected letters, digits")
  refused(some { seeds = 1.5, input = print }, "seeds: expected a whole number from 1")
  refused(some { keep = "pattern" }, "keep: expected a table, found a string")
  refused(some { params = { n = "many" } }, "params.n: expected a number or a boolean first, found string")
  refused(some { params = { n = { 3, min = 4 } } }, "params.n: expected a default from 4")
  refused(some { params = { n = { 3, step = 4 } } }, "params.n: expected a default, min and max, found step")
  refused(some { params = { n = { 3, max = "4" } } }, "params.n: expected a number as max, found a string")
  refused(some { params = { n = 0 / 0 } }, "params.n: expected a default from any to any")
  refused(some { keep = { pattern = true } }, "keep: expected a list of names, found a boolean at pattern")
  refused({ id = "x", kind = "head" }, "probe x: score: expected a function, found none")
  w.raises("expected a table", hs.probe)
end)

w.check("parameters have defaults and bounds", function()
  local probe = hs.probe(some { params = { n = { 32, min = 8, max = 128 }, deep = true } })
  w.equal(probe:values().n, 32)
  w.equal(math.type(probe:values({ n = 9.0 }).n), "integer")
  w.equal(probe:values({ n = 8, deep = false }).deep, false)
  w.raises("probe mine: n: expected 8 to 128, found 7", probe.values, probe, { n = 7 })
  w.raises("n: expected a number, found a string", probe.values, probe, { n = "9" })
  w.raises("params: expected one of deep, n, found m", probe.values, probe, { m = 1 })
  local plain = hs.probe { id = "plain", kind = "head", score = function() end }
  w.raises("probe plain: params: expected none, found m", plain.values, plain, { m = 1 })
end)

w.check("a score has its kind's shape and no NaN", function()
  local function answer(kind, score)
    local probe = hs.probe { id = "mine", kind = kind, score = score }
    return probe:ask(model, { text = "The doctor asked" })
  end
  w.equal(answer("token", function() return hs.zeros { 3 } end).mean.shape[1], 3)
  w.equal(answer("run", function() return 7 end).mean, 7)
  w.equal(answer("run", function() return { "rows" } end).rows[1], "rows")
  w.list(answer("run", function() return hs.zeros { 2, 5 } end).mean.shape, { 2, 5 })
  w.list(answer("neuron", function() return hs.zeros { 6, 768 } end).mean.shape, { 6, 768 })
  w.list(answer("token", function() return hs.zeros { 3 } end).tokens, { "The", " doctor", " asked" })
  w.equal(answer("token", function(run) return run:attention(0, 0)[2] end).mean:sum() > 0.99, true) -- a view of the run
  w.raises("score: expected a tensor [6, 768], found a tensor [6, 6]", answer, "neuron", function() return hs.zeros { 6, 6 } end)
  w.raises("score: expected a number, a tensor or a list of rows, found none", answer, "run", function() end)
  w.raises("score: expected a number, found NaN", answer, "run", function() return 0 / 0 end)
  w.raises("NaN in row 2, field weight", answer, "run", function() return { { weight = 1 }, { weight = 0 / 0 } } end)
  w.raises("NaN at [1, 0] (1 of 4)", answer, "run", function() return hs.tensor { { 1, 2 }, { 0 / 0, 3 } } end)
  w.raises("NaN at L1N2 (1 of 4608)", answer, "neuron", function()
    local score = hs.zeros { 6, 768 }
    score:set(1, 2, 0 / 0)
    return score
  end)
  w.raises("score: expected a tensor [6, 6], found a tensor [6]", answer, "head", function() return hs.zeros { 6 } end)
  w.raises("score: expected a tensor [6, 6], found a number", answer, "head", function() return 1 end)
  w.raises("score: expected a tensor [3], found none", answer, "token", function() end)
  w.raises("score: expected numbers, found NaN at 2.1 (1 of 36)", answer, "head", function()
    local score = hs.zeros { 6, 6 }
    score:set(2, 1, 0 / 0)
    return score
  end)
  w.raises("NaN at 0.0 (36 of 36) in a text of 1 token", hs.probe(some {}).ask, hs.probe(some {}), model, { ids = { 1 } })
  w.raises("input: expected a text, ids or a run to look at", hs.probe(some {}).ask, hs.probe(some {}), model, {})
end)

w.check("what is wrong with a probe is said with the line of its file", function()
  local function asked(text, options)
    local make = assert(load('local hs = require "headscope"\nreturn hs.probe {\n' .. text .. "}", "@its.lua"))
    w.raises("its.lua:" .. options.says, function()
      make():ask(model, { text = options.text or "The doctor asked", params = options.params })
    end)
  end
  asked([[id = "x", kind = "head", scor = print]], { says = "2: probe x: scor: expected one of" })
  asked([[id = "x", kind = "head",
    score = function() end]], { says = "4: probe x: score: expected a tensor [6, 6], found none" })
  asked([[id = "x", kind = "head",
    score = function(run) return run:attention():sum(-1):sum(-1) * (0 / 0) end]], { says = "4: probe x: score: expected numbers, found NaN" })
  asked([[id = "x", kind = "run", score = function() return { a = 1 } end]], { says = "3: probe x: score: expected a list of rows, found a table with a field a" })
  asked([[id = "x", kind = "run", score = function() error { 5 } end]], { says = "3: an error that is a table" })
  asked([[id = "x", kind = "run", score = function()
    error() end]], { says = "4: an error that is a nil" })
  asked([[id = "x", kind = "run", keep = { "patern" }, score = print]], { says = "2: probe x: activation: expected a full name" })
  asked([[id = "x", kind = "run", score = print,
    input = function() return 5 end]], { says = "4: probe x: input: expected a text or ids, found a number" })
  asked([[id = "x", kind = "run", score = print,
    input = function(model) return require "headscope".repeated(model, 9999, 1) end]], { says = "4: probe x: ids: expected at most" })
  asked([[id = "x", kind = "edge", weight = { 0 }, heads = { "9.9" }]], { says = "2: heads: layer: expected 0 to 5, found 9" })
  asked([[id = "x", kind = "edge", query = function(token) return token.nothing.here end]], { says = "3: attempt to index" })
end)

w.check("questions are refused by name, and one may say nothing", function()
  local probe = hs.probe { id = "x", kind = "run", score = function(run) return run.n_tokens end, input = function() return { 1, 2 } end }
  w.equal(probe:ask(model).mean, 2.0)
  w.raises("probe x: ask: expected one of bos, ids, pair, params, run, seeds, text, found seed", probe.ask, probe, model, { seed = 3 })
  w.raises("probe x: seeds: expected a whole number from 1, found 0", probe.ask, probe, model, { seeds = 0 })
end)

w.check("seeds are averaged", function()
  local seen = {}
  local probe = hs.probe {
    id = "mine",
    kind = "head",
    seeds = 3,
    input = function(m, p, seed)
      seen[#seen + 1] = seed
      return { seed, seed + 1 }
    end,
    score = function(run) return hs.zeros { 6, 6 } + run.ids[1] end,
  }
  local result = probe:ask(model, {})
  w.list(seen, { 1, 2, 3 })
  close(result.mean[0][0], 2, 1e-6, "mean")
  close(result.spread[0][0], 1, 1e-6, "sample deviation")
  w.equal(probe:ask(model, { seeds = 1 }).spread, nil)
  close(result.z[0][0], 0, 0, "z of what no attention makes") -- even attention scores the same
  local still = hs.probe {
    id = "still",
    kind = "run",
    input = function() return { 1, 2 } end,
    score = function(run) return run:attention(0, 0):at(1, 0) end,
  }
  close(still:ask(model, { seeds = 2 }).z, 0, 0, "z without spread")
end)

w.check("answers of seeds are alike, and rows are put together", function()
  local function ask(score)
    local input = function(_, _, seed) return seed == 1 and { 1, 2 } or { 1, 2, 3 } end
    return hs.probe({ id = "mine", kind = "run", seeds = 2, input = input, score = score }):ask(model, {})
  end
  local result = ask(function(run) return run.n_tokens end)
  close(result.mean, 2.5, 1e-9, "mean")
  close(result.spread, 0.5 ^ 0.5, 1e-9, "spread")
  local rows = ask(function(run) return { { n = run.n_tokens } } end).rows
  w.list({ rows[1].n, rows[1].seed, rows[2].n, rows[2].seed }, { 2, 1, 3, 2 })
  w.raises("score: expected a tensor [2] for every seed, found a tensor [3] for seed 2", ask, function(run)
    return hs.zeros { run.n_tokens }
  end)
  w.raises("expected a number for every seed, found a tensor [1] for seed 2", ask, function(run)
    return run.n_tokens == 2 and 1 or hs.zeros { 1 }
  end)
end)

w.check("logits of all positions are kept for who asks", function()
  local probe = hs.probe {
    id = "mine",
    kind = "token",
    keep = { "logits", "resid_post5" },
    score = function(run) return run:logits():max(-1) + run:get("resid_post5"):sum(-1) * 0 end,
  }
  w.equal(probe:run_options().logits, "all")
  w.list(probe:run_options().keep, { "resid_post5" })
  w.equal(probe:ask(model, { text = "The doctor asked" }).mean.shape[1], 3)
end)

w.check("tokens before the first that has a number have none", function()
  local function probe(from, bad)
    return hs.probe {
      id = "mine",
      kind = "token",
      from = from,
      score = function(run) return hs.where(hs.range(run.n_tokens):lt(bad), 0 / 0, hs.range(run.n_tokens)) end,
    }
  end
  local mean = probe(2, 2):ask(model, { text = "The doctor asked the nurse" }).mean
  w.equal(mean[0] ~= mean[0] and mean[1] ~= mean[1], true)
  w.list({ mean[2], mean[4] }, { 2.0, 4.0 })
  local told = probe(2, 0):ask(model, { text = "The doctor asked the nurse" }).mean
  w.list(told:eq(told):totable(), { 0.0, 0.0, 1.0, 1.0, 1.0 }, "whatever was said of them")
  local names = {}
  for i, entry in ipairs(require "headscope.ranked"(mean, "token", 4)) do names[i] = entry.name end
  w.list(names, { "4", "3", "2" })
  local late = probe(2, 3)
  w.raises("score: expected numbers, found NaN at 2 (1 of 5)", late.ask, late, model, { text = "The doctor asked the nurse" })
  w.raises("score: expected numbers, found NaN at 0", probe(nil, 1).ask, probe(nil, 1), model, { text = "The doctor" })
  refused(some { kind = "token", from = -1 }, "from: expected a whole number from 0, found -1")
  refused(some { from = 1 }, "from: expected one of cross, doc, gather, id")
end)

local function edge(fields)
  local all = { id = "mine", kind = "edge", weight = { 0.3 } }
  for name, value in pairs(fields) do all[name] = value end
  return all
end

w.check("an edge probe has fields of its own", function()
  refused(edge { score = print }, "probe mine: score: expected one of distance, doc, heads, id, input, keep, key, kind, name")
  refused(some { weight = { 0, 1 } }, "probe mine: weight: expected one of cross, doc, gather, id")
  refused(edge { weight = {} }, "weight: expected { from, to }, found none of them")
  refused(edge { weight = { 0.5, 0.4 } }, "weight: expected from <= to, found 0.5, 0.4")
  refused(edge { distance = { "near" } }, "distance: expected two numbers, found near")
  refused(edge { distance = { 1, 2, 3 } }, "distance: expected { from, to }, found a field 3")
  refused(edge { query = " She" }, "query: expected a function, found a string")
  refused(edge { heads = {} }, "heads: expected names of heads, found none")
  refused({ id = "mine", kind = "edge" }, "weight: expected a range, or one of distance, query and key, found none")
  local probe = hs.probe(edge { heads = { "9.0" } })
  w.raises("layer: expected 0 to 5, found 9", probe.ask, probe, model, { text = "The doctor" })
end)

w.check("edges are all places that are as asked, in order", function()
  local text = "The doctor asked the nurse a question. She asked the doctor."
  local function capital(token) return token.text:find "%u" ~= nil end
  local probe = hs.probe(edge {
    weight = { 0.05, 0.9 },
    distance = { 1, 5 },
    heads = { "L3H1", "0.2", { layer = 2, head = 5 }, "0.2" },
    params = { from = { 4, min = 0 } },
    query = function(token, p) return token.position >= p.from end,
    key = function(token) return not capital(token) end,
  })
  local run <close> = model:run(text)
  local n, edges = 0, probe:apply(run, probe:values { from = 5 })
  for _, name in ipairs { "0.2", "2.5", "3.1" } do
    local pattern = run:attention(name)
    for query = 5, run.n_tokens - 1 do
      for key = math.max(0, query - 5), query - 1 do
        local weight = pattern:at(query, key)
        if weight >= 0.05 and weight <= 0.9 and not capital(run:token(key)) then
          n = n + 1
          local found = edges[n]
          w.equal(("%d.%d"):format(found.layer, found.head), name)
          w.list({ found.query, found.key, found.weight }, { query, key, weight })
          w.equal(found.query_text .. found.key_text, run.tokens[query + 1] .. run.tokens[key + 1])
        end
      end
    end
  end
  w.equal(#edges, n)
  w.equal(n > 10, true)
  w.equal(#probe:ask(model, { text = text, params = { from = 5 } }).rows, n)
  w.equal(#probe:ask(model, { run = run, params = { from = 5 } }).rows, n)
end)

w.check("a causal mask hides keys from edges", function()
  local n = #hs.probe(edge({ weight = { 0 } })):ask(model, { ids = { 1, 2, 3 } }).rows
  w.equal(n, 36 * 6)
  local bert = assert(hs.load(os.getenv "FIXTURES" .. "/tiny/bert"))
  local all = hs.probe(edge({ weight = { 0 }, distance = { nil, -1 } })):ask(bert, { ids = { 1, 2, 3 } }).rows
  w.equal(#all, bert.config.n_layers * bert.config.n_heads * 3)
end)

w.check("one predicate is enough", function()
  local fields = { id = "mine", kind = "edge", key = function(token) return token.position == 1 end }
  w.equal(#hs.probe(fields):ask(model, { ids = { 1, 2, 3 } }).rows, 36 * 2)
end)

w.check("predicates see each token once", function()
  local seen = {}
  local probe = hs.probe(edge {
    weight = { 0 },
    query = function(token)
      seen[#seen + 1] = token.position
      return true
    end,
  })
  probe:ask(model, { ids = { 1, 2, 3 } })
  w.list(seen, { 0, 1, 2 })
end)

--- What even attention scores on a text of `t` tokens.
local function null_of(name, t)
  local ids = {}
  for i = 1, t do ids[i] = i end
  local null = shipped(name):ask(model, { ids = ids }).null
  close(null:max(), null:min(), 1e-6, name .. " of all heads")
  return null[0][0]
end

w.check("even attention scores as published", function()
  close(null_of("previous", 32), 0.0987, 5e-5, "previous, T = 32")
  close(null_of("previous", 64), 0.0594, 5e-5, "previous, T = 64")
  close(null_of("current", 64), 0.0741, 5e-5, "current, T = 64")
  close(null_of("confidence", 64), 0.0741, 5e-5, "confidence, T = 64")
  close(null_of("first", 64), 0.0594, 5e-5, "first from row 1, T = 64")
  close(null_of("entropy", 64), 3.21, 5e-3, "entropy, T = 64")
  close(null_of("distance", 64), 15.75, 1e-3, "distance, T = 64")
  close(null_of("next", 64), 0, 0, "next")
  close(null_of("same_token", 64), 0, 0, "same token, where none comes twice")
  for _, name in ipairs { "duplicate", "induction" } do
    close(shipped(name):ask(model, { seeds = 1 }).null[0][0], 0.0214, 5e-5, name .. ", N = 32")
  end
  close(shipped("induction"):ask(model, { seeds = 1, params = { n = 64 } }).null[0][0], 0.0108, 5e-5, "induction, N = 64")
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
  close((found.mean - expected):abs():max(), 0, 0, "the run with BOS in front")
  close((induction:ask(model, { seeds = 1, params = { n = 6 }, bos = true }).mean - expected):abs():max(), 0, 0, "said once")
  local null = 0
  for q = 7, 12 do null = null + 1 / (q + 1) / 6 end
  close(found.null[0][0], null, 1e-6, "even attention sees BOS as well")
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
