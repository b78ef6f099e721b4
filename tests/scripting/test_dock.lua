-- The dock: probes listed, asked, ranked; followed to new texts, new parameters and new files; and what goes wrong.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, ids, raises = w.check, w.equal, w.ids, w.raises
local folder, write = files.folder, files.write

local text = "The doctor asked the nurse a question. She"
local model = assert(hs.load "novella")

local function open(options)
  options = options or {}
  options.text = options.text or text
  options.probes_dir = options.probes_dir or "/nonexistent"
  return hs.ui.open(options):wait()
end

--- The numbers of a head probe as a table.
local function score(id, input, options)
  local probe = dofile(arg[0]:match "(.*/)" .. "../../scripts/probes/" .. id .. ".lua")
  options = options or {}
  options.text = input
  return probe:ask(model, options).mean
end

local function best(scores)
  local width, top = scores.shape[2], scores:contiguous():reshape(-1):argmax()
  return ("rank.%d.%d"):format(top // width, top % width)
end

check("a fresh window lists what ships, and asks nothing", function()
  local ui <close> = open()
  equal(ui:state().probe, nil)
  equal(ui:state().dock, true)
  local dock = ui:find "dock"
  equal(dock.x .. " " .. dock.w, "0.0 264.0")
  for _, id in ipairs { "previous", "next", "first", "induction", "entropy" } do assert(ui:find("probe." .. id), id) end
  equal(#ids(ui, "rank"), 0)
end)

check("a click asks a probe, its best heads come first, and a click goes there in every view", function()
  local ui <close> = open { split = true }
  w.click(ui, "probe.previous")
  ui:wait()
  equal(ui:state().probe, "previous")
  local ranks, scores = ids(ui, "rank"), score("previous", text)
  equal(ranks[1], best(scores))
  assert(#ranks >= 5, "some heads")
  assert(w.says(ui, ("%.3f"):format(scores:max()):sub(2)), "its number")
  assert(w.says(ui, "null .229"), "the mean over rows of 1 / (q + 1)")
  local layer, head = ranks[2]:match "(%d+)%.(%d+)"
  w.click(ui, ranks[2])
  equal(ui:state().layer .. "." .. ui:state().head, layer .. "." .. head)
  w.list(ui:state().heads, { tonumber(head) })
  w.click(ui, "probe.previous")
  equal(ui:state().probe, nil, "the second click lets it go")
end)

check("with keys: Tab to the list, arrows through it, Enter", function()
  local ui <close> = open()
  ui:command("focus.set", { "probe.previous" })
  ui:key "enter"
  ui:wait()
  equal(ui:state().probe, "previous")
  ui:key "down"
  equal(ui:state().focus, "probe.next")
  ui:key "up"
  equal(ui:state().focus, "probe.previous")
  while not ui:state().focus:find "^rank" do ui:key "down" end
  local first = ui:state().focus
  equal(first, best(score("previous", text)))
  ui:key "down"
  local second = ui:state().focus
  assert(second ~= first and second:find "^rank")
  ui:key "enter"
  equal(("rank.%d.%d"):format(ui:state().layer, ui:state().head), second)
end)

check("it follows the text that is shown, and the model", function()
  local ui <close> = open { probe = "first" }
  equal(ids(ui, "rank")[1], best(score("first", text)))
  w.type_and_run(ui, "Ann told Bob that she would come back to the house.")
  equal(ids(ui, "rank")[1], best(score("first", "Ann told Bob that she would come back to the house.")))
  equal(ui:state().probe, "first")
end)

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

check("the model view shows the scores, and is sorted by them", function()
  local ui <close> = open { probe = "previous" }
  local scores = score("previous", text)
  local thumb, bars = ui:find "thumb.3.4", {}
  for _, command in ipairs(w.drawn(ui, "rect")) do
    local x, y, width, height = table.unpack(command.rect)
    if height == 3 and x > thumb.x and x + width < thumb.x + thumb.w and y > thumb.y and y < thumb.y + thumb.h then
      bars[#bars + 1] = width
    end
  end
  equal(#bars, 2)
  assert(math.abs(bars[2] / bars[1] - scores:at(3, 4)) < 1e-3)
  ui:command("thumbs.sort", { "probe" })
  equal(ui:state().sort, "probe")
  local first, second = best(scores):gsub("rank", "thumb"), ids(ui, "rank")[2]:gsub("rank", "thumb")
  assert(ui:find(first).x < ui:find(second).x and ui:find(first).y == ui:find(second).y)
  assert(w.says(ui, "Heads by Previous token"))
end)

local MINE = [[
local hs = require "headscope"
return hs.probe { id = "mine", name = "Mine", kind = "head",
  score = function(run) return run:attention():diagonal(%s):mean(-1) end }
]]

check("a file that is saved is asked again at once; nothing else changes", function()
  local path <const>, done <close> = folder()
  write(path .. "/mine.lua", MINE:format "-1")
  local ui <close> = open { probes_dir = path, split = true }
  w.click(ui, "probe.mine")
  ui:wait()
  ui:command("head.select", { 1, 2 })
  assert(w.says(ui, "Mine (mine.lua)"))
  equal(ids(ui, "rank")[1], best(score("previous", text)))
  local before = ui:state()
  write(path .. "/mine.lua", MINE:format "0 ")
  ui:wait()
  equal(ids(ui, "rank")[1], best(score("current", text)))
  for _, key in ipairs { "view", "layer", "head", "text", "model", "probe" } do equal(ui:state()[key], before[key], key) end
  write(path .. "/mine.lua", "\xEF\xBB\xBF#!/usr/bin/env lua\n" .. MINE:format "-1")
  ui:wait()
  equal(ids(ui, "rank")[1], best(score("previous", text)), "a byte order mark and a first line for the shell are left out")
  write(path .. "/other.lua", MINE:format("0"):gsub("mine", "other"))
  ui:wait()
  assert(ui:find "probe.other", "a new one is listed")
  os.remove(path .. "/other.lua")
  ui:wait()
  equal(ui:find "probe.other", nil)
end)

check("broken ones say where; the last good result stays, marked stale; Esc stops one that never ends", function()
  local path <const>, done <close> = folder()
  write(path .. "/mine.lua", MINE:format "-1")
  local ui <close> = open { probes_dir = path, probe = "mine" }
  local good = ids(ui, "rank")[1]
  local head = 'local hs = require "headscope"\nreturn hs.probe { id = "mine", kind = "head", score = function(run)\n'
  local broken = {
    { "return hs.prob", "mine.lua:1: " },
    { head .. "  return run.nothing.there\nend }", "mine.lua:3: " },
    { head .. "  return hs.zeros { 2, 2 } end }", "mine.lua:2: probe mine: score: expected a tensor [6, 6]" },
    { head .. "  return run:attention():mean(-1):mean(-1) / 0 * 0 end }", "NaN" },
    { head .. "  return 7 end }", "expected a tensor [6, 6], found a number" },
    { MINE:format("-1"):sub(1, 60), "mine.lua:" },
    { "return 5", "mine.lua: expected it to return hs.probe{…}, found a number" },
    { "while true do end", "mine.lua:1: stopped" },
    { "error {}", "mine.lua:1: an error that is a table" },
    { head .. "  error(setmetatable({}, { __tostring = function() error 'no' end })) end }", "mine.lua:3: an error" },
    { "os.exit(3)", "a probe cannot end the program" },
    { ("x"):rep(2 << 20), "expected at most 1048576 bytes" },
  }
  for i, case in ipairs(broken) do
    write(path .. "/mine.lua", case[1] .. (" "):rep(i))
    ui:wait()
    local said = ""
    for _, command in ipairs(w.drawn(ui, "text")) do
      if command.color == "#ff6b5eff" then said = said .. command.text .. " " end
    end
    assert(said:find(case[2], 1, true), ("%d: expected %s, found %s"):format(i, case[2], said))
    assert(w.says(ui, "stale"), "stale " .. i)
    equal(ids(ui, "rank")[1], good, "the last good one stays")
    equal(ui:state().error, nil)
  end
  write(path .. "/mine.lua", head .. "  while true do pcall(function() while true do end end) end end }")
  for _ = 1, 20 do ui:state() end
  ui:key "escape"
  ui:wait()
  assert(w.says(ui, "mine.lua:3: stopped"))
  write(path .. "/mine.lua", MINE:format "-1")
  ui:wait()
  assert(not w.says(ui, "stale") and not w.says(ui, "stopped"))
end)

check("what one file does to the libraries, no other sees", function()
  local path <const>, done <close> = folder()
  local evil = 'string.format, math.floor, table.sort, print = nil, nil, nil, nil\nfor k in pairs(require "headscope") do require "headscope"[k] = nil end\n_G.pairs = nil\n'
  write(path .. "/aaa.lua", evil .. MINE:format "-1")
  write(path .. "/mine.lua", MINE:format "-1")
  local ui <close> = open { probes_dir = path, probe = "mine" }
  equal(ids(ui, "rank")[1], best(score("previous", text)))
  w.click(ui, "probe.aaa")
  ui:wait()
  assert(w.says(ui, "aaa.lua:"))
end)

check("neurons are listed and land in the strip; so do numbers of tokens; the rest is text", function()
  local path <const>, done <close> = folder()
  write(path .. "/neuron.lua", [[
local hs = require "headscope"
return hs.probe { id = "neuron", kind = "neuron", keep = { "post" },
  score = function(run) return run:get("post"):max(1) end }]])
  write(path .. "/length.lua", [[
local hs = require "headscope"
return hs.probe { id = "length", kind = "token", score = function(run)
  local n = {} for i, token in ipairs(run.tokens) do n[i] = #token end return hs.tensor(n) end }]])
  write(path .. "/count.lua", [[
local hs = require "headscope"
return hs.probe { id = "count", kind = "run", score = function(run) return run.n_tokens end }]])
  write(path .. "/edges.lua", [[
return require "headscope".probe { id = "edges", kind = "edge", weight = { 0.9, 1 } }]])
  local ui <close> = open { probes_dir = path, probe = "neuron" }
  assert(w.says(ui, "Runs the text once more, keeps post"))
  local rank = ids(ui, "rank")[1]
  ui:key "2"
  w.click(ui, rank)
  ui:wait()
  equal(ui:state().strip, ("L%sN%s"):format(rank:match "(%d+)%.(%d+)"))
  assert(w.says(ui, "a click shows one in the strip"))
  ui:command("probe.set", { "length" })
  ui:wait()
  equal(ui:state().strip, "length")
  assert(ui:find "number.8")
  w.type_and_run(ui, "Some other words")
  equal(ui:state().strip, "length")
  ui:command("probe.set", { "count" })
  ui:wait()
  assert(w.says(ui, "Answer") and w.says(ui, "4"))
  ui:command("probe.set", { "edges" })
  ui:wait()
  assert(w.says(ui, "→"))
end)

check("what ships is listed by name, below what is asked first; one's own stand above", function()
  local path <const>, done <close> = folder()
  write(path .. "/aaa.lua", (MINE:format("-1"):gsub("mine", "aaa"):gsub("Mine", "Zebra")))
  write(path .. "/zzz.lua", (MINE:format("-1"):gsub("mine", "zzz"):gsub("Mine", "Ant")))
  local ui <close> = open { probes_dir = path }
  ui:resize(1280, 2400)
  local dock, names, seen = ui:find "dock", {}, {}
  for _, command in ipairs(w.drawn(ui, "text")) do
    local x, y = table.unpack(command.rect)
    if x < dock.w and y >= dock.y + 38 then names[#names + 1], seen[command.text] = command.text, #names + 1 end
  end
  equal(names[1] .. ", " .. names[2] .. ", " .. names[3], "Ant (zzz.lua), Zebra (aaa.lua), Previous token")
  local rest, last = {}, 2 + 9
  for i = last + 1, last + 24 do rest[#rest + 1] = names[i]:lower() end
  local sorted = table.move(rest, 1, #rest, 1, {})
  table.sort(sorted)
  w.list(rest, sorted)
end)

check("+ New writes a copy of the template, says where, and makes it active", function()
  local path <const>, done <close> = folder()
  local ui <close> = open { probes_dir = path .. "/deeper/still" }
  w.click(ui, "dock.new")
  ui:wait()
  equal(ui:state().probe, "mine")
  assert(w.says(ui, path .. "/deeper/still/mine.lua"))
  assert(#ids(ui, "rank") > 0, "it answers")
  ui:command "probe.new"
  equal(ui:wait():state().probe, "mine2")
  ui:command("probe.new", { "third" })
  equal(ui:wait():state().probe, "third")
  raises("expected one that is free, found third", ui.command, ui, "probe.new", { "third" })
  raises("expected letters", ui.command, ui, "probe.new", { "../x" })
end)

check("folded and unfolded; over the views of a narrow window, where Esc folds it", function()
  local ui <close> = open()
  local wide = ui:area().w
  ui:key "p"
  equal(ui:find "dock", nil)
  equal(ui:area().w, wide + 264)
  ui:command "dock.toggle"
  w.click(ui, "dock.fold")
  equal(ui:state().dock, false)
  ui:resize(640, 400)
  ui:key "p"
  equal(ui:find("dock").w, 264.0)
  equal(ui:area().w, 640.0)
  ui:key "escape"
  equal(ui:find "dock", nil)
end)

check("which probe, with what, and whether the dock shows is kept: saved, and in figures", function()
  local path <const>, done <close> = folder()
  do
    local ui <close> = hs.ui.open { state_dir = path, text = text, probes_dir = "/nonexistent" }:wait()
    ui:command("probe.set", { "duplicate" })
    ui:wait()
    ui:command("probe.param", { "n", 8 })
    ui:wait()
    ui:command("figure.save", { path .. "/figure.png" })
    ui:key "p"
  end
  local expected = ("%.3f"):format(score("duplicate", text, { params = { n = 8 } }):max()):sub(2)
  local again <close> = hs.ui.open { state_dir = path, probes_dir = "/nonexistent" }:wait()
  equal(again:state().probe, "duplicate")
  equal(again:state().dock, false)
  again:key "p"
  assert(w.says(again, expected), "asked as it was")
  local figure <close> = assert(hs.ui.open { figure = path .. "/figure.png", probes_dir = "/nonexistent" }):wait()
  equal(figure:state().probe, "duplicate")
  figure:resize(1280, 800)
  figure:key "p"
  assert(w.says(figure, expected))
end)

check("only files are listed: at a pipe it would wait for ever", function()
  local path <const>, done <close> = folder()
  assert(os.execute(("mkfifo %s/pipe.lua && mkdir %s/folder.lua && ln -s nowhere %s/link.lua"):format(path, path, path)))
  write(path .. "/mine.lua", "return 1")
  local ui <close> = open { probes_dir = path }
  for _, id in ipairs { "pipe", "folder", "link" } do equal(ui:find("probe." .. id), nil) end
  assert(ui:find "probe.mine")
end)

check("a score that fails is asked once; one that wants logits that it did not ask for gets them", function()
  local path <const>, done <close> = folder()
  local head = 'local hs, n = require "headscope", 0\nreturn hs.probe { id = "mine", kind = "run", score = function(run)\n'
  write(path .. "/mine.lua", head .. 'n = n + 1 error("asked " .. n) end }')
  local ui <close> = open { probes_dir = path, probe = "mine" }
  assert(w.says(ui, "asked 1"))
  write(path .. "/mine.lua", head .. "return run:logits():max() end }")
  ui:wait()
  assert(w.says(ui, "Answer"))
end)

check("names and texts with control characters are refused by name, or shown without them", function()
  local path <const>, done <close> = folder()
  local head = 'local hs = require "headscope"\nreturn hs.probe { kind = "run", score = function() return 1 end, '
  write(path .. "/mine.lua", head .. 'id = "mine", params = { ["a\\0b"] = 1 } }')
  local ui <close> = open { probes_dir = path, probe = "mine" }
  assert(w.says(ui, "mine.lua:2: probe mine:") and w.says(ui, "a\\x00b"), "which file, and what of it")
  write(path .. "/mine.lua", head .. 'id = "mi\\nne" }  ')
  ui:wait()
  assert(w.says(ui, "mine.lua:2: probe mi\\x0Ane:"))
  write(path .. "/mine.lua", head .. 'id = "mine", name = "My\\0own\\nname", doc = "Two\\0 lines\\nof it." }   ')
  ui:wait()
  assert(w.says(ui, "My own name (mine.lua)") and w.says(ui, "Two lines of it."))
end)

check("a bad parameter, or a bad head of an edge probe, is named with its file", function()
  local path <const>, done <close> = folder()
  write(path .. "/mine.lua", [[
return require "headscope".probe { id = "mine", kind = "edge", weight = { 0.5 }, heads = { "1.2", "9.9" } }]])
  local ui <close> = open { probes_dir = path, probe = "mine" }
  local function error_of()
    local said = ""
    for _, command in ipairs(w.drawn(ui, "text")) do
      if command.color == "#ff6b5eff" then said = said .. command.text .. " " end
    end
    return said
  end
  equal(error_of(), "mine.lua:1: heads: layer: expected 0 to 5, found 9 ")
  for id, line in pairs { attribution = "attribution.lua:12", logit_lens = "logit_lens.lua:13", rollout = "rollout.lua:15" } do
    ui:command("probe.set", { id })
    ui:command("probe.param", { "position", 99 })
    ui:wait()
    equal(error_of(), line .. ": position: expected 0 to 8 (or -9 to -1), found 99 ")
  end
end)

check("an answer about another text is paler, and its rows lead to heads alone", function()
  local path <const>, done <close> = folder()
  write(path .. "/edges.lua", [[
return require "headscope".probe { id = "edges", kind = "edge", weight = { 0.9, 1 }, distance = { 1 },
  query = function(token) if token.text == " wait" then while true do end end return true end }]])
  local ui <close> = open { probes_dir = path, probe = "edges" }
  local n = #ids(ui, "place")
  assert(n > 3)
  w.click(ui, "text")
  ui:key "ctrl+a"
  ui:type "Oh wait\n"
  repeat ui:step(0.01) until w.says(ui, "of the last text") -- it never ends
  equal(#ids(ui, "place"), n)
  for i = 0, 2 do w.click(ui, "place." .. i) end
  equal(ui:state().error, nil)
  equal(ui:state().token, nil)
  equal(#ui:state().pins, 0)
  ui:key "escape"
  ui:wait()
  assert(w.says(ui, "stale"))
end)

check("no such probe is refused by name", function()
  local ui <close> = w.open("causal.safetensors")
  raises("expected the id of a probe or none, found nosuch", ui.command, ui, "probe.set", { "nosuch" })
end)

w.finish()
