-- A window's session written out as a script of its commands.
local hs = require "headscope"
package.path = arg[0]:match "^(.*/)" .. "?.lua;" .. package.path
local t = require "window"
local files = require "files"
local kept = require "kept"
local check, equal = t.check, t.equal
local fresh, read, open, same, novella = kept.fresh, kept.read, kept.open, kept.same, kept.novella

local function saved_session(ui)
  local path, gone = files.free ".lua"
  ui:command("session.save", { path })
  return path, gone
end

check("a window's session is written as a script that ends in the same picture", function()
  local ui <close> = t.open("pair.safetensors", { size = { 900, 600 }, theme = "light" })
  for _, id in ipairs { "tile.0", "tab.head", "query.2" } do t.click(ui, id) end
  ui:key "4"
  ui:key "\\"
  ui:move(t.centre(ui, "key.1"))
  ui:move(t.centre(ui, "query.1"))
  local before = ui:pixels()
  local path, gone <close> = saved_session(ui)
  local again <close> = dofile(path)
  equal(before:eq(again:pixels()):min(), 1, "every pixel")
  same(again:state(), ui:state(), "state")
  local text = read(path)
  assert(not text:find '"hover"[^\n]*\n[^\n]*"hover"', "of what the mouse only passed over nothing")
  assert(not text:find("session.save", 1, true), "it does not write itself")
end)

check("of a window that runs a model, restored from its state, or opened from a figure", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("view.head")
  ui:command("head.select", { 3, 2 })
  ui:command("text.set", { "She saw the dog" })
  ui:command "run"
  ui:command("token.select", { 2 })
  ui:close()
  local picture <const>, gone <close> = files.free ".png"
  for _, how in ipairs { "state", "figure" } do
    local next <close> = hs.ui.open(how == "state" and { state_dir = dir } or { figure = picture }):wait()
    next:key "]"
    if how == "state" then next:command("figure.save", { picture }) end
    local path, done <close> = saved_session(next)
    local again <close> = dofile(path)
    local found, expected = again:state(), next:state()
    for _, key in ipairs { "view", "layer", "head", "token", "text", "theme", "model", "dock" } do equal(found[key], expected[key], how .. " " .. key) end
  end
end)

check("a session that cannot be written is refused, and the status line says so", function()
  local ui <close> = t.open "pair.safetensors"
  t.raises("/no/such/session.lua", ui.command, ui, "session.save", { "/no/such/session.lua" })
  assert(t.says(ui, "/no/such/session.lua", true))
  ui:key "f1"
  local path, gone <close> = files.free ".lua"
  ui:type("session.save " .. path)
  ui:key "enter"
  assert(t.says(ui, "wrote " .. path, true) and read(path):find "return ui")
  equal(dofile(path):find "palette", nil, "where it was asked for is closed again")
end)

t.finish()
