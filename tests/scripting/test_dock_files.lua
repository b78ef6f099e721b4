-- The dock's files: many, of one id, half-written, gone, saved while they are asked; and an editor that "+ New" opens.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, ids = w.check, w.equal, w.ids
local folder, write = files.folder, files.write

local text = "The doctor asked the nurse a question. She"

local MINE = [[
local hs = require "headscope"
return hs.probe { id = "%s", kind = "head", score = function(run) return run:attention():diagonal(%s):mean(-1) end }
]]

local function open(path, options)
  options = options or {}
  options.text, options.probes_dir = text, path
  return hs.ui.open(options):wait()
end

check("of two files with one id the second is refused by name, until it is alone", function()
  local path <const>, done <close> = folder()
  write(path .. "/a.lua", MINE:format("mine", "-1"))
  write(path .. "/b.lua", MINE:format("mine", "0"))
  local ui <close> = open(path)
  ui:command("probe.set", { "b" })
  ui:wait()
  assert(w.says(ui, "b.lua: id: expected one of its") and w.says(ui, "a.lua"))
  os.remove(path .. "/a.lua")
  ui:wait()
  equal(ui:state().probe, "mine", "it still is the one that was chosen")
  assert(#ids(ui, "rank") > 0)
end)

check("three hundred are listed, scrolled and asked", function()
  local path <const>, done <close> = folder()
  for i = 1, 300 do write(("%s/p%03d.lua"):format(path, i), MINE:format(("p%03d"):format(i), -(i % 5))) end
  local ui <close> = open(path)
  assert(ui:find "probe.p001" and not ui:find "probe.p300")
  ui:command("probe.set", { "p300" })
  ui:wait()
  assert(ui:find "probe.p300", "the list scrolls to it")
  assert(#ids(ui, "rank") > 0)
  local previous <close> = open("/nonexistent", { probe = "current" })
  for i = 1, 5 do equal(ids(ui, "rank")[i], ids(previous, "rank")[i]) end
end)

check("one that is gone says so, and comes back", function()
  local path <const>, done <close> = folder()
  write(path .. "/mine.lua", MINE:format("mine", "-1"))
  local ui <close> = open(path, { probe = "mine" })
  local best = ids(ui, "rank")[1]
  ui:command("heads.filter", { "mine > 0.3" })
  assert(#ui:wait():state().passing > 0)
  os.remove(path .. "/mine.lua")
  ui:wait()
  assert(w.says(ui, "There is no such probe any more."))
  equal(ui:state().where_error, "filter: expected layer, head or the id of a probe, found mine")
  equal(#ids(ui, "rank"), 0)
  equal(ui:state().error, nil)
  write(path .. "/mine.lua", MINE:format("mine", "-1"))
  ui:wait()
  equal(ids(ui, "rank")[1], best)
  equal(ui:state().where_error, nil)
end)

check("saved, cut short or gone while it is asked: what counts is the file as it is in the end", function()
  local path <const>, done <close> = folder()
  local forever = 'return require "headscope".probe { id = "mine", kind = "run", score = function() while true do end end }'
  for _, last in ipairs { MINE:format("mine", "-1"), MINE:format("mine", "-1"):sub(1, 70), false } do
    write(path .. "/mine.lua", forever)
    local ui <close> = open(path)
    ui:command("probe.set", { "mine" })
    for _ = 1, 10 do ui:state() end
    ui:command("text.set", { "Some other words" })
    if last then write(path .. "/mine.lua", last) else os.remove(path .. "/mine.lua") end
    ui:wait()
    equal(ui:state().error, nil)
    if not last then
      assert(w.says(ui, "There is no such probe any more."))
    elseif #last > 70 then
      assert(#ids(ui, "rank") > 0)
    else
      assert(w.says(ui, "mine.lua:2:"))
    end
  end
end)

check("a click on what edges and dimensions lead to goes there in every view, which shows how many a head has", function()
  local path <const>, done <close> = folder()
  write(path .. "/edges.lua", [[
return require "headscope".probe { id = "edges", kind = "edge", weight = { 0.9, 1 }, distance = { 1 } }]])
  local ui <close> = open(path, { probe = "edges" })
  local edges = hs.probe({ id = "edges", kind = "edge", weight = { 0.9, 1 }, distance = { 1 } })
    :ask(hs.load "novella", { text = text }).rows
  local counts, most = {}, 0
  for _, edge in ipairs(edges) do
    local name = edge.layer .. "." .. edge.head
    counts[name] = (counts[name] or 0) + 1
    most = math.max(most, counts[name])
  end
  for view = 1, 4 do
    ui:key(tostring(view))
    local edge = edges[view]
    w.click(ui, "place." .. view - 1)
    local state = ui:state()
    equal(("%d.%d %d"):format(state.layer, state.head, state.token), ("%d.%d %d"):format(edge.layer, edge.head, edge.query))
    equal(state.pins[1].token, edge.key)
    equal(#state.pins, 1)
    equal(state.error, nil)
  end
  ui:key "1"
  ui:command("thumbs.sort", { "probe" })
  local first = ids(ui, "thumb")[1]:match "%d+%.%d+"
  local thumb
  for _, id in ipairs(ids(ui, "thumb")) do
    local r = ui:find(id)
    if r and (not thumb or r.y < thumb.y or (r.y == thumb.y and r.x < thumb.x)) then thumb, first = r, id:match "%d+%.%d+" end
  end
  equal(counts[first], most, "the head with most edges comes first")
  ui:command("probe.set", { "distance_dimensions" })
  ui:wait()
  assert(w.says(ui, "Heads by Dimensions of distance"))
  for view = 1, 4 do
    ui:key(tostring(view))
    w.click(ui, "place.0")
    equal(ui:state().layer .. "." .. ui:state().head, "4.1")
  end
end)

check("+ New opens what $VISUAL names with the file, a command with words of its own, or says that it cannot", function()
  local path <const>, done <close> = folder()
  local ui <close> = open(path .. "/probes")
  local function made(visual, name, refused)
    local log = path .. "/" .. name .. ".log"
    local script = ('%s run - <<"LUA"\nlocal hs = require "headscope"\nlocal ui = hs.ui.open { text = "The doctor", probes_dir = "%s/probes" }\n'
      .. 'ui:wait() ui:command("probe.new", { "%s" }) ui:wait()\nassert(ui:state().probe == "%s" and ui:state().error == nil)\nui:wait()'
      .. '\nfor _, it in ipairs(ui:frame()) do if it.text and it.text:find "VISUAL: expected an editor" then os.exit(3) end end\nLUA')
      :format("'" .. arg[-2] .. "'", path, name, name)
    local _, _, code = os.execute(("export VISUAL=%s; %s"):format(visual:format(log), script))
    equal(code, refused and 3 or 0, visual)
    return log
  end
  write(path .. "/editor", '#!/bin/sh\necho "$2" "$3" >"$1.tmp"; mv "$1.tmp" "$1"\n')
  assert(os.execute("chmod +x " .. path .. "/editor"))
  local log = made("'" .. path .. "/editor %s --wait'", "own1")
  assert(os.execute(("for i in $(seq 600); do [ -e %s ] && exit 0; sleep 0.1; done; exit 1"):format(log)), "it was opened")
  local file <close> = assert(io.open(log))
  equal(file:read "l", "--wait " .. path .. "/probes/own1.lua")
  made("''", "own2")
  made("/nonexistent/editor", "own3", true)
  made("'no-such-editor --wait'", "own4", true)
  made(path, "own5", true)
  ui:wait()
  for _, id in ipairs { "own1", "own2", "own3", "own4", "own5" } do assert(ui:find("probe." .. id), id) end
end)

w.finish()
