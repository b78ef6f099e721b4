-- Edits in Lua: texts and tables say the same, what a run was edited with is told and can be given again, wrong ones
-- are refused by place and field; probes asked about an edited run see it; hs.diff says what an edit did.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local hs = require "headscope"

local TEXT = "The doctor asked the nurse a question. She"
local model = assert(hs.load "novella")

local function run_of(edits, options)
  options = options or { keep = "all", logits = "all" }
  options.edits = edits
  return model:run(TEXT, options)
end

local function same(a, b) return a:eq(b):min() == 1 end

local clean = run_of(nil)

w.check("texts and tables say the same", function()
  local pairs_of = {
    { "head 2.4 zero", { head = "2.4", op = "zero" } },
    { "head 2.4 zero", { head = { layer = 2, head = 4 }, op = "zero" } },
    { "head 2.4 token 8 scale 0.5", { head = "L2H4", token = -1, op = "scale", value = 0.5 } },
    { "pattern 3.4 query 8 key 1 set 0.9", { pattern = "3.4", query = -1, key = 1, op = "set", value = 0.9 } },
    { "pattern 3.4 key 7 zero", { pattern = "3.4", key = -2, op = "zero" } },
    { "neuron 3.120 token 4 scale 2", { neuron = "L3N120", token = 4, op = "scale", value = 2 } },
    { "neuron 3.120 mean", { neuron = { layer = 3, neuron = 120 }, op = "mean" } },
    { "q2 head 5 dim 7 zero", { at = "q2", head = 5, dim = 7, op = "zero" } },
    { "resid_pre3 token 5 mean", { at = "blocks.3.hook_resid_pre", token = 5, op = "mean" } },
    { "embed token 0 set 1", { at = "embed", token = 0, op = "set", value = 1 } },
  }
  for _, each in ipairs(pairs_of) do
    local text <close> = run_of { each[1] }
    local given <close> = run_of { each[2] }
    w.list(given.edits, { each[1] })
    w.list(text.edits, { each[1] })
    assert(same(text:logits(), given:logits()), each[1])
    assert(not same(text:logits(), clean:logits()), each[1])
  end
  w.equal(#clean.edits, 0)
end)

w.check("an edited run is what it says", function()
  local run <close> = run_of { "pattern 3.4 query 8 key 1 set 0.9", "neuron 4.7 token 2 set 6", "resid_pre5 token 3 zero" }
  w.near(run:attention "3.4":at(8, 1), 0.9, 1e-7)
  w.equal(run:get("post4"):at(2, 7), 6.0)
  w.equal(run:get("resid_pre5")[3]:abs():max(), 0.0)
  assert(run:get("resid_post4")[3]:abs():max() > 0)
  assert(same(run:get "resid_post2", clean:get "resid_post2"))
  for query = 0, 7 do assert(same(run:attention("3.4")[query], clean:attention("3.4")[query])) end
end)

w.check("patches are told as tables, and can be given again", function()
  local run <close> = run_of { { head = "3.4", op = "zero" }, { at = "resid_pre4", token = -1, op = "patch", from = clean } }
  local patch = run.edits[2]
  w.equal(run.edits[1], "head 3.4 zero")
  w.equal(tostring(run), ("run of novella (9 tokens, edits: %d)"):format(#run.edits))
  w.equal(tostring(clean), "run of novella (9 tokens)")
  w.equal(patch.at .. patch.op .. patch.token, "resid_pre4patch8")
  w.equal(patch.head, nil)
  assert(same(patch.from:logits(), clean:logits()))
  assert(same(run:get("resid_pre4")[8], clean:get("resid_pre4")[8]) and same(run:get("resid_pre4")[7], run:get("resid_post3")[7]))
  local again <close> = run_of(run.edits)
  assert(same(again:logits(), run:logits()))
end)

w.check("all that follows from a patched layer is the other run's", function()
  local other <close> = model:run("The nurse asked the doctor a question. He", { keep = "all", logits = "all" })
  w.equal(other.n_tokens, clean.n_tokens)
  for _, name in ipairs { "embed", "resid_pre0", "resid_mid3", "resid_post5", "normalized" } do
    local run <close> = run_of { { at = name, op = "patch", from = other } }
    assert(same(run:logits(), other:logits()), name)
  end
end)

w.check("runs of one pass are edited alike, and one of them can be patched from", function()
  local runs = model:runs({ "The doctor asked", "The nurse said" }, { keep = "all", edits = { { at = "z1", token = -1, op = "zero" } } })
  for _, run in ipairs(runs) do
    w.list(run.edits, { "z1 token 2 zero" })
    w.equal(run:get("z1")[2]:abs():max(), 0.0)
  end
  local patched <close> = model:run("The doctor asked", { keep = "all", edits = { { at = "z1", op = "patch", from = runs[2] } } })
  assert(same(patched:get "z1", runs[2]:get "z1"))
  assert(same(patched.edits[1].from:get "z1", runs[2]:get "z1"))
  w.raises("edits[1]: token: expected 0 or more, for texts of different lengths, found -1", model.runs, model,
    { "The doctor", "She" }, { edits = { { head = "1.0", token = -1, op = "zero" } } })
end)

w.check("wrong edits are refused by place and field", function()
  local short <close> = model:run "The doctor"
  local closed = model:run "The doctor"
  closed:close()
  local wrong = {
    { 3, 'option "edits": expected a list, found number' },
    { { a = "head 2.4 zero" }, "found a table with a field a" },
    { { 1 }, "edits[1]: expected a text or a table, found 1" },
    { { "head 2.4 zero", "head 9.9 zero" }, "edits[2]: head 9.9 zero: layer: expected 0 to 5, found 9" },
    { { "head 2.4 zero\0" }, "edits[1]: expected a text without NUL bytes, found one at 13" },
    { { "head 2.4 token 9 zero" }, "head 2.4 token 9 zero: token: expected 0 to 8, found 9" },
    { { "head 2.4 patch" }, "a patch needs the run that it is from" },
    { { {} }, "edits[1]: at: expected an activation, or head, pattern or neuron, found none" },
    { { { head = "2.4" } }, "edits[1]: op: expected zero, mean, scale, set or patch, found none" },
    { { "head 2.4 zero", { head = "2.4", op = "double" } }, 'edits[2]: op: expected zero, mean, scale, set or patch, found "double"' },
    { { { head = "2.4", op = "zero", value = 3 } }, "value: expected none with zero, found 3" },
    { { { head = "2.4", op = "set" } }, "value: expected a number, found none" },
    { { { head = "2.4", op = "set", value = "3" } }, 'value: expected a number, found "3"' },
    { { { head = "2.4", op = "set", value = 0 / 0 } }, "edits[1]: value: expected a finite number of 32 bits, found" },
    { { { head = "2.4", op = "scale", value = 1e300 } }, "value: expected a finite number of 32 bits, found 1e+300" },
    { { { head = "2.4", op = "patch" } }, "from: expected an open run of a model, found none" },
    { { { head = "2.4", op = "patch", from = 3 } }, "from: expected an open run of a model, found 3" },
    { { { head = "2.4", op = "patch", from = closed } }, "from: expected an open run of a model, found run (closed)" },
    { { { head = "2.4", op = "patch", from = short } }, "from: blocks.2.attn.hook_z: was not kept; add \"z\" to keep" },
    { { { at = "q2", op = "patch", from = short } }, "q2 patch: from: expected 9x6x32, found 2x6x32" },
    { { { head = "2.4", op = "zero", from = short } }, "from: expected none with zero" },
    { { { head = "2.4", op = "zero", tokn = 3 } }, 'edits[1]: unknown field "tokn": expected at, head' },
    { { { head = "2.4", op = "zero", token = 1.5 } }, "token: expected a whole number of 32 bits, found 1.5" },
    { { { head = "2.4", op = "zero", token = "1" } }, 'token: expected a whole number of 32 bits, found "1"' },
    { { { head = "2.4", op = "zero", token = -10 } }, "edits[1]: token: expected -9 to 8, found -10" },
    { { { pattern = "2.4", key = -2147483648, op = "zero" } }, "edits[1]: key: expected -9 to 8, found -2147483648" },
    { { { pattern = "2.4", query = 2147483648, op = "zero" } }, "edits[1]: query: expected a whole number of 32 bits, found 2147483648" },
    { { { head = { layer = 2, head = 4, token = 1 }, op = "zero" } }, 'edits[1]: unknown field "token": expected layer and head' },
    { { { head = "2.4", op = "zero", key = 1 } }, "key: expected none of head, found 1" },
    { { { head = "2.6", op = "zero" } }, "head: expected 0 to 5, found 6" },
    { { { head = 2, op = "zero" } }, "head: expected a name such as \"2.5\", found 2" },
    { { { head = { layer = 2 }, op = "zero" } }, "or both numbers, found the layer alone" },
    { { { neuron = "3.768", op = "zero" } }, "neuron: expected 0 to 767, found 768" },
    { { { at = "q", op = "zero" } }, "activation: expected one with its layer, such as q2, found \"q\"" },
    { { { at = "nose2", op = "zero" } }, "expected a full name" },
    { { { at = "q2", head = -1, op = "zero" } }, "head: expected 0 or more, found -1" },
    { { { at = "q2", head = 6, op = "zero" } }, "head: expected 0 to 5, found 6" },
    { { { at = "q2", dim = 32, op = "zero" } }, "dim: expected 0 to 31, found 32" },
    { { { at = "resid_pre1", head = 0, op = "zero" } }, "head: expected none here, found 0" },
    { { { at = "q2", pattern = "2.4", op = "zero" } }, "pattern: expected none beside at, found both" },
    { { { head = "2.4", neuron = "2.4", op = "zero" } }, "neuron: expected one part alone, found both" },
    { { { pattern = "2.4", token = 3, op = "zero" } }, "token: expected none of pattern, found 3" },
    { { { neuron = "2.4", dim = 3, op = "zero" } }, "dim: expected none of neuron, found 3" },
  }
  for _, each in ipairs(wrong) do w.raises(each[2], run_of, each[1]) end
  local many = {}
  for i = 1, 1025 do many[i] = "head 2.4 zero" end
  w.raises("expected at most 1024, found 1025", run_of, many)
end)

w.check("a run that departs from another one has the same bits", function()
  for _, edits in ipairs { { "head 2.4 zero" }, { "resid_pre3 token 2 mean" }, {}, { "embed token 1 zero" } } do
    local whole <close> = run_of(edits)
    local run <close> = run_of(edits, { keep = "all", logits = "all", base = clean })
    local next_one <close> = run_of({ "head 4.1 zero" }, { keep = "all", logits = "all", base = run })
    assert(same(run:logits(), whole:logits()) and same(next_one:logits(), run_of({ "head 4.1 zero" }):logits()))
    for _, name in ipairs { "pattern", "q", "resid_post", "post", "embed" } do
      assert(same(run:get(name), whole:get(name)), name)
    end
  end
  local runs = model:runs({ "The doctor asked", "She said no" }, { keep = "all" })
  local edited = model:runs({ "The doctor asked", "She said no" }, { keep = "all", edits = { "head 3.1 zero" }, base = runs[2] })
  local alone = model:runs({ "The doctor asked", "She said no" }, { keep = "all", edits = { "head 3.1 zero" } })
  for i = 1, 2 do assert(same(edited[i]:logits(), alone[i]:logits())) end
  w.raises('option "base": expected an open run of a model, found 3', run_of, nil, { base = 3 })
end)

w.check("a run may be closed while others are patched from it", function()
  local from = run_of(nil)
  local run <close> = run_of { { head = "2.4", op = "patch", from = from } }
  from:close()
  collectgarbage()
  assert(same(run.edits[1].from:logits(), clean:logits()))
end)

w.check("probes see the edited run, also where it must be run again", function()
  local edited <close> = model:run(TEXT, { edits = { "head 1.2 scale 4", "neuron 3.120 token 4 set 60" } })
  local whole <close> = run_of(edited.edits)
  local function ask(probe, run) return require("headscope.about").ask(probe, model, run).mean end
  local norms = hs.probe { id = "norms", kind = "token", keep = { "resid_post" },
    score = function(run) return run:get("resid_post5"):norm(-1) end }
  assert(same(ask(norms, edited), whole:get("resid_post5"):norm(-1)))
  assert(not same(ask(norms, clean), ask(norms, edited)))
  local logits = hs.probe { id = "logits", kind = "run", keep = { "logits" }, score = function(run) return run:logits():sum(0) end }
  w.near((ask(logits, edited) - whole:logits():sum(0)):abs():max(), 0, 1e-3)
  local mask = hs.filter(edited, "distance > 0")
  w.equal(mask.rank, 2)
  -- other orders of the text are edited as the text is: what is shown is compared with its like
  local variability = require "headscope.find" "variability"
  assert(not same(ask(variability, edited), ask(variability, clean)))
  local still <close> = model:run(TEXT, { edits = { "head 5.5 scale 1" } })
  assert(same(ask(variability, still), ask(variability, clean)))
end)

w.check("hs.diff says what an edit did", function()
  local edited <close> = run_of { "pattern 2.4 query 3 key 0 set 0", "pattern 2.4 query 3 key 1 set 1" }
  local d = hs.diff(clean, edited)
  local row = edited:attention("2.4")[3] - clean:attention("2.4")[3]
  w.near(d.heads:at(2, 4), row:abs():sum() / 2 / 9, 1e-6)
  w.equal(d.heads:slice(0, 0, 2):max(), 0.0)
  w.equal(d.heads:at(2, 3), 0.0)
  assert(d.heads:slice(0, 3, 6):min() > 0)
  w.equal(d.layers:slice(0, 0, 2):max(), 0.0)
  local x, y = clean:get "resid_post4", edited:get "resid_post4"
  w.near(d.layers:at(4), ((y - x):norm(-1) / x:norm(-1)):mean(), 1e-6)
  assert(same(d.logits, edited:logits() - clean:logits()))
  local p, q = clean:logits(-1):softmax(0), edited:logits(-1):softmax(0)
  w.near(d.kl, (p * (p:log() - q:log())):sum(), 1e-5)
  assert(d.kl > 0)
  local last <close> = run_of(edited.edits, { logits = "last" })
  w.equal(hs.diff(clean, last).logits.rank, 1)
  w.near(hs.diff(clean, last).kl, d.kl, 1e-5)
  for layer = 0, 5 do
    for head = 0, 5 do assert(hs.diff(clean, run_of { ("head %d.%d scale 0.999"):format(layer, head) }).kl >= 0) end
  end
  local none = hs.diff(clean, run_of {})
  w.equal(none.heads:max(), 0.0)
  w.equal(none.kl, 0.0)
end)

w.check("hs.diff tells of what both kept, and refuses runs of unlike shape", function()
  local little <close> = model:run(TEXT, { keep = { "q" }, logits = false })
  local d = hs.diff(clean, little)
  assert(d.heads == nil and d.layers == nil and d.logits == nil and d.kl == nil)
  local short <close> = model:run "The doctor"
  w.raises("hs.diff: expected two runs of one shape, found 9 and 2 tokens", hs.diff, clean, short)
  w.raises("hs.diff: expected two open runs, found nil", hs.diff, clean)
  w.raises("hs.diff: expected two open runs, found 3", hs.diff, 3, clean)
  local bert <close> = assert(hs.load(os.getenv "FIXTURES" .. "/tiny/bert"))
  local other <close> = bert:run { 1, 2, 3, 4, 5, 6, 7, 8, 9 }
  w.raises("hs.diff: expected two runs of one shape, found 6 and 2 layers", hs.diff, clean, other)
end)

w.finish()
