-- The model view, interaction by interaction: what is drawn is computed here from the recorded numbers.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w, ref = require "window", require "reference"
local check, equal, list = w.check, w.equal, w.list
local dark = ref.ground.dark

--- Lines of the thumbnails, the panels' aside: planes by "layer.head".
local function thumbnails(ui)
  local planes = {}
  local drawn = w.drawn(ui, "attention")
  for i, plane in ipairs(drawn[1].planes) do
    planes[("%d.%d"):format((i - 1) // ref.heads, (i - 1) % ref.heads)] = plane
  end
  return planes, drawn[1]
end

--- Lines of the one panel that is open.
local function panel_lines(ui)
  local drawn = w.drawn(ui, "attention")
  return drawn[#drawn]
end

--- The pixel of a panel's line that ends level with its start.
local function level_line(ui, id, token, share)
  local from, to = ui:find(id .. ".query." .. token), ui:find(id .. ".key." .. token)
  local left = from.x + from.w
  return ref.picture(ui)(left + (to.x - left) * share, from.y + from.h / 2)
end

check("2.1 rows are layers, columns heads, in order; every head is there", function()
  local ui <close> = ref.open("model", 0)
  local first = ui:find "thumb.0.0"
  for layer = 0, ref.layers - 1 do
    for head = 0, ref.heads - 1 do
      local thumb = assert(ui:find(("thumb.%d.%d"):format(layer, head)))
      ref.near(thumb.x, first.x + head * first.w, "column", 0.01)
      ref.near(thumb.y, first.y + layer * first.h, "row", 0.01)
    end
  end
  assert(ref.text(ui, "Heads") and ref.text(ui, "Layers"))
end)

check("2.1 colour is the layer's, opacity the plain weight, no text in thumbnails", function()
  local ui <close> = ref.open("model", 0)
  local planes = thumbnails(ui)
  for layer = 0, ref.layers - 1 do
    for head = 0, ref.heads - 1 do
      local plane = planes[("%d.%d"):format(layer, head)]
      equal(ref.read_color(plane.color), ref.colors[layer], "layer " .. layer)
      equal(plane.gain, 1)
      list(plane.weights.shape, { ref.tokens, ref.tokens })
    end
  end
  local grid = ui:find "thumb.0.0"
  for _, text in ipairs(w.drawn(ui, "text")) do
    local area = ui:area()
    local inside = text.rect[1] > grid.x + grid.w and text.rect[2] > grid.y + grid.h
      and text.rect[2] + text.rect[4] < area.y + area.h
    assert(not inside, "text among the thumbnails: " .. text.text)
  end
end)

check("2.1 [bug] axis text can be read on the dark ground", function()
  for theme, ground in pairs(ref.ground) do
    local ui <close> = ref.open("model", 0, { theme = theme })
    for _, text in ipairs { "Heads", "Layers", "3", "11" } do
      local color = ref.read_color(assert(ref.text(ui, text), text).color)
      assert(ref.contrast(color, ground.bg) >= 4.5, theme .. " axis " .. text)
    end
  end
end)

check("2.2 hover a thumbnail: it is lit and its numbers on the axes are, nothing is selected", function()
  local ui <close> = ref.open("model", 0)
  w.move(ui, "thumb.3.7")
  local state, thumb, pixel = ui:state(), ui:find "thumb.3.7", ref.picture(ui)
  equal(state.layer, 0)
  equal(#state.panels, 0)
  ref.same_color(pixel(thumb.x + thumb.w / 2, thumb.y + 2), dark.raised, "its ground", 4)
  equal(ref.read_color(ref.text(ui, "7").color), dark.text, "its number")
  equal(ref.read_color(ref.text(ui, "8").color), dark.muted, "another number")
end)

check("2.2 click a thumbnail: selected and lit, outlined, its panel opens and any other closes", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.1.4")
  w.click(ui, "thumb.3.2")
  list(ui:state().panels[1], { 3, 2 })
  equal(#ui:state().panels, 1)
  equal(ui:find "panel.1.4", nil)
  w.leave(ui)
  local thumb, pixel = ui:find "thumb.3.2", ref.picture(ui)
  ref.same_color(pixel(thumb.x + thumb.w / 2, thumb.y + 5), dark.raised, "its ground", 4)
  local outlined = 0
  for _, box in ipairs(ref.boxes(ui, "stroke", dark.accent)) do
    local r = box.rect
    local here = r[1] >= thumb.x and r[2] >= thumb.y and r[1] <= thumb.x + 4 and r[2] <= thumb.y + 4
    if here and box.opacity == 1 then outlined = outlined + 1 end
  end
  equal(outlined, 1, "outlines at the thumbnail")
  local other = ui:find "thumb.1.4"
  ref.same_color(pixel(other.x + other.w / 2, other.y + 2), dark.bg, "the one before", 4)
end)

check("2.2 click the same thumbnail again: the panel closes", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.3.2")
  w.click(ui, "thumb.3.2")
  equal(#ui:state().panels, 0)
  equal(ui:find "panel.3.2", nil)
end)

check("2.2 click inside the panel: it swallows the click; a close button closes it", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.3.2")
  local panel = ui:find "panel.3.2"
  for _, share in ipairs { 0.02, 0.3, 0.5, 0.98 } do
    ui:click(panel.x + panel.w * share, panel.y + panel.h * share)
    list(ui:state().panels[1], { 3, 2 })
    equal(ui:state().view, "model")
  end
  w.click(ui, "panel.3.2.close")
  equal(#ui:state().panels, 0)
end)

check("2.2 hover a left token in the panel: only its lines, at their weight in the layer's colour", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.2.11")
  local weight = ref.pattern(2, 11)
  for _, token in ipairs { 0, 13, 19 } do
    w.move(ui, "panel.2.11.query." .. token)
    equal(panel_lines(ui).only_row, token)
    equal(panel_lines(ui).planes[1].gain, 1)
    ref.same_color(level_line(ui, "panel.2.11", token, 0.93), ref.over(dark.bg, ref.colors[2], weight:at(token, token)),
      "line " .. token, 5)
  end
end)

check("2.2 [bug] hover a left token in the panel: its cell is lit", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.2.11")
  w.move(ui, "panel.2.11.query.13")
  local cell, pixel = ui:find "panel.2.11.query.13", ref.picture(ui)
  ref.same_color(pixel(cell.x + cell.w / 2, cell.y + 1), dark.raised, "the cell")
end)

check("2.2 leaving the panel's token restores all", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.2.11")
  w.leave(ui)
  local pixels = ui:pixels()
  w.move(ui, "panel.2.11.query.13")
  assert((ui:pixels() - pixels):abs():max() > 0)
  w.leave(ui)
  equal((ui:pixels() - pixels):abs():max(), 0.0)
end)

check("8 fix: hover a right token in the panel shows its column", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.2.11")
  w.move(ui, "panel.2.11.key.12")
  equal(panel_lines(ui).only_column, 12)
  equal(panel_lines(ui).only_row, -1)
  local pixel = ref.picture(ui)
  for _, query in ipairs { 0, 11, 13, 19 } do
    local cell = ui:find("panel.2.11.query." .. query)
    ref.same_color(pixel(cell.x + cell.w / 2, cell.y + 1), ref.over(dark.bg, ref.colors[2], ref.pattern(2, 11):at(query, 12)),
      "query " .. query)
  end
end)

check("2.2 [bug] attention drop-down: all is redrawn, the panel stays, and the next click on its cell closes it", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.2.11")
  w.click(ui, "filter")
  w.click(ui, "filter.ba")
  local planes = thumbnails(ui)
  list(planes["2.11"].weights.shape, { 10, 10 })
  assert(ui:find "panel.2.11" and ui:find "panel.2.11.key.9" and not ui:find "panel.2.11.key.10", "the panel is the part's")
  w.click(ui, "thumb.2.11")
  equal(#ui:state().panels, 0)
  w.click(ui, "thumb.2.11")
  assert(ui:find "panel.2.11", "one more click opens it")
end)

check("2.3 the panel's heading and frame: layer and head, the layer's colour at 0.7", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.4.6")
  assert(ref.text(ui, "Layer 4, Head 6"))
  local frames = ref.boxes(ui, "stroke", ref.colors[4])
  equal(#frames, 1)
  ref.near(frames[1].opacity, 0.7, "opacity", 0.01)
  ref.near(frames[1].width, 1.5, "width", 0.01)
end)

check("2.3 the panel is right of its cell, flips to the left at the edge, and never leaves the view", function()
  local ui <close> = ref.open("model", 0)
  local area, flipped = ui:area(), 0
  for layer = 0, ref.layers - 1 do
    for head = 0, ref.heads - 1 do
      ui:command("head.open", { layer, head })
      local panel, thumb = ui:find(("panel.%d.%d"):format(layer, head)), nil
      assert(panel.x >= area.x and panel.x + panel.w <= area.x + area.w, "across")
      assert(panel.y >= area.y and panel.y + panel.h <= area.y + area.h, "down")
      ui:command "panel.close"
      thumb = ui:find(("thumb.%d.%d"):format(layer, head))
      local right = panel.x > thumb.x
      if not right then flipped = flipped + 1 end
      ref.near(panel.x, right and math.floor(thumb.x + 0.8 * thumb.w) + 5 or math.floor(thumb.x) + 13 - panel.w, "place", 6)
      assert(right or thumb.x + 0.8 * thumb.w + 5 + panel.w > area.x + area.w, "flips only where it must")
    end
  end
  assert(flipped > 0)
end)

check("2.3 thumbnails beside the panel stay clickable", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.2.2")
  w.click(ui, "thumb.5.9")
  list(ui:state().panels[1], { 5, 9 })
end)

check("2.2 linked: the head that is clicked is the one of the other views", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.4.6")
  ui:key "2"
  list(ui:state().heads, { 6 })
  equal(ui:state().layer, 4)
  ui:key "3"
  equal(ui:state().head, 6)
end)

w.finish()
