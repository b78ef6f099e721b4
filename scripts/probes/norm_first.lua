local hs = require "headscope"
local flow = require "headscope.flow"

return hs.probe {
  id = "norm_first",
  name = "Norm of the first token",
  doc = [[Mean over q = 1 … T-1 of the share of ‖A[q, 0] f(x_0)‖ among all ‖A[q, k] f(x_k)‖, f(x) = (x W_V + b_V) W_O (Kobayashi et al.
2020). Far below "first" where a head rests there and writes next to nothing.]],
  kind = "head",
  keep = { "pattern", "v" },
  score = function(run) return flow.share_of(run, 0):slice(-1, 1, run.n_tokens):mean(-1) end,
}
