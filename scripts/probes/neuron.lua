local hs = require "headscope"

return hs.probe {
  id = "neuron",
  name = "Neuron",
  doc = [[The activation of one MLP neuron at each token; the likeliest place to see what it stands for is the largest.]],
  kind = "token",
  keep = { "post" },
  params = { layer = { 0, min = 0 }, neuron = { 0, min = 0 } },
  score = function(run, p) return run:get("post"):select(0, p.layer):select(1, p.neuron) end,
}
