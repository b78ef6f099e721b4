local hs = require "headscope"
local index = require "headscope.index"

return hs.probe {
  id = "neuron",
  name = "Neuron",
  doc = [[The activation of one MLP neuron at each token; the likeliest place to see what it stands for is the largest.]],
  kind = "token",
  keep = { "post" },
  params = { layer = { 0, min = 0 }, neuron = { 0, min = 0 } },
  score = function(run, p)
    local post = run:get "post"
    return post[index("layer", p.layer, post.shape[1])]:select(1, index("neuron", p.neuron, post.shape[3]))
  end,
}
