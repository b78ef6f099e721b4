local hs = require "headscope"

return hs.probe {
  id = "next",
  name = "Next token",
  doc = [[Mean of A[q, q+1] over q = 0 … T-2; 0 under a causal mask.]],
  kind = "head",
  keep = { "pattern" },
  score = function(run) return run:attention():diagonal(1):mean(-1) end,
}
