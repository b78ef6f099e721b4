-- The Lua console of a window: what it runs, what it says, how one writes in it, how it is stopped.
package.path = os.getenv "HEADSCOPE_HOME" .. "/tests/scripting/?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local equal, list, check = w.equal, w.list, w.check

local sentence = "The doctor asked the nurse a question. She"

local function open(options)
  local ui = w.open("novella", options or { text = sentence, size = { 1000, 700 } })
  ui:key "ctrl+`"
  return ui
end

--- What the console said, or only lines of a kind.
local function said(ui, kind)
  local found = {}
  for _, line in ipairs(ui:console().lines) do
    if not kind or line.kind == kind then found[#found + 1] = line.text end
  end
  return found
end

local function enter(ui, code)
  ui:type(code .. "\n")
  return ui:wait()
end

check("folded at first; a key unfolds it, gives it the keys, and folds it again", function()
  local ui <close> = w.open("novella", { text = sentence, size = { 1280, 800 } })
  equal(ui:find "console", nil)
  local view = ui:area().h
  ui:key "ctrl+`"
  local r = ui:find "console"
  list({ r.x, r.y, r.w, r.h }, { 0.0, 576.0, 1280.0, 200.0 })
  equal(ui:area().h, view - 200)
  equal(ui:state().focus, "console")
  ui:key "ctrl+`"
  equal(ui:find "console", nil)
  equal(ui:area().h, view)
  equal(ui:state().focus, nil)
end)

check("values are printed by tostring, one line for what print says", function()
  local ui <close> = open()
  enter(ui, "1 + 1, 'a', nil")
  enter(ui, "print(3, 4)")
  enter(ui, "hs.tensor { 1, 2 }")
  list(said(ui, "code"), { "> 1 + 1, 'a', nil", "> print(3, 4)", "> hs.tensor { 1, 2 }" })
  local text = said(ui, "text")
  list({ text[1], text[2] }, { "2       a       nil", "3       4" })
  equal(table.concat(text, "\n", 3), tostring(hs.tensor { 1, 2 }))
  assert(w.says(ui, "2       a       nil"))
  equal(ui:console().input, "")
end)

check("a click into the panel is enough to write in it", function()
  local ui <close> = open()
  ui:key "escape"
  equal(ui:state().focus, nil)
  w.click(ui, "console")
  equal(ui:state().focus, "console")
  enter(ui, "6 * 7")
  list(said(ui, "text"), { "42" })
end)

check("code that is not finished goes on in the next line, and shift+enter begins one", function()
  local ui <close> = open()
  ui:type "for i = 1, 2 do\n"
  equal(ui:console().input, "for i = 1, 2 do\n")
  enter(ui, "print(i) end")
  list(said(ui, "text"), { "1", "2" })
  list(said(ui, "code"), { "> for i = 1, 2 do", "· print(i) end" })
  ui:type "a = 1"
  ui:key "shift+enter"
  enter(ui, "b = a + 1")
  enter(ui, "b")
  equal(said(ui, "text")[3], "2")
end)

check("errors are red lines with a traceback, of any kind of value", function()
  local ui <close> = open()
  enter(ui, "x = = 1")
  assert(said(ui, "error")[1]:find("console:1:", 1, true))
  enter(ui, "local function f() error 'no' end f()")
  local text = table.concat(said(ui, "error"), "\n")
  assert(text:find("console:1: no\nstack traceback:", 1, true) and text:find("in local 'f'", 1, true), text)
  enter(ui, "error(setmetatable({}, { __tostring = function() return 'mine' end }))")
  enter(ui, "error()")
  text = table.concat(said(ui, "error"), "\n")
  assert(text:find("mine", 1, true) and text:find("nil", 1, true))
  enter(ui, "error(setmetatable({}, { __tostring = function() error 'worse' end }))")
  enter(ui, "1")
  equal(said(ui, "text")[1], "1", "and it goes on")
  local red = false
  for _, command in ipairs(w.drawn(ui, "text")) do
    if command.text:find("stack traceback", 1, true) then red = red or command.color:find "^#ff6b5e" end
  end
  assert(red)
end)

check("no memory is an error line", function()
  local ui <close> = open()
  enter(ui, "('x'):rep((1 << 30) + 1)")
  equal(said(ui, "error")[1], "not enough memory")
  enter(ui, "2")
  equal(said(ui, "text")[1], "2")
end)

check("scripts find what the window shows, and go with it", function()
  local ui <close> = open()
  enter(ui, "model.name, run.n_tokens, run.text")
  equal(said(ui, "text")[1], "novella 9       " .. sentence)
  w.type_and_run(ui, "The cat sat")
  w.click(ui, "console")
  enter(ui, "run.n_tokens, #run:attention(2, 4)")
  equal(said(ui, "text")[2], "3       3")
  ui:command("model.open", { w.fixtures .. "pair.safetensors" })
  ui:wait()
  enter(ui, "model, run")
  equal(said(ui, "text")[3], "nil     nil", "a recorded file is neither")
end)

check("the script's own globals stay until the window shows something else", function()
  local ui <close> = open()
  enter(ui, "run = 5")
  enter(ui, "run")
  equal(said(ui, "text")[1], "5")
  w.type_and_run(ui, "The cat sat")
  w.click(ui, "console")
  enter(ui, "run.n_tokens")
  equal(said(ui, "text")[2], "3")
end)

check("view is the window: its state and its commands", function()
  local ui <close> = open()
  enter(ui, "view:command('view.head') view:command('head.select', { 3, 2 })")
  equal(ui:state().view, "head")
  equal(ui:state().layer, 2)
  enter(ui, "view:state().view, view:state().head")
  equal(said(ui, "text")[1], "head    3")
  enter(ui, "view:command 'no such command'")
  assert(said(ui, "error")[1]:find("no such command", 1, true))
  enter(ui, "view:command('text.set', { 'The cat sat' }) view:command 'run' view:wait() print(run.n_tokens)")
  equal(said(ui, "text")[2], "3", "it can wait for what it asked for")
  enter(ui, "view:command('console.run', { '1' })")
  assert(said(ui, "error")[3], "one script at a time")
end)

check("model:run works while the window lives, also where Lua cannot yield", function()
  local ui <close> = open()
  ui:type "r = model:run(('The cat sat. '):rep(60), { keep = 'all', logits = 'all' })\n" -- takes longer than the key
  equal(ui:console().running, true)
  ui:key "escape" -- into the view? no: it stops the script
  ui:wait()
  equal(ui:console().running, false)
  equal(said(ui, "error")[1] ~= nil, true)
  enter(ui, "r = model:run('The cat sat', { keep = 'all', logits = 'all' })")
  enter(ui, "r.n_tokens, r:logits().shape[1]")
  equal(said(ui, "text")[1], "3       3")
  enter(ui, "t = { 3, 1, 2 } table.sort(t, function(a, b) return a + model:run('a').n_tokens < b + model:run('b').n_tokens end) print(table.concat(t, ' '))")
  equal(said(ui, "text")[2], "1 2 3")
  enter(ui, "coroutine.wrap(function() print(model:run('one two').n_tokens) end)()")
  equal(said(ui, "text")[3], "2")
  enter(ui, "pcall(model.run, model, 'a', { keep = 'nothing' })")
  assert(said(ui, "text")[4]:find("^false"))
  enter(ui, "hs.load 'no such model'")
  assert(said(ui, "text")[5]:find("^nil"))
  enter(ui, "hs.load('novella').hash == model.hash")
  equal(said(ui, "text")[6], "true")
end)

check("an endless loop gives the window its turn, and Escape ends it, whatever it catches", function()
  for _, code in ipairs {
    "while true do end",
    "while true do pcall(function() while true do end end) end",
    "local function f() return f() end f()",
    "local t = setmetatable({}, { __index = function(t, k) return k end }) while true do local x = t.a end",
  } do
    local ui <close> = open()
    ui:command("console.run", { code })
    ui:step(0.1)
    equal(ui:console().running, true, code)
    ui:key "ctrl+a"
    ui:type "still here"
    equal(ui:console().input, "still here")
    ui:key "escape"
    ui:wait()
    equal(ui:console().running, false, code)
    ui:key "ctrl+a"
    enter(ui, "'alive'")
    local text = said(ui, "text")
    equal(text[#text], "alive", code)
  end
end)

check("one script at a time", function()
  local ui <close> = open()
  ui:command("console.run", { "while true do end" })
  w.raises("expected no script that runs", function() ui:command("console.run", { "1" }) end)
  ui:type "2\n"
  assert(said(ui, "error")[1]:find("Escape", 1, true))
  equal(ui:console().input, "2", "what was written stays")
  ui:command "console.stop"
  ui:wait()
end)

check("up and down go through what was run, and through the lines of what is written", function()
  local ui <close> = open()
  enter(ui, "a = 1")
  enter(ui, "b = 2")
  ui:type "dra"
  ui:key "up"
  equal(ui:console().input, "b = 2")
  ui:key "up"
  equal(ui:console().input, "a = 1")
  ui:key "down"
  ui:key "down"
  equal(ui:console().input, "dra")
  ui:key "ctrl+a"
  ui:type "one"
  ui:key "shift+enter"
  ui:type "two"
  ui:key "up"
  ui:key "home"
  ui:type "1"
  ui:key "down"
  ui:key "end"
  ui:type "2"
  equal(ui:console().input, "1one\ntwo2")
end)

check("Tab completes names of globals, fields and methods, or lists them", function()
  local ui <close> = open()
  local function completes(typed, expected)
    ui:key "ctrl+a"
    ui:type(typed)
    ui:key "tab"
    equal(ui:console().input, expected, typed)
  end
  completes("coro", "coroutine")
  completes("string.rev", "string.reverse")
  completes("print(run:att", "print(run:attention")
  completes("run.n_t", "run.n_tokens")
  completes("run.model.special", "run.model.special_ids")
  completes("model:enc", "model:encode")
  completes("view:comp", "view:compose")
  completes("hs.js", "hs.json")
  completes("hs.json.enc", "hs.json.encode")
  completes("run.model.conf", "run.model.config")
  completes("run.model.config.d_ml", "run.model.config.d_mlp")
  completes("no.such.na", "no.such.na")
  completes("f().x", "f().x")
  completes("'a'..coro", "'a'..coroutine")
  enter(ui, "") -- nothing to run
  ui:key "ctrl+a"
  ui:key "delete"
  enter(ui, "mine = setmetatable({ own = 1 }, { __index = { other = 2 } })")
  completes("mine.ot", "mine.other")
  completes("table.", "table.")
  assert(said(ui, "note")[1]:find("concat  insert", 1, true))
end)

check("what it said scrolls, is selected with the mouse and copied", function()
  local ui <close> = open()
  enter(ui, "for i = 1, 60 do print('line ' .. i) end")
  assert(w.says(ui, "line 60") and not w.says(ui, "line 30"))
  local r = ui:find "console.log"
  ui:move(r.x + 10, r.y + 10)
  ui:wheel(0, 10)
  assert(w.says(ui, "line 30") and not w.says(ui, "line 60"))
  ui:wheel(0, -30)
  ui:click(r.x + 1, r.y + r.h - 2, { clicks = 2 })
  ui:key "ctrl+c"
  equal(ui:clipboard(), "line 60")
  ui:press(r.x + 1, r.y + r.h - 2 - 18)
  ui:move(r.x + r.w, r.y + r.h + 60)
  ui:release(r.x + r.w, r.y + r.h + 60)
  ui:key "ctrl+c"
  equal(ui:clipboard(), "line 59\nline 60")
  ui:click(r.x + 1, r.y + 4, { clicks = 3 })
  ui:key "ctrl+c"
  assert(ui:clipboard():find("line 1\nline 2\n", 1, true))
  ui:key "ctrl+l"
  equal(#ui:console().lines, 0)
end)

check("what it keeps is bounded, and long lines are wrapped", function()
  local ui <close> = open()
  enter(ui, "for i = 1, 3000 do print(i) end print(('wide '):rep(60)) print(('x'):rep(10000)) print(('漢'):rep(200))")
  local lines = ui:console().lines
  equal(#lines, 2000)
  assert(#lines[1999].text <= 4096 and lines[1999].text:find "…$")
  for _, command in ipairs(w.drawn(ui, "text")) do assert(command.rect[1] + command.rect[3] <= 1000) end
  assert(w.says(ui, "漢"))
end)

check("its edge is dragged, and the view keeps some room", function()
  local ui <close> = open()
  local x, y = w.centre(ui, "console.edge")
  ui:move(x, y)
  ui:press(x, y)
  ui:move(x, y - 50)
  ui:release(x, y - 50)
  equal(ui:find("console").h, 250.0)
  ui:command("console.height", { 5000 })
  assert(ui:area().h >= 72)
  ui:command("console.height", { 1 })
  equal(ui:find("console").h, 72.0)
  w.click(ui, "console.close")
  equal(ui:find "console", nil)
  ui:key "ctrl+`"
  ui:resize(640, 400)
  assert(ui:find("console").h + ui:area().h < 400)
  ui:resize(1, 1)
  ui:frame()
end)

check("history, height and whether it is open are kept", function()
  local folder <const>, gone <close> = files.free()
  local ui = w.open("novella", { text = sentence, state_dir = folder })
  ui:key "ctrl+`"
  enter(ui, "kept = 1\n")
  ui:command("console.height", { 300 })
  ui:close()
  local again <close> = w.open("novella", { state_dir = folder })
  equal(again:console().open, true)
  equal(again:console().height, 300.0)
  equal(again:state().focus, nil)
  w.click(again, "console")
  again:key "up"
  equal(again:console().input, "kept = 1")
end)

check("every window has Lua of its own, also one that a console opened", function()
  local ui <close> = open()
  local other <close> = open()
  enter(ui, "mine = 1")
  enter(other, "mine")
  equal(said(other, "text")[1], "nil")
  enter(ui, "inner = hs.ui.open { text = 'a b c', size = { 640, 400 } } inner:wait() inner:command('console.run', { 'run.n_tokens' }) inner:wait() print(inner:console().lines[2].text) inner:close()")
  equal(said(ui, "text")[1], "3")
  ui:type "view:wait() print(1)\n" -- a window that is closed while a script runs
end)

check("os.exit closes the window, not the program", function()
  local ui <close> = open()
  enter(ui, "os.exit(3) print 'not reached'")
  list(said(ui, "text"), {})
end)

check("a view is closed by nobody", function()
  local ui <close> = open()
  enter(ui, "view:close() view:state()")
  assert(said(ui, "error")[1])
end)

w.finish()
