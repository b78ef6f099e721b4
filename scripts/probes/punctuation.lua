local hs = require "headscope"
local measures = require "headscope.measures"

return hs.probe {
  id = "punctuation",
  name = "Punctuation",
  doc = "Mean over rows of the weight on tokens that are \".\" or \",\" (Clark et al. 2019).",
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local marks = {}
    for i, token in ipairs(run.tokens) do marks[i] = token:match "^%s*[.,]$" and 1 or 0 end
    return measures.on(run:attention(), hs.tensor(marks))
  end,
}
