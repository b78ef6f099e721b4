local hs = require "headscope"
local attribution = require "headscope.attribution"

return hs.probe {
  id = "attribution",
  name = "Logit attribution",
  doc = [[What each head adds at a position to the logit of token a less that of b, by ids; -1: the likeliest and the second likeliest
token. With the last norm's scale of this run (TransformerLens).]],
  kind = "head",
  keep = { "embed", "pos_embed", "z", "mlp_out", "resid_post" },
  params = { position = -1, a = { -1, min = -1 }, b = { -1, min = -1 }, folded = false },
  score = function(run, p) return attribution.between(run, p).heads end,
}
