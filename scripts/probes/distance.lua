local hs = require "headscope"

return hs.probe {
  id = "distance",
  name = "Distance",
  doc = [[Sum of A[q, k] |q - k| over the sum of A (Vig and Belinkov 2019).]],
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local position, pattern = hs.range(run.n_tokens), run:attention()
    local distance = (position:reshape(-1, 1) - position):abs():reshape(-1)
    local sums = pattern:reshape(pattern.shape[1], pattern.shape[2], -1):matmul(hs.stack({ distance, distance ^ 0 }):transpose(0, 1))
    return sums:select(-1, 0) / sums:select(-1, 1)
  end,
}
