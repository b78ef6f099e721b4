local hs = require "headscope"

return hs.probe {
  id = "same_token",
  name = "Same token",
  doc = "Mean, over rows whose token came before, of the weight on its earlier copies (TransformerLens's mask). A text in\nwhich no token comes twice scores 0.",
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local position, ids = hs.range(run.n_tokens), hs.tensor(run.ids)
    local copies = ids:reshape(-1, 1):eq(ids) * position:reshape(-1, 1):gt(position)
    local rows = copies:max(-1):sum()
    return (run:attention() * copies):sum(-1):sum(-1) / math.max(rows, 1)
  end,
}
