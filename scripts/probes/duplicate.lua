local hs = require "headscope"
local measures = require "headscope.measures"
local repeated = require "headscope.repeated"

return hs.probe {
  id = "duplicate",
  name = "Duplicate token",
  doc = [[On n random tokens given twice: mean of A[q, q-n] over the second copy. prepend_bos: behind the BOS token.]],
  kind = "head",
  keep = { "pattern" },
  params = repeated.PARAMS,
  seeds = 5,
  input = repeated.input,
  score = function(run, p) return measures.duplicate(run:attention(), repeated.block(run, p)) end,
}
