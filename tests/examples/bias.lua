-- The first use case of Vig (2019): two texts that differ in the pronoun only, and where each head looks from it.
local t = require "headscope.test"
local hs = require "headscope"

local model = assert(hs.load "novella")

--- What each head gives from the pronoun to "doctor" and to "nurse": [layer, head, 2].
local function from_pronoun(pronoun)
  local run = model:run("The doctor asked the nurse a question. " .. pronoun)
  local last = run:attention():select(2, -1)
  t.equal({ run.tokens[2], run.tokens[5], run.tokens[run.n_tokens] }, { " doctor", " nurse", " " .. pronoun })
  local both = hs.zeros { last.shape[1], last.shape[2], 2 }
  for layer = 0, last.shape[1] - 1 do
    for head = 0, last.shape[2] - 1 do
      both:set(layer, head, 0, last:at(layer, head, 1))
      both:set(layer, head, 1, last:at(layer, head, 4))
    end
  end
  return both
end

t.test("she and he look at doctor and nurse as recorded", function()
  t.near(from_pronoun "She", t.golden "she")
  t.near(from_pronoun "He", t.golden "he")
end)

t.test("what comes before the pronoun does not see it", function()
  local she = model:run("The doctor asked the nurse a question. She"):attention()
  local he = model:run("The doctor asked the nurse a question. He"):attention()
  t.near(she:slice(2, 0, 8), he:slice(2, 0, 8), 1e-6)
end)
