-- The window with the keyboard alone: Tab stops at every control once, in the order in which they are read, and the
-- ring shows where; Enter and Space act, arrows move among controls of one kind.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local keyed = require "keyed"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list

local text, open = keyed.text, keyed.open

--- All that Tab stops at, until the view has the keys again.
local function walk(ui, each)
  local order = {}
  repeat
    ui:key "tab"
    local id = ui:state().focus
    order[#order + 1] = id
    if id and each then each(id) end
  until not id or #order > 200
  return order
end

local function rect_of(ui, id) return ui:find(id) or ui:find("2:" .. id) end

--- The ring in the theme's accent, 2 px wide, drawn around an element or, where it has no room, inside of it.
local function has_ring(ui, id)
  local r = rect_of(ui, id == "console" and "console.input" or id)
  local accent = ui:state().theme == "dark" and "#4aa8ffff" or "#0b63c9ff"
  for _, command in ipairs(w.drawn(ui, "rect")) do
    local x, y, width, height = table.unpack(command.rect)
    local middle_x, middle_y = r.x + r.w / 2, r.y + r.h / 2
    local around = x <= middle_x and x + width >= middle_x and y <= middle_y and y + height >= middle_y
    if command.stroke == accent and command.stroke_width == 2 and around and width <= r.w + 10 then return true end
  end
end

--- Bars from the top down; what floats over a view is not of one.
local function row_of(ui, id)
  local r = rect_of(ui, id)
  if id:find "^dock" then return 1.5 end
  if id:find "^probe" then return 1.7 end
  if id == "where" then return 1.8 end
  if id:find "^panel" or id:find "^dim" or id == "values" or id == "splitter" then return 3 end
  if id:find "^query" or id:find "^cell" or id:find "^thumb" then return 3 end
  if id == "inspector" then return 4 end
  if id:find "^console" then return 5 end
  if r.y < 44 then return 0 end
  if r.y >= 800 - 24 then return 6 end
  return r.y < 80 and 1 or 2
end

local states = {
  model = function(ui)
    ui:key "1"
    ui:command("head.open", { 1, 1 })
    ui:command("panel.pin", { 1, 1 })
    ui:command("head.open", { 3, 2 })
    return { "thumb.3.2", "panel.1.1.pin", "panel.1.1.close", "panel.1.1.query.0", "panel.3.2.pin", "panel.3.2.close", "panel.3.2.query.0" }
  end,
  head = function(ui)
    ui:key "2"
    ui:command("strip.set", { "entropy" })
    ui:command("token.select", { 5 })
    return { "strip", "query.5" }
  end,
  neuron = function(ui)
    ui:key "3"
    ui:command("neuron.expand", { 4 })
    ui:command("dimension.select", { 3 })
    return { "dim.rest", "values", "dim.order", "query.4", "dim.close" }
  end,
  matrix = function(ui)
    ui:key "4"
    ui:command("strip.set", { "received" })
    return { "strip", "cell.0.0" }
  end,
}

local bars = { "model", "text", "examples", "run", "tab.model", "tab.head", "tab.neuron", "tab.matrix", "split", "layer",
  "tile.0", "tile.1", "tile.2", "tile.3", "tile.4", "tile.5", "threshold", "sink", "options", "help",
  "dock.new", "dock.fold", "probe", "where" }

for view, prepare in pairs(states) do
  for _, theme in ipairs { "dark", "light" } do
    check(("Tab walks the %s view, %s: every control once, in reading order, with a ring"):format(view, theme), function()
      local ui <close> = open { theme = theme, size = { 1500, 800 } }
      local own = prepare(ui)
      ui:key "i"
      ui:key "ctrl+`"
      ui:command "focus.clear"
      ui:wait()
      local seen, expected = {}, {}
      for _, id in ipairs(bars) do expected[#expected + 1] = id end
      for _, id in ipairs(own) do expected[#expected + 1] = id end
      for _, id in ipairs { "inspector", "console", "console.close", "bos" } do expected[#expected + 1] = id end
      local order = walk(ui, function(id)
        assert(not seen[id], id .. " twice")
        seen[id] = true
        assert(rect_of(ui, id), id .. " does not show")
        assert(has_ring(ui, id), id .. " has no ring")
      end)
      local names = {}
      for i, id in ipairs(order) do names[i] = id:match "^probe" or id end
      list(names, expected)
      for i = 2, #order do
        assert(row_of(ui, order[i]) >= row_of(ui, order[i - 1]), order[i] .. " after " .. order[i - 1])
        if row_of(ui, order[i]) == row_of(ui, order[i - 1]) and row_of(ui, order[i]) < 3 then
          assert(rect_of(ui, order[i]).x > rect_of(ui, order[i - 1]).x, order[i] .. " right of " .. order[i - 1])
        end
      end
      local back = {}
      repeat
        ui:key "shift+tab"
        if ui:state().focus then table.insert(back, 1, ui:state().focus) end
      until not ui:state().focus or #back > 200
      list(back, order, "and back")
    end)
  end
end

check("Tab walks a comparison: its bar below that of the views, what is left of the splitter before it", function()
  local ui <close> = open()
  ui:key "1"
  ui:command("head.open", { 2, 1 })
  ui:command "view.split"
  ui:command("split.side", { "right" })
  ui:command "view.neuron"
  ui:command("neuron.expand", { 3 })
  local order, place = walk(ui), {}
  for i, id in ipairs(order) do place[id] = i end
  assert(place["panel.2.1.close"] < place.splitter and place.splitter < place["2:dim.rest"], table.concat(order, " "))
  ui:command("compare.text", { "He" })
  ui:wait()
  order, place = walk(ui), {}
  for i, id in ipairs(order) do place[id] = i end
  assert(place.help < place.second and place["shown.difference"] < place["compare.close"], table.concat(order, " "))
end)

check("Tab goes through the error's buttons, a search, and small windows", function()
  local ui <close> = open { size = { 640, 400 } }
  ui:key "2"
  ui:key "i"
  ui:command("model.open", { "no such model" })
  ui:wait()
  ui:key "ctrl+f"
  ui:command "focus.clear"
  local seen = {}
  for _, id in ipairs(walk(ui, function(id) assert(has_ring(ui, id), id) end)) do seen[id] = true end
  for _, id in ipairs { "details", "find", "inspector", "tile.5" } do assert(seen[id], id) end
  equal(seen.split, nil, "a narrow window has one view")
end)

check("Enter and Space act on what Tab stops at", function()
  local ui <close> = open()
  states.model(ui)
  ui:command("focus.set", { "panel.3.2.pin" })
  ui:key "space"
  ui:command("head.open", { 0, 0 })
  equal(#ui:state().panels, 3, "both stay beside the next one")
  ui:command("focus.set", { "panel.1.1.close" })
  ui:key "enter"
  equal(ui:find "panel.1.1", nil)
  equal(ui:state().focus, nil, "what is gone has no focus")
  states.neuron(ui)
  ui:command("focus.set", { "dim.order" })
  ui:key "enter"
  equal(ui:state().dimension_order, "contribution")
  equal(ui:state().focus, "dim.order")
  ui:command("focus.set", { "dim.rest" })
  ui:key "space"
  equal(ui:state().dimension_rest, "faded")
  ui:command("focus.set", { "values" })
  ui:key "enter"
  equal(ui:state().values, true)
  ui:command("focus.set", { "dim.close" })
  ui:key "enter"
  equal(ui:state().dimension, nil)
  ui:command("focus.set", { "bos" })
  local bos = ui:state().bos
  ui:key "space"
  ui:wait()
  equal(ui:state().bos, not bos)
  ui:key "ctrl+`"
  ui:command("focus.set", { "console.close" })
  ui:key "enter"
  equal(ui:find "console", nil)
end)

check("arrows move among tabs, tiles and the buttons of a comparison; the view keeps its layer and head", function()
  local ui <close> = open()
  ui:key "2"
  local layer, head = ui:state().layer, ui:state().heads[1]
  ui:command("focus.set", { "tab.model" })
  ui:key "right"
  ui:key "down"
  equal(ui:state().focus, "tab.neuron")
  ui:key "left"
  equal(ui:state().focus, "tab.head")
  ui:command("focus.set", { "tile.4" })
  ui:key "right"
  ui:key "right"
  equal(ui:state().focus, "tile.5", "the last stays")
  equal(ui:state().layer, layer)
  equal(ui:state().heads[1], head)
  ui:key "escape"
  ui:key "down"
  equal(ui:state().layer, math.min(layer + 1, 5), "without a focus it is the view's key")
end)

check("arrows open what is a list, and go through it; Home and End, Escape puts it away", function()
  local ui <close> = open()
  for _, id in ipairs { "model", "examples", "layer", "options" } do
    ui:command("focus.set", { id })
    ui:key "down"
    equal(ui:state().focus, id)
    assert(ui:find(id == "options" and "options.sink" or id .. ".0"), id .. " opens")
    ui:key "escape"
    equal(ui:find(id == "options" and "options.sink" or id .. ".0"), nil, id)
  end
  ui:key "2"
  ui:command("strip.set", { "entropy" })
  ui:command("focus.set", { "strip" })
  ui:key "enter"
  assert(ui:find "strip.0")
  ui:key "escape"
  ui:command("focus.set", { "layer" })
  ui:key "enter"
  ui:key "end"
  equal(ui:state().layer, 5)
  ui:key "home"
  equal(ui:state().layer, 0)
  ui:key "enter"
  equal(ui:find "layer.0", nil)
end)

check("the settings: left and right go to the column beside", function()
  local ui <close> = open()
  --- The row that is marked, by its raised ground.
  local function marked()
    for _, command in ipairs(w.drawn(ui, "rect")) do
      local x, y, width, height = table.unpack(command.rect)
      if command.fill == "#272b34ff" and height == 22 and width > 200 and width < 300 then return { x = x, y = y } end
    end
  end
  ui:key "o"
  ui:key "down"
  local left = marked()
  ui:key "right"
  local right = marked()
  assert(right.x > left.x + 200 and math.abs(right.y - left.y) <= 24, "beside it, or next to that")
  ui:key "right"
  equal(marked().x, right.x, "there is no third")
  ui:key "left"
  equal(marked().x, left.x)
  ui:key "home"
  ui:key "enter"
  equal(ui:state().sink_hidden, true)
end)

check("the inspector scrolls with the keys while it has the focus", function()
  local ui <close> = open { size = { 1280, 400 } }
  ui:key "2"
  ui:key "i"
  ui:command("token.select", { 4 })
  ui:wait()
  ui:command("focus.set", { "inspector" })
  local before = w.frame(ui)
  ui:key "down"
  local after = w.frame(ui)
  assert(before ~= after)
  ui:key "pagedown"
  ui:key "pageup"
  ui:key "up"
  ui:key "up"
  equal(w.frame(ui), before)
  equal(ui:state().token, 4)
end)

check("the console: Tab completes what is there, and goes on where nothing is", function()
  local ui <close> = open()
  ui:key "ctrl+`"
  ui:type "coro"
  ui:key "tab"
  equal(ui:console().input, "coroutine")
  ui:key "ctrl+a"
  ui:key "delete"
  ui:key "tab"
  equal(ui:state().focus, "console.close")
end)

w.finish()
