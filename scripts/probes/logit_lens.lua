local hs = require "headscope"
local logits = require "headscope.logits"

return hs.probe {
  id = "logit_lens",
  name = "Logit lens",
  doc = [[The likeliest next tokens at a position as each layer would predict them, by the model's own head (nostalgebraist 2020). folded:
logits less their mean over the vocabulary.]],
  kind = "run",
  keep = { "resid_post" },
  params = { position = -1, top = { 3, min = 1, max = 100 }, folded = false },
  score = function(run, p)
    local lens, rows = logits.lens(run, p.position), {}
    for layer = 0, lens.shape[1] - 1 do
      for _, row in ipairs(logits.likeliest(run.model, lens[layer], p.top, p.folded)) do
        row.layer = layer
        rows[#rows + 1] = row
      end
    end
    return rows
  end,
}
