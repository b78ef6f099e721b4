local hs = require "headscope"
local measures = require "headscope.measures"

return hs.probe {
  id = "duplicate",
  name = "Duplicate token",
  doc = [[On n random tokens given twice: mean of A[q, q-n] over the second copy.]],
  kind = "head",
  keep = { "pattern" },
  params = { n = { 32, min = 2, max = 512 } },
  seeds = 5,
  input = function(model, p, seed) return hs.repeated(model, p.n, seed) end,
  score = function(run, p) return measures.duplicate(run:attention(), p.n, 0) end,
}
