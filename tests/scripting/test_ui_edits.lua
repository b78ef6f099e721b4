-- Edits in the window: made by command, taken back, seen by views, probes and the console.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local editing = require "editing"
local inspected = require "inspected"
local w = require "window"
local check, equal, list, raises, says = w.check, w.equal, w.list, w.raises, w.says
local TEXT, open, edits, weight = editing.TEXT, editing.open, editing.edits, editing.weight

check("a command edits the model, and views follow", function()
  local ui <close> = open()
  local before = weight(ui, "cell.8.1")
  ui:command("edits.add", { "pattern 3.4 query 8 key 1 set 0.9" })
  ui:wait()
  equal(weight(ui, "cell.8.1"), 0.9)
  list(edits(ui), { "pattern 3.4 query 8 key 1 set 0.9" })
  assert(says(ui, "1 edit"), "the status line")
  ui:command("edits.add", { " pattern 3.4 query 8 key 1 scale 0.5 ; head 2.5 zero" })
  ui:wait()
  list(edits(ui), { "pattern 3.4 query 8 key 1 scale 0.5", "head 2.5 zero" }, "an edit takes the place of one at its place")
  assert(says(ui, "2 edits"))
  ui:command("edits.clear")
  ui:wait()
  equal(weight(ui, "cell.8.1"), before)
  equal(ui:find "edits", nil, "no word of edits")
end)

check("what follows from an edit changes, what comes before it does not", function()
  local ui <close> = open("head")
  local whole = { [1] = hs.load "novella":run(TEXT) }
  ui:command("edits.add", { "head 2.5 zero" })
  ui:wait()
  ui:command "view.matrix"
  local function differs(layer)
    ui:command("head.select", { 0, layer })
    local weights, most = whole[1]:attention(layer, 0), 0
    for key = 0, 8 do most = math.max(most, math.abs(weight(ui, "cell.8." .. key) - weights:at(8, key))) end
    return most > 1e-3
  end
  equal(differs(1), false)
  equal(differs(2), false)
  equal(differs(5), true)
end)

check("weights are those of the same run in Lua, as is what may come next", function()
  local list_ = { "q2 head 0 dim 3 set 4", "pattern 2.1 query 8 key 1 set 0.9", "head 3.4 token 8 scale -1", "neuron 1.20 set 3" }
  local run = hs.load "novella":run(TEXT, { edits = list_ })
  local ui <close> = open()
  ui:command("edits.add", { table.concat(list_, "; ") })
  ui:wait()
  for _, place in ipairs { { 2, 0 }, { 2, 1 }, { 3, 4 }, { 5, 5 } } do
    ui:command("head.select", { place[2], place[1] })
    local weights = run:attention(place[1], place[2])
    for key = 0, 8 do w.near(weight(ui, "cell.8." .. key), weights:at(8, key), 1e-4, "weight") end
  end
  ui:key "i"
  ui:wait()
  local logits = run:logits()
  local _, ids = logits:topk(1)
  local best = math.tointeger(ids[0])
  local likely = inspected.sections(ui).Next[1]
  equal(likely[2], inspected.number(logits:softmax(0):at(best)), "the likeliest token")
end)

--- What a probe that ships says of a run.
local function ask(id, options)
  options.text = TEXT
  return dofile(arg[0]:match "(.*/)" .. "../../scripts/probes/" .. id .. ".lua"):ask(hs.load "novella", options).mean
end

--- The number that the dock has behind a head; nil where it does not list it.
local function ranked(ui, layer, head)
  local r = ui:find(("rank.%d.%d"):format(layer, head))
  for _, command in ipairs(r and w.drawn(ui, "text") or {}) do
    local x, y = table.unpack(command.rect)
    local inside = x >= r.x and x < r.x + r.w and y >= r.y - 1 and y < r.y + r.h
    if inside and command.text:find "^%-?%d*%.%d%d+$" then return tonumber(command.text) end
  end
end

check("a probe is asked about the edited run, and again when that changes", function()
  local ui <close> = open("model", { probes_dir = "/nonexistent" })
  ui:command("probe.set", { "previous" })
  ui:wait()
  local before = ask("previous", {}):at(3, 4)
  w.near(ranked(ui, 3, 4), before, 6e-3, "as it is")
  ui:command("edits.add", { "pattern 3.4 scale 0.5" })
  ui:wait()
  local edited = ask("previous", { edits = { "pattern 3.4 scale 0.5" } })
  w.near(edited:at(3, 4), before / 2, 1e-4, "half of it")
  w.near(ranked(ui, 3, 4), before / 2, 6e-3, "edited")
  ui:command "edits.undo"
  ui:wait()
  w.near(ranked(ui, 3, 4), before, 6e-3, "as it is again")
end)

check("a probe that needs more runs the edited text once more", function()
  local ui <close> = open("head", { probes_dir = "/nonexistent" })
  ui:command("probe.set", { "loss" })
  ui:command("edits.add", { "head 5.4 zero; head 4.1 zero; resid_pre3 mean" })
  ui:wait()
  local edited = ask("loss", { edits = { "head 5.4 zero", "head 4.1 zero", "resid_pre3 mean" } })
  local plain = ask("loss", {})
  assert((edited - plain):slice(0, 1, 9):abs():max() > 0.1)
  equal((ui:strip() - edited):slice(0, 1, 9):abs():max() < 1e-4, true, "the edited one")
  ui:command "edits.clear"
  ui:wait()
  equal((ui:strip() - plain):slice(0, 1, 9):abs():max() < 1e-4, true, "without edits")
end)

check("the console's run is the edited one", function()
  local ui <close> = open()
  ui:command("edits.add", { "pattern 3.4 query 8 key 1 set 0.9; head 2.5 zero; head 1.0 token 99 zero" })
  ui:wait()
  ui:command("console.run", { "print(table.concat(run.edits, '; '), run:attention(3, 4):at(8, 1))" })
  ui:wait()
  local lines = ui:console().lines
  local texts, number = lines[#lines].text:match "^(.*zero)%s+([%d.]+)$"
  equal(texts, "pattern 3.4 query 8 key 1 set 0.9; head 2.5 zero")
  w.near(tonumber(number), 0.9, 1e-6, "its weight")
end)

check("ctrl+Z and ctrl+Y go through the changes; in a field they undo typing", function()
  local ui <close> = open()
  ui:key "ctrl+z"
  equal(#edits(ui), 0, "nothing to take back")
  ui:command("edits.add", { "head 2.5 zero" })
  ui:command("edits.add", { "head 1.0 mean" })
  ui:command("edits.toggle", { 0 })
  ui:wait()
  list(edits(ui), { "-head 2.5 zero", "head 1.0 mean" })
  assert(says(ui, "1 of 2 edits"))
  ui:key "ctrl+z"
  list(edits(ui), { "head 2.5 zero", "head 1.0 mean" })
  ui:key "ctrl+z"
  list(edits(ui), { "head 2.5 zero" })
  ui:key "ctrl+y"
  ui:key "ctrl+shift+z"
  list(edits(ui), { "-head 2.5 zero", "head 1.0 mean" })
  ui:command("edits.remove", { 0 })
  list(edits(ui), { "head 1.0 mean" })
  raises("put back", ui.command, ui, "edits.redo")
  ui:command("focus.set", { "text" })
  ui:key "end"
  ui:type " was"
  ui:key "ctrl+z"
  equal(ui:state().text, TEXT)
  list(edits(ui), { "head 1.0 mean" })
  ui:key "ctrl+y"
  equal(ui:state().text, TEXT .. " was")
end)

check("wrong edits are refused with a sentence, and nothing changes", function()
  local ui <close> = open()
  ui:command("edits.add", { "head 2.5 zero" })
  for _, text in ipairs { "", "head", "head 9.9 zero", "head 2.5 zero; nonsense", ("x"):rep(500), "head 2.5 set", ";" } do
    raises("expected", ui.command, ui, "edits.add", { text })
  end
  raises("expected 0 to 0, found 1", ui.command, ui, "edits.toggle", { 1 })
  raises("expected 0 to 0, found -1", ui.command, ui, "edits.remove", { -1 })
  for _, text in ipairs { "", "scale", "set x", "nothing", "zero 1", "scale inf" } do
    raises("expected zero, mean", ui.command, ui, "edits.brush", { text })
  end
  list(edits(ui), { "head 2.5 zero" })
  ui:wait()
  equal(ui:state().error, nil)
end)

check("the list has an end", function()
  local ui <close> = open()
  local all = {}
  for i = 0, 1023 do all[#all + 1] = ("neuron 0.%d token %d zero"):format(i % 256, i // 256) end
  ui:command("edits.add", { table.concat(all, ";") })
  raises("at most 1024", ui.command, ui, "edits.add", { "head 2.5 zero" })
  ui:wait()
  assert(says(ui, "1024 edits"))
  ui:key "i"
  ui:wait()
  assert(ui:find "edit.1023" and not ui:find "edit.0")
end)

check("edits of tokens that the text lacks wait for one that has them", function()
  local ui <close> = open()
  ui:command("edits.add", { "pattern 3.4 query 20 key 1 set 0.9; head 2.5 zero" })
  ui:wait()
  equal(ui:state().error, nil)
  equal(ui:state().edits[1].waits, true)
  equal(ui:state().edits[2].waits, false)
  assert(says(ui, "1 of 2 edits"))
  ui:key "i"
  ui:wait()
  assert(says(ui, "not in this text"))
  ui:command("text.set", { TEXT .. " was not sure of that and said so to the other doctor in the room" })
  ui:command "run"
  ui:wait()
  equal(ui:state().edits[1].waits, false)
  equal(weight(ui, "cell.20.1"), 0.9)
end)

check("numbers of any size are said, and what is none is said to be none", function()
  local ui <close> = open()
  ui:key "i"
  ui:command("edits.add", { "pattern 3.4 set 1e38" })
  ui:wait()
  w.move(ui, "cell.8.1")
  assert(w.tooltip(ui):find("1e+38", 1, true), w.tooltip(ui))
  equal(inspected.sections(ui).Head["to previous"], "1e+38")
  ui:command "edits.undo"
  ui:command("edits.add", { "resid_pre0 set 1e38" })
  ui:wait()
  w.leave(ui)
  w.move(ui, "cell.8.1")
  assert(w.tooltip(ui):find "NaN", w.tooltip(ui))
  local found = inspected.sections(ui)
  equal(found.Head["entropy of row"], "–")
  equal(found.Head["to first token"], "–")
  assert(says(ui, "What the model predicts is no number."))
  assert(says(ui, "Token 0 takes – %"))
  ui:command("strip.set", { "entropy" })
  ui:wait()
  local entropy = ui:strip()
  assert(entropy:at(8) ~= entropy:at(8), "NaN")
end)

check("a newer change takes the place of one that still runs", function()
  local ui <close> = open()
  for i = 1, 20 do ui:command("edits.add", { ("pattern 3.4 query 8 key 1 set %g"):format(i / 32) }) end
  ui:wait()
  equal(weight(ui, "cell.8.1"), 0.625)
  for _ = 1, 19 do ui:key "ctrl+z" end
  ui:wait()
  equal(weight(ui, "cell.8.1"), 0.0312)
end)

check("the picture stays whole until that of the changed edits is", function()
  local ui <close> = open()
  for i = 1, 40 do
    ui:command("edits.add", { ("head %d.0 scale %g"):format(i % 6, i / 8) })
    assert(ui:find "cell.8.1", "the cells of its layer")
  end
  ui:wait()
end)

w.finish()
