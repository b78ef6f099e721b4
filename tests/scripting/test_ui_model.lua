-- The model view: what must happen when somebody acts, a check for each.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list
local lines = w.lines

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

--- A recorded run of many heads that attend evenly, and a value that removes it.
local function many(n_layers, n_heads)
  local path, gone = files.free ".safetensors"
  local tensors = {}
  for layer = 0, n_layers - 1 do
    tensors[("blocks.%d.attn.hook_pattern"):format(layer)] = hs.zeros { n_heads, 2, 2 } + 0.5
  end
  assert(hs.save_tensors(path, tensors, { tokens = hs.json.encode { "a", "b" }, text = "ab", causal = "false" }))
  return path, gone
end

check("model: numbers of many heads and layers keep apart, and those of the selected and the hovered one show", function()
  local path, gone <close> = many(48, 128)
  for _, size in ipairs { { 640, 400 }, { 1280, 800 } } do
    local ui <close> = hs.ui.open { model = path, size = size, dock = false }
    ui:wait()
    ui:command("view.model")
    ui:command("head.select", { 101, 29 })
    ui:command("hover", { "thumb.30.97" })
    local numbers = {}
    for _, command in ipairs(w.drawn(ui, "text")) do
      local x, y, width = table.unpack(command.rect)
      if command.size == 11 and command.align == "center" and command.text:find "^%d+$" and y > 80 then
        numbers[#numbers + 1] = { text = command.text, x = x + width / 2, y = y + command.rect[4] / 2 }
      end
    end
    local heads, layers, found = {}, {}, {}
    for _, number in ipairs(numbers) do
      found[number.text] = true
      local axis = number.y == numbers[1].y and heads or layers
      axis[#axis + 1] = number
    end
    for i = 2, #heads do assert(heads[i].x - heads[i - 1].x >= 21 + 4, "three figures and a gap") end
    for i = 2, #layers do assert(layers[i].y - layers[i - 1].y >= 12) end
    assert(#heads > 10 and #layers > 10)
    for _, number in ipairs { "97", "29", "30" } do
      assert(found[number] or number == "29" and found["30"], number .. " shows")
    end
    ui:command("hover", {})
    assert(w.says(ui, "101"), "the selected head's")
  end
end)

check("model: a layer of two figures can be read in the smallest window", function()
  local path, gone <close> = many(48, 12)
  local ui <close> = hs.ui.open { model = path, size = { 640, 400 }, dock = false }
  ui:wait()
  local function inked()
    local r, n = ui:find "layer", 0
    local part = ui:pixels():slice(0, r.y + 4, r.y + r.h - 4):slice(1, r.x + 4, r.x + r.w - 18):select(2, 1)
    return part:gt(120):max(0):sum()
  end
  ui:command("layer.set", { 8 })
  local one = inked()
  ui:command("layer.set", { 28 })
  assert(one >= 4 and inked() >= one + 4, "two figures are wider than one")
end)

check("model: thumbnails are lines for short texts, heat maps where they are wanted", function()
  local ui <close> = w.open "pair.safetensors"
  local function count(kind)
    local n = 0
    for _, command in ipairs(ui:frame()) do n = n + (command.kind == kind and 1 or 0) end
    return n
  end
  equal(ui:state().thumbs, "auto")
  equal(count "heatmap", 0)
  ui:command("thumbs.set", { "heat" })
  equal(ui:state().thumbs, "heat")
  equal(count "attention", 0)
  equal(count "heatmap", 6)
  ui:command("thumbs.set", { "lines" })
  equal(count "attention", 1)
  ui:command "heat.toggle"
  equal(ui:state().thumbs, "heat")
  ui:command "heat.toggle"
  equal(ui:state().thumbs, "auto")
  local ok, message = pcall(ui.command, ui, "thumbs.set", { "dots" })
  assert(not ok and message:find("expected auto, lines or heat, found dots", 1, true), message)
end)

check("model: sorted heads stay within their layers, those by their means", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("thumbs.sort", { "current" })
  ui:command("thumbs.group", { false })
  equal(ui:state().grouped, false)
  for _ = 1, 2 do
    ui:command("thumbs.group", { true })
    equal(ui:state().grouped, true)
  end
  ui:key "g"
  equal(ui:state().grouped, false)
  ui:key "g"
  equal(ui:state().grouped, true)
  local layers = {}
  for layer = 0, 1 do
    local heads, sum = {}, 0
    for head = 0, 2 do
      local score = w.weights("pair.safetensors", layer, head):diagonal(0):mean()
      heads[#heads + 1], sum = { score = score, at = ui:find(("thumb.%d.%d"):format(layer, head)) }, sum + score
    end
    table.sort(heads, function(a, b) return a.score > b.score end)
    for i, head in ipairs(heads) do
      equal(head.at.y, heads[1].at.y, "one row")
      assert(i == 1 or head.at.x > heads[i - 1].at.x, "the highest first")
    end
    layers[#layers + 1] = { mean = sum / 3, y = heads[1].at.y }
  end
  equal(layers[1].mean > layers[2].mean, layers[1].y < layers[2].y)
  assert(w.says(ui, ("%.2f"):format(layers[1].mean)) and w.says(ui, "Layers and their heads by"))
  w.click(ui, "options")
  w.click(ui, "options.grouped")
  equal(ui:state().grouped, false)
end)

check("model: heads can be sorted by a score, and keep their names", function()
  local ui <close> = w.open "causal.safetensors"
  local function places()
    local out = {}
    for i = 0, 5 do
      local r = ui:find(("thumb.%d.%d"):format(i // 3, i % 3))
      out[#out + 1] = { head = i, at = r.y * 10000 + r.x }
    end
    table.sort(out, function(a, b) return a.at < b.at end)
    for i, place in ipairs(out) do out[i] = place.head end
    return out
  end
  list(places(), { 0, 1, 2, 3, 4, 5 })
  equal(ui:state().sort, "none")
  ui:command("thumbs.sort", { "previous" })
  equal(ui:state().sort, "previous")
  local scores = {}
  for i = 0, 5 do scores[i] = w.weights("causal.safetensors", i // 3, i % 3):diagonal(-1):mean() end
  local order = { 0, 1, 2, 3, 4, 5 }
  table.sort(order, function(a, b) return scores[a] > scores[b] end)
  list(places(), order)
  assert(w.says(ui, "Heads by weight of the previous token, highest first"))
  assert(w.says(ui, ("%d.%d"):format(order[1] // 3, order[1] % 3)), "names in the corners")
  local best = ("thumb.%d.%d"):format(order[1] // 3, order[1] % 3)
  w.click(ui, best)
  equal(ui:state().layer, order[1] // 3)
  equal(ui:state().head, order[1] % 3)
  ui:command("thumbs.sort", { "none" })
  list(places(), { 0, 1, 2, 3, 4, 5 })
  local ok, message = pcall(ui.command, ui, "thumbs.sort", { "beauty" })
  assert(not ok and message:find("found beauty", 1, true), message)
end)

check("model: the mouse that rests on a thumbnail gets a larger picture of it, which hides nothing from it", function()
  local ui <close> = w.open("pair.safetensors", { size = { 1280, 800 } })
  w.move(ui, "thumb.0.0")
  local rest = #w.drawn(ui, "attention")
  ui:step(0.2)
  equal(ui:find "preview", nil, "before its time")
  equal(#w.drawn(ui, "attention"), rest, "lines before its time")
  ui:step(0.15)
  local preview, thumb = ui:find "preview", ui:find "thumb.0.0"
  assert(preview.x >= thumb.x + thumb.w, "beside the thumbnail")
  assert(w.says(ui, "0.0  "), "what the tooltip says")
  equal(#w.drawn(ui, "attention"), rest + 1)
  local x, y = preview.x + 60, thumb.y + thumb.h / 2
  ui:move(x, y)
  equal(ui:find "preview", nil, "gone where another thumbnail is")
  ui:step(0.3)
  assert(ui:find "preview" and w.says(ui, "0.1  "), "the mouse goes through it")
  ui:click(x, y)
  assert(ui:find "panel.0.1", "a click opens the panel")
  ui:step(0.3)
  equal(ui:find "preview", nil, "the panel says more")
  w.move(ui, "thumb.1.0")
  ui:step(0.3)
  assert(ui:find "preview", "of another head than the panel's")
  w.leave(ui)
  equal(ui:find "preview", nil, "gone with the mouse")
end)

check("model: the larger picture stays inside of the view and off its thumbnail", function()
  for _, size in ipairs { { 640, 400 }, { 1280, 800 } } do
    local ui <close> = w.open("novella", { size = size, text = "The doctor asked the nurse a question. She" })
    local area = ui:area()
    for i = 0, 35, 5 do
      local id = ("thumb.%d.%d"):format(i // 6, i % 6)
      w.move(ui, id)
      ui:step(0.3)
      local p, t = assert(ui:find "preview", id), ui:find(id)
      assert(p.x >= area.x and p.y >= area.y and p.x + p.w <= area.x + area.w and p.y + p.h <= area.y + area.h, id)
      assert(p.x >= t.x + t.w or p.x + p.w <= t.x or p.y >= t.y + t.h or p.y + p.h <= t.y, id)
    end
  end
end)

w.finish()
