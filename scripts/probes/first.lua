local hs = require "headscope"

return hs.probe {
  id = "first",
  name = "First token",
  doc = [[Mean of A[q, 0] over q = 1 … T-1: row 0 is always 1 under a causal mask and is left out.]],
  kind = "head",
  keep = { "pattern" },
  score = function(run)
    local column = run:attention():select(-1, 0)
    return column:slice(-1, 1, run.n_tokens):mean(-1)
  end,
}
