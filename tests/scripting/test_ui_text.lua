-- Text fields as a person knows them: selecting with mouse and keys, the clipboard, undo, and texts that are very long.
package.path = os.getenv "HEADSCOPE_HOME" .. "/tests/scripting/?.lua;" .. package.path
local w = require "window"
local equal, check = w.equal, w.check

local sentence = "The doctor asked the nurse"

local function open(text)
  local ui = w.open("novella", { text = text or sentence, size = { 1280, 800 } })
  return ui, ui:find "text"
end

local function copied(ui)
  ui:key "ctrl+c"
  return ui:clipboard()
end

check("a click puts the caret, shift and a click select up to it", function()
  local ui, r = open()
  ui:click(r.x + 9, r.y + 14)
  ui:click(r.x + 400, r.y + 14, { shift = true })
  equal(copied(ui), sentence)
end)

check("dragging selects, over the end of the field as well", function()
  local ui, r = open()
  ui:press(r.x + 9, r.y + 14)
  ui:move(r.x + 500, r.y + 300)
  ui:release(r.x + 500, r.y + 300)
  equal(copied(ui), sentence)
  ui:type "X"
  equal(ui:state().text, "X")
end)

check("a double-click selects a word, dragged on whole words, in both directions", function()
  local ui, r = open()
  local y = r.y + 14
  local middle = r.x + 8 + 60 -- in "doctor"
  ui:click(middle, y, { clicks = 2 })
  equal(copied(ui), "doctor")
  ui:click(r.x + 300, y)
  ui:click(middle, y)
  ui:press(middle, y, { clicks = 2 })
  ui:move(middle + 50, y)
  equal(copied(ui), "doctor asked")
  ui:move(middle - 50, y)
  equal(copied(ui), "The doctor")
  ui:move(middle, y)
  equal(copied(ui), "doctor")
  ui:release(middle, y)
end)

check("a third click selects everything", function()
  local ui, r = open()
  ui:click(r.x + 60, r.y + 14, { clicks = 3 })
  equal(copied(ui), sentence)
end)

check("keys go by characters, words and to the ends, with shift they select", function()
  local ui = open()
  w.click(ui, "text")
  ui:key "home"
  ui:key "ctrl+shift+right"
  equal(copied(ui), "The")
  ui:key "end"
  ui:key "ctrl+shift+left"
  equal(copied(ui), "nurse")
  ui:key "home"
  ui:key "shift+end"
  equal(copied(ui), sentence)
  ui:key "home"
  ui:key "shift+right"
  equal(copied(ui), "T")
  ui:key "ctrl+x"
  equal(ui:state().text, sentence:sub(2))
  ui:key "end"
  ui:key "ctrl+v"
  equal(ui:state().text, sentence:sub(2) .. "T")
  ui:key "ctrl+z"
  ui:key "ctrl+z"
  equal(ui:state().text, sentence)
  ui:key "ctrl+y"
  equal(ui:state().text, sentence:sub(2))
  ui:key "ctrl+shift+z"
  equal(ui:state().text, sentence:sub(2) .. "T")
  ui:key "ctrl+backspace"
  equal(ui:state().text, "he doctor asked the ")
end)

check("of a very long text what is around the caret shows and is clicked", function()
  local words = {}
  for i = 1, 20000 do words[i] = ("w%05d"):format(i) end
  local text = table.concat(words, " ")
  local ui <close> = w.open("causal.safetensors", { size = { 1280, 800 } })
  ui:command("text.set", { text })
  assert(w.says(ui, "w00001"))
  w.click(ui, "text")
  ui:key "end"
  assert(w.says(ui, "w20000"))
  local longest = 0
  for _, command in ipairs(w.drawn(ui, "text")) do longest = math.max(longest, #command.text) end
  assert(longest < 1000, longest)
  local r = ui:find "text"
  ui:click(r.x + r.w / 2, r.y + 14, { clicks = 2 })
  local word = copied(ui)
  assert(word:find "^w19%d%d%d$" or word:find "^w20000$", word)
  local near = 7 * 10000 + 3
  ui:command("edit.place", { near })
  assert(w.says(ui, "w10001"))
  ui:click(r.x + r.w / 2, r.y + 14, { clicks = 2 })
  word = copied(ui)
  assert(word:find "^w%d+$" and math.abs(tonumber(word:sub(2)) - 10001) < 40, word)
  ui:type "mine"
  ui:key "ctrl+z"
  equal(ui:state().text, text)
  ui:key "home"
  assert(w.says(ui, "w00001"))
end)

check("Ctrl+Home and Ctrl+End go to the ends of the text, with Shift they select", function()
  local ui <close> = open()
  ui:key "ctrl+`"
  ui:type "one"
  ui:key "shift+enter"
  ui:type "two"
  ui:key "shift+enter"
  ui:type "three"
  ui:key "ctrl+home"
  ui:type "A"
  ui:key "ctrl+end"
  ui:type "B"
  equal(ui:console().input, "Aone\ntwo\nthreeB")
  ui:key "ctrl+shift+home"
  ui:type "x"
  equal(ui:console().input, "x")
  w.click(ui, "text")
  ui:key "ctrl+home"
  ui:key "ctrl+shift+end"
  ui:type "He"
  equal(ui:state().text, "He")
end)

w.finish()
