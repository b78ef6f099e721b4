-- Encoder, decoder and cross attention, interaction by interaction: Hugging Face's T5 as it was recorded, and files
-- made of parts of it.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local files = require "files"
local w, ref = require "window", require "reference"
local check, equal, list, lines = w.check, w.equal, w.list, w.lines
local dark = ref.ground.dark

local file = w.fixtures .. "encoder_decoder.safetensors"
local numbers, _, notes = assert(hs.tensors(file))

--- [query, key] of a head of a part.
local function pattern(part, layer, head) return numbers[part .. ".blocks." .. layer .. ".attn.hook_pattern"]:select(0, head) end

local function open(view, part, model)
  local ui = hs.ui.open({ model = model or file, size = { 1280, 800 } }):wait()
  ui:command("threshold.set", { 0 })
  if ui:state().sink_hidden then ui:command "sink.toggle" end
  ui:command("view." .. view)
  if part then ui:command("filter.set", { part }) end
  w.leave(ui)
  return ui
end

--- A file with some of the tensors, or with others; a way to remove it.
local function write(keep, change)
  local some, path, gone = {}, files.free ".safetensors"
  for name, tensor in pairs(numbers) do
    if keep(name) then some[name] = change and change(name, tensor) or tensor end
  end
  assert(hs.save_tensors(path, some, notes))
  return path, gone
end

local function entries(ui)
  local found = {}
  w.click(ui, "filter")
  for _, part in ipairs { "all", "aa", "ab", "ba", "bb", "encoder", "decoder", "cross" } do
    local r = ui:find("filter." .. part)
    if r then found[#found + 1] = { part = part, y = r.y } end
  end
  table.sort(found, function(a, b) return a.y < b.y end)
  for i, entry in ipairs(found) do found[i] = entry.part end
  return found
end

check("1.4 the attention list: Encoder, Decoder, Cross, in this order; the first one shows", function()
  local ui <close> = open "head"
  equal(ui:state().filter, "encoder")
  list(entries(ui), { "encoder", "decoder", "cross" })
  for _, title in ipairs { "Encoder", "Decoder", "Cross" } do assert(w.says(ui, title), title) end
end)

check("1.4 only those that are supplied are offered, and the first of them shows", function()
  local path, gone <close> = write(function(name) return not name:find "^encoder" end)
  local ui <close> = open("head", nil, path)
  equal(ui:state().filter, "decoder")
  list(entries(ui), { "decoder", "cross" })
end)

check("1.4 with a single block the list is absent", function()
  for _, part in ipairs { "encoder", "decoder", "cross" } do
    local path, gone <close> = write(function(name) return name:find("^" .. part) end)
    local ui <close> = open("head", nil, path)
    equal(ui:state().filter, part)
    equal(ui:find "filter", nil, part)
  end
end)

check("1.4 cross: left the decoder's tokens, right the encoder's; of unlike number, both start at the top", function()
  local ui <close> = open("head", "cross")
  assert(ui:find "query.4" and not ui:find "query.5", "five queries")
  assert(ui:find "key.6" and not ui:find "key.7", "seven keys")
  ref.near(ui:find "query.0".y, ui:find "key.0".y, "the first row")
  assert(ui:find "query.0".x < ui:find "key.0".x)
  list(lines(ui).planes[1].weights.shape, { 5, 7 })
  local left, right = hs.json.decode(notes["tokens.decoder"]), hs.json.decode(notes["tokens.encoder"])
  for side, tokens in pairs { ["query."] = left, ["key."] = right } do
    for i, token in ipairs(tokens) do
      local shown = token:gsub("▁", "·")
      local cell = ui:find(side .. i - 1)
      assert(w.says(ui, shown), shown)
      assert(cell, side .. i - 1)
    end
  end
end)

check("1.3 cross, hover a left token: only its lines, keys show a strip a head", function()
  local ui <close> = open("head", "cross")
  ui:command "head.all"
  w.move(ui, "query.3")
  equal(lines(ui).only_row, 3)
  local pixel = ref.picture(ui)
  for key = 0, 6 do
    local cell = ui:find("key." .. key)
    for head = 0, 2 do
      local expected = ref.over(dark.bg, ref.colors[head], pattern("cross", ui:state().layer, head):at(3, key))
      ref.same_color(pixel(cell.x + (head + 0.5) * cell.w / 3, cell.y + 1), expected, "key " .. key)
    end
  end
end)

check("1.3 cross, hover a right token: only lines that end there, queries show the column", function()
  local ui <close> = open("head", "cross")
  ui:command("head.select", { 1, 2 })
  w.move(ui, "key.6")
  equal(lines(ui).only_column, 6)
  local pixel = ref.picture(ui)
  for query = 0, 4 do
    local cell = ui:find("query." .. query)
    local expected = ref.over(dark.bg, ref.colors[1], pattern("cross", 2, 1):at(query, 6))
    ref.same_color(pixel(cell.x + cell.w / 2, cell.y + 1), expected, "query " .. query)
  end
end)

check("1.3 attention drop-down: another part, heads and layer survive, the hover is dropped", function()
  local ui <close> = open("head", "decoder")
  ui:command("head.select", { 1, 1 })
  ui:command("head.toggle", { 2 })
  w.move(ui, "query.1")
  w.click(ui, "filter")
  w.click(ui, "filter.cross")
  w.leave(ui)
  equal(ui:state().layer, 1)
  list(ui:state().heads, { 1, 2 })
  equal(ui:state().hover, nil)
  list(lines(ui).planes[1].weights.shape, { 5, 7 })
  w.move(ui, "query.1")
  ui:command("filter.set", { "decoder" })
  equal(ui:state().hover, nil, "hovered under a mouse that did not move")
end)

check("1.4 the layer list is that of the part", function()
  local ui <close> = open("head", "encoder")
  w.click(ui, "layer")
  assert(ui:find "layer.1" and not ui:find "layer.2", "two layers of the encoder")
  ui:key "escape"
  ui:command("filter.set", { "cross" })
  w.click(ui, "layer")
  assert(ui:find "layer.2" and not ui:find "layer.3", "three of the decoder")
end)

check("1.4, 8 fix: tiles are those of the part that shows, not of the first one", function()
  local path, gone <close> = write(function() return true end, function(name, tensor)
    return name:find "^encoder" and tensor:slice(0, 0, 2) or nil
  end)
  local ui <close> = open("head", "encoder", path)
  assert(ui:find "tile.1" and not ui:find "tile.2", "two heads of the encoder")
  ui:command("filter.set", { "cross" })
  assert(ui:find "tile.2", "three of the attention between both")
  ui:command("head.select", { 2 })
  ui:command("filter.set", { "encoder" })
  assert(#lines(ui).planes >= 1, "a head that the part lacks is no selection")
  ui:key "1"
  assert(ui:find "thumb.1.1" and not ui:find "thumb.1.2", "and in the model view")
end)

check("2.1 model view of a part: a row a layer, a column a head, in the layer's colour", function()
  for part, layers in pairs { encoder = 2, decoder = 3, cross = 3 } do
    local ui <close> = open("model", part)
    for layer = 0, layers - 1 do assert(ui:find(("thumb.%d.2"):format(layer)), part) end
    equal(ui:find(("thumb.%d.0"):format(layers)), nil, part)
    local planes = lines(ui).planes
    equal(#planes, 3 * layers)
    for i, plane in ipairs(planes) do equal(ref.read_color(plane.color), ref.colors[(i - 1) // 3], part) end
  end
end)

check("2.2, 2.3 a panel of cross attention has the tokens of both sides, and answers the mouse on both", function()
  local ui <close> = open("model", "cross")
  w.click(ui, "thumb.2.1")
  assert(ui:find "panel.2.1.query.4" and not ui:find "panel.2.1.query.5")
  assert(ui:find "panel.2.1.key.6" and not ui:find "panel.2.1.key.7")
  assert(w.says(ui, "Layer 2, Head 1"))
  w.move(ui, "panel.2.1.query.2")
  equal(w.drawn(ui, "attention")[2].only_row, 2)
  w.move(ui, "panel.2.1.key.5")
  equal(w.drawn(ui, "attention")[2].only_column, 5)
end)

check("2.2 attention drop-down: the panel stays where the part has its head", function()
  local ui <close> = open("model", "decoder")
  w.click(ui, "thumb.2.1")
  ui:command("filter.set", { "cross" })
  assert(ui:find "panel.2.1.key.6", "with the other part's tokens")
  ui:command("filter.set", { "encoder" })
  equal(ui:find "panel.2.1", nil, "which has no layer 2")
end)

check("3 neuron view: a part without queries and keys says so; its lines show", function()
  local ui <close> = open("neuron", "cross")
  ui:command("head.select", { 1, 2 })
  list(lines(ui).planes[1].weights.shape, { 5, 7 })
  assert(w.says(ui, "no queries and keys") or w.says(ui, "queries and keys"), "why there is no computation")
end)

check("window 5, matrix view: decoder down, encoder across, the number of a cell", function()
  local ui <close> = open("matrix", "cross")
  ui:command("head.select", { 1, 2 })
  assert(ui:find "cell.4.6" and not ui:find "cell.5.0" and not ui:find "cell.0.7")
  w.move(ui, "cell.4.6")
  ui:step(0.35)
  assert(w.says(ui, ("%.4f"):format(pattern("cross", 2, 1):at(4, 6))))
end)

check("5 a part with a shallower sequence of layers is no index error: the layer goes to its last one", function()
  local ui <close> = open("head", "decoder")
  ui:command("layer.set", { 2 })
  ui:command("filter.set", { "encoder" })
  equal(ui:state().layer, 1)
  ui:command("filter.set", { "decoder" })
  assert(ui:find "query.4")
end)

check("4.5 tokens and pattern of unlike number are refused, with both counts", function()
  local path, gone <close> = write(function() return true end, function(name, tensor)
    return name:find "^cross" and tensor:slice(2, 0, 6):contiguous() or nil
  end)
  local ui <close> = hs.ui.open({ model = path }):wait()
  assert(ui:state().error and ui:state().error:find "7" and ui:state().error:find "6", ui:state().error)
end)

w.finish()
