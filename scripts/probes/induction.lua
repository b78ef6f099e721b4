local hs = require "headscope"
local measures = require "headscope.measures"

return hs.probe {
  id = "induction",
  name = "Induction",
  doc = [[On n random tokens given twice: mean of A[q, q-n+1] over the second copy only, which leaves out the sink
that TransformerLens's stripe takes in.]],
  kind = "head",
  keep = { "pattern" },
  params = { n = { 32, min = 2, max = 512 } },
  seeds = 5,
  input = function(model, p, seed) return hs.repeated(model, p.n, seed) end,
  score = function(run, p) return measures.induction(run:attention(), p.n, 0) end,
}
