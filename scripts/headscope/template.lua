--- A probe of your own. Save this file and the window asks it again at once.
local hs = require "headscope"

return hs.probe {
  -- Letters, digits, _ and -: what commands and tests call it.
  id = "mine",
  -- For people.
  name = "My probe",
  doc = "How much each head looks at a token that lies a few back.",

  -- What `score` returns: "head" a tensor [layer, head], "neuron" [layer, neuron], "token" one number a token,
  -- "run" anything.
  kind = "head",

  -- What it looks at. The pattern, q, k and v of the text that is shown are there already; for other activations,
  -- such as "resid_post" or "post", the text is run once more.
  keep = { "pattern" },

  -- Numbers to play with: a default, and the ends of a slider.
  params = { back = { 1, min = 0, max = 8 } },

  -- run:attention() is [layer, head, query, key]. Its diagonals are distances: -1 is the token before.
  score = function(run, p) return run:attention():diagonal(-p.back):mean(-1) end,
}
