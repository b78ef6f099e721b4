-- A path that is asked for: completed, refused by name, taken; figures and sessions written through it.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

local folder = files.name()
local function sh(command, ...) assert(os.execute(command:format(...))) end
sh("mkdir -p %s/figures %s/.hidden && touch %s/fig.txt %s/été.png %s/étude.png", folder, folder, folder, folder, folder)

local function size(path)
  local file <close> = io.open(path, "rb")
  return file and file:seek "end"
end

local function put(ui, path)
  ui:key "ctrl+a"
  ui:type(path)
end

--- What stands in the field.
local function typed(ui)
  ui:key "ctrl+a"
  ui:key "ctrl+c"
  return ui:clipboard()
end

local function entry(ui, i) return ui:find("path." .. i) ~= nil end

check("ctrl+S offers a name, Escape leaves it, and nothing is written", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "2"
  ui:key "ctrl+s"
  equal(ui:state().focus, "path")
  assert(ui:find "path" and ui:find "path.accept")
  equal(typed(ui), "pair-head-1.0.png")
  ui:key "escape"
  equal(ui:state().focus, nil)
  equal(ui:find "path", nil)
  ui:key "1"
  equal(ui:state().view, "model")
  ui:key "ctrl+s"
  equal(typed(ui), "pair-model.png")
  equal(size "pair-model.png", nil)
end)

check("the offered name is selected up to its ending", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+s"
  ui:type "mine"
  equal(typed(ui), "mine.png")
end)

check("Tab completes as far as the entries agree, a folder with its slash", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+s"
  put(ui, folder .. "/f")
  ui:key "tab"
  equal(typed(ui), folder .. "/fig")
  put(ui, folder .. "/figu")
  ui:key "tab"
  equal(typed(ui), folder .. "/figures/")
  put(ui, folder .. "/é")
  ui:key "tab"
  equal(typed(ui), folder .. "/ét", "whole characters")
  put(ui, folder .. "/nothing")
  ui:key "tab"
  equal(typed(ui), folder .. "/nothing")
  equal(ui:state().focus, "path", "Tab stays in the field")
end)

check("folders come first, hidden files only when a dot is typed", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+s"
  put(ui, folder .. "/")
  assert(w.says(ui, "figures") and w.says(ui, "fig.txt") and not w.says(ui, ".hidden"))
  assert(ui:find("path.0").y < ui:find("path.1").y and entry(ui, 3) and not entry(ui, 4))
  ui:key "down"
  ui:key "tab"
  equal(typed(ui), folder .. "/figures/", "the first entry")
  put(ui, folder .. "/.")
  assert(w.says(ui, ".hidden") and entry(ui, 0) and not entry(ui, 1))
end)

check("arrows mark an entry, Enter and a click take it", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+s"
  put(ui, folder .. "/")
  ui:key "down"
  ui:key "enter"
  equal(typed(ui), folder .. "/figures/", "a folder is gone into")
  equal(ui:state().focus, "path")
  put(ui, folder .. "/")
  w.click(ui, "path.0")
  equal(ui:state().focus, "path", "a click keeps the field open")
  equal(typed(ui), folder .. "/figures/")
  put(ui, folder .. "/ét")
  w.click(ui, "path.1")
  equal(typed(ui), folder .. "/été.png", "in the order of bytes")
  ui:key "down"
  ui:key "up"
  ui:key "up"
  ui:key "pagedown"
  ui:key "pageup"
  equal(ui:state().focus, "path")
end)

check("a press beside it closes it and does nothing else", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+s"
  w.click(ui, "tab.matrix")
  equal(ui:state().focus, nil)
  equal(ui:state().view, "model")
end)

check("a figure is written with Enter and with the button, by its ending", function()
  local ui <close> = w.open "pair.safetensors"
  for _, kind in ipairs { "png", "svg", "pdf" } do
    local path = ("%s/figures/a.%s"):format(folder, kind)
    ui:key "ctrl+s"
    put(ui, path)
    if kind == "svg" then w.click(ui, "path.accept") else ui:key "enter" end
    assert(size(path) > 1000, kind)
    equal(ui:state().focus, nil, "the question is gone")
    assert(w.says(ui, "wrote " .. path))
    w.click(ui, "copy")
    equal(ui:clipboard(), path)
    equal(ui:find "copy", nil, "the message has said it")
    assert(hs.ui.open { figure = path }):close()
  end
  ui:key "ctrl+s"
  equal(typed(ui), folder .. "/figures/pair-model.png", "the folder of the last figure")
end)

check("a file that is there is replaced only when asked twice", function()
  local ui <close> = w.open "pair.safetensors"
  local path = folder .. "/figures/old.png"
  files.write(path, "mine")
  ui:key "ctrl+s"
  put(ui, path)
  ui:key "enter"
  assert(w.says(ui, "is there already"))
  equal(size(path), 4)
  ui:type "x"
  ui:key "backspace"
  assert(not w.says(ui, "is there already"), "another text, another question")
  ui:key "enter"
  equal(size(path), 4)
  assert(w.says(ui, "Replace"))
  ui:key "enter"
  assert(size(path) > 1000)
  equal(ui:state().focus, nil)
end)

check("what a figure cannot be written to is refused by name, and the text stays", function()
  local ui <close> = w.open "pair.safetensors"
  local cases = {
    { "", "expected the name of a file, found nothing" },
    { folder, "expected the name of a file, found a folder" },
    { folder .. "/figures/", "expected the name of a file, found a folder" },
    { folder .. "/no/a.png", folder .. "/no/: expected a folder, found none" },
    { folder .. "/fig.txt/a.png", "expected a folder, found none" },
    { folder .. "/a.jpg", "a.jpg: expected a name that ends in .png, .svg or .pdf" },
    { folder .. "/a", "expected a name that ends in .png, .svg or .pdf" },
    { "/proc/a.png", "/proc" },
  }
  for _, case in ipairs(cases) do
    ui:key "ctrl+s"
    ui:key "ctrl+a"
    ui:key "delete"
    if case[1] ~= "" then ui:type(case[1]) end
    ui:key "enter"
    assert(w.says(ui, case[2]), case[1] .. ": " .. case[2])
    equal(ui:state().focus, "path", "still asked")
    ui:key "escape"
  end
end)

check("~ is the home folder", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+s"
  put(ui, "~/no such folder of mine/a.png")
  ui:key "enter"
  assert(w.says(ui, os.getenv "HOME" .. "/no such folder of mine/: expected a folder"))
end)

check("nothing to draw: nothing is asked", function()
  local ui <close> = w.open("novella", { text = "" })
  raises("something to draw", ui.command, ui, "figure.ask")
  ui:key "ctrl+s"
  equal(ui:state().focus, nil)
end)

check("ctrl+O opens by name and by path, Enter goes into folders", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "ctrl+o"
  assert(w.says(ui, "novella"), "the models at hand")
  ui:type "nov"
  ui:key "down"
  ui:key "enter"
  ui:wait()
  equal(ui:state().model, "novella")
  ui:key "ctrl+o"
  ui:type(folder)
  ui:key "enter"
  equal(typed(ui), folder .. "/")
  put(ui, w.fixtures .. "causal.safetensors")
  ui:key "enter"
  ui:wait()
  equal(ui:state().model, w.fixtures .. "causal.safetensors")
  equal(ui:state().error, nil)
  ui:key "ctrl+o"
  ui:type(folder .. "/no")
  ui:key "enter"
  assert(w.says(ui, folder .. "/no: expected a file or folder, found none"))
end)

check("a session is asked for its place, and replaces only at the second Enter", function()
  local ui <close> = w.open("novella", { text = "The cat" })
  ui:key "2"
  w.click(ui, "options")
  w.click(ui, "options.session")
  equal(ui:state().focus, "path")
  equal(typed(ui), "session.lua")
  put(ui, folder .. "/figures/done.png")
  ui:key "enter"
  assert(w.says(ui, "expected a name that ends in .lua"))
  put(ui, folder .. "/figures/done.lua")
  ui:key "enter"
  equal(ui:state().focus, nil)
  assert(w.says(ui, "wrote " .. folder .. "/figures/done.lua"))
  local text = files.read(folder .. "/figures/done.lua")
  assert(text:find "view.head" and text:find "return ui%s*$", text)
  ui:key "4"
  ui:command "session.ask"
  equal(typed(ui), folder .. "/figures/session.lua", "beside what was written last")
  put(ui, folder .. "/figures/done.lua")
  ui:key "enter"
  assert(w.says(ui, "is there already"))
  equal(files.read(folder .. "/figures/done.lua"), text)
  ui:key "enter"
  assert(files.read(folder .. "/figures/done.lua"):find "view.matrix")
  ui:drop(folder .. "/figures/done.lua")
  ui:wait()
  equal(ui:state().error, nil)
  equal(ui:state().view, "matrix")
end)

check("paths of any bytes and lengths", function()
  local ui <close> = w.open "pair.safetensors"
  files.write(folder .. "/bad\xff\n.png", "x")
  for _, path in ipairs { folder .. "/bad\xff", folder .. "/" .. ("x"):rep(5000) .. ".png", ("../"):rep(3000), "~" } do
    ui:key "ctrl+s"
    put(ui, path)
    ui:pixels()
    ui:key "tab"
    ui:key "escape"
    ui:key "ctrl+o"
    put(ui, path)
    ui:key "enter"
    ui:wait()
    ui:pixels()
    ui:key "escape"
    ui:key "escape"
  end
end)

w.finish()
