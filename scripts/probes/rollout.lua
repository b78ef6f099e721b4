local hs = require "headscope"
local flow = require "headscope.flow"
local index = require "headscope.index"

return hs.probe {
  id = "rollout",
  name = "Rollout",
  doc = [[How much of each token the representation at a position is made of after a layer: attention multiplied through the layers
(Abnar and Zuidema 2020). In causal models the first tokens gather most of it.]],
  kind = "token",
  keep = { "pattern" },
  params = { layer = -1, position = -1 },
  score = function(run, p)
    local layer = index("layer", p.layer, run.model.config.n_layers)
    return flow.rollout(run:attention())[layer][index("position", p.position, run.n_tokens)]
  end,
}
