local hs = require "headscope"
local flow = require "headscope.flow"

return hs.probe {
  id = "rollout",
  name = "Rollout",
  doc = [[How much of each token the representation at a position is made of after a layer: attention multiplied through the layers
(Abnar and Zuidema 2020). In causal models the first tokens gather most of it.]],
  kind = "token",
  keep = { "pattern" },
  params = { layer = -1, position = -1 },
  score = function(run, p) return flow.rollout(run:attention())[p.layer][p.position] end,
}
