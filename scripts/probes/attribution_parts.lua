local hs = require "headscope"
local attribution = require "headscope.attribution"
local ranked = require "headscope.ranked"

return hs.probe {
  id = "attribution_parts",
  name = "Parts of a logit difference",
  doc = [[What every part of the model adds at a position to the logit of token a less that of b, largest first, and their sum, which is the
difference; of an edited run also what edits leave that no part adds. Ids; -1: the likeliest and the second likeliest token.]],
  kind = "run",
  keep = { "embed", "pos_embed", "z", "mlp_out", "resid_post" },
  params = { position = -1, a = { -1, min = -1 }, b = { -1, min = -1 }, folded = false },
  score = function(run, p)
    local parts = attribution.between(run, p)
    local rows = {}
    local function add(part, value) rows[#rows + 1] = { part = part, value = value } end
    for _, head in ipairs(ranked(parts.heads, "head")) do add(head.name, head.value) end
    for layer = 0, parts.mlp.shape[1] - 1 do add("mlp " .. layer, parts.mlp[layer]) end
    for _, name in ipairs { "embed", "pos_embed", "bias", "edits" } do
      if parts[name] then add(name, parts[name]) end
    end
    table.sort(rows, function(a, b) return math.abs(a.value) > math.abs(b.value) end)
    table.insert(rows, 1, { part = "sum", value = parts.total })
    return rows
  end,
}
