-- How induction heads of layer 5 come to their keys (Elhage et al. 2021): a head of an earlier layer writes into each token
-- which one stood before it, and they look for that. The weights alone say so.
local t = require "headscope.test"
local hs = require "headscope"

local circuits = require "headscope.circuits"
local measures = require "headscope.measures"

local model = assert(hs.load "novella")
local INDUCTION = { 0, 2, 4 } -- of layer 5

t.test("heads 5.0, 5.2 and 5.4 look at what followed the token before", function()
  local score = 0
  for seed = 1, 5 do
    local run <close> = model:run(hs.repeated(model, 32, seed), { keep = { "pattern" } })
    score = score + measures.induction(run:attention(), 32, 0) / 5
  end
  for _, head in ipairs(INDUCTION) do t.equal(score:at(5, head) > 0.8, true) end
  t.equal(score:gt(0.8):sum(), 3.0)
end)

t.test("of all earlier heads their keys read the previous-token head 2.4 most", function()
  local composition = circuits.composition(model, "k")
  local pairs_of = composition:places(1e-9) -- every pair of an earlier and a later head
  t.equal(pairs_of.shape[1], 36 * 15)
  for _, head in ipairs(INDUCTION) do
    local into = composition:select(2, 5):select(2, head):contiguous():reshape(-1)
    t.equal(into:argmax(), 2 * model.config.n_heads + 4)
    t.equal(into:max() > 1.3 * into:slice(0, 0, 30):median(), true)
  end
end)

t.test("head 2.4 looks at the previous token", function()
  local run = model:run "It was a bright cold day in April, and the clocks were striking thirteen."
  t.equal(measures.previous(run:attention()):at(2, 4) > 0.5, true)
end)
