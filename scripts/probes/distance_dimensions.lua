local hs = require "headscope"
local neurons = require "headscope.neurons"

return hs.probe {
  id = "distance_dimensions",
  name = "Dimensions of distance",
  doc = [[For every head and dimension d of its queries and keys minus the correlation of q_d k_d with the distance over all pairs: 1 where
it makes the head look near (Vig 2019, third use case). share: its part of the whole change of q·k with distance.]],
  kind = "run",
  keep = { "q", "k" },
  params = { share = false },
  score = function(run, p)
    local correlation, share = neurons.distance_dimensions(run)
    return p.share and share or -correlation
  end,
}
