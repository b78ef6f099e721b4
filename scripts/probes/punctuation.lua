local hs = require "headscope"

return hs.probe {
  id = "punctuation",
  name = "Punctuation",
  doc = "Mean over rows of the weight on tokens that are \".\" or \",\" (Clark et al. 2019).",
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local marks = {}
    for i, token in ipairs(run.tokens) do marks[i] = token:match "^%s*[.,]$" and 1 or 0 end
    return (run:attention() * hs.tensor(marks)):sum(-1):mean(-1)
  end,
}
