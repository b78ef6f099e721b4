local hs = require "headscope"

return hs.probe {
  id = "current",
  name = "Current token",
  doc = [[Mean of A[q, q] over all q (ARENA).]],
  kind = "head",
  keep = { "pattern" },
  score = function(run) return run:attention():diagonal(0):mean(-1) end,
}
