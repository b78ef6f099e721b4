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
assert(scores[1][1]:eq(alone:select(-2, -1):select(-1, 0)):min() == 1)

local logits = hs.contrast(model, "The {job}", { job = slots.job })
assert(logits.shape[1] == 3 and logits.shape[2] == model.config.d_vocab)
assert(logits[2]:eq(model:run("The teacher"):logits()):min() == 1)

-- a number a prompt; words of several tokens, and with what is magic in patterns
local lengths = hs.contrast(model, "{a}{b}", { a = { "x", "%1 y" }, b = { " z" } }, { score = function(run) return run.n_tokens end })
assert(table.concat(lengths.shape, " ") == "2 1" and lengths:at(0, 0) == #model:encode "x z")
assert(lengths:at(1, 0) == #model:encode "%1 y z")
local kept = hs.contrast(model, "{a}", { a = { "one", "two" } }, { keep = { "resid_post" }, bos = true,
  score = function(run) return run:get "resid_post5" [-1] end })
assert(table.concat(kept.shape, " ") == "2 192")

-- a claim about pairs
local pairs_of = hs.stats.paired(scores:select(1, 0), scores:select(1, 1), { samples = 200 })
assert(table.concat(pairs_of.low.shape, " ") == "6 6" and pairs_of.low:le(pairs_of.high):min() == 1)

fails("template: expected a slot such as {word}", model, "no slot", {})
fails("slots: expected {job}, found who", model, "The {job}", slots)
fails("slots: expected words for {who}, found none", model, "{job} {who}", { job = slots.job })
fails("job: expected a list of words, found table", model, "{job}", { job = {} })
fails("job[2]: expected a text, found number", model, "{job}", { job = { "a", 2 } })
fails("options: expected score, keep, logits or bos, found scores", model, "{job}", { job = slots.job }, { scores = print })
fails("score: expected a function, found number", model, "{job}", { job = slots.job }, { score = 3 })
fails('score of "The nurse": expected a number or a tensor, found nil', model, "The {job}", { job = { "nurse" } }, { score = print })
fails("expected the shape of the first, [2], found [3]", model, "The {a}", { a = { "nurse", "nurse asked" } },
  { score = function(run) return hs.zeros { run.n_tokens } end })
