-- The first use case of Vig (2019): two texts that differ in the pronoun only, and where each head looks from it.
local t = require "headscope.test"
local hs = require "headscope"

local model = assert(hs.load "novella")

--- What each head gives from the last token to "doctor" and to "nurse": [layer, head, 2].
local function from_pronoun(run)
  local last = run:attention():select(2, -1)
  t.equal({ run.tokens[2], run.tokens[5], run.n_tokens }, { " doctor", " nurse", 9 })
  return hs.stack({ last:select(-1, 1), last:select(-1, 4) }):transpose(0, 1):transpose(1, 2)
end

t.test("she and he look at doctor and nurse as recorded", function()
  local both = hs.contrast(model, "The doctor asked the nurse a question. {pronoun}", { pronoun = { "She", "He" } },
    { score = from_pronoun })
  t.near(both[0], t.golden "she")
  t.near(both[1], t.golden "he")
end)

t.test("what comes before the pronoun does not see it", function()
  local she = model:run("The doctor asked the nurse a question. She"):attention()
  local he = model:run("The doctor asked the nurse a question. He"):attention()
  t.near(she:slice(2, 0, 8), he:slice(2, 0, 8), 1e-6)
end)
