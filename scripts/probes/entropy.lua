local hs = require "headscope"

return hs.probe {
  id = "entropy",
  name = "Entropy",
  doc = [[Mean over rows of -sum A ln A, in nats: how broadly a head looks.]],
  kind = "head",
  cross = true,
  keep = { "pattern" },
  score = function(run) return run:attention():entropy(-1):mean(-1) end,
}
