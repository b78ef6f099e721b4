local hs = require "headscope"

return hs.probe {
  id = "confidence",
  name = "Confidence",
  doc = [[Mean over rows of the largest weight (Voita et al. 2019, special tokens not left out).]],
  kind = "head",
  cross = true,
  keep = { "pattern" },
  score = function(run) return run:attention():max(-1):mean(-1) end,
}
