-- The third use case: dimensions of query and key whose product shrinks with the distance between two tokens.
local t = require "headscope.test"
local hs = require "headscope"

local model = assert(hs.load "novella")

--- The products q_d k_d of a head for all pairs of a query and a key before it, [pair, d_head], and their distances.
local function products(run, layer, head)
  local q = run:get("q" .. layer):select(1, head):totable()
  local k = run:get("k" .. layer):select(1, head):totable()
  local rows, distances = {}, {}
  for i = 2, #q do
    for j = 1, i - 1 do
      local row = {}
      for d = 1, #q[i] do row[d] = q[i][d] * k[j][d] end
      rows[#rows + 1], distances[#distances + 1] = row, i - j
    end
  end
  return hs.tensor(rows), hs.tensor(distances)
end

t.test("a few dimensions of head 3.4 follow the distance", function()
  local run = model:run "It was a bright cold day in April, and the clocks were striking thirteen."
  local rows, distances = products(run, 3, 4)
  local correlations = rows:transpose(0, 1):correlation(distances, 1)
  t.near(correlations, t.golden "distance", 1e-3)
  local _, strongest = correlations:abs():topk(1)
  t.equal(correlations:abs()[strongest[0]] > 0.3, true)
end)
