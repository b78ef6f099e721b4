local hs = require "headscope"
local logits = require "headscope.logits"

return hs.probe {
  id = "loss",
  name = "Loss",
  doc = [[-log p of each token given those before it, in nats; 0 for the first, which has none. Their mean is sum / (T - 1).]],
  kind = "token",
  keep = { "logits" },
  score = function(run)
    local losses = logits.loss(run):totable()
    table.insert(losses, 1, 0)
    return hs.tensor(losses)
  end,
}
