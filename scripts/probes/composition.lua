local hs = require "headscope"
local circuits = require "headscope.circuits"
local ranked = require "headscope.ranked"

local function name(place, heads) return ("%d.%d"):format(place // heads, place % heads) end

--- The pairs of [layer, head, layer, head] that score most, of a head and one behind it.
local function pairs_of(scores, heads, top)
  local all, rows = scores.shape[1] * heads, {}
  for _, pair in ipairs(ranked(scores, "run", top)) do
    local from, to = pair.place // all, pair.place % all
    if to // heads > from // heads then
      rows[#rows + 1] = { from = name(from, heads), to = name(to, heads), score = pair.value }
    end
  end
  return rows
end

return hs.probe {
  id = "composition",
  name = "Composition",
  doc = [[The pairs of heads that compose most, by weights only: ‖W_OV W_QK‖ / (‖W_OV‖ ‖W_QK‖) into queries (q), keys (k) and values (v) of a later
head (Elhage et al. 2021). folded: weights as TransformerLens has them.]],
  kind = "run",
  keep = {},
  params = { top = { 10, min = 1, max = 1000 }, folded = false },
  score = function(run, p)
    local heads, rows = run.model.config.n_heads, {}
    for _, mode in ipairs { "q", "k", "v" } do
      for _, row in ipairs(pairs_of(circuits.composition(run.model, mode, p.folded), heads, p.top)) do
        row.into = mode
        rows[#rows + 1] = row
      end
    end
    return rows
  end,
}
