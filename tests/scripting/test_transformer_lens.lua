-- Measures against TransformerLens's own numbers of the same model (tests/make/transformer_lens.py).
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local attribution = require "headscope.attribution"
local circuits = require "headscope.circuits"
local logits = require "headscope.logits"
local measures = require "headscope.measures"
local w = require "window"

local tiny = os.getenv "FIXTURES" .. "/tiny/"
local ids, close = require("wanted").from("transformer_lens.safetensors", 1e-5)
local model = assert(hs.load(tiny .. "gpt2"))
local run = model:run(ids, { keep = "all", logits = "all" })

w.check("composition and copying, raw and folded", function()
  for folded, mode in pairs { [false] = ".raw", [true] = ".folded" } do
    for _, letter in ipairs { "q", "k", "v" } do
      close(circuits.composition(model, letter, folded), "composition." .. letter .. mode)
    end
    close(circuits.copying(model, false, folded), "copying" .. mode)
    close(circuits.copying(model, true, folded), "copying.full" .. mode)
  end
end)

w.check("logits and losses, raw and folded", function()
  close(run:logits(), "logits.raw")
  close(logits.folded(run:logits()), "logits.folded")
  close(logits.loss(run), "loss.raw")
  close(logits.loss(run), "loss.folded")
end)

w.check("direct logit attribution", function()
  local parts = attribution.of(run, -2, 7, 150, true)
  close(parts.heads, "dla.heads")
  close(parts.mlp, "dla.mlp")
  close(hs.tensor { parts.embed, parts.pos_embed }, "dla.embed")
end)

w.check("the head detector", function()
  local place, id = hs.range(#ids), hs.tensor(ids)
  local earlier = place:reshape(-1, 1):gt(place)
  local same = id:reshape(-1, 1):eq(id) * earlier
  local after = {} -- what followed an earlier copy: the column behind it
  for q, row in ipairs(same:totable()) do
    table.insert(row, 1, 0)
    row[#row] = nil
    after[q] = row
  end
  local masks = { previous = (place:reshape(-1, 1) - place):eq(1), duplicate = same, induction = hs.tensor(after) * earlier }
  for name, mask in pairs(masks) do
    close(measures.mul(run:attention(), mask), ("detector.%s.mul"):format(name))
    close(measures.abs(run:attention(), mask), ("detector.%s.abs"):format(name), 5.01e-4) -- it rounds to .001
  end
end)

w.finish()
