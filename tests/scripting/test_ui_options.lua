-- The menu of settings: rows that call commands, with the mouse and with keys.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

local function open(file)
  local ui = w.open(file or "causal.safetensors")
  w.click(ui, "options")
  return ui
end

check("a click on its button opens it, another closes it", function()
  local ui <close> = open()
  assert(ui:find "options.bertviz" and w.says(ui, "Look"))
  w.click(ui, "options")
  equal(ui:find "options.bertviz", nil)
end)

check("a check is set and taken back while the menu stays open", function()
  local ui <close> = open()
  w.click(ui, "options.dock")
  equal(ui:state().dock, false)
  assert(not w.says(ui, "✓"))
  w.click(ui, "options.bertviz")
  equal(ui:state().lines, "bertviz")
  assert(w.says(ui, "✓"))
  w.click(ui, "options.bertviz")
  equal(ui:state().lines, "sqrt")
  assert(not w.says(ui, "✓") and ui:find "options.bertviz")
end)

check("of a group of radios one holds", function()
  local ui <close> = open()
  equal(ui:state().ramp, "sqrt")
  w.click(ui, "options.linear")
  equal(ui:state().ramp, "linear")
  w.click(ui, "options.linear")
  equal(ui:state().ramp, "linear")
  w.click(ui, "options.sqrt")
  equal(ui:state().ramp, "sqrt")
end)

check("the console and a second text can be found there", function()
  local ui <close> = w.open("novella", { text = "The cat sat" })
  w.click(ui, "options")
  w.click(ui, "options.console")
  equal(ui:console().open, true)
  equal(ui:state().focus, "console")
  w.click(ui, "options")
  w.click(ui, "options.compare")
  equal(ui:state().focus, "second")
end)

check("heads are put in the order of any score, and back", function()
  local ui <close> = open()
  for _, score in ipairs { "previous", "first", "current", "confidence", "entropy", "distance", "probe", "none" } do
    w.click(ui, "options.sort_" .. score)
    equal(ui:state().sort, score)
  end
end)

check("arrows pass over headings and what cannot be chosen, Enter sets", function()
  local ui <close> = w.open "causal.safetensors"
  ui:key "o"
  ui:key "up"
  ui:key "enter"
  equal(ui:state().sink_hidden, true, "the first row")
  for _ = 1, 9 do ui:key "down" end
  ui:key "enter"
  equal(ui:state().theme, "light", "past mean and max, which count only where something is put together")
  for _ = 1, 21 do ui:key "down" end
  ui:key "space"
  equal(ui:state().focus, "find", "behind BOS, which a file has none of")
  equal(ui:find "options.find", nil)
end)

check("Escape closes it and leaves what was set; so does a press elsewhere", function()
  local ui <close> = open()
  w.click(ui, "options.safe")
  ui:key "escape"
  equal(ui:find "options.safe", nil)
  equal(ui:state().palette, "safe")
  ui:command "options.menu"
  w.click(ui, "tab.neuron")
  equal(ui:find "options.safe", nil)
end)

check("its button takes the focus and opens with Enter", function()
  local ui <close> = w.open "causal.safetensors"
  ui:command("focus.set", { "options" })
  ui:key "enter"
  assert(ui:find "options.light")
end)

check("what cannot be had is pale and does nothing", function()
  local ui <close> = w.open("causal.safetensors", { size = { 1280, 1000 } })
  w.click(ui, "options")
  w.click(ui, "options.bos")
  equal(ui:state().bos, false)
  assert(ui:find "options.bos")
end)

check("a plain row closes the menu; a refusal is said", function()
  local ui <close> = w.open("causal.safetensors", { size = { 1000, 1400 } })
  w.click(ui, "options")
  w.click(ui, "options.commands")
  equal(ui:state().focus, "palette")
  equal(ui:find "options.commands", nil)
end)

check("everything shows in a window of 1280x800, in columns of whole groups", function()
  local ui <close> = w.open "causal.safetensors"
  local keys = { "sink", "words", "none", "rollout", "mean", "light", "heat", "sqrt", "inspector", "classes", "bos", "find",
    "commands", "by_number", "by_distance", "rest_hidden", "values" }
  for _, size in ipairs { { 1280, 800 }, { 1000, 700 } } do
    ui:resize(size[1], size[2])
    w.click(ui, "options")
    local columns, groups = {}, { by_number = "values", none = "rollout", sqrt = "linear", sort_none = "sort_distance" }
    for _, key in ipairs(keys) do
      local r = assert(ui:find("options." .. key), key)
      assert(r.h >= 22 and r.x >= 0 and r.x + r.w <= size[1] and r.y + r.h <= size[2], key .. " is whole")
      columns[r.x // 10] = true
    end
    for first, last in pairs(groups) do equal(ui:find("options." .. first).x // 10, ui:find("options." .. last).x // 10, first) end
    local n = 0
    for _ in pairs(columns) do n = n + 1 end
    equal(n, size[2] == 800 and 2 or 3)
    ui:key "escape"
  end
end)

check("in a small window it scrolls, in one column", function()
  local ui <close> = w.open("causal.safetensors", { size = { 640, 400 } })
  w.click(ui, "options")
  equal(ui:find "options.commands", nil)
  equal(ui:find("options.rollout").x, ui:find("options.words").x)
  equal(ui:find "options.light", nil, "only what is above stands there")
  for _ = 1, 40 do ui:key "down" end
  local r = assert(ui:find "options.commands")
  assert(r.y + r.h <= 400)
  for _ = 1, 40 do ui:key "up" end
  assert(w.says(ui, "Attention"), "the heading of the first row")
end)

check("a row can be chosen by its place, and no further", function()
  local ui <close> = open()
  raises("expected 0 to", ui.command, ui, "menu.choose", { 99 })
  ui:command("menu.choose", { 0 })
  assert(ui:find "options.light", "a heading does nothing")
end)

w.finish()
