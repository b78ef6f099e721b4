-- A text field with plain keys and the mouse: the caret, what is selected, the clipboard, undo.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local field = require("keyed").field
local w = require "window"
local check, equal = w.check, w.equal

check("a click in the text puts the caret there, dragging selects", function()
  local ui <close> = field "one two three"
  local r = ui:find "text"
  ui:click(r.x + 9, r.y + 10)
  ui:type "X"
  equal(ui:state().text, "Xone two three")
  ui:press(r.x + 9, r.y + 10)
  ui:move(r.x + r.w - 5, r.y + 10)
  ui:release(r.x + r.w - 5, r.y + 10)
  ui:type "all"
  equal(ui:state().text, "all")
end)

check("a double-click selects a word", function()
  local ui <close> = field "one two three"
  local r = ui:find "text"
  ui:click(r.x + 12, r.y + 10, { clicks = 2 })
  ui:type "1"
  equal(ui:state().text, "1 two three")
end)

check("the caret moves by characters and words, shift selects", function()
  local ui <close> = field "one two three"
  ui:key "ctrl+left"
  ui:key "left"
  ui:type "!"
  equal(ui:state().text, "one two! three")
  ui:key "home"
  ui:key "shift+right"
  ui:key "shift+right"
  ui:key "delete"
  equal(ui:state().text, "e two! three")
  ui:key "end"
  ui:key "ctrl+shift+left"
  ui:key "backspace"
  equal(ui:state().text, "e two! ")
  ui:key "ctrl+backspace"
  equal(ui:state().text, "e ")
  ui:key "home"
  ui:key "ctrl+delete"
  equal(ui:state().text, " ")
end)

check("characters with combining marks and emoji are one step", function()
  local ui <close> = field "ae\u{301}\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}z"
  ui:key "left"
  ui:key "backspace"
  equal(ui:state().text, "ae\u{301}z")
  ui:key "backspace"
  equal(ui:state().text, "az")
end)

check("copy, cut and paste", function()
  local ui <close> = field "one two"
  ui:key "home"
  ui:key "ctrl+shift+right"
  ui:key "ctrl+c"
  ui:key "end"
  ui:key "ctrl+v"
  equal(ui:state().text, "one twoone")
  ui:key "ctrl+a"
  ui:key "ctrl+x"
  equal(ui:state().text, "")
  ui:key "ctrl+v"
  ui:key "ctrl+v"
  equal(ui:state().text, "one twooneone twoone")
end)

check("undo takes back typing as one step, redo puts it back", function()
  local ui <close> = field "one"
  ui:type " t"
  ui:type "wo"
  ui:key "left"
  ui:type "X"
  ui:key "ctrl+z"
  equal(ui:state().text, "one two")
  ui:key "ctrl+z"
  assert(ui:state().text ~= "one two")
  ui:key "ctrl+y"
  ui:key "ctrl+y"
  equal(ui:state().text, "one twXo")
end)

check("typed text shows in the field, a long one around its caret", function()
  local ui <close> = field(("word "):rep(500) .. "end")
  assert(w.says(ui, "end"))
  ui:key "home"
  local shown = w.drawn(ui, "text")
  for _, command in ipairs(shown) do assert(#command.text < 400, "only what shows is drawn") end
  assert(w.says(ui, "word word"))
  assert(not w.says(ui, "end"))
end)

w.finish()
