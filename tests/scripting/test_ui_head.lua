-- The head view: what must happen when somebody acts, a check for each.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal, list = w.check, w.equal, w.list
local lines, weights, head_view = w.lines, w.weights, w.head_view

check("head: a hovered query keeps only its lines, at their plain weight", function()
  local ui <close> = head_view()
  w.move(ui, "query.3")
  local hover = ui:state().hover
  equal(hover.side, "query")
  equal(hover.token, 3)
  equal(lines(ui).only_row, 3)
  equal(lines(ui).only_column, -1)
  equal(lines(ui).planes[1].gain, 1)
  equal(#lines(ui).planes, 3)
end)

check("head: the keys of a hovered query show a strip a head, as opaque as the weight", function()
  local ui <close> = head_view()
  local layer = ui:state().layer
  w.move(ui, "query.3")
  for key = 0, 7 do
    local strips, cell = w.fills(ui, "key." .. key), ui:find("key." .. key)
    local n = 0
    for head = 0, 2 do
      local weight = weights("pair.safetensors", layer, head):at(3, key)
      local x = cell.x + head * cell.w / 3
      for _, strip in ipairs(strips) do
        if math.abs(strip.rect[1] - x) < 1 and math.abs(strip.rect[3] - cell.w / 3) < 1.5 then
          n = n + 1
          assert(math.abs(w.alpha(strip.fill) - weight) <= 1 / 255, "opacity of a strip")
        end
      end
    end
    assert(n >= 1, "strips of key " .. key)
  end
end)

check("head: a hovered key keeps only its column", function()
  local ui <close> = head_view()
  w.move(ui, "key.5")
  equal(ui:state().hover.side, "key")
  equal(ui:state().hover.token, 5)
  equal(lines(ui).only_column, 5)
  equal(lines(ui).only_row, -1)
end)

check("head: the highlight follows to another token and to the other column", function()
  local ui <close> = head_view()
  for token = 0, 7 do
    w.move(ui, "query." .. token)
    equal(lines(ui).only_row, token)
  end
  w.move(ui, "key.0")
  equal(lines(ui).only_row, -1)
  equal(lines(ui).only_column, 0)
end)

check("head: rows touch, so no place between two tokens is without one", function()
  local ui <close> = head_view()
  local first = ui:find "query.0"
  for y = first.y + 0.5, first.y + 8 * first.h - 1 do
    ui:move(first.x + 4, y)
    equal(ui:state().hover.token, math.floor((y - first.y) / first.h), "token at " .. y)
  end
end)

check("head: leaving the column brings everything back", function()
  local ui <close> = head_view()
  w.leave(ui)
  local rest = w.frame(ui)
  w.move(ui, "query.2")
  assert(w.frame(ui) ~= rest)
  w.leave(ui)
  equal(ui:state().hover, nil)
  equal(w.frame(ui), rest)
end)

check("head: at rest lines are weaker by the root of the number of heads", function()
  local ui <close> = head_view()
  assert(math.abs(lines(ui).planes[1].gain - 3 ^ -0.5) < 1e-3)
  w.click(ui, "tile.1")
  assert(math.abs(lines(ui).planes[1].gain - 2 ^ -0.5) < 1e-3, "the divisor follows")
end)

check("head: a click on a tile toggles its head", function()
  local ui <close> = head_view()
  w.click(ui, "tile.1")
  list(ui:state().heads, { 0, 2 })
  equal(#lines(ui).planes, 2)
  w.click(ui, "tile.1")
  list(ui:state().heads, { 0, 1, 2 })
end)

check("head: the last active head stays on", function()
  local ui <close> = head_view()
  w.click(ui, "tile.0")
  w.click(ui, "tile.1")
  w.click(ui, "tile.2")
  list(ui:state().heads, { 2 })
end)

check("head: a double-click isolates a head, and again brings all back", function()
  local ui <close> = head_view()
  w.click(ui, "tile.1", { clicks = 2 })
  list(ui:state().heads, { 1 })
  w.click(ui, "tile.1", { clicks = 2 })
  list(ui:state().heads, { 0, 1, 2 })
end)

check("head: the two clicks before a double-click cancel out, whatever was on", function()
  for _, on in ipairs { { 0 }, { 1 }, { 0, 1 }, { 1, 2 }, { 0, 1, 2 }, { 0, 2 } } do
    local ui <close> = head_view()
    ui:command("head.select", { on[1] })
    for i = 2, #on do ui:command("head.toggle", { on[i] }) end
    list(ui:state().heads, on)
    w.click(ui, "tile.1", { clicks = 2 })
    list(ui:state().heads, #on == 1 and on[1] == 1 and { 0, 1, 2 } or { 1 })
  end
end)

check("head: two quick clicks on neighbours are no double-click", function()
  local ui <close> = head_view()
  w.click(ui, "tile.0")
  local x, y = w.centre(ui, "tile.1")
  ui:press(x, y, { clicks = 2 })
  ui:release(x, y)
  list(ui:state().heads, { 2 })
end)

check("head: a hovered tile changes nothing of the view", function()
  local ui <close> = head_view()
  w.move(ui, "tile.1")
  equal(ui:state().hover, nil)
  equal(lines(ui).only_row, -1)
  list(ui:state().heads, { 0, 1, 2 })
end)

check("head: another layer keeps the heads and drops the hover", function()
  local ui <close> = head_view()
  w.click(ui, "tile.1")
  ui:command("layer.set", { 0 })
  w.move(ui, "query.2")
  ui:key "down"
  equal(ui:state().layer, 1)
  list(ui:state().heads, { 0, 2 })
  equal(ui:state().hover, nil)
  ui:key "up"
  equal(ui:state().layer, 0)
  ui:key "up"
  equal(ui:state().layer, 0, "the first layer")
end)

check("head: the layer's drop-down chooses by click and by key, Escape goes back", function()
  local ui <close> = head_view()
  ui:command("layer.set", { 0 })
  w.click(ui, "layer")
  w.click(ui, "layer.1")
  equal(ui:state().layer, 1)
  equal(ui:find "layer.0", nil)
  w.click(ui, "layer")
  ui:key "up"
  ui:key "enter"
  equal(ui:state().layer, 0)
  equal(ui:find "layer.0", nil)
  w.click(ui, "layer")
  ui:key "down"
  ui:key "escape"
  equal(ui:state().layer, 0)
  w.click(ui, "layer")
  w.leave(ui)
  local x, y = w.centre(ui, "query.2")
  ui:click(x, y)
  equal(ui:find "layer.0", nil, "a click beside it closes it")
  equal(ui:state().token, nil, "and does nothing else")
end)

check("head: a part of the pair keeps heads and layer, rows and columns are the part's", function()
  local ui <close> = head_view()
  w.click(ui, "tile.1")
  local layer = ui:state().layer
  w.move(ui, "query.1")
  local sizes = { aa = { 4, 4 }, ab = { 4, 4 }, ba = { 4, 4 }, bb = { 4, 4 }, all = { 8, 8 } }
  for _, filter in ipairs { "aa", "ab", "ba", "bb", "all" } do
    ui:command("filter.set", { filter })
    equal(ui:state().filter, filter)
    equal(ui:state().layer, layer)
    equal(ui:state().hover, nil)
    list(ui:state().heads, { 0, 2 })
    list(lines(ui).planes[1].weights.shape, sizes[filter], filter)
    assert(ui:find("query." .. sizes[filter][1] - 1) and not ui:find("query." .. sizes[filter][1]))
  end
end)

check("head: the filter's drop-down is there for pairs only, and chooses", function()
  local ui <close> = head_view()
  w.click(ui, "filter")
  w.click(ui, "filter.ab")
  equal(ui:state().filter, "ab")
  local single <close> = head_view "causal.safetensors"
  equal(single:find "filter", nil)
end)

check("head: a selected token stays when the mouse leaves, a second click lets it go", function()
  local ui <close> = head_view()
  w.click(ui, "query.4")
  equal(ui:state().token, 4)
  w.leave(ui)
  equal(lines(ui).only_row, 4)
  w.move(ui, "query.1")
  equal(lines(ui).only_row, 1, "the hover comes first")
  w.click(ui, "query.4")
  equal(ui:state().token, nil)
  w.leave(ui)
  equal(lines(ui).only_row, -1)
end)

check("head: a token selected in one part is the same token in another", function()
  local ui <close> = head_view()
  w.click(ui, "query.5")
  ui:command("filter.set", { "bb" })
  equal(ui:state().token, 1)
  ui:command("filter.set", { "aa" })
  equal(ui:state().token, nil, "it is not in the first sentence")
end)

check("head: the wheel scrolls, and the hover follows what lies under the mouse", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 240 } })
  ui:key "2"
  w.move(ui, "query.0")
  ui:wheel(0, -1)
  assert(ui:state().scroll.y > 0)
  equal(ui:find "query.0", nil, "scrolled out of sight")
  assert(ui:state().hover == nil or ui:state().hover.token > 0)
  ui:wheel(0, 100)
  equal(ui:state().scroll.y, 0)
  ui:wheel(0, -100)
  assert(ui:find "query.7", "the end")
end)

check("head: the tooltip says the number after 300 ms", function()
  local ui <close> = head_view "causal.safetensors"
  ui:command("head.select", { 1 })
  w.move(ui, "query.4")
  ui:step(0.2)
  assert(not w.says(ui, "q4 "), "not yet")
  ui:step(0.11)
  assert(w.says(ui, "q4 "))
  w.leave(ui)
  assert(not w.says(ui, "q4 "))
end)

w.finish()
