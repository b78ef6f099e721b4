-- hs.contrast: the order of prompts and axes, what a score may be, and what is refused.
local hs = require "headscope"
local model = assert(hs.load "novella")

local function fails(pattern, ...)
  local ok, message = pcall(hs.contrast, ...)
  assert(not ok and tostring(message):find(pattern, 1, true), ("expected '%s', found '%s'"):format(pattern, tostring(message)))
end

local slots = { job = { "doctor", "nurse", "teacher" }, who = { "He", "She" } }
local template = "The {job} asked. {who} said the {job}"
local scores, about = hs.contrast(model, template, slots, {
  score = function(run) return run:attention():select(-2, -1):select(-1, 0) end,
})
assert(table.concat(scores.shape, " ") == "3 2 6 6")
assert(table.concat(about.axes, " ") == "job who" and about.words[1] == slots.job and about.words[2][2] == "She")
assert(#about.prompts == 6 and about.prompts[4] == "The nurse asked. She said the nurse")
local alone = model:run(about.prompts[4]):attention()
local function same(a, b) assert((a - b):abs():max() <= 1e-5 * b:abs():max()) end
same(scores[1][1], alone:select(-2, -1):select(-1, 0))

local logits = hs.contrast(model, "The {job}", { job = slots.job })
assert(logits.shape[1] == 3 and logits.shape[2] == model.config.d_vocab)
same(logits[2], model:run("The teacher"):logits())

-- more prompts than one pass takes, of unlike lengths
local many, asked = {}, 0
for i = 1, 90 do many[i] = ("word "):rep(1 + i % 11) .. i end
local last = hs.contrast(model, "Say {what}", { what = many }, { keep = { "resid_post5" }, logits = "all", score = function(run)
  asked = asked + 1
  assert(run.text == "Say " .. many[asked] and run:logits().shape[1] == run.n_tokens)
  return run:get "resid_post5"[-1]
end })
assert(asked == 90 and last.shape[1] == 90)
for _, i in ipairs { 1, 45, 90 } do same(last[i - 1], model:run("Say " .. many[i], { keep = { "resid_post5" } }):get "resid_post5"[-1]) end

-- runs of one pass
local runs = model:runs({ "The doctor", { 5, 6, 7 }, "She" }, { keep = "all", logits = "all", bos = true })
assert(#runs == 3 and runs[1].n_tokens == 3 and runs[2].ids[4] == 7 and runs[3].text == "She" and runs[3].bos)
for i, input in ipairs { "The doctor", { 5, 6, 7 }, "She" } do
  local one = model:run(input, { keep = "all", logits = "all", bos = true })
  for _, name in ipairs(one:names()) do
    local wanted, found = one:get(name), runs[i]:get(name)
    local finite = (wanted - wanted):eq(0)
    same(hs.where(finite, found, 0), hs.where(finite, wanted, 0))
  end
  same(runs[i]:logits(), one:logits())
end
runs[1]:close()
assert(runs[3]:attention().shape[1] == 6 and not pcall(runs[1].attention, runs[1]))
local function refuses(pattern, ...)
  local ok, message = pcall(model.runs, model, ...)
  assert(not ok and tostring(message):find(pattern, 1, true), ("expected '%s', found '%s'"):format(pattern, tostring(message)))
end
refuses("inputs: expected 1 to 1024, found 0", {})
refuses("table expected, got string", "The doctor")
refuses("inputs[2]: expected a text or a list of ids, found number", { "a", 3 })
refuses("inputs[2]: ", { "a", { 999999 } })
refuses("pair", { "a" }, { pair = "b" })

-- a number a prompt; words of several tokens, and with what is magic in patterns
local lengths = hs.contrast(model, "{a}{b}", { a = { "x", "%1 y" }, b = { " z" } }, { score = function(run) return run.n_tokens end })
assert(table.concat(lengths.shape, " ") == "2 1" and lengths:at(0, 0) == #model:encode "x z")
assert(lengths:at(1, 0) == #model:encode "%1 y z")
local kept = hs.contrast(model, "{a}", { a = { "one", "two" } }, { keep = { "resid_post" }, bos = true,
  score = function(run) return run:get "resid_post5" [-1] end })
assert(table.concat(kept.shape, " ") == "2 192")

-- edited, each prompt as by itself
local edits = { "head 2.4 zero", { at = "resid_pre3", token = 1, op = "mean" } }
local edited = hs.contrast(model, "The {job}", { job = slots.job }, { edits = edits })
local alone = model:run("The " .. slots.job[2], { edits = edits }):logits()
assert((edited[1] - alone):abs():max() < 1e-4 and (edited[1] - logits[1]):abs():max() > 1e-2)

-- a claim about pairs
local pairs_of = hs.stats.paired(scores:select(1, 0), scores:select(1, 1), { samples = 200 })
assert(table.concat(pairs_of.low.shape, " ") == "6 6" and pairs_of.low:le(pairs_of.high):min() == 1)

fails("template: expected a slot such as {word}", model, "no slot", {})
fails("slots: expected {job}, found who", model, "The {job}", slots)
fails("slots: expected words for {who}, found none", model, "{job} {who}", { job = slots.job })
fails("job: expected a list of words, found table", model, "{job}", { job = {} })
fails("job[2]: expected a text, found number", model, "{job}", { job = { "a", 2 } })
fails("options: expected score, keep, logits, bos or edits, found scores", model, "{job}", { job = slots.job }, { scores = print })
fails("score: expected a function, found number", model, "{job}", { job = slots.job }, { score = 3 })
fails('score of "The nurse": expected a number or a tensor, found nil', model, "The {job}", { job = { "nurse" } }, { score = print })
fails("expected the shape of the first, [2], found [3]", model, "The {a}", { a = { "nurse", "nurse asked" } },
  { score = function(run) return hs.zeros { run.n_tokens } end })
