-- hs.ui itself: its options, its end, its pictures.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises

check("options are checked", function()
  raises("unknown option", hs.ui.open, { modell = "novella" })
  raises("theme", hs.ui.open, { theme = "pink" })
  raises("scale", hs.ui.open, { scale = 100 })
  raises("size", hs.ui.open, { size = { 0, 10 } })
  raises("size", hs.ui.open, { size = { "a", 10 } })
  raises('option "size"', hs.ui.open, { size = 640 })
  raises("state_dir", hs.ui.open, { state_dir = 5 })
  raises("NUL", hs.ui.open, { text = "a\0b" })
end)

check("every field of the state stands in the documentation", function()
  local file <close> = assert(io.open(os.getenv "HEADSCOPE_HOME" .. "/docs/lua.md"))
  local page = file:read "a"
  local ui <close> = w.open "pair.safetensors"
  for _, act in ipairs { "2", "s", "]", "up", "ctrl+d" } do ui:key(act) end
  ui:type "another\n"
  ui:wait()
  local n = 0
  for field in pairs(ui:state()) do
    assert(page:find("`" .. field .. "`", 1, true), field)
    n = n + 1
  end
  assert(n > 40, n)
end)

check("a closed window says so", function()
  local ui = hs.ui.open { model = "novella" }
  ui:close()
  ui:close()
  for _, method in ipairs { "state", "wait", "frame", "pixels", "commands", "area" } do
    raises("ui is closed", ui[method], ui)
  end
  raises("ui is closed", ui.key, ui, "f")
  raises("ui is closed", ui.click, ui, 1, 1)
  raises("ui is closed", ui.command, ui, "run")
end)

check("closing while it works is quick and leaves nothing", function()
  for _ = 1, 5 do
    local ui <close> = hs.ui.open { model = "novella", text = ("many words "):rep(200) }
    ui:find "thumb.0.0"
  end
end)

check("nothing breaks before the model is there", function()
  local ui <close> = hs.ui.open { model = "novella" }
  for _, key in ipairs { "1", "2", "3", "enter", "backspace", "[", "]", "f", "e", "a", "left", "down", "pagedown" } do
    ui:key(key)
  end
  ui:click(640, 400)
  ui:wheel(0, -1)
  ui:wait()
  equal(ui:state().error, nil)
end)

check("a picture that cannot be written is nil and a message", function()
  local ui <close> = w.open "causal.safetensors"
  local ok, message = ui:image "/no/such/folder/a.png"
  equal(ok, nil)
  assert(message:find "/no/such/folder")
end)

check("pixels and picture are the same", function()
  local ui <close> = w.open("causal.safetensors", { size = { 320, 200 }, scale = 2 })
  local path <const>, gone <close> = files.free()
  assert(ui:image(path))
  local picture = assert(hs.picture(path))
  list(picture.shape, { 400, 640, 3 })
  equal((picture - ui:pixels()):abs():max(), 0)
end)

w.finish()
