local hs = require "headscope"

return hs.probe {
  id = "previous",
  name = "Previous token",
  doc = [[Mean of A[q, q-1] over q = 1 … T-1 (TransformerLens, ARENA).]],
  kind = "head",
  keep = { "pattern" },
  score = function(run) return run:attention():diagonal(-1):mean(-1) end,
}
