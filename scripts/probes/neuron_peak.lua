local hs = require "headscope"

return hs.probe {
  id = "neuron_peak",
  name = "Neurons: largest activation",
  doc = [[The largest activation of every MLP neuron over the tokens.]],
  kind = "neuron",
  keep = { "post" },
  score = function(run) return run:get("post"):max(1) end,
}
