local hs = require "headscope"
local circuits = require "headscope.circuits"

return hs.probe {
  id = "copying",
  name = "OV copying",
  doc = [[Re(sum of eigenvalues) / sum of their sizes, of W_V W_O, or with full of W_E W_V W_O W_U (Elhage et al. 2021); weights only. 1: a
head writes what it reads. folded: weights as TransformerLens has them.]],
  kind = "head",
  keep = {},
  params = { full = false, folded = false },
  score = function(run, p) return circuits.copying(run.model, p.full, p.folded) end,
}
