local hs = require "headscope"
local flow = require "headscope.flow"

return hs.probe {
  id = "read",
  name = "Read",
  doc = [[Mean over layers, heads and queries of the share of ‖A[q, k] f(x_k)‖ that goes to each token (Kobayashi et al. 2020).]],
  kind = "token",
  keep = { "pattern", "v" },
  score = function(run) return flow.mean_shares(run):mean(0):mean(0) end,
}
