-- Pinned tokens: what they show alone, and how long they stay.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local raises = require "raises"
local check, equal, list = w.check, w.equal, w.list
local lines, weights, head_view = w.lines, w.weights, w.head_view

local WARN = { dark = "#e6b450ff", light = "#8a5a00ff" }

--- Pins as "query 3, key 2".
local function pins(ui)
  local found = {}
  for i, pin in ipairs(ui:state().pins) do found[i] = pin.side .. " " .. pin.token end
  return table.concat(found, ", ")
end

--- Where the bar of a pinned element is: left and width, or nil.
local function bar(ui, id)
  for _, command in ipairs(w.fills(ui, id)) do
    if command.fill == WARN[ui:state().theme] then return command.rect[1], command.rect[3] end
  end
end

--- The strips of an element: opacity by colour.
local function strips(ui, id)
  local found = {}
  local r = ui:find(id)
  for _, command in ipairs(w.fills(ui, id)) do
    local width = command.rect[3]
    if width > 3 and width < r.w / 2 and command.rect[4] == r.h then
      found[command.fill:sub(1, 7)] = w.alpha(command.fill)
    end
  end
  return found
end

local CHANNEL = 1 / 255 -- a step of a colour

local COLORS = { "#1f77b4", "#ff7f0e", "#2ca02c" }

check("a click pins a query and selects it, a second click lets it go", function()
  local ui <close> = head_view()
  w.click(ui, "query.4")
  equal(pins(ui), "query 4")
  equal(ui:state().token, 4)
  w.leave(ui)
  equal(lines(ui).only_row, 4)
  local left, width = bar(ui, "query.4")
  equal(left, ui:find("query.4").x, "at the outer edge")
  equal(width, 3)
  w.click(ui, "query.4")
  equal(pins(ui), "")
  equal(ui:state().token, nil)
  w.leave(ui)
  equal(bar(ui, "query.4"), nil)
  equal(lines(ui).only_row, -1)
end)

check("several pinned queries show the lines of all, and their sums on the other side", function()
  local ui <close> = head_view()
  w.click(ui, "query.6")
  w.click(ui, "query.4")
  equal(pins(ui), "query 6, query 4", "in the order of pinning")
  equal(ui:state().token, 4)
  w.leave(ui)
  equal(lines(ui).only_row, -1)
  list(lines(ui).only_rows, { 4, 6 })
  equal(lines(ui).only_columns, nil)
  equal(lines(ui).planes[1].gain, 1)
  for head = 0, 2 do
    local weight = weights("pair.safetensors", ui:state().layer, head)
    for j = 0, 7 do
      local sum = weight:at(4, j) + weight:at(6, j)
      w.near(strips(ui, "key." .. j)[COLORS[head + 1]] or 0, math.min(sum, 1), CHANNEL, ("head %d key %d"):format(head, j))
    end
  end
  equal(next(strips(ui, "query.4")), nil, "none on their own side")
end)

check("pinned keys show their columns, and the sums on the queries", function()
  local ui <close> = head_view()
  w.click(ui, "key.2")
  equal(pins(ui), "key 2")
  equal(ui:state().token, nil, "a key is not selected")
  w.leave(ui)
  equal(lines(ui).only_column, 2)
  local r, left, width = ui:find "key.2", bar(ui, "key.2")
  equal(left, r.x + r.w - 3, "at the outer edge")
  equal(width, 3)
  w.click(ui, "key.5")
  w.leave(ui)
  list(lines(ui).only_columns, { 2, 5 })
  equal(lines(ui).only_column, -1)
  for head = 0, 2 do
    local weight = weights("pair.safetensors", ui:state().layer, head)
    for i = 0, 7 do
      local sum = weight:at(i, 2) + weight:at(i, 5)
      w.near(strips(ui, "query." .. i)[COLORS[head + 1]] or 0, math.min(sum, 1), CHANNEL, ("head %d query %d"):format(head, i))
    end
  end
end)

check("with both sides pinned, only the lines between them show", function()
  local ui <close> = head_view()
  for _, id in ipairs { "query.3", "query.5", "key.1" } do w.click(ui, id) end
  w.leave(ui)
  list(lines(ui).only_rows, { 3, 5 })
  equal(lines(ui).only_column, 1)
  local weight = weights("pair.safetensors", ui:state().layer, 0)
  w.near(strips(ui, "key.1")[COLORS[1]] or 0, math.min(1, weight:at(3, 1) + weight:at(5, 1)), CHANNEL, "the key's sum")
  w.near(strips(ui, "query.3")[COLORS[1]] or 0, weight:at(3, 1), CHANNEL, "the query's own")
  equal(next(strips(ui, "key.0")), nil)
  equal(next(strips(ui, "query.2")), nil)
end)

check("sums leave out what the threshold and a hidden sink leave out", function()
  local ui <close> = head_view()
  ui:command("pin.toggle", { "query", 2 })
  ui:command("pin.toggle", { "query", 6 })
  ui:command("threshold.set", { 0.1 })
  ui:command "sink.toggle"
  local weight = weights("pair.safetensors", ui:state().layer, 1)
  for j = 0, 7 do
    local sum = 0
    for _, i in ipairs { 2, 6 } do
      if weight:at(i, j) >= 0.1 and j ~= 3 and j ~= 7 then sum = sum + weight:at(i, j) end
    end
    w.near(strips(ui, "key." .. j)[COLORS[2]] or 0, math.min(sum, 1), CHANNEL, "key " .. j)
  end
  list(lines(ui).skip, { 3, 7 })
end)

check("a hovered token is shown alone while the mouse is on it", function()
  local ui <close> = head_view()
  w.click(ui, "query.4")
  w.click(ui, "query.6")
  w.leave(ui)
  local rest = w.frame(ui)
  w.move(ui, "query.1")
  equal(lines(ui).only_row, 1)
  equal(lines(ui).only_rows, nil)
  w.move(ui, "key.3")
  equal(lines(ui).only_column, 3)
  equal(lines(ui).only_rows, nil)
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("the tooltip states the sum over pinned tokens, of the head where it is largest", function()
  local ui <close> = head_view()
  local layer = ui:state().layer
  w.click(ui, "query.4")
  w.click(ui, "query.6")
  w.move(ui, "key.1")
  ui:step(1)
  local best, most = 0, -1
  for head = 0, 2 do
    local weight = weights("pair.safetensors", layer, head)
    local sum = weight:at(4, 1) + weight:at(6, 1)
    if sum > most then best, most = head, sum end
  end
  assert(w.says(ui, ("%d.%d  sum over 2 queries → k1"):format(layer, best)), "which head")
  assert(w.says(ui, ("%.4f"):format(most)), "how much")
  ui:command "pin.clear"
  ui:command("pin.toggle", { "key", 0 })
  ui:command("pin.toggle", { "key", 1 })
  w.move(ui, "query.5")
  ui:step(1)
  assert(w.says(ui, "sum over 2 keys ← q5"))
  ui:command("pin.toggle", { "key", 1 })
  assert(w.says(ui, "→ k0"), "one pinned key: that pair")
end)

check("the tooltip's sum is what the strip shows: without what is left out", function()
  local ui <close> = head_view()
  ui:command("head.select", { 1, 1 })
  local weight = weights("pair.safetensors", 1, 1)
  for _, i in ipairs { 4, 6 } do ui:command("pin.toggle", { "query", i }) end
  ui:command("threshold.set", { 0.15 })
  ui:command "sink.toggle"
  for j = 0, 7 do
    local sum = 0
    for _, i in ipairs { 4, 6 } do
      if weight:at(i, j) >= 0.15 and j ~= 3 and j ~= 7 then sum = sum + weight:at(i, j) end
    end
    w.move(ui, "key." .. j)
    equal(w.tooltip(ui):match "sum over 2 queries → .* ([%d.]+)$", ("%.4f"):format(sum), "key " .. j)
  end
end)

check("pins survive layer, head and view; the bar is in every view", function()
  local ui <close> = head_view()
  w.click(ui, "query.4")
  w.click(ui, "key.2")
  ui:key "up"
  ui:key "right"
  equal(pins(ui), "query 4, key 2")
  ui:key "3"
  w.leave(ui)
  equal(pins(ui), "query 4, key 2")
  assert(bar(ui, "query.4") and bar(ui, "key.2"), "collapsed")
  equal(lines(ui).only_row, 4)
  equal(lines(ui).only_column, 2)
  ui:command("neuron.open")
  assert(bar(ui, "query.4") and bar(ui, "key.2"), "expanded")
  ui:key "4"
  assert(bar(ui, "query.4") and bar(ui, "key.2"), "matrix")
  ui:key "1"
  ui:command("head.open", { 0, 1 })
  assert(bar(ui, "panel.0.1.query.4") and bar(ui, "panel.0.1.key.2"), "panel")
  local drawn = w.drawn(ui, "attention")
  equal(drawn[#drawn].only_row, 4)
  equal(drawn[1].only_row, -1, "thumbnails stay whole")
end)

check("the panel's tokens are pinned by a click too", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.0.1")
  w.click(ui, "panel.0.1.query.2")
  w.click(ui, "panel.0.1.key.6")
  equal(pins(ui), "query 2, key 6")
  equal(ui:state().token, 2)
  w.click(ui, "panel.0.1.key.6")
  equal(pins(ui), "query 2")
end)

check("the neuron view's numbers are the sums", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "3"
  ui:command("head.select", { 1, 1 })
  ui:command("pin.toggle", { "query", 2 })
  ui:command("pin.toggle", { "query", 6 })
  local weight = weights("pair.safetensors", 1, 1)
  for j = 0, 7 do
    local figures = ("%.3f"):format(weight:at(2, j) + weight:at(6, j)):gsub("^0", "")
    assert(w.says(ui, figures), figures)
  end
end)

check("pins follow their tokens into another part, and wait where it lacks them", function()
  local ui <close> = head_view()
  for _, id in ipairs { "query.5", "query.1", "key.2" } do w.click(ui, id) end
  ui:command("filter.set", { "ba" })
  equal(pins(ui), "query 1, key 2")
  ui:command("filter.set", { "bb" })
  equal(pins(ui), "query 1")
  ui:command("filter.set", { "aa" })
  equal(pins(ui), "query 1, key 2")
  ui:command("filter.set", { "all" })
  equal(pins(ui), "query 5, query 1, key 2")
  ui:command("filter.set", { "bb" })
  w.click(ui, "query.1")
  ui:command("filter.set", { "all" })
  equal(pins(ui), "query 1, key 2", "let go where it showed")
end)

check("what waits goes with Escape, and with another text", function()
  local ui <close> = head_view()
  for _, id in ipairs { "query.5", "query.1" } do w.click(ui, id) end
  ui:command("filter.set", { "bb" })
  equal(pins(ui), "query 1")
  ui:command "pin.clear"
  ui:command("filter.set", { "all" })
  equal(pins(ui), "")
  w.click(ui, "query.1")
  ui:command("filter.set", { "bb" })
  ui:command("model.open", { w.fixtures .. "causal.safetensors" })
  ui:wait()
  ui:command("model.open", { w.fixtures .. "pair.safetensors" })
  equal(pins(ui:wait()), "")
end)

check("a double-click goes down with the pins as they were", function()
  local ui <close> = head_view()
  w.click(ui, "query.2")
  w.click(ui, "query.6", { clicks = 2 })
  equal(ui:state().view, "neuron")
  equal(ui:state().token, 6)
  equal(pins(ui), "query 2")
  ui:key "2"
  w.click(ui, "query.2", { clicks = 2 })
  equal(ui:state().token, 2)
  equal(pins(ui), "query 2")
end)

check("Escape clears the pins, the selected token among them", function()
  local ui <close> = head_view()
  w.click(ui, "query.4")
  w.click(ui, "key.4")
  ui:key "escape"
  equal(pins(ui), "")
  equal(ui:state().token, nil)
  ui:command("pin.toggle", { "key", 1 })
  ui:command("token.select", { 3 })
  ui:key "escape"
  equal(pins(ui), "")
  equal(ui:state().token, 3, "another rung")
  ui:key "escape"
  equal(ui:state().token, nil)
  ui:key "3"
  w.click(ui, "expand.4")
  ui:command("pin.toggle", { "key", 1 })
  ui:key "escape"
  equal(ui:state().expanded, false, "first back to the lines")
  equal(pins(ui), "key 1")
  ui:key "escape"
  equal(pins(ui), "")
end)

check("what cannot be pinned is refused", function()
  local ui <close> = head_view()
  raises("query or key", ui.command, ui, "pin.toggle", { "left", 1 })
  raises("0 to 7", ui.command, ui, "pin.toggle", { "query", 8 })
  raises("0 to 7", ui.command, ui, "pin.toggle", { "key", -1 })
  equal(pins(ui), "")
end)

check("another text drops the pins, the same one keeps them", function()
  local ui <close> = w.open("novella", { text = "The doctor asked the nurse." })
  ui:key "2"
  w.click(ui, "query.1")
  ui:command "run"
  ui:wait()
  equal(pins(ui), "query 1")
  ui:command("text.set", { "The doctor asked the man." })
  ui:command "run"
  ui:wait()
  equal(pins(ui), "")
end)

check("of a whole long text with both sides pinned no other token is singled out", function()
  local ui <close> = hs.ui.open { text = ("The doctor asked. "):rep(40), size = { 1000, 600 }, dock = false }
  ui:wait()
  ui:key "2"
  ui:key "z"
  local function lit(x)
    local n = 0
    for _, box in ipairs(w.drawn(ui, "rect")) do
      if box.fill == "#272b34ff" and box.rect[1] == x and box.radius then n = n + 1 end
    end
    return n
  end
  w.leave(ui)
  local query, key = ui:find("query.0").x, ui:find("key.0").x
  ui:command("pin.toggle", { "query", 100 })
  equal(lit(query), 1)
  equal(lit(key), 1, "the heaviest key")
  ui:command("pin.toggle", { "key", 20 })
  equal(lit(query), 1)
  equal(lit(key), 1, "the pinned one alone")
  ui:command("pin.toggle", { "key", 30 })
  equal(lit(key), 2)
  equal(lit(query), 1)
end)

check("no more than 64 tokens are pinned, and a long text stays readable", function()
  local ui <close> = w.open("novella", { text = ("word "):rep(70) })
  for token = 0, 63 do ui:command("pin.toggle", { "query", token }) end
  raises("at most 64", ui.command, ui, "pin.toggle", { "query", 64 })
  equal(#ui:state().pins, 64)
  ui:key "2"
  equal(#lines(ui).only_rows, 64)
end)

w.finish()
