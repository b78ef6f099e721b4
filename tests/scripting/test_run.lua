-- Runs in Lua: what they were asked, what they hand out, by which names, and what is refused.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local raises = require "raises"
local tiny = os.getenv "FIXTURES" .. "/tiny/"

--- Largest difference; both must have the same shape.
local function distance(a, b)
  assert(table.concat(a.shape, "x") == table.concat(b.shape, "x"), "shapes differ")
  return (a - b):abs():max()
end
local function same(a, b) return table.concat(a.shape, "x") == table.concat(b.shape, "x") and a:eq(b):min() == 1 end
local function shape(t) return table.concat(t.shape, " ") end

local gpt2, bert = assert(hs.load(tiny .. "gpt2")), assert(hs.load(tiny .. "bert"))
local ids = { 5, 6, 7, 8, 9 }
local run = gpt2:run(ids, { keep = "all", logits = "all" })

-- tokens
assert(run.n_tokens == 5 and #run.ids == 5 and run.ids[3] == 7 and #run.tokens == 5 and #run.pieces == 5)
assert(run.bos == false and run.pair == nil and run.token_types[5] == 0 and type(run.text) == "string")
assert(run.model == gpt2 and run.seconds >= 0 and tostring(run) == "run of gpt2 (5 tokens)")
local token = run:token(2)
assert(token.id == 7 and token.piece == run.pieces[3] and token.text == run.tokens[3] and token.sentence ~= nil)
assert(token.start and token.stop and run:token(-1).id == 9)
raises("ids: expected a list, found a table with a field x", gpt2.run, gpt2, { 1, 2, x = 3 })
raises("ids: expected a list, found a table with a field 3", gpt2.run, gpt2, { [1] = 1, [3] = 3 })
raises('option "keep": expected a list, found a table with a field pattern', gpt2.run, gpt2, { 1 }, { keep = { pattern = true } })
raises("stack: expected tensors, found number at place 2", hs.stack, { hs.zeros { 2 }, 5 })
raises("__metadata__: expected another name", hs.save_tensors, os.tmpname(), { __metadata__ = hs.zeros { 2 } })
raises("token 5: expected 0 to 4", run.token, run, 5)
raises("token -6", run.token, run, -6)
raises("integer", run.token, run, "1")
raises("fraction", run.token, run, 1.5)

-- names: full, short with a number, short without
assert(same(run:get "blocks.2.attn.hook_q", run:get "q2"))
assert(shape(run:get "q2") == "5 3 20" and shape(run:get "pattern0") == "3 5 5")
assert(shape(run:get "attn_scores1") == "3 5 5" and shape(run:get "resid_pre2") == "5 60")
assert(shape(run:get "pre0") == "5 77" and shape(run:get "post2") == "5 77" and shape(run:get "embed") == "5 60")
assert(shape(run:get "pattern") == "3 3 5 5" and shape(run:get "resid_post") == "3 5 60")
assert(shape(run:get "ln_final.hook_normalized") == "5 60")
for layer = 0, 2 do
  assert(same(run:get("pattern" .. layer), run:get("pattern")[layer]))
  assert(same(run:get("blocks." .. layer .. ".hook_resid_post"), run:get("resid_post"):select(0, layer)))
end
assert(run:get("attn_scores0"):at(1, 0, 4) == -math.huge, "masked scores are -inf")
local names = {}
for _, name in ipairs(run:names()) do
  names[name] = true
  assert(run:get(name))
end
assert(#run:names() == 2 + 3 * 13 + 1 and names["blocks.0.mlp.hook_post"] and names.hook_embed)
raises("no_such", run.get, run, "no_such")
raises("pattern3", run.get, run, "pattern3")
raises("string expected", run.get, run, 3)

-- attention, by number and by name
assert(same(run:attention(), run:get "pattern") and same(run:attention(2), run:get "pattern2"))
assert(same(run:attention(2, 1), run:get("pattern2")[1]))
for _, name in ipairs { "2.1", "L2H1", { layer = 2, head = 1 } } do
  assert(same(run:attention(name), run:attention(2, 1)))
end
assert((run:attention():sum(-1) - 1):abs():max() < 1e-5, "rows sum to 1")
raises("layer 3: expected 0 to 2", run.attention, run, 3)
raises("head 3: expected 0 to 2", run.attention, run, 0, 3)
raises("layer: expected 0 to 2, found 3", run.attention, run, "3.0")
raises("head: expected 0 to 2, found 9", run.attention, run, "L0H9")
raises('"5.10" or "L5H10"', run.attention, run, "2")
raises("layer: expected 0 to 2, found none", run.attention, run, {})
raises("head: expected 0 to 2, found none", run.attention, run, { layer = 1 })
raises('"5.10" or "L5H10"', run.attention, run, "L2N1")
raises('unknown option "neuron"', run.attention, run, { layer = 1, neuron = 3 })
raises("head: expected 0 to 2", run.attention, run, { layer = 1 })
raises("integer", run.attention, run, nil, 1)

-- logits
assert(shape(run:logits()) == "5 211" and shape(run:logits(4)) == "211")
assert(same(run:logits(-1), run:logits(4)) and same(run:logits(0), run:logits()[0]))
raises("position 5: expected 0 to 4", run.logits, run, 5)
local last = gpt2:run(ids)
assert(shape(last:logits()) == "211" and distance(last:logits(), run:logits(-1)) < 1e-4)
assert(same(last:logits(-1), last:logits()) and same(last:logits(4), last:logits()))
raises('logits = "all"', last.logits, last, 0)
raises("logits", function() return gpt2:run(ids, { logits = false }):logits() end)
local bare <close> = assert(hs.load(tiny .. "bert-bare"))
raises("head", function() return bare:run(ids, { logits = "last" }):logits() end)

-- keep: the default, lists, one name, and what was not kept is named
assert(#last:names() == 9 and last:get "k0" and last:get "pattern2")
raises("resid_post", last.get, last, "resid_post1")
raises("keep", last.get, last, "v")
local few = gpt2:run(ids, { keep = { "v1", "blocks.0.hook_mlp_out", "resid_mid" } })
assert(#few:names() == 5 and shape(few:get "resid_mid") == "3 5 60")
raises("keep", few.attention, few)
raises("keep", few.get, few, "v")
assert(#gpt2:run(ids, { keep = {} }):names() == 0)
assert(#gpt2:run(ids, { keep = "z2" }):names() == 1)
raises("nothing", gpt2.run, gpt2, ids, { keep = { "pattern", "nothing" } })
raises("keep", gpt2.run, gpt2, ids, { keep = { 7 } })
raises("keep", gpt2.run, gpt2, ids, { keep = true })

-- options: unknown ones by name, wrong ones by what they should be
raises('unknown option "keeps"', gpt2.run, gpt2, ids, { keeps = "all" })
raises("unknown option", gpt2.run, gpt2, ids, { "pattern" })
raises('option "logits"', gpt2.run, gpt2, ids, { logits = true })
raises('option "logits"', gpt2.run, gpt2, ids, { logits = "first" })
raises('option "bos": expected a boolean', gpt2.run, gpt2, ids, { bos = 1 })
raises('option "pair"', gpt2.run, gpt2, ids, { pair = "b" })
raises('option "token_types": expected 5', bert.run, bert, ids, { token_types = { 0 } })
raises('option "token_types"', bert.run, bert, ids, { token_types = 0 })
raises("table expected", gpt2.run, gpt2, ids, "all")
raises("string or list", gpt2.run, gpt2, 7)
raises("string or list", gpt2.run, gpt2)

-- input that does not fit
raises("211", gpt2.run, gpt2, { 1, 211 })
raises("-1", gpt2.run, gpt2, { -1 })
raises("place 2", gpt2.run, gpt2, { 1, "2" })
local long = {}
for i = 1, 41 do long[i] = i end
raises("41", gpt2.run, gpt2, long)
raises("40", gpt2.run, gpt2, long)
assert(not pcall(gpt2.run, gpt2, {}))
raises("token", bert.run, bert, ids, { token_types = { 0, 0, 0, 0, 2 } })
local novella <close> = assert(hs.load "novella")
assert(not pcall(novella.run, novella, ""))
raises("UTF-8", novella.run, novella, "a\xff")
raises("512", novella.run, novella, ("word "):rep(600))
raises("pair", novella.run, novella, "a", { pair = "b" })
raises('option "token_types"', novella.run, novella, "a", { token_types = { 0 } })

-- text, and BOS in front of text and of ids
local text = "The doctor asked the nurse a question. She"
local said = novella:run(text, { bos = true, keep = "pattern" })
assert(said.bos and said.text == text and said.ids[1] == novella.config.bos_token_id)
assert(text:sub(said:token(2).start + 1, said:token(2).stop) == said.tokens[3] and said:token(0).special)
local numbers = novella:run({ table.unpack(said.ids, 2) }, { bos = true, keep = "pattern" })
assert(numbers.bos and same(numbers:attention(), said:attention()))
raises('option "bos"', bert.run, bert, ids, { bos = true })

-- names hold no NUL byte: what came after one would be ignored
raises("without NUL", run.get, run, "pattern\0x")
raises("without NUL", gpt2.run, gpt2, ids, { keep = { "q\0x" } })
raises("without NUL", hs.load, "novella\0x")
raises("without NUL", hs.tensors, "file\0x")

-- token types matter, and lengths do not mix
local a, b = bert:run(ids), bert:run(ids, { token_types = { 0, 0, 1, 1, 1 } })
assert(distance(a:attention(), b:attention()) > 1e-3 and b.token_types[3] == 1)

-- a tensor keeps its run alive until somebody closes it; arithmetic makes new ones
local view = gpt2:run(ids):attention(1)
collectgarbage()
collectgarbage()
assert(shape(view) == "3 5 5" and (view:sum(-1) - 1):abs():max() < 1e-5)
local own = view * 1
do
  local brief <close> = gpt2:run(ids)
  view, few = brief:attention(0), brief
end
raises("closed", view.sum, view)
raises("closed", function() return view + 1 end)
raises("run is closed", few.get, few, "pattern")
raises("run is closed", function() return few.tokens end)
assert(tostring(few) == "run (closed)" and own:sum() > 0)
run:close()
run:close()
raises("run is closed", run.attention, run)
