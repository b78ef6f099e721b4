local hs = require "headscope"
local neurons = require "headscope.neurons"

return hs.probe {
  id = "neuron_position",
  name = "Neurons: position",
  doc = [[Correlation over tokens of every MLP neuron with the position.]],
  kind = "neuron",
  keep = { "post" },
  score = function(run) return neurons.correlate(run, hs.range(run.n_tokens)) end,
}
