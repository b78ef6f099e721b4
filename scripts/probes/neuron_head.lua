local hs = require "headscope"
local neurons = require "headscope.neurons"

return hs.probe {
  id = "neuron_head",
  name = "Neurons: with a head",
  doc = [[Correlation over tokens of every MLP neuron with the weight that a head puts on the token so many places back.]],
  kind = "neuron",
  keep = { "post", "pattern" },
  params = { layer = { 0, min = 0 }, head = { 0, min = 0 }, back = { 1, min = 0 } },
  score = function(run, p) return neurons.correlate(run, run:attention(p.layer, p.head):diagonal(-p.back)) end,
}
