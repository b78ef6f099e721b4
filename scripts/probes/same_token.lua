local hs = require "headscope"

return hs.probe {
  id = "same_token",
  name = "Same token",
  doc = "Mean, over rows whose token came before, of the weight on its earlier copies (TransformerLens's mask). A text in\nwhich no token comes twice scores 0.",
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local mask, rows = {}, 0
    for q, id in ipairs(run.ids) do
      local copies = 0
      mask[q] = {}
      for k, other in ipairs(run.ids) do
        mask[q][k] = k < q and other == id and 1 or 0
        copies = copies + mask[q][k]
      end
      rows = rows + (copies > 0 and 1 or 0)
    end
    return (run:attention() * hs.tensor(mask)):sum(-1):sum(-1) / math.max(rows, 1)
  end,
}
