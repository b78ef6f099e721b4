local hs = require "headscope"
local logits = require "headscope.logits"

return hs.probe {
  id = "top_tokens",
  name = "Likeliest tokens",
  doc = [[The likeliest next tokens at every position. folded: logits less their mean over the vocabulary.]],
  kind = "run",
  keep = { "logits" },
  params = { top = { 3, min = 1, max = 100 }, folded = false },
  score = function(run, p)
    local all, rows = run:logits(), {}
    for position = 0, run.n_tokens - 1 do
      for _, row in ipairs(logits.likeliest(run.model, all[position], p.top, p.folded)) do
        row.position = position
        rows[#rows + 1] = row
      end
    end
    return rows
  end,
}
