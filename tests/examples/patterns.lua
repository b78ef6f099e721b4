-- The second use case: heads that do the same whatever the words are.
local t = require "headscope.test"
local hs = require "headscope"

local measures = require "headscope.measures"

local model = assert(hs.load "novella")
local TEXT = "The doctor asked the nurse a question. She"

t.test("head 3.4 looks at the previous token", function()
  local scores = measures.previous(model:run(TEXT):attention())
  t.near(scores, t.golden "previous")
  t.equal(scores:reshape(-1):argmax(), 3 * model.config.n_heads + 4)
end)

t.test("much of all weight goes to the first token", function()
  local scores = measures.first_later(model:run(TEXT):attention())
  t.near(scores, t.golden "first")
  t.equal(scores:max() > 0.5, true)
end)

t.test("some heads look at what followed the same token before", function()
  local ids = {}
  for i = 1, 32 do ids[i] = i * 53 % model.config.d_vocab end
  for i = 1, 32 do ids[32 + i] = ids[i] end
  local scores = measures.induction(model:run(ids):attention(), 32, 0)
  t.near(scores, t.golden "induction")
  t.equal(scores:max() > 0.5, true)
end)
