local hs = require "headscope"
local measures = require "headscope.measures"
local repeated = require "headscope.repeated"

return hs.probe {
  id = "induction",
  name = "Induction",
  doc = [[On n random tokens given twice: mean of A[q, q-n+1] over the second copy only, which leaves out the sink
that TransformerLens's stripe takes in. prepend_bos: behind the BOS token.]],
  kind = "head",
  keep = { "pattern" },
  params = repeated.PARAMS,
  seeds = 5,
  input = repeated.input,
  score = function(run, p) return measures.induction(run:attention(), repeated.block(run, p)) end,
}
