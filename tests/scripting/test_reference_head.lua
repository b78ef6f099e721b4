-- The head view, interaction by interaction: what is drawn is computed here from the recorded numbers.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w, ref = require "window", require "reference"
local check, equal, list, lines = w.check, w.equal, w.list, w.lines
local dark = ref.ground.dark

--- The pixel of a cell's strip of one of n heads, above the text.
local function strip(pixel, cell, place, n) return pixel(cell.x + (place + 0.5) * cell.w / n, cell.y + 1) end

--- The opacity of a line that ends level with its start, near its end, where lines to neighbours lie apart.
local function level_line(ui, pixel, token, share)
  local from, to = ui:find("query." .. token), ui:find("key." .. token)
  local left = from.x + from.w
  return pixel(left + (to.x - left) * share, from.y + from.h / 2)
end

check("1.2 colour is the head's, in category10's order and on; opacity is the weight", function()
  for head = 0, ref.heads - 1 do
    local ui <close> = ref.open("head", 2)
    ref.only(ui, head)
    equal(#lines(ui).planes, 1)
    equal(ref.read_color(lines(ui).planes[1].color), ref.colors[head], "head " .. head)
    w.move(ui, "query.13")
    local expected = ref.over(dark.bg, ref.colors[head], ref.pattern(2, head):at(13, 13))
    ref.same_color(level_line(ui, ref.picture(ui), 13, 0.9), expected, "line 13 to 13 of head " .. head, 4)
  end
end)

--- Two heads, the lower one first, and a token of which both are sure that it looks at itself.
local function two_sure_heads(layer)
  local most, low, high, token = 0, nil, nil, nil
  for a = 0, ref.heads - 2 do
    for b = a + 1, ref.heads - 1 do
      for t = 1, ref.tokens - 2 do
        local both = math.min(ref.pattern(layer, a):at(t, t), ref.pattern(layer, b):at(t, t))
        if both > most then most, low, high, token = both, a, b, t end
      end
    end
  end
  return low, high, token
end

check("1.2 lines of higher heads cover those of lower ones", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  for i, plane in ipairs(lines(ui).planes) do equal(ref.read_color(plane.color), ref.colors[i - 1], "plane " .. i) end
  local low, high, token = two_sure_heads(2)
  ref.only(ui, high)
  ui:command("head.toggle", { low })
  w.move(ui, "query." .. token)
  local under = ref.over(dark.bg, ref.colors[low], ref.pattern(2, low):at(token, token))
  local expected = ref.over(under, ref.colors[high], ref.pattern(2, high):at(token, token))
  ref.same_color(level_line(ui, ref.picture(ui), token, 0.9), expected, "two lines on each other", 4)
end)

check("1.2 at rest no cell has a ground of its own", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  w.leave(ui)
  local pixel = ref.picture(ui)
  for token = 0, ref.tokens - 1 do
    for _, side in ipairs { "query.", "key." } do
      local cell = ui:find(side .. token)
      ref.same_color(pixel(cell.x + 1, cell.y + 1), dark.bg, side .. token, 0)
    end
  end
end)

check("1.3 hover a left token: its cell is lit, only its lines stay, keys show a strip a head", function()
  for _, theme in ipairs { "dark", "light" } do
    local ground = ref.ground[theme]
    local ui <close> = ref.open("head", 2, { theme = theme })
    ui:command "head.all"
    w.move(ui, "query.13")
    equal(lines(ui).only_row, 13)
    equal(lines(ui).planes[1].gain, 1, "lines from it have their plain weight")
    local pixel, own = ref.picture(ui), ui:find "query.13"
    ref.same_color(pixel(own.x + own.w / 2, own.y + 1), ground.raised, "the hovered cell")
    for key = 0, ref.tokens - 1 do
      local cell = ui:find("key." .. key)
      for head = 0, ref.heads - 1 do
        local expected = ref.over(ground.bg, ref.colors[head], ref.pattern(2, head):at(13, key))
        ref.same_color(strip(pixel, cell, head, ref.heads), expected, theme .. " strip " .. head .. " of key " .. key)
      end
    end
  end
end)

check("1.3 hover a right token: only lines that end there stay, queries show the column", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  w.move(ui, "key.5")
  equal(lines(ui).only_column, 5)
  equal(lines(ui).only_row, -1)
  local pixel, sum = ref.picture(ui), 0
  for query = 0, ref.tokens - 1 do
    local cell = ui:find("query." .. query)
    for head = 0, ref.heads - 1 do
      local weight = ref.pattern(2, head):at(query, 5)
      if head == 0 then sum = sum + weight end
      ref.same_color(strip(pixel, cell, head, ref.heads), ref.over(dark.bg, ref.colors[head], weight), "strip")
    end
  end
  assert(math.abs(sum - 1) > 0.01, "a column does not sum to 1")
end)

check("1.3 strips are the raw weight, not divided by the number of heads; they follow the heads that are on", function()
  local ui <close> = ref.open("head", 2)
  ui:command("head.select", { 3 })
  ui:command("head.toggle", { 9 })
  w.move(ui, "query.13")
  local pixel = ref.picture(ui)
  for key = 0, ref.tokens - 1 do
    for place, head in ipairs { 3, 9 } do
      local expected = ref.over(dark.bg, ref.colors[head], ref.pattern(2, head):at(13, key))
      ref.same_color(strip(pixel, ui:find("key." .. key), place - 1, 2), expected, "strip of key " .. key)
    end
  end
end)

check("1.3 to another token of the column: the highlight follows, and rows touch", function()
  local ui <close> = ref.open("head", 2)
  for token = 1, ref.tokens - 1 do
    local above, cell = ui:find("query." .. token - 1), ui:find("query." .. token)
    ref.near(above.y + above.h, cell.y, "rows touch")
    for _, x in ipairs { cell.x + 0.5, cell.x + cell.w - 0.5 } do
      for _, y in ipairs { cell.y + 0.01, cell.y + cell.h - 0.01 } do
        ui:move(x, y)
        equal(lines(ui).only_row, token)
      end
    end
  end
end)

check("1.3 leaving the column: the rest comes back, to the pixel", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  local commands, pixels = w.frame(ui), ui:pixels()
  for _, id in ipairs { "query.4", "key.7" } do
    w.move(ui, id)
    assert((ui:pixels() - pixels):abs():max() > 0, "the hover shows")
    w.leave(ui)
    equal(ui:state().hover, nil)
    equal(w.frame(ui), commands)
    equal((ui:pixels() - pixels):abs():max(), 0.0)
  end
end)

check("1.3 click a tile: its head goes and comes, the last one stays, lines at rest rescale at once", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  for n = ref.heads, 2, -1 do
    ref.near(lines(ui).planes[1].gain, n ^ -0.5, n .. " heads", 1e-3)
    w.click(ui, "tile." .. n - 1)
    equal(#ui:state().heads, n - 1)
  end
  w.click(ui, "tile.0")
  list(ui:state().heads, { 0 }, "at least one stays on")
  w.click(ui, "tile.7")
  list(ui:state().heads, { 0, 7 })
end)

check("1.3 click a tile, weights as in BertViz: weight over the number of heads", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  ui:command "lines.bertviz"
  ref.near(lines(ui).planes[1].gain, 1 / 12, "twelve heads", 1e-3)
  w.click(ui, "tile.4")
  ref.near(lines(ui).planes[1].gain, 1 / 11, "eleven heads", 1e-3)
end)

check("1.3 double-click a tile: isolates the head; alone already, all come back", function()
  local ui <close> = ref.open("head", 2)
  local all = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }
  ui:command "head.all"
  w.click(ui, "tile.6", { clicks = 2 })
  list(ui:state().heads, { 6 })
  w.click(ui, "tile.6", { clicks = 2 })
  list(ui:state().heads, all)
  w.click(ui, "tile.6", { clicks = 2 })
  w.click(ui, "tile.2", { clicks = 2 })
  list(ui:state().heads, { 2 }, "another one, from one alone")
end)

check("1.3 hover a tile: nothing is selected; here it draws that head alone while the mouse is there", function()
  local ui <close> = ref.open("head", 2)
  ui:command "head.all"
  w.move(ui, "tile.8")
  equal(#ui:state().heads, 12)
  equal(ui:state().hover, nil)
  equal(#lines(ui).planes, 1)
  equal(ref.read_color(lines(ui).planes[1].color), ref.colors[8])
  w.leave(ui)
  equal(#lines(ui).planes, 12)
end)

check("1.3 layer drop-down: redraws, heads survive, the hover is dropped", function()
  local ui <close> = ref.open("head", 2)
  ui:command("head.select", { 3 })
  ui:command("head.toggle", { 9 })
  w.move(ui, "query.13")
  assert(ui:state().hover)
  w.click(ui, "layer")
  w.click(ui, "layer.4")
  equal(ui:state().layer, 4)
  list(ui:state().heads, { 3, 9 })
  w.leave(ui)
  equal(ui:state().hover, nil)
  w.move(ui, "query.13")
  ui:key "up"
  equal(ui:state().layer, 3)
  equal(ui:state().hover, nil, "hovered under a mouse that did not move")
  ui:key "down"
  w.leave(ui)
  w.move(ui, "query.13")
  local pixel = ref.picture(ui)
  local expected = ref.over(dark.bg, ref.colors[9], ref.pattern(4, 9):at(13, 0))
  ref.same_color(strip(pixel, ui:find "key.0", 1, 2), expected, "weights are the new layer's")
end)

check("1.3 attention drop-down: another part, heads and layer survive", function()
  local ui <close> = ref.open("head", 2)
  ui:command("head.select", { 3 })
  ui:command("head.toggle", { 9 })
  w.click(ui, "filter")
  w.click(ui, "filter.ab")
  equal(ui:state().filter, "ab")
  equal(ui:state().layer, 2)
  list(ui:state().heads, { 3, 9 })
end)

check("1.3 an inactive tile on light ground is the head's colour, lightness up and saturation down by 0.6 (1 - l)", function()
  local pale = { [0] = 0xAEC7D8, 0xF1CDAC, 0xB5CFB5, 0xE0B8B8, 0xD4CDD9, 0xC1C6C7, 0xEDCFE4, 0xCCCCCC, 0xDADAB1, 0xADDCE1 }
  local ui <close> = ref.open("head", 2, { theme = "light" })
  ui:command("head.select", { 11 })
  w.leave(ui)
  local pixel = ref.picture(ui)
  for head = 0, 9 do
    local tile = ui:find("tile." .. head)
    ref.same_color(pixel(tile.x + tile.w / 2, tile.y + 2), pale[head], "tile " .. head, 5)
  end
end)

check("1.4 the layer list: every layer, plain numbers in order", function()
  local ui <close> = ref.open("head", 0)
  w.click(ui, "layer")
  for layer = 0, ref.layers - 1 do
    local entry = assert(ui:find("layer." .. layer), "layer " .. layer)
    if layer > 0 then assert(entry.y > ui:find("layer." .. layer - 1).y, "in order") end
  end
  equal(ui:find("layer." .. ref.layers), nil)
end)

check("1.4 [bug] no heads active: at least one always is", function()
  local ui <close> = ref.open("head", 2)
  ui:command("head.select", { 5 })
  ui:command("head.toggle", { 5 })
  list(ui:state().heads, { 5 })
  equal(#lines(ui).planes, 1)
end)

check("1.4 the attention list: all, A to A, A to B, B to A, B to B; a pair starts with all", function()
  local ui <close> = ref.open("head", 2)
  equal(ui:state().filter, "all")
  w.click(ui, "filter")
  local above = -1
  for _, part in ipairs { "all", "aa", "ab", "ba", "bb" } do
    local entry = assert(ui:find("filter." .. part), part)
    assert(entry.y > above, part .. " below the one before")
    above = entry.y
  end
end)

check("1.4 a part is a plain slice, not renormalised, and lists its own tokens", function()
  local a, n = ref.first_of_b, ref.tokens - ref.first_of_b
  local parts = { aa = { 0, 0, a, a }, ab = { 0, a, a, n }, ba = { a, 0, n, a }, bb = { a, a, n, n } }
  for part, place in pairs(parts) do
    local ui <close> = ref.open("head", 2)
    ui:command("head.select", { 11 })
    ui:command("filter.set", { part })
    list(lines(ui).planes[1].weights.shape, { place[3], place[4] }, part)
    assert(ui:find("query." .. place[3] - 1) and not ui:find("query." .. place[3]), "rows of " .. part)
    assert(ui:find("key." .. place[4] - 1) and not ui:find("key." .. place[4]), "columns of " .. part)
    w.move(ui, "query.3")
    local pixel, pattern = ref.picture(ui), ref.pattern(2, 11)
    for key = 0, place[4] - 1 do
      local weight = pattern:at(place[1] + 3, place[2] + key)
      ref.same_color(strip(pixel, ui:find("key." .. key), 0, 1), ref.over(dark.bg, ref.colors[11], weight),
        part .. " key " .. key)
    end
  end
end)

check("1.4 for one sentence there is no attention list", function()
  local ui <close> = ref.novella("The doctor asked", "head")
  equal(ui:find "filter", nil)
end)

w.finish()
