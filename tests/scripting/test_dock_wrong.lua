-- Files of probes that are broken, hostile or endless: what the dock says of them, and what stays.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local docked = require "docked"
local files = require "files"
local w = require "window"
local check, equal, ids, raises = w.check, w.equal, w.ids, w.raises
local folder, write = files.folder, files.write
local text, MINE, open, score, best = docked.text, docked.MINE, docked.open, docked.score, docked.best

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

check("no such probe is refused by name", function()
  local ui <close> = w.open("causal.safetensors")
  raises("expected the id of a probe or none, found nosuch", ui.command, ui, "probe.set", { "nosuch" })
end)

w.finish()
