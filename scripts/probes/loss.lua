local hs = require "headscope"
local logits = require "headscope.logits"

return hs.probe {
  id = "loss",
  name = "Loss",
  doc = [[-log p of each token given those before it, in nats; the first has none.]],
  kind = "token",
  keep = { "logits" },
  from = 1,
  score = function(run)
    local losses = logits.loss(run):totable()
    table.insert(losses, 1, 0 / 0)
    return hs.tensor(losses)
  end,
}
