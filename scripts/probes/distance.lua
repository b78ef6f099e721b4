local hs = require "headscope"

return hs.probe {
  id = "distance",
  name = "Distance",
  doc = [[Sum of A[q, k] |q - k| over the sum of A (Vig and Belinkov 2019).]],
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local position, pattern = hs.range(run.n_tokens), run:attention()
    local distance = (position:reshape(-1, 1) - position):abs()
    return (pattern * distance):sum(-1):sum(-1) / pattern:sum(-1):sum(-1)
  end,
}
