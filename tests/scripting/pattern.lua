-- Attention that a test makes up.
local hs = require "headscope"

--- A pattern [1, 1, t, t] from a function of query and key.
return function(t, weight)
  local rows = {}
  for q = 0, t - 1 do
    rows[q + 1] = {}
    for k = 0, t - 1 do rows[q + 1][k + 1] = weight(q, k) end
  end
  return hs.tensor { { rows } }
end
