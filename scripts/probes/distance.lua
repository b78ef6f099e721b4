local hs = require "headscope"

return hs.probe {
  id = "distance",
  name = "Distance",
  doc = [[Sum of A[q, k] |q - k| over the sum of A (Vig and Belinkov 2019).]],
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local rows = {}
    for q = 1, run.n_tokens do
      rows[q] = {}
      for k = 1, run.n_tokens do rows[q][k] = math.abs(q - k) end
    end
    local pattern = run:attention()
    return (pattern * hs.tensor(rows)):sum(-1):sum(-1) / pattern:sum(-1):sum(-1)
  end,
}
