local hs = require "headscope"
local logits = require "headscope.logits"
local neurons = require "headscope.neurons"

return hs.probe {
  id = "neuron_logprob",
  name = "Neurons: expected tokens",
  doc = [[Correlation over tokens of every MLP neuron with the log-probability of the token that it sees; the first has none.]],
  kind = "neuron",
  keep = { "post", "logits" },
  score = function(run) return neurons.correlate(run, -logits.loss(run)) end,
}
