-- Windows of no size and hardly any, text that is none, and everything at once.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal = w.check, w.equal

check("a window of zero size is refused, the old one stays", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  for _, size in ipairs { { 0, 0 }, { 0, 400 }, { 640, 0 }, { -1, -1 }, { 0 / 0, 5 }, { 1e9, 1e9 } } do
    w.raises("size", ui.resize, ui, size[1], size[2])
    equal(ui:pixels().shape[2], 640)
  end
  w.raises("size", hs.ui.open, { model = "novella", size = { 0, 0 } })
end)

local open = {
  ["nothing"] = function() end,
  ["a menu"] = function(ui) ui:command("menu.open", "model") end,
  ["settings"] = function(ui) ui:key "o" end,
  ["the keys"] = function(ui) ui:key "?" end,
  ["the commands"] = function(ui) ui:key "f1" end,
  ["a path"] = function(ui) ui:key "ctrl+o" end,
  ["a search"] = function(ui) ui:key "ctrl+f" end,
  ["an error in full"] = function(ui)
    ui:drop "/no/such"
    ui:wait()
    ui:command "error.details"
  end,
  ["a split"] = function(ui) ui:command "view.split" end,
}
for name, act in pairs(open) do
  check("tiny windows with every view: " .. name, function()
    local ui <close> = w.open("pair.safetensors", { size = { 900, 600 } })
    act(ui)
    for _, size in ipairs { { 1, 1 }, { 2, 300 }, { 300, 2 }, { 37, 41 }, { 120, 90 } } do
      ui:resize(size[1], size[2])
      for _, view in ipairs { "model", "head", "neuron", "matrix" } do
        ui:command("view." .. view)
        local shape = ui:pixels().shape
        equal(shape[1], size[2])
        equal(shape[2], size[1])
        ui:move(size[1] / 2, size[2] / 2)
        ui:step(1)
        ui:pixels()
      end
    end
    ui:resize(900, 600)
    for _ = 1, 6 do ui:key "escape" end
    ui:key "1"
    assert(ui:find "thumb.0.0", "as before")
  end)
end

check("a figure of a tiny window is written or refused", function()
  local ui <close> = w.open("pair.safetensors", { size = { 5, 5 } })
  for _, kind in ipairs { "png", "svg", "pdf" } do
    local path <const>, gone <close> = files.free("." .. kind)
    local ok, message = pcall(ui.command, ui, "figure.save", { path })
    equal(ok, files.read(path) ~= nil, tostring(message))
  end
end)

check("text that is no UTF-8 is cut, pasted and drawn, and refused when it is run", function()
  local ui <close> = w.open "novella"
  local bytes = "a\xff\xc3(\xe2\x82\xf0\x9f\x01\x7f\x80b"
  ui:command("text.set", { bytes })
  w.click(ui, "text")
  ui:key "ctrl+a"
  ui:key "ctrl+x"
  equal(ui:clipboard(), bytes)
  equal(ui:state().text, "")
  ui:key "ctrl+v"
  equal(ui:state().text, bytes)
  for _, key in ipairs { "left", "left", "right", "ctrl+left", "ctrl+right", "shift+home", "backspace", "ctrl+z", "end" } do
    ui:key(key)
    ui:pixels()
  end
  ui:command("text.set", { bytes })
  ui:command "run"
  ui:wait()
  assert(ui:state().error and ui:state().error:find "UTF%-8", tostring(ui:state().error))
  ui:command "copy.numbers"
  ui:command("text.set", { "The cat" })
  ui:command "run"
  ui:wait()
  equal(ui:state().error, nil)
end)

w.finish()
