-- An encoder-decoder's attention, recorded from Hugging Face's T5: encoder, decoder, and from the one to the other.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local files = require "files"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

local file = "encoder_decoder.safetensors"
local recorded = assert(hs.tensors(w.fixtures .. file))

local function open(view)
  local ui = w.open(file)
  ui:key(view or "2")
  return ui
end

check("the drop-down offers the parts, the first one shows", function()
  local ui <close> = open()
  equal(ui:state().filter, "encoder")
  equal(ui:state().text, "The house is wonderful.")
  w.click(ui, "filter")
  assert(ui:find "filter.encoder" and ui:find "filter.decoder" and not ui:find "filter.all")
  w.click(ui, "filter.cross")
  equal(ui:state().filter, "cross")
end)

check("cross: queries of the decoder, keys of the encoder, with the recorded numbers", function()
  local ui <close> = open()
  ui:command("filter.set", { "cross" })
  ui:command("head.select", { 1, 2 })
  assert(ui:find "query.4" and not ui:find "query.5" and ui:find "key.6")
  assert(w.says(ui, "·schön") and w.says(ui, "ful"))
  local expected = recorded["cross.blocks.2.attn.hook_pattern"]:select(0, 1)
  ui:command "copy.numbers"
  local i = -1
  for line in ui:clipboard():gmatch "[^\n]+" do
    local j = 0
    for number in line:gmatch "\t([%d.e-]+)" do
      if i >= 0 then assert(math.abs(tonumber(number) - expected:at(i, j)) < 1e-6) end
      j = j + 1
    end
    i = i + 1
  end
  equal(i, 5)
end)

check("parts have their own numbers of layers; tokens go only where their sequence does", function()
  local ui <close> = open()
  ui:command("filter.set", { "decoder" })
  ui:command("layer.set", { 2 })
  ui:command("token.select", { 3 })
  ui:command("filter.set", { "cross" })
  equal(ui:state().token, 3, "the decoder's queries")
  ui:command("pin.toggle", { "key", 6 })
  ui:command("filter.set", { "encoder" })
  equal(ui:state().token, nil)
  equal(ui:state().layer, 1)
  equal(#ui:state().pins, 1, "the encoder's keys")
end)

check("words and means of every part; a rollout needs one sequence", function()
  local ui <close> = open()
  ui:key "m"
  assert(w.says(ui, "·wonderful"))
  ui:command("aggregate.set", { "rollout" })
  assert(#w.drawn(ui, "attention") > 0)
  ui:command("filter.set", { "cross" })
  assert(w.says(ui, "A rollout needs queries and keys of one sequence."))
  for _, key in ipairs { "1", "3", "4", "2" } do
    ui:key(key)
    assert(w.says(ui, "A rollout needs"))
  end
  ui:command("aggregate.set", { "heads" })
  assert(ui:find "key.5" and not ui:find "key.6")
end)

check("a part that is not there is refused by the names of those that are", function()
  local ui <close> = open()
  raises("expected encoder, decoder or cross, found ab", ui.command, ui, "filter.set", { "ab" })
end)

check("the chip and the status line say the numbers of each part", function()
  local ui <close> = open()
  local function chip(part, name, column)
    local sum, n = 0, 0
    for key, tensor in pairs(recorded) do
      if key:find("^" .. part) then sum, n = sum + tensor:select(2, column):mean(), n + 1 end
    end
    return ("%s takes %d %%"):format(name, math.floor(sum / n * 100 + 0.5))
  end
  assert(w.says(ui, chip("encoder", "</s>", 6)))
  ui:command("filter.set", { "decoder" })
  assert(w.says(ui, chip("decoder", "Token 0", 0)))
  ui:command("filter.set", { "cross" })
  assert(w.says(ui, chip("cross", "</s>", 6)))
  assert(w.says(ui, "encoder 2 layers × 3 heads, decoder 3 × 3, cross 3 × 3 · 7 + 5 tokens"))
end)

check("one token is one token", function()
  local ui <close> = hs.ui.open { model = "novella", text = "A" }
  ui:wait()
  assert(w.says(ui, "· 1 token ·"))
end)

check("the name of a part can be read in the smallest window", function()
  local ui <close> = w.open(file, { size = { 640, 400 } })
  ui:command("filter.set", { "cross" })
  local box, room = ui:find "filter", nil
  for _, command in ipairs(w.drawn(ui, "text")) do
    if command.text == "Cross" and command.rect[2] == box.y then room = command.rect[3] end
  end
  assert(room and room >= 40, "all five letters")
end)

check("a figure brings its part back", function()
  local path <const>, gone <close> = files.free ".png"
  do
    local ui <close> = open()
    ui:command("filter.set", { "cross" })
    ui:command("figure.save", { path })
  end
  local ui <close> = assert(hs.ui.open { figure = path, model = w.fixtures .. file })
  equal(ui:wait():state().filter, "cross")
end)

w.finish()
