local hs = require "headscope"
local measures = require "headscope.measures"

return hs.probe {
  id = "special",
  name = "Special tokens",
  doc = [[Mean over rows of the weight on special tokens, such as [CLS], [SEP] or BOS (Clark et al. 2019).]],
  kind = "head",
  cross = true,
  keep = { "pattern" },
  score = function(run)
    return measures.on(run:attention(), measures.keys(run, function(token) return token.special end))
  end,
}
