local hs = require "headscope"
local massive = require "headscope.massive"

return hs.probe {
  id = "massive_dimensions",
  name = "Massive dimensions",
  doc = [[For each layer the tokens whose largest number of the residual stream exceeds the median most, and its dimension.]],
  kind = "run",
  keep = { "resid_post" },
  params = { top = { 2, min = 1, max = 100 } },
  score = function(run, p)
    local found, rows = massive.of(run), {}
    for layer = 0, found.ratio.shape[1] - 1 do
      local ratios, places = found.ratio[layer]:topk(math.min(p.top, run.n_tokens))
      for i = 0, ratios.shape[1] - 1 do
        local position = math.tointeger(places[i])
        rows[#rows + 1] = {
          layer = layer,
          position = position,
          token = run.tokens[position + 1],
          dimension = math.tointeger(found.dimension[layer][position]),
          largest = found.largest[layer][position],
          median = found.median[layer][position],
          ratio = ratios[i],
        }
      end
    end
    return rows
  end,
}
