-- A view with the keyboard alone: arrows point at what it draws as the mouse does, Space clicks, Enter goes down.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local keyed = require "keyed"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list

local text, open = keyed.text, keyed.open

local function keys(ui, ...)
  for _, key in ipairs { ... } do ui:key(key) end
  return ui:state().focus
end

local function pins(ui)
  local names = {}
  for i, pin in ipairs(ui:state().pins) do names[i] = pin.side .. "." .. pin.token end
  table.sort(names)
  return names
end

--- What the mouse, and nothing else, would have drawn.
local function as_by_mouse(ui, id)
  local by_keys = ui:state().hover
  w.move(ui, id)
  local by_mouse = ui:state().hover
  equal(by_keys.side, by_mouse.side, id)
  equal(by_keys.token, by_mouse.token, id)
end

check("arrows pass over thumbnails that lie under a panel", function()
  local ui <close> = open()
  ui:key "1"
  ui:command("focus.set", { "thumb.1.1" })
  equal(keys(ui, "space"), "thumb.1.1")
  local panel = ui:find "panel.1.1"
  local focus = keys(ui, "right")
  assert(focus ~= "thumb.1.1" and ui:find(focus).x >= panel.x + panel.w, focus)
  equal(keys(ui, "left"), "thumb.1.1")
end)

for key, view in pairs { ["2"] = "head", ["3"] = "neuron" } do
  check("tokens of the " .. view .. " view: arrows point at them, Space pins them and lets them go", function()
    local ui <close> = open()
    equal(keys(ui, key, "k"), "query.0")
    equal(keys(ui, "down", "down"), "query.2")
    as_by_mouse(ui, "query.2")
    equal(keys(ui, "space"), "query.2")
    equal(ui:state().token, 2)
    list(pins(ui), { "query.2" })
    equal(keys(ui, "right", "down"), "key.3")
    as_by_mouse(ui, "key.3")
    keys(ui, "space")
    list(pins(ui), { "key.3", "query.2" })
    equal(keys(ui, "up", "left"), "query.2")
    keys(ui, "space")
    list(pins(ui), { "key.3" })
    equal(ui:state().token, nil)
    equal(keys(ui, "up", "up", "up", "left"), "query.0", "the first stays")
    keys(ui, "escape")
    equal(ui:state().focus, nil)
    equal(ui:state().hover, nil, "and nothing is pointed at")
    equal(keys(ui, "escape"), nil)
    list(pins(ui), {}, "Escape lets pins go")
  end)
end

check("layers and heads have the arrows again after Escape; in the expanded neuron view dimensions", function()
  local ui <close> = open()
  keys(ui, "2")
  local layer = ui:state().layer
  keys(ui, "k", "down", "right")
  equal(ui:state().layer, layer)
  keys(ui, "escape", "up")
  equal(ui:state().layer, layer - 1)
  keys(ui, "3")
  ui:command("neuron.expand", { 4 })
  ui:command("dimension.select", { 3 })
  equal(keys(ui, "k", "right"), "key.4")
  equal(ui:state().dimension, 3)
  keys(ui, "escape", "right")
  equal(ui:state().dimension, 4)
end)

check("Space without a focus pins the token that [ and ] select", function()
  local ui <close> = open()
  for _, view in ipairs { "2", "3", "4" } do
    ui:key(view)
    keys(ui, "]", "space")
    local token = ui:state().token
    list(pins(ui), { "query." .. token }, "view " .. view)
    keys(ui, "space")
    list(pins(ui), {})
    equal(ui:state().token, token, "it stays selected")
  end
  keys(ui, "escape", "escape")
  equal(ui:state().token, nil)
  keys(ui, "space")
  list(pins(ui), {})
  w.raises("selected", function() ui:command "pin.selected" end)
end)

check("cells of the matrix view, and the tokens at their ends", function()
  local ui <close> = open()
  equal(keys(ui, "4", "k"), "cell.0.0")
  equal(keys(ui, "down", "down", "right"), "cell.2.1")
  as_by_mouse(ui, "cell.2.1")
  keys(ui, "space")
  equal(ui:state().token, 2)
  equal(keys(ui, "left", "left"), "query.2")
  equal(keys(ui, "down", "space"), "query.3")
  list(pins(ui), { "query.3" })
  equal(keys(ui, "right", "up", "up", "up", "up"), "key.0")
  keys(ui, "right", "space")
  list(pins(ui), { "key.1", "query.3" })
  equal(keys(ui, "down"), "cell.0.1")
  equal(keys(ui, "down", "down", "down", "enter"), "query.3")
  equal(ui:state().view, "neuron")
  equal(ui:state().expanded, true)
end)

check("thumbnails of the model view, in the order in which they lie", function()
  local ui <close> = open()
  ui:command("head.select", { 2, 1 })
  equal(keys(ui, "1", "k"), "thumb.1.2")
  equal(keys(ui, "down", "right"), "thumb.2.3")
  ui:step(0.5)
  assert(ui:find "preview", "it is enlarged, as under the mouse")
  keys(ui, "space")
  assert(ui:find "panel.2.3", "Space opens its panel")
  keys(ui, "space")
  equal(ui:find "panel.2.3", nil)
  ui:command("thumbs.sort", { "entropy" })
  local before = ui:find "thumb.2.3"
  local id = keys(ui, "left")
  if id == "thumb.2.3" then id = keys(ui, "right") end
  local after = ui:find(id)
  assert(after.x ~= before.x and after.y == before.y, "the one beside it")
  keys(ui, "enter")
  local layer, head = id:match "thumb%.(%d+)%.(%d+)"
  equal(ui:state().view, "head")
  equal(ui:state().layer, tonumber(layer))
  equal(ui:state().head, tonumber(head))
  equal(ui:state().focus, "query.0", "the keys follow")
end)

check("tokens of a panel", function()
  local ui <close> = open()
  ui:key "1"
  ui:command("head.open", { 1, 1 })
  ui:command("focus.set", { "panel.1.1.close" })
  equal(keys(ui, "tab", "down"), "panel.1.1.query.1")
  equal(keys(ui, "right", "down", "space"), "panel.1.1.key.2")
  list(pins(ui), { "key.2" })
end)

check("a long text's panel scrolls to where the keys are", function()
  local ui <close> = open { text = ("She asked. "):rep(60), size = { 900, 500 } }
  ui:key "1"
  ui:command("head.open", { 1, 1 })
  ui:command("focus.set", { "panel.1.1.query.0" })
  for _ = 1, 60 do ui:key "down" end
  equal(keys(ui, "right"), "panel.1.1.key.60")
  assert(ui:find("panel.1.1.key.60").h > 10, "it shows")
end)

check("of two views the one with the focus is active, and Enter leads into the other", function()
  local ui <close> = open { size = { 1500, 800 } }
  ui:key "1"
  ui:command("view.split", { true })
  equal(ui:state().views[1], "model")
  equal(ui:state().views[2], "head")
  ui:command("focus.set", { "query.1" })
  equal(ui:state().view, "head")
  ui:command("focus.set", { "thumb.2.2" })
  equal(ui:state().view, "model")
  keys(ui, "enter")
  equal(ui:state().view, "head")
  equal(ui:state().focus, "2:query.0")
end)

check("the focused element has the prefix of its view, also where both have it", function()
  local ui <close> = open { size = { 1500, 800 } }
  ui:key "2"
  ui:command("view.split", { true })
  ui:key "|"
  ui:key "2"
  list(ui:state().views, { "head", "head" })
  for _, id in ipairs { "query.1", "2:query.2", "key.0", "2:key.0" } do
    ui:command("focus.set", { id })
    equal(ui:state().focus, id)
    equal(ui:state().active, id:find "^2:" and 2 or 1, id)
    assert(ui:find(id), id)
  end
  equal(keys(ui, "down"), "2:key.1")
  equal(keys(ui, "|", "k"), "query.0")
  w.raises("2:query.99", ui.command, ui, "focus.set", { "2:query.99" })
end)

check("a long text and an enlarged matrix come to where the keys are", function()
  local ui <close> = open { text = ("She asked. "):rep(60), size = { 900, 500 } }
  for _, view in ipairs { "2", "3" } do
    keys(ui, view, "k")
    for _ = 1, 40 do ui:key "down" end
    local r = ui:find(ui:state().focus)
    assert(ui:state().focus == "query.40" and r and r.h > 10, "it shows")
  end
  keys(ui, "4", "0")
  ui:command("zoom", { 30 })
  ui:key "k"
  for _ = 1, 40 do keys(ui, "right", "down") end
  local r = ui:find(ui:state().focus)
  assert(r and r.w > 10 and r.h > 10, "the cell shows")
end)

check("another text, a part, another model: the keys are where something is", function()
  local ui <close> = open { text = ("She asked. "):rep(20) }
  keys(ui, "2", "k", "end")
  for _ = 1, 30 do ui:key "down" end
  w.type_and_run(ui, "He")
  keys(ui, "escape", "k", "down", "space", "right", "space")
  ui:command("focus.set", { "query.0" })
  ui:command("text.set", { text })
  ui:command "run"
  ui:wait()
  equal(keys(ui, "down"), "query.1")
end)

w.finish()
