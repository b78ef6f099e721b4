local hs = require "headscope"
local circuits = require "headscope.circuits"
local ranked = require "headscope.ranked"

local function name(place, heads) return ("%d.%d"):format(place // heads, place % heads) end

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
      for _, pair in ipairs(ranked(circuits.composition(run.model, mode, p.folded), "run", p.top)) do
        local from, to = pair.place // heads // run.model.config.n_layers, pair.place % (heads * run.model.config.n_layers)
        rows[#rows + 1] = { into = mode, from = name(from, heads), to = name(to, heads), score = pair.value }
      end
    end
    return rows
  end,
}
