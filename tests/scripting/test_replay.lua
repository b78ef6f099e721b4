-- A session opened in a window that is open: its commands are done over there, without what belongs to the frame;
-- scripts that are no sessions, and what a script may do.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list

local function session(text)
  local path, gone = files.free ".lua"
  files.write(path, text)
  return path, gone
end

local head = 'local hs = require "headscope"\nlocal ui = hs.ui.open { model = "novella", text = "The cat saw the dog", theme = "light" }\n'

local function error_of(ui, path)
  ui:drop(path)
  ui:wait()
  return ui:state().error
end

check("the same view as where the script is run", function()
  local path, remove <close> = session(head .. [[
ui:wait()
ui:command("view.head")
ui:command("head.select", { 2, 4 })
ui:command("head.toggle", { 0 })
ui:command("theme.toggle")
ui:command("text.set", { "She saw the dog" })
ui:command("run")
ui:wait()
ui:command("token.select", { 2 })
ui:command("window.resize", { 300, 300 })
ui:command("scale.set", { 2 })
ui:command("window.close")
ui:wait()
if arg and arg[1] then ui:image(arg[1]) end
return ui
]])
  local ui <close> = w.open("pair.safetensors", { size = { 800, 600 } })
  ui:command "view.matrix"
  ui:command("threshold.set", 0.5)
  ui:command "sink.toggle"
  equal(error_of(ui, path), nil)
  local state = ui:state()
  equal(state.model, "novella")
  equal(state.text, "She saw the dog")
  equal(state.view, "head")
  equal(state.layer, 4)
  list(state.heads, { 0, 2 })
  equal(state.theme, "dark")
  equal(state.token, 2)
  equal(state.threshold, 0, "it starts over")
  equal(state.sink_hidden, false)
  equal(state.scale, 1, "the frame stays")
  equal(ui:pixels().shape[2], 800)
  local alone = dofile(path):wait():state()
  for _, key in ipairs { "view", "layer", "head", "token", "text", "theme", "threshold" } do equal(state[key], alone[key], key) end
end)

check("two views, as a first start has", function()
  local path, remove <close> = session(head:gsub("theme", "split = true, theme", 1) .. 'ui:wait() ui:command("view.matrix") return ui')
  local ui <close> = w.open("pair.safetensors", { size = { 1280, 800 } })
  equal(#ui:state().views, 1)
  equal(error_of(ui, path), nil)
  local alone <close> = dofile(path):wait()
  list(ui:state().views, alone:state().views)
  equal(#ui:state().views, 2)
end)

check("ctrl+O opens one as well, twice does the same", function()
  local path, remove <close> = session(head .. 'ui:command("view.matrix") ui:command("head.toggle", { 3 })')
  local ui <close> = w.open "pair.safetensors"
  for _ = 1, 2 do
    ui:key "ctrl+o"
    ui:type(path)
    ui:key "enter"
    ui:wait()
    equal(ui:state().view, "matrix")
    equal(#ui:state().heads, 2)
  end
end)

check("loops are done, thousands of commands too", function()
  local path, remove <close> = session(head .. 'for i = 1, 3001 do ui:command("theme.toggle") end')
  local ui <close> = w.open "pair.safetensors"
  equal(error_of(ui, path), nil)
  equal(ui:state().theme, "dark")
end)

check("no figure is written by opening a session", function()
  local figure <const>, gone <close> = files.free ".png"
  local path, remove <close> = session(head .. ('ui:command("figure.save", { %q })'):format(figure))
  local ui <close> = w.open "pair.safetensors"
  equal(error_of(ui, path), nil)
  equal(files.read(figure), nil)
end)

-- What is no session: a sentence with the file, and the old picture stays.
local refused = {
  { "no Lua", "this is not Lua", "1:" },
  { "nothing in it", "", "expected a session, found no command" },
  { "no command", "return 1", "expected a session, found no command" },
  { "another module", 'require "os"', "uses headscope alone" },
  { "files", 'io.open("x", "w")', "io" },
  { "programs", 'os.execute "true"', "os" },
  { "code as text", 'load "x = 1"', "load" },
  { "unknown commands", head .. 'ui:command("head.fly")', "head.fly: expected the name of a command" },
  { "arguments that are none", head .. 'ui:command("view.head", { {} })', "expected numbers, strings or booleans" },
  { "arguments that are no table", head .. 'ui:command("view.head", 5)', "table expected" },
  { "an endless loop", "while true do end", "goes on for very long" },
  { "all memory", 'local s = ("x"):rep(1000) while true do s = s .. s end', "memory" },
  { "text with NUL bytes", head .. 'ui:command("text.set", { "a\\0b" })', "NUL" },
}
for _, case in ipairs(refused) do
  check("refused: " .. case[1], function()
    local path, remove <close> = session(case[2])
    local ui <close> = w.open "pair.safetensors"
    local said = error_of(ui, path)
    assert(said and said:find(case[3], 1, true), tostring(said))
    equal(ui:state().model, w.fixtures .. "pair.safetensors")
    assert(ui:find "thumb.0.0")
  end)
end

check("a command that is refused ends it and says which", function()
  local path, remove <close> =
    session(head .. 'ui:command("view.head") ui:command("head.select", { 77 }) ui:command("view.matrix")')
  local ui <close> = w.open "pair.safetensors"
  local said = error_of(ui, path)
  assert(said:find("command 2 of 3: ", 1, true) and said:find("expected 0 to 5, found 77", 1, true), said)
  equal(ui:state().view, "head")
end)

check("a model that is not there: the old picture stays", function()
  local path, remove <close> = session(head:gsub("novella", "/no/model") .. 'ui:command("view.head")')
  local ui <close> = w.open "pair.safetensors"
  assert(error_of(ui, path):find("/no/model", 1, true))
  equal(ui:state().view, "model")
  assert(ui:find "thumb.0.0")
end)

check("a session does not open itself", function()
  local path <const>, gone <close> = files.free ".lua"
  files.write(path, head .. ('ui:wait() ui:command("model.open", { %q })'):format(path))
  local ui <close> = w.open "pair.safetensors"
  local said = error_of(ui, path)
  assert(said:find("expected no session inside another", 1, true), said)
end)

check("another model opened meanwhile takes its place", function()
  local path, remove <close> = session(head .. 'ui:wait() ui:command("view.head")')
  local ui <close> = w.open "pair.safetensors"
  ui:drop(path)
  ui:drop(w.fixtures .. "causal.safetensors")
  ui:wait()
  equal(ui:state().model, w.fixtures .. "causal.safetensors")
  equal(ui:state().view, "model")
end)

w.finish()
