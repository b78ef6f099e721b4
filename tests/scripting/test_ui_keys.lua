-- Keys by their names, commands, focus and the ladder of Escape.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local field = require("keyed").field
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises

check("every command is listed with a sentence, and its name is known", function()
  local ui <close> = w.open "causal.safetensors"
  local seen = {}
  for _, command in ipairs(ui:commands()) do
    assert(#command.doc > 0 and not seen[command.name], command.name)
    seen[command.name] = true
  end
  assert(seen["head.toggle"] and seen["edit.paste"] and seen["window.resize"])
end)

check("a key has the names that people give it, and its modifiers any order", function()
  local ui <close> = w.open "causal.safetensors"
  for _, key in ipairs { "ctrl+shift+p", "Shift+Ctrl+P", "CTRL+SHIFT+p", "f1" } do
    ui:key(key)
    equal(ui:state().focus, "palette", key)
    ui:key "Esc"
    equal(ui:state().focus, nil, key)
  end
  for _, key in ipairs { "ctrl+plus", "ctrl++", "Ctrl+=" } do
    ui:key(key)
    equal(ui:state().scale, 1.25, key)
    ui:key "ctrl+0"
  end
  for _, key in ipairs { "\\", "backslash" } do ui:key(key) end
  equal(#ui:state().views, 1)
  for _, key in ipairs { "", "ctrl+", "shift+ctrl+", "+", ("x"):rep(200), "hyper+q", "ctrl+ctrl+" } do ui:key(key) end
end)

check("unknown commands and arguments, and values out of range, raise and say what is valid", function()
  local ui <close> = w.open "causal.safetensors"
  raises("unknown command", ui.command, ui, "head.frobnicate")
  raises("expected a number, found nothing", ui.command, ui, "head.toggle")
  raises("expected a number, found a string", ui.command, ui, "head.toggle", { "1" })
  raises("expected 0 to 2, found 3", ui.command, ui, "head.toggle", { 3 })
  raises("expected 0 to 2, found 1.5", ui.command, ui, "head.toggle", { 1.5 })
  raises("expected 0 to 1, found -1", ui.command, ui, "layer.set", { -1 })
  raises("unknown argument lyer", ui.command, ui, "layer.set", { lyer = 1 })
  raises("arguments", ui.command, ui, "layer.set", { 1, 2 })
  raises("expected all, found ab", ui.command, ui, "filter.set", { "ab" })
  raises("dark or light", ui.command, ui, "theme.set", { "pink" })
  raises("0.5 to 4", ui.command, ui, "scale.set", { 9 })
  raises("threshold", ui.command, ui, "threshold.set", { 0 / 0 })
  ui:command("layer.set", { layer = 1 })
  equal(ui:state().layer, 1)
  ui:command("layer.set", 0)
  equal(ui:state().layer, 0)
  ui:command("head.open", 1, 2)
  equal(ui:state().layer, 1)
  raises("at most", ui.command, ui, "head.open", 1, 2, 3, 4, 5)
end)

check("T changes the theme, ctrl with plus, minus and 0 the scale", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "t"
  equal(ui:state().theme, "light")
  equal(ui:pixels():at(790, 1270, 0), 0xF4)
  ui:key "t"
  equal(ui:state().theme, "dark")
  ui:key "ctrl+plus"
  equal(ui:state().scale, 1.25)
  equal(ui:pixels().shape[1], 1000)
  ui:key "ctrl+minus"
  ui:key "ctrl+-"
  equal(ui:state().scale, 0.75)
  ui:key "ctrl+0"
  equal(ui:state().scale, 1)
end)

check("brackets choose the token, arrows layer and head", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "2"
  ui:key "]"
  equal(ui:state().token, 0)
  ui:key "]"
  equal(ui:state().token, 1)
  ui:key "["
  ui:key "["
  equal(ui:state().token, 0, "the first")
  ui:command("head.select", { 0, 0 })
  ui:key "right"
  list(ui:state().heads, { 1 })
  ui:key "left"
  ui:key "left"
  list(ui:state().heads, { 0 })
end)

check("? lists the keys of the command table and any key puts it away", function()
  local ui <close> = w.open "causal.safetensors"
  local rest = w.frame(ui)
  ui:key "?"
  for _, command in ipairs(ui:commands()) do
    if command.keys == "f" or command.keys == "ctrl+0" then assert(w.says(ui, command.doc), command.name) end
  end
  ui:key "t"
  equal(ui:state().theme, "dark")
  equal(w.frame(ui), rest)
  w.click(ui, "help")
  assert(w.says(ui, "Keys"))
  ui:key "escape"
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("letters are keys only while no field has the focus", function()
  local ui <close> = w.open "causal.safetensors"
  ui:type "t2"
  equal(ui:state().theme, "light")
  equal(ui:state().view, "head")
  w.click(ui, "text")
  equal(ui:state().focus, "text")
  ui:key "end"
  ui:type " t1?"
  ui:key "f"
  equal(ui:state().theme, "light")
  equal(ui:state().view, "head")
  assert(ui:state().text:find(" t1?f", 1, true))
  ui:key "escape"
  equal(ui:state().focus, nil)
  ui:key "1"
  equal(ui:state().view, "model")
end)

check("Tab goes through the controls with a ring that shows, and back", function()
  local ui <close> = w.open "pair.safetensors"
  local order = {}
  repeat
    ui:key "tab"
    order[#order + 1] = ui:state().focus
  until not ui:state().focus or #order > 50
  list({ table.unpack(order, 1, 5) }, { "model", "text", "examples", "pair", "run" })
  local seen = {}
  for _, id in ipairs(order) do
    assert(not seen[id], id .. " twice")
    seen[id] = true
  end
  for _, id in ipairs { "layer", "tile.0", "tile.2", "filter", "threshold", "sink", "help" } do assert(seen[id], id) end
  ui:key "shift+tab"
  equal(ui:state().focus, order[#order])
  while ui:state().focus ~= "help" do ui:key "shift+tab" end
  local ring
  for _, command in ipairs(w.drawn(ui, "rect")) do
    if command.stroke == "#4aa8ffff" and command.stroke_width == 2 then ring = command.rect end
  end
  local r = ui:find "help"
  assert(ring and ring[1] < r.x and ring[2] < r.y and ring[1] + ring[3] > r.x + r.w, "a ring around it")
end)

check("Enter and space press the focused control", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("focus.set", { "tab.head" })
  ui:key "enter"
  equal(ui:state().view, "head")
  ui:command("focus.set", { "sink" })
  ui:key "space"
  equal(ui:state().sink_hidden, true)
  ui:command("focus.set", { "threshold" })
  ui:key "right"
  assert(ui:state().threshold > 0)
  ui:key "left"
  equal(ui:state().threshold, 0)
  ui:command("focus.set", { "layer" })
  ui:key "enter"
  assert(ui:find "layer.0")
end)

check("Escape goes down the ladder a rung at a time", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.1.1")
  w.click(ui, "text")
  ui:command("menu.open", { "layer" })
  ui:command "help.toggle"
  ui:key "escape"
  assert(not w.says(ui, "Keys") and ui:find "layer.0")
  ui:key "escape"
  assert(not ui:find "layer.0" and ui:state().focus == "text")
  ui:key "escape"
  assert(not ui:state().focus and #ui:state().panels == 1)
  ui:key "escape"
  equal(#ui:state().panels, 0)
  ui:key "2"
  ui:key "]"
  ui:key "escape"
  equal(ui:state().token, nil)
  ui:key "escape"
end)

check("a journey replayed by the names of its commands gives the same picture", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "2"
  ui:key "a"
  w.click(ui, "tile.0")
  w.move(ui, "query.3")
  ui:resize(900, 500)
  ui:key "t"
  local again <close> = w.open "pair.safetensors"
  again:command "view.head"
  again:command "head.all"
  again:command("hover", { "tile.0" })
  again:command("head.toggle", { 0 })
  again:command("hover", { "query.3" })
  again:command("window.resize", { 900, 500 })
  again:command "theme.toggle"
  equal((ui:pixels() - again:pixels()):abs():max(), 0)
end)

w.finish()
