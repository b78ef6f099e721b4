-- The dock: probes listed, asked, ranked; followed to new texts and new files; what is kept of it.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local docked = require "docked"
local files = require "files"
local w = require "window"
local check, equal, ids, raises = w.check, w.equal, w.ids, w.raises
local folder, write = files.folder, files.write
local text, MINE, open, score, best = docked.text, docked.MINE, docked.open, docked.score, docked.best

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
  repeat ui:step(0.01) until w.says(ui, "of the last text") and not ui:state().busy -- the run; the probe never ends
  equal(#ids(ui, "place"), n)
  for i = 0, 2 do w.click(ui, "place." .. i) end
  equal(ui:state().error, nil)
  equal(ui:state().token, nil)
  equal(#ui:state().pins, 0)
  ui:key "escape"
  ui:wait()
  assert(w.says(ui, "stale"))
end)

w.finish()
