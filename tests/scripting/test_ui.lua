-- The interactions of the head, model and neuron views, one check a row of what they must do.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list

local function weights(file, layer, head)
  return assert(hs.tensors(w.fixtures .. file))["blocks." .. layer .. ".attn.hook_pattern"]:select(0, head)
end

--- What can be said of all lines that are drawn at once.
local function lines(ui) return w.drawn(ui, "attention")[1] end

-- Head view ------------------------------------------------------------------------------------------------

local function head_view(file)
  local ui = w.open(file or "pair.safetensors")
  ui:key "2"
  ui:key "a"
  return ui
end

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

check("neuron: a narrow window scrolls sideways, with shift or a sideways wheel", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  ui:key "3"
  ui:command("neuron.expand", { 2 })
  w.move(ui, "query.2")
  ui:wheel(0, -1, { shift = true })
  local right = ui:state().scroll.x
  assert(right > 0)
  ui:wheel(1, 0)
  assert(ui:state().scroll.x > right)
  ui:wheel(-100, 0)
  equal(ui:state().scroll.x, 0)
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

-- Model view -----------------------------------------------------------------------------------------------

check("model: a click on a thumbnail selects that head in every view and opens its panel", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.1.2")
  local state = ui:state()
  equal(state.layer, 1)
  list(state.heads, { 2 })
  equal(#state.panels, 1)
  list(state.panels[1], { 1, 2 })
  assert(ui:find "panel.1.2")
  assert(w.says(ui, "Layer 1, Head 2"))
  ui:key "2"
  equal(#lines(ui).planes, 1)
end)

check("model: a click on the same thumbnail closes the panel, one on another moves it", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.0.0")
  w.click(ui, "thumb.1.0")
  list(ui:state().panels[1], { 1, 0 })
  equal(#ui:state().panels, 1)
  w.click(ui, "thumb.1.0")
  equal(#ui:state().panels, 0)
  equal(ui:find "panel.1.0", nil)
  equal(ui:state().layer, 1, "the selection stays")
end)

check("model: thumbnails are found where the panel leaves them, and can be clicked there", function()
  for _, size in ipairs { { 640, 400 }, { 1280, 800 } } do
    local ui <close> = w.open("pair.safetensors", { size = size })
    for i = 0, 5 do
      for j = 0, 5 do
        ui:command("head.select", { 0, 0 })
        ui:command("head.open", { i // 3, i % 3 })
        local id = ("thumb.%d.%d"):format(j // 3, j % 3)
        if j ~= i and ui:find(id) then
          w.click(ui, id)
          list(ui:state().panels[1], { j // 3, j % 3 }, id)
        end
        ui:command "panel.close"
      end
    end
  end
end)

check("model: a thumbnail answers in all of its rectangle, hovered or not", function()
  local ui <close> = w.open "pair.safetensors"
  local rest = ui:find "thumb.0.1"
  for _, x in ipairs { rest.x + 0.5, rest.x + rest.w / 2, rest.x + rest.w - 0.5 } do
    w.leave(ui)
    ui:move(x, rest.y + 0.5)
    local hovered = ui:find "thumb.0.1"
    list({ hovered.x, hovered.y, hovered.w, hovered.h }, { rest.x, rest.y, rest.w, rest.h })
    ui:click(x, rest.y + 0.5)
    equal(#ui:state().panels, 1)
    ui:key "escape"
  end
end)

check("model: a click inside the panel does nothing else", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  w.click(ui, "thumb.0.1")
  local before = ui:state()
  w.click(ui, "panel.0.1")
  w.click(ui, "panel.0.1.query.2")
  list(ui:state().panels[1], { 0, 1 })
  equal(ui:state().layer, before.layer)
  list(ui:state().heads, before.heads)
end)

check("model: a hovered token of the panel keeps only its lines there", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.0.1")
  w.leave(ui)
  local rest = w.frame(ui)
  w.move(ui, "panel.0.1.query.2")
  equal(ui:state().hover.side, "query")
  equal(ui:state().hover.token, 2)
  local drawn = w.drawn(ui, "attention")
  equal(drawn[#drawn].only_row, 2)
  equal(drawn[1].only_row, -1, "thumbnails stay whole")
  w.move(ui, "panel.0.1.key.3")
  drawn = w.drawn(ui, "attention")
  equal(drawn[#drawn].only_column, 3)
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("model: the panel stays inside the window", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  for layer = 0, 1 do
    for head = 0, 2 do
      ui:command("head.open", { layer, head })
      local panel, area = ui:find(("panel.%d.%d"):format(layer, head)), ui:area()
      assert(panel.x >= area.x and panel.x + panel.w <= area.x + area.w, "across")
      assert(panel.y >= area.y and panel.y + panel.h <= area.y + area.h, "down")
    end
  end
end)

check("model: another part of the pair redraws thumbnails and panel", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.0.1")
  ui:command("filter.set", { "ab" })
  for _, command in ipairs(w.drawn(ui, "attention")) do list(command.planes[1].weights.shape, { 4, 4 }) end
  list(ui:state().panels[1], { 0, 1 })
  w.click(ui, "thumb.0.1")
  equal(#ui:state().panels, 0, "the next click closes")
end)

check("model: a double-click goes down to the head, without a panel", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.1.1", { clicks = 2 })
  equal(ui:state().view, "head")
  equal(ui:state().layer, 1)
  list(ui:state().heads, { 1 })
  equal(#ui:state().panels, 0)
end)

check("model: it always fits, however small the window", function()
  for _, size in ipairs { { 1280, 800 }, { 640, 400 }, { 1920, 1080 }, { 400, 300 } } do
    local ui <close> = w.open("pair.safetensors", { size = size })
    local area, last = ui:area(), ui:find "thumb.1.2"
    assert(last.x + last.w <= area.x + area.w and last.y + last.h <= area.y + area.h)
    ui:wheel(0, -5)
    equal(ui:state().scroll.y, 0)
  end
end)

-- Neuron view ----------------------------------------------------------------------------------------------

local function neuron_view(file)
  local ui = w.open(file or "pair.safetensors")
  ui:key "3"
  return ui
end

check("neuron: a hovered query keeps its lines, and leaving brings all back", function()
  local ui <close> = neuron_view()
  w.leave(ui)
  local rest = w.frame(ui)
  w.move(ui, "query.2")
  equal(ui:state().hover.token, 2)
  equal(lines(ui).only_row, 2)
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("neuron: a hovered key keeps its column", function()
  local ui <close> = neuron_view()
  w.move(ui, "key.2")
  equal(lines(ui).only_column, 2)
end)

check("neuron: the plus can be seen without hovering, and expands with its token", function()
  local ui <close> = neuron_view()
  w.leave(ui)
  assert(ui:find "expand.3", "a visible control")
  w.click(ui, "expand.3")
  equal(ui:state().expanded, true)
  equal(ui:state().token, 3)
  w.leave(ui)
  equal(ui:state().token, 3, "stays when the mouse leaves")
  assert(ui:find "strip.q.0" and ui:find "strip.k.7" and ui:find "strip.qk.0")
  assert(w.says(ui, "Softmax"))
end)

check("neuron: the minus collapses, back to the picture before", function()
  local ui <close> = neuron_view()
  w.leave(ui)
  local rest = w.frame(ui)
  w.click(ui, "expand.3")
  w.click(ui, "expand.3")
  equal(ui:state().expanded, false)
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("neuron: expanded without a token it says so; products appear for the hovered one", function()
  local ui <close> = neuron_view()
  ui:command "neuron.open"
  w.leave(ui)
  assert(w.says(ui, "No token selected"))
  equal(ui:find "strip.qk.0", nil)
  w.move(ui, "query.4")
  assert(not w.says(ui, "No token selected"))
  assert(ui:find "strip.qk.7")
end)

check("neuron: expanded, another token is shown while it is hovered and kept when it is clicked", function()
  local ui <close> = neuron_view()
  w.click(ui, "expand.1")
  w.leave(ui)
  local first = w.frame(ui)
  w.move(ui, "query.5")
  assert(w.frame(ui) ~= first)
  w.leave(ui)
  equal(w.frame(ui), first)
  w.click(ui, "query.5")
  w.leave(ui)
  equal(ui:state().token, 5)
  equal(ui:state().expanded, true)
end)

check("neuron: a causal model shows no products for what comes later", function()
  local ui <close> = neuron_view "causal.safetensors"
  w.click(ui, "expand.2")
  assert(ui:find "strip.qk.2")
  equal(ui:find "strip.qk.3", nil)
  assert(ui:find "strip.k.3" and ui:find "key.3", "their keys and tokens stay")
end)

check("neuron: expansion survives layer, head and part; the hovered token does not", function()
  local ui <close> = neuron_view()
  ui:command("layer.set", { 0 })
  ui:command("head.select", { 0 })
  w.click(ui, "expand.2")
  w.move(ui, "query.3")
  ui:key "down"
  equal(ui:state().expanded, true)
  equal(ui:state().hover, nil)
  ui:key "right"
  equal(ui:state().expanded, true)
  list(ui:state().heads, { 1 })
  ui:command("filter.set", { "aa" })
  equal(ui:state().expanded, true)
  equal(ui:state().token, 2)
end)

check("neuron: a tile chooses the head that is shown", function()
  local ui <close> = neuron_view()
  ui:key "a"
  w.click(ui, "tile.2")
  list(ui:state().heads, { 2 })
end)

check("neuron: only the tile of the head that is shown is lit", function()
  local function fills(ui)
    local found = {}
    for _, command in ipairs(ui:frame()) do
      local head = command.id and command.id:match "^tile%.(%d)$"
      if head and command.fill then found[tonumber(head)] = command.fill end
    end
    return found
  end
  local ui <close> = w.open "pair.safetensors"
  ui:key "2"
  ui:key "a"
  local lit = fills(ui)
  ui:key "3"
  w.leave(ui)
  local shown = fills(ui)
  for head = 0, 2 do equal(shown[head] == lit[head], head == ui:state().head, "tile " .. head) end
end)

check("neuron: a part of the pair has its own queries and keys", function()
  local ui <close> = neuron_view()
  ui:command "neuron.open"
  ui:command("filter.set", { "ab" })
  assert(ui:find "strip.q.3" and ui:find "strip.k.3")
  equal(ui:find "strip.q.4", nil)
  equal(ui:find "strip.k.4", nil)
end)

-- One selection for all views ------------------------------------------------------------------------------

check("Enter goes down the scales and Backspace up, with the selection kept", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.select", { 1, 1 })
  ui:key "enter"
  equal(ui:state().view, "head")
  w.click(ui, "query.6")
  w.leave(ui)
  ui:key "enter"
  equal(ui:state().view, "neuron")
  equal(ui:state().expanded, true)
  equal(ui:state().token, 6)
  ui:key "backspace"
  equal(ui:state().view, "head")
  equal(ui:state().token, 6)
  ui:key "backspace"
  equal(ui:state().view, "model")
  list(ui:state().heads, { 1 })
  equal(ui:state().layer, 1)
end)

check("a double-click on a query goes down to its row", function()
  local ui <close> = head_view()
  w.click(ui, "query.6", { clicks = 2 })
  equal(ui:state().view, "neuron")
  equal(ui:state().expanded, true)
  equal(ui:state().token, 6)
end)

check("the view's tabs and keys choose the view", function()
  local ui <close> = w.open "pair.safetensors"
  for _, view in ipairs { "head", "neuron", "model" } do
    w.click(ui, "tab." .. view)
    equal(ui:state().view, view)
    equal(ui:state().views[1], view)
    equal(#ui:state().views, 1)
  end
  for key, view in pairs { ["1"] = "model", ["2"] = "head", ["3"] = "neuron" } do
    ui:key(key)
    equal(ui:state().view, view)
  end
end)

check("hiding the separators leaves them out of every view", function()
  local ui <close> = w.open "pair.safetensors"
  assert(w.says(ui, "[SEP] takes"))
  w.click(ui, "sink")
  equal(ui:state().sink_hidden, true)
  list(lines(ui).skip, { 3, 7 })
  ui:key "f"
  equal(ui:state().sink_hidden, false)
end)

check("the chip's share is the mean weight of the first token", function()
  local ui <close> = w.open "causal.safetensors"
  local sum = 0
  for layer = 0, 1 do
    for head = 0, 2 do sum = sum + weights("causal.safetensors", layer, head):select(1, 0):mean() end
  end
  assert(w.says(ui, ("Token 0 takes %d %%"):format(math.floor(sum / 6 * 100 + 0.5))))
end)

check("the threshold's slider drags from 0 to 1, and keys move it", function()
  local ui <close> = w.open "pair.safetensors"
  local r = ui:find "threshold"
  equal(ui:state().threshold, 0)
  ui:press(r.x + r.w / 2, r.y + r.h / 2)
  local middle = ui:state().threshold
  assert(middle > 0 and middle < 1)
  equal(ui:state().focus, nil)
  ui:move(r.x + r.w + 300, r.y)
  equal(ui:state().threshold, 1)
  ui:move(r.x - 300, r.y + 200)
  equal(ui:state().threshold, 0)
  ui:release(r.x, r.y)
  ui:move(r.x + r.w, r.y)
  equal(ui:state().threshold, 0, "after the release")
  ui:click(r.x + 0.9 * r.w, r.y + r.h / 2)
  assert(ui:state().threshold > 0.5 and ui:state().threshold < 1)
  ui:click(r.x + 1, r.y + 1)
  equal(ui:state().threshold, 0)
  ui:key "."
  assert(ui:state().threshold > 0)
  assert(math.abs(lines(ui).threshold - ui:state().threshold) < 1e-3)
  ui:key ","
  equal(ui:state().threshold, 0)
end)

check("the first start selects the head that looks most at the previous token", function()
  local ui <close> = w.open "causal.safetensors"
  local best, layer, head = -1, nil, nil
  for l = 0, 1 do
    for h = 0, 2 do
      local mean = weights("causal.safetensors", l, h):diagonal(-1):mean()
      if mean > best then best, layer, head = mean, l, h end
    end
  end
  equal(ui:state().view, "model")
  equal(ui:state().layer, layer)
  list(ui:state().heads, { head })
end)

w.finish()
