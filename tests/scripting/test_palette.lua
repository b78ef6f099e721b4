-- The command palette, and the inputs that were run, by keys and mouse.
package.path = arg[0]:match "^(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal = w.check, w.equal

local function state(ui) return ui:state() end

--- What the open palette shows, an entry each: the texts in its row, {doc, name, keys}.
local function entries(ui)
  local rows = {}
  for i = 0, 999 do
    local r = ui:find("palette." .. i)
    if not r then break end
    rows[i + 1] = {}
    for _, command in ipairs(w.drawn(ui, "text")) do
      local x, y = command.rect[1], command.rect[2] + command.rect[4] / 2
      if x >= r.x and x < r.x + r.w and y >= r.y and y < r.y + r.h then table.insert(rows[i + 1], command.text) end
    end
  end
  return rows
end

--- The texts of entry I, from 0, without those that are empty or drawn below the palette.
local function names(ui, i)
  return table.concat(entries(ui)[i + 1], "|")
end

check("ctrl+shift+p and F1 open it, Esc puts it away, and nothing is left of it", function()
  local ui <close> = w.open "causal.safetensors"
  local rest = w.frame(ui)
  for _, key in ipairs { "ctrl+shift+p", "f1" } do
    ui:key(key)
    equal(state(ui).focus, "palette")
    assert(ui:find "palette" and ui:find "palette.0", "the field and the first entry")
    assert(names(ui, 1):find("Head view: the heads of one layer|view.head|2", 1, true), names(ui, 1))
    ui:key "escape"
    equal(state(ui).focus, nil)
    equal(ui:find "palette", nil)
    equal(w.frame(ui), rest)
  end
end)

check("from a text field as well, whose text it leaves alone", function()
  local ui <close> = w.open "causal.safetensors"
  local text = state(ui).text
  w.click(ui, "text")
  ui:key "f1"
  ui:type "theme"
  equal(state(ui).text, text)
  equal(state(ui).focus, "palette")
end)

check("what is typed filters by name and doc; Enter runs the first", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "ctrl+shift+p"
  ui:type "dark li"
  assert(names(ui, 0):find("Dark or light|theme.toggle|t", 1, true), names(ui, 0))
  ui:key "enter"
  equal(state(ui).theme, "light")
  equal(state(ui).focus, nil)
  equal(ui:find "palette", nil)
end)

check("letters in order are enough, upper and lower case alike", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "THTGL"
  ui:key "enter"
  equal(state(ui).theme, "light")
end)

check("names come before docs, and the keys are shown", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "layer"
  assert(names(ui, 0):find("Next layer|layer.next|down", 1, true), names(ui, 0))
  assert(names(ui, 1):find("Previous layer|layer.previous|up", 1, true), names(ui, 1))
end)

check("down, up and the wheel move the mark, which stays inside", function()
  local ui <close> = w.open "causal.safetensors"
  local layer = state(ui).layer
  ui:key "f1"
  ui:type "layer"
  ui:key "up"
  ui:key "down"
  ui:key "enter"
  equal(state(ui).layer, math.max(layer - 1, 0))
  ui:key "f1"
  for _ = 1, 200 do ui:key "down" end
  assert(w.says(ui, "window.close"), "the last one shows")
  for _ = 1, 200 do ui:key "pageup" end
  assert(w.says(ui, "view.model"), "the first one shows")
  ui:move(w.centre(ui, "palette.1"))
  ui:wheel(0, -1)
  ui:key "enter"
  equal(state(ui).view, "head")
end)

check("typing marks the first entry again", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  for _ = 1, 30 do ui:key "down" end
  ui:type "theme"
  ui:key "enter"
  equal(state(ui).theme, "light")
end)

check("a click runs an entry; beside it only puts it away", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "head view"
  w.click(ui, "palette.0")
  equal(state(ui).view, "head")
  equal(ui:find "palette", nil)
  ui:key "f1"
  w.click(ui, "tab.neuron")
  equal(state(ui).view, "head")
  equal(ui:find "palette", nil)
  ui:key "f1"
  w.click(ui, "palette")
  equal(state(ui).focus, "palette")
end)

check("what only counts where something has the focus is not listed", function()
  local ui <close> = w.open "causal.safetensors"
  for _, name in ipairs { "edit.copy", "commands.run", "menu.next" } do
    ui:key "f1"
    ui:type(name)
    for i in ipairs(entries(ui)) do assert(not names(ui, i - 1):find("|" .. name, 1, true), name) end
    ui:key "escape"
  end
end)

check("letters in order count within a word only", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "thumbs"
  for i in ipairs(entries(ui)) do assert(names(ui, i - 1):find("[Tt]humb"), names(ui, i - 1)) end
end)

check("of a command that asks for arguments Enter writes the name; they follow it, and Enter runs", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "thumbs.so"
  assert(names(ui, 0):find("thumbs.sort …", 1, true), names(ui, 0))
  ui:key "enter"
  equal(state(ui).focus, "palette")
  assert(names(ui, 0):find("score – Model view: heads by previous", 1, true), names(ui, 0))
  equal(ui:find "palette.1", nil)
  ui:type "previous"
  ui:key "enter"
  equal(state(ui).sort, "previous")
  equal(state(ui).focus, nil)
end)

check("arguments are numbers, true or false, words, words in quotes, or all that is left", function()
  local ui <close> = w.open("novella", { text = "one" })
  local function run(line)
    ui:key "f1"
    ui:type(line)
    ui:key "enter"
    equal(state(ui).focus, nil, line)
  end
  run "threshold.set 0.25"
  equal(state(ui).threshold, 0.25)
  run "head.select 2 1"
  equal(state(ui).heads[1], 2)
  equal(state(ui).layer, 1)
  run "view.split true"
  equal(state(ui).split, true)
  run "text.set The doctor asked "
  equal(state(ui).text, "The doctor asked")
  run 'compare.text "The nurse asked"'
  ui:wait()
  equal(state(ui).second, "The nurse asked")
  run "view.split "
  equal(state(ui).split, false)
end)

check("arguments that are refused stay to be corrected, and the status line says why", function()
  local ui <close> = w.open "causal.safetensors"
  local layer = state(ui).layer
  for line, why in pairs {
    ["layer.set one"] = "layer.set: layer: expected a number, found a string",
    ["layer.set 0 1"] = "layer.set: expected 1 arguments, found 2",
    ["thumbs.sort nothing"] = "expected",
    ["text.set " .. ("x"):rep(600)] = "text.set: expected less than 512 bytes",
  } do
    ui:key "f1"
    ui:type(line)
    ui:key "enter"
    equal(state(ui).focus, "palette", line)
    assert(w.says(ui, why, true), line)
    ui:key "escape"
  end
  equal(state(ui).layer, layer)
end)

check("nothing matches: it says so, and Enter does nothing", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "zzzz"
  assert(w.says(ui, "No command matches"))
  ui:key "enter"
  equal(state(ui).focus, "palette")
  ui:key "down"
  ui:key "pagedown"
  ui:key "up"
  ui:key "ctrl+a"
  ui:key "delete"
  assert(ui:find "palette.0", "all of them again")
end)

check("a command without anything to act on says so", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "f1"
  ui:type "bos.toggle"
  ui:key "enter"
  assert(w.says(ui, "expected a BOS token", true), "the status line's word of it")
end)

check("it fits the smallest window and the largest scale, and a window that is smaller still", function()
  for _, size in ipairs { { 640, 400 }, { 1280, 800 }, { 40, 30 }, { 1, 1 } } do
    local ui <close> = w.open("causal.safetensors", { size = size, scale = 2 })
    ui:key "f1"
    ui:key "down"
    ui:pixels()
    if size[1] >= 640 then
      local last = ui:find "palette.3"
      assert(last and last.x >= 0 and last.x + last.w <= size[1] and last.y + last.h <= size[2], "inside")
    end
    ui:key "enter"
    equal(state(ui).view, "head")
  end
end)

-- The inputs that were run.

local function run(ui, text)
  ui:command("text.set", text)
  ui:command "run"
  ui:wait()
end

check("up and down go through the inputs that were run and back to what was being typed", function()
  local ui <close> = w.open("novella", { text = "one" })
  run(ui, "two")
  run(ui, "three")
  w.click(ui, "text")
  ui:key "ctrl+a"
  ui:type "typed"
  for _, expected in ipairs { "three", "two", "one", "one" } do
    ui:key "up"
    equal(state(ui).text, expected)
  end
  for _, expected in ipairs { "two", "three", "typed", "typed" } do
    ui:key "ctrl+down"
    equal(state(ui).text, expected)
  end
  ui:key "ctrl+up"
  ui:key "enter"
  ui:wait()
  equal(state(ui).text, "three")
  equal(state(ui).focus, nil)
end)

check("from an input that was just run, up is the one before it", function()
  local ui <close> = w.open("novella", { text = "one" })
  run(ui, "two")
  w.click(ui, "text")
  ui:key "up"
  equal(state(ui).text, "one")
  ui:key "down"
  equal(state(ui).text, "two")
end)

check("an input that was stepped to can be taken back", function()
  local ui <close> = w.open("novella", { text = "one" })
  run(ui, "two")
  w.click(ui, "text")
  ui:key "up"
  ui:key "ctrl+z"
  equal(state(ui).text, "two")
end)

check("outside a text field the arrows are the view's, the commands work all the same", function()
  local ui <close> = w.open("novella", { text = "one two" })
  run(ui, "three four")
  ui:command("layer.set", 2)
  ui:key "up"
  equal(state(ui).text, "three four")
  equal(state(ui).layer, 1)
  ui:command "history.previous"
  equal(state(ui).text, "one two")
  ui:command "history.next"
  equal(state(ui).text, "three four")
end)

check("home and end go to the ends of the text", function()
  local ui <close> = w.open("novella", { text = "one" })
  w.click(ui, "text")
  ui:key "home"
  ui:type "a"
  ui:key "end"
  ui:type "b"
  equal(state(ui).text, "aoneb")
end)

check("up and down in the field that finds a token go through what it finds", function()
  local ui <close> = w.open("novella", { text = "the cat the dog the" })
  ui:key "ctrl+f"
  ui:type "the"
  local first = state(ui).token
  ui:key "down"
  assert(state(ui).token > first, "the next one")
  ui:key "up"
  equal(state(ui).token, first)
  equal(state(ui).text, "the cat the dog the")
end)

w.finish()
