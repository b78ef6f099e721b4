local hs = require "headscope"

return hs.probe {
  id = "sink_rate",
  name = "Sink rate",
  doc = [[1 where the mean of A[q, 0] over all q is above eps, else 0: the mean over texts and heads is the share of sinks (Gu et al.
2024, eps 0.3 at T = 64; short texts reach it without any sink, as the null shows).]],
  kind = "head",
  cross = true,
  keep = { "pattern" },
  params = { eps = { 0.3, min = 0, max = 1 } },
  score = function(run, p) return run:attention():select(-1, 0):mean(-1):gt(p.eps) end,
}
