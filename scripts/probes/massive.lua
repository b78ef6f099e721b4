local hs = require "headscope"
local massive = require "headscope.massive"

return hs.probe {
  id = "massive",
  name = "Massive activations",
  doc = [[Largest over layers of max |x| / median |x| of the residual stream at each token (Sun et al. 2024). Random numbers have about 4 to 5.]],
  kind = "token",
  keep = { "resid_post" },
  score = function(run) return massive.of(run).ratio:max(0) end,
}
