local hs = require "headscope"
local neurons = require "headscope.neurons"

return hs.probe {
  id = "neuron_capital",
  name = "Neurons: capital letters",
  doc = [[Correlation over tokens of every MLP neuron with whether a token begins with a capital letter. A copy with another test finds
neurons for anything that can be said of a token.]],
  kind = "neuron",
  keep = { "post" },
  score = function(run)
    return neurons.correlate(run, function(token) return token.text:find "^%s*%u" end)
  end,
}
