-- Parameters of the dock's probe: sliders, buttons, fields, keys and a command.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local docked = require "docked"
local files = require "files"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises
local folder, write = files.folder, files.write
local text, open, score = docked.text, docked.open, docked.score

check("parameters: a slider, the keys and a command; each asks again", function()
  local ui <close> = open { probe = "duplicate" }
  assert(w.says(ui, "Runs texts of its own, keeps pattern"), "what it captures")
  local before = score("duplicate", text)
  assert(w.says(ui, ("%.3f"):format(before:max()):sub(2)))
  ui:command("probe.param", { "n", 8 })
  ui:wait()
  assert(w.says(ui, ("%.3f"):format(score("duplicate", text, { params = { n = 8 } }):max()):sub(2)), "asked with n = 8")
  local track = ui:find "param.0"
  ui:click(track.x + track.w - 2, track.y + track.h / 2)
  ui:wait()
  assert(w.says(ui, "512"), "at its end")
  ui:command("probe.param", { "n", 8 })
  ui:command("focus.set", { "param.0" })
  ui:key "right"
  assert(w.says(ui, "9"))
  raises("expected a whole number from 2 to 512, found 1", ui.command, ui, "probe.param", { "n", 1 })
  raises("expected one of its parameters, found m", ui.command, ui, "probe.param", { "m", 1 })
end)

local PARAMS = [[
local hs = require "headscope"
return hs.probe { id = "mine", kind = "run", params = { a = { 0, min = 0 }, b = 0.3, c = { 4, min = 1, max = 9 }, d = { 7, max = 8 } },
  score = function(run, p) return { { a = p.a, b = p.b, c = p.c, d = p.d } } end }
]]

check("parameters without ends: buttons, and any number as text", function()
  local path <const>, done <close> = folder()
  write(path .. "/mine.lua", PARAMS)
  local ui <close> = open { probes_dir = path, probe = "mine" }
  local function says(a, b, c, d)
    ui:wait()
    assert(w.says(ui, table.concat({ a, b, c, d }, "   ")), "asked with them")
  end
  says("0", "0.3000", "4", "7")
  equal(ui:find "less.2", nil, "a slider needs none")
  w.click(ui, "more.0")
  w.click(ui, "more.0")
  w.click(ui, "less.0")
  w.click(ui, "more.3")
  w.click(ui, "more.3")
  w.click(ui, "less.1")
  says("1", "0.2900", "4", "8")
  for _ = 1, 3 do w.click(ui, "less.0") end
  says("0", "0.2900", "4", "8")
  w.click(ui, "value.0")
  equal(ui:state().focus, "value.0")
  ui:type "25"
  says("0", "0.2900", "4", "8")
  ui:key "enter"
  w.click(ui, "value.2")
  ui:type "9\n"
  says("25", "0.2900", "9", "8")
  ui:key "escape"
  equal(ui:state().focus, nil)
  for text, message in pairs { ["12x"] = "c: expected a number, found 12x", ["10"] = "c: expected a whole number from 1 to 9, found 10",
    ["2.5"] = "c: expected a whole number from 1 to 9, found 2.5" } do
    ui:command("focus.set", { "value.2" })
    ui:key "ctrl+a"
    ui:type(text)
    raises(message, ui.command, ui, "edit.submit")
  end
  raises("a: expected a whole number from 0, found -1", ui.command, ui, "probe.param", { "a", -1 })
  raises("a: expected a whole number from 0, found 0.5", ui.command, ui, "probe.param", { "a", 0.5 })
  raises("d: expected a whole number to 8, found 9", ui.command, ui, "probe.param", { "d", 9 })
  ui:command("probe.set", { "first" })
  equal(ui:state().focus, nil, "the field is gone")
  ui:command("probe.set", { "mine" })
  ui:wait()
  ui:command("focus.set", { "param.0" })
  ui:key "right"
  says("26", "0.2900", "9", "8")
end)

w.finish()
