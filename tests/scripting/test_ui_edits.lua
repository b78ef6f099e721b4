-- Edits in the window: made by command, mouse and key, taken back, listed, marked, compared, kept in figures and sessions.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local inspected = require "inspected"
local w = require "window"
local check, equal, list, raises, says, tooltip = w.check, w.equal, w.list, w.raises, w.says, w.tooltip

local TEXT = "The doctor asked the nurse a question. She"

--- Head 3.4 of the model that ships.
local function open(view, options)
  options = options or {}
  options.text, options.size = TEXT, options.size or { 1280, 800 }
  local ui = w.open("novella", options)
  ui:command("head.select", { 4, 3 })
  ui:command("view." .. (view or "matrix"))
  return ui:wait()
end

--- Texts of the list, those that are off with a minus.
local function edits(ui)
  local found = {}
  for i, edit in ipairs(ui:state().edits) do found[i] = (edit.off and "-" or "") .. edit.text end
  return found
end

local function drag(ui, from, ...)
  ui:press(w.centre(ui, from))
  for _, id in ipairs { ... } do ui:move(w.centre(ui, id)) end
  ui:release(w.centre(ui, select(-1, ...)))
  return ui:wait()
end

--- Boxes that are outlined in the colour of warnings.
local function outlines(ui)
  local found = {}
  for _, command in ipairs(w.drawn(ui, "rect")) do
    if command.stroke == "#e6b450ff" or command.stroke == "#e6b450" then found[#found + 1] = command end
  end
  return found
end

local function weight(ui, id)
  w.move(ui, id)
  return tonumber(tooltip(ui):match "  ([%d.]+)")
end

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

check("in edit mode a click on a tile edits its head, and restores it", function()
  local ui <close> = open "head"
  w.click(ui, "tile.4")
  equal(#edits(ui), 0, "outside of edit mode it is as before")
  ui:key "l"
  equal(ui:state().edit_mode, true)
  assert(says(ui, "edit mode: zero"))
  local heads = table.concat(ui:state().heads, ",")
  w.click(ui, "tile.2")
  list(edits(ui), { "head 3.2 zero" })
  equal(table.concat(ui:state().heads, ","), heads, "it selects nothing")
  ui:wait()
  w.click(ui, "tile.2", { clicks = 2 })
  list(edits(ui), {}, "a double-click is one")
  ui:command("edits.brush", { "scale 0.5" })
  w.click(ui, "tile.2")
  w.click(ui, "tile.1")
  list(edits(ui), { "head 3.2 scale 0.5", "head 3.1 scale 0.5" })
  ui:command("edits.brush", { "zero" })
  w.click(ui, "tile.2")
  list(edits(ui), { "head 3.2 zero", "head 3.1 scale 0.5" }, "another brush")
  ui:wait()
  ui:key "l"
  equal(ui:state().edit_mode, false)
end)

check("a click on a thumbnail does so, too, and both are marked", function()
  local ui <close> = open "model"
  ui:command("edits.mode", { true })
  w.click(ui, "thumb.2.5")
  ui:wait()
  list(edits(ui), { "head 2.5 zero" })
  equal(#ui:state().panels, 0)
  equal(#w.drawn(ui, "line"), 1, "a line through it")
  ui:command("layer.set", { 2 })
  equal(#w.drawn(ui, "line"), 2, "and through its tile")
  ui:command("edits.brush", { "mean" })
  w.click(ui, "thumb.2.5")
  ui:wait()
  equal(#w.drawn(ui, "line"), 0, "only a corner")
  ui:command("edits.toggle", { 0 })
  ui:wait()
  local other <close> = open "model"
  other:command("layer.set", { 2 })
  other:command("edits.mode", { true })
  w.leave(ui)
  w.leave(other)
  equal(#w.drawn(ui, "rect"), #w.drawn(other, "rect"), "nothing marks what is off")
end)

check("delete edits the selected head, and restores it", function()
  local ui <close> = open()
  ui:key "delete"
  list(edits(ui), { "head 3.4 zero" })
  ui:key "delete"
  list(edits(ui), {})
  ui:command("edits.head", { "2.5" })
  ui:command("edits.head", { "L1H0" })
  list(edits(ui), { "head 2.5 zero", "head 1.0 zero" })
  raises("expected", ui.command, ui, "edits.head", { "99.1" })
  ui:command("aggregate.set", { "layers" })
  ui:wait()
  raises("put together", ui.command, ui, "edits.head")
end)

check("cells are painted: a stroke is one step, and another one takes it back", function()
  local ui <close> = open()
  ui:command "edits.mode"
  ui:command("edits.brush", { "set 0.25" })
  local before = #outlines(ui)
  drag(ui, "cell.8.1", "cell.8.4")
  list(edits(ui), { "pattern 3.4 query 8 key 1 set 0.25", "pattern 3.4 query 8 key 2 set 0.25",
    "pattern 3.4 query 8 key 3 set 0.25", "pattern 3.4 query 8 key 4 set 0.25" }, "also what the mouse jumped over")
  w.leave(ui)
  equal(#outlines(ui) - before, 4)
  equal(weight(ui, "cell.8.3"), 0.25)
  drag(ui, "cell.8.2", "cell.8.3")
  list(edits(ui), { "pattern 3.4 query 8 key 1 set 0.25", "pattern 3.4 query 8 key 4 set 0.25" })
  ui:key "ctrl+z"
  equal(#edits(ui), 4)
  ui:key "ctrl+z"
  equal(#edits(ui), 0)
  ui:wait()
  equal(ui:state().token, nil, "no query was selected")
end)

check("while a stroke goes on its cells are outlined, and nothing runs", function()
  local ui <close> = open()
  ui:command "edits.mode"
  local before = #outlines(ui)
  ui:press(w.centre(ui, "cell.8.1"))
  ui:move(w.centre(ui, "cell.8.3"))
  equal(ui:state().busy, false)
  equal(#edits(ui), 0)
  assert(#outlines(ui) >= before + 3)
  ui:release(w.centre(ui, "cell.8.3"))
  equal(#edits(ui), 3)
end)

check("a weight that a query cannot see is not painted, and says so", function()
  local ui <close> = open()
  ui:command "edits.mode"
  w.click(ui, "cell.1.6")
  equal(#edits(ui), 0)
  assert(says(ui, "does not see keys behind it"))
  drag(ui, "cell.4.3", "cell.4.6")
  list(edits(ui), { "pattern 3.4 query 4 key 3 zero", "pattern 3.4 query 4 key 4 zero" })
end)

check("a token of the matrix is its row or its column", function()
  local ui <close> = open()
  ui:command "edits.mode"
  w.click(ui, "query.8")
  ui:wait()
  w.click(ui, "key.0")
  list(edits(ui), { "pattern 3.4 query 8 zero", "pattern 3.4 key 0 zero" })
  ui:wait()
  equal(weight(ui, "cell.8.3"), 0)
  equal(weight(ui, "cell.5.0"), 0)
  equal(#ui:state().pins, 0)
  ui:command "view.head"
  w.click(ui, "query.7")
  equal(#ui:state().pins, 1, "in the head view it is pinned as ever")
  equal(#edits(ui), 2)
end)

check("several heads of any layers have cells of their own", function()
  local ui <close> = open()
  ui:command("pick.add", { 3, 4 })
  ui:command("pick.add", { 1, 2 })
  ui:command "edits.mode"
  w.click(ui, "cell.5.2.0")
  ui:wait()
  w.click(ui, "pick.1")
  list(edits(ui), { "pattern 3.4 query 5 key 2 zero", "head 1.2 zero" })
end)

check("a dimension of a query or a key is edited in the neuron view", function()
  local ui <close> = open("neuron", { size = { 1280, 800 } })
  ui:command("neuron.expand", { 8 })
  ui:command "edits.mode"
  local before, strip = #outlines(ui), ui:find "strip.q.8"
  ui:click(strip.x + 1, strip.y + strip.h / 2)
  ui:wait()
  strip = ui:find "strip.k.3"
  ui:click(strip.x + strip.w - 2, strip.y + strip.h / 2)
  local config = hs.load("novella").config
  list(edits(ui), { "q3 head 4 dim 0 zero", ("k3 head 4 dim %d zero"):format(config.d_head - 1) })
  ui:wait()
  equal(ui:state().dimension, nil)
  w.leave(ui)
  equal(#outlines(ui) - before, 2, "both are outlined")
end)

check("in the token strip a neuron is edited, and the residual stream", function()
  local ui <close> = open "head"
  ui:command("strip.set", { "L1N20" })
  ui:wait()
  ui:command "edits.mode"
  ui:command("edits.brush", { "set 6" })
  local before = #outlines(ui)
  w.move(ui, "number.4")
  assert(tooltip(ui):find("click: set 6", 1, true))
  w.click(ui, "number.4")
  ui:wait()
  list(edits(ui), { "neuron 1.20 token 4 set 6" })
  w.near(ui:strip():at(4), 6, 1e-6, "its activation")
  w.leave(ui)
  equal(#outlines(ui) - before, 1)
  ui:command("strip.set", { "norm" })
  ui:command("edits.brush", { "zero" })
  ui:wait()
  w.click(ui, "number.2")
  ui:wait()
  equal(edits(ui)[2], "resid_post3 token 2 zero")
  equal(ui:strip():at(2), 0)
  equal(#ui:state().pins, 0)
  ui:command("strip.set", { "entropy" })
  ui:wait()
  w.click(ui, "number.5")
  equal(#edits(ui), 2)
  equal(#ui:state().pins, 1, "others pin their token as ever")
end)

check("the tooltip says what a click does", function()
  local ui <close> = open()
  ui:command "edits.mode"
  w.move(ui, "cell.8.1")
  assert(tooltip(ui):find("click: zero", 1, true))
  w.move(ui, "tile.2")
  equal(tooltip(ui), "3.2  click: zero")
end)

check("what is under the mouse says its new number, without being moved", function()
  local ui <close> = open()
  ui:command "edits.mode"
  ui:command("edits.brush", { "set 0.75" })
  w.move(ui, "cell.8.1")
  ui:click(w.centre(ui, "cell.8.1"))
  ui:wait()
  assert(tooltip(ui):find("0.7500  click: as it was", 1, true))
  w.move(ui, "query.3")
  ui:key "ctrl+z"
  ui:wait()
  equal(ui:state().hover.token, 3)
end)

check("Escape's ladder ends with leaving edit mode", function()
  local ui <close> = open "head"
  ui:command "edits.mode"
  w.click(ui, "query.8")
  ui:key "ctrl+f"
  local ladder = {}
  for _ = 1, 8 do
    local state = ui:state()
    ladder[#ladder + 1] = table.concat({ state.focus or "", #state.pins, state.token or "", tostring(state.edit_mode) }, " ")
    if not state.edit_mode then break end
    ui:key "escape"
  end
  equal(ladder[1], "find 1 8 true")
  assert(ladder[#ladder - 1]:match "^ 0  true$", "edit mode is left last: " .. ladder[#ladder - 1])
  assert(ladder[#ladder]:match "false$")
end)

check("a recorded run cannot be edited, and says so", function()
  local ui <close> = w.head_view()
  raises("expected a model's run to edit, found a recorded one", ui.command, ui, "edits.add", { "head 0.0 zero" })
  raises("recorded", ui.command, ui, "edits.mode")
  ui:key "l"
  equal(ui:state().edit_mode, false)
  assert(says(ui, "found a recorded one"))
  ui:key "i"
  ui:wait()
  equal(ui:find "edits.mode", nil)
end)

check("a run that was recorded with edits says so", function()
  local path = files.name ".safetensors"
  assert(os.execute(("'%s' dump novella --text '%s' --edit 'head 2.5 zero' --edit 'neuron 1.20 token 4 set 6' -o %s")
    :format(arg[-2], TEXT, path)))
  local ui <close> = hs.ui.open({ model = path, size = { 1280, 800 } }):wait()
  assert(says(ui, "recorded with 2 edits"))
  ui:key "i"
  ui:wait()
  assert(says(ui, "Recorded with edits") and says(ui, "neuron 1.20 token 4 set 6"))
  w.click(ui, "edits")
  assert(says(ui, "found a recorded one"))
end)

check("a recorded file that says nonsense of its edits is shown all the same", function()
  for _, notes in ipairs { "nonsense", "[1, null]", "{}", '{"a": "b"}', "3" } do
    local path = files.name ".safetensors"
    hs.save_tensors(path, { ["blocks.0.attn.hook_pattern"] = hs.zeros { 2, 3, 3 } }, { edits = notes })
    local ui <close> = hs.ui.open({ model = path, size = { 1280, 800 } }):wait()
    ui:key "i"
    ui:wait()
    equal(ui:find "edits", nil, notes)
    equal(ui:state().error, nil, notes)
  end
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

check("the inspector lists them, and its buttons do all that can be done", function()
  local ui <close> = open()
  ui:key "i"
  ui:wait()
  assert(not inspected.sections(ui).Edits, "no section without edits")
  ui:command("edits.add", { "head 2.5 zero; head 1.0 mean" })
  ui:wait()
  assert(says(ui, "Edits (2)"))
  w.click(ui, "edit.0")
  list(edits(ui), { "-head 2.5 zero", "head 1.0 mean" })
  ui:wait()
  assert(says(ui, "Edits (1 of 2)"))
  w.click(ui, "edit.0.remove")
  list(edits(ui), { "head 1.0 mean" })
  ui:wait()
  w.click(ui, "edits.undo")
  equal(#edits(ui), 2)
  w.click(ui, "edits.redo")
  equal(#edits(ui), 1)
  ui:wait()
  w.click(ui, "edits.mode")
  equal(ui:state().edit_mode, true)
  w.click(ui, "brush.scale")
  equal(ui:state().brush, "scale 0.5")
  w.click(ui, "brush.less")
  equal(ui:state().brush, "scale 0.4")
  w.click(ui, "brush.set")
  w.click(ui, "brush.more")
  equal(ui:state().brush, "set 1.1")
  w.click(ui, "edits.clear")
  equal(#edits(ui), 0)
  ui:wait()
  ui:command "inspector.copy"
  assert(not ui:clipboard():find("Edit mode", 1, true), "buttons are not copied")
end)

check("the keyboard reaches the list and its buttons", function()
  local ui <close> = open()
  ui:key "i"
  ui:command("edits.add", { "head 2.5 zero; head 1.0 mean" })
  ui:wait()
  ui:command("focus.set", { "inspector" })
  local found = {}
  for _ = 1, 8 do
    ui:key "tab"
    found[#found + 1] = ui:state().focus
  end
  list(found, { "edit.0", "edit.0.remove", "edit.1", "edit.1.remove", "edits.mode", "edits.undo", "edits.redo", "edits.clear" })
  ui:command("focus.set", { "edit.1" })
  ui:key "space"
  list(edits(ui), { "head 2.5 zero", "-head 1.0 mean" })
  ui:wait()
  ui:command("focus.clear")
  ui:command "edits.mode"
  ui:key "k"
  ui:command("focus.set", { "cell.8.1" })
  ui:key "enter"
  equal(edits(ui)[3], "pattern 3.4 query 8 key 1 zero", "Enter is one click")
  ui:wait()
  ui:key "space"
  equal(#edits(ui), 2)
end)

check("a click on the number of edits begins edit mode, and ends it", function()
  local ui <close> = open()
  ui:command("edits.add", { "head 2.5 zero" })
  ui:wait()
  w.click(ui, "edits")
  equal(ui:state().edit_mode, true)
  w.click(ui, "edits")
  equal(ui:state().edit_mode, false)
end)

check("the run without edits stands beside the edited one", function()
  local ui <close> = open()
  ui:command("edits.add", { "pattern 3.4 query 8 key 1 set 0.9" })
  ui:wait()
  ui:command "edits.compare"
  ui:wait()
  equal(ui:state().second, TEXT)
  assert(says(ui, "1 edit: " .. TEXT) and says(ui, "without edits: " .. TEXT))
  equal(weight(ui, "cell.8.1"), 0.9)
  local plain = weight(ui, "2:cell.8.1")
  assert(plain < 0.5)
  ui:command("shown.set", { "difference" })
  ui:wait()
  w.move(ui, "cell.8.1")
  assert(tooltip(ui):find(("0.9000 → %.4f"):format(plain), 1, true))
  assert(says(ui, "without edits − this"))
  ui:command "edits.clear"
  ui:wait()
  equal(weight(ui, "2:cell.8.1"), plain)
end)

check("selection, pins, zoom and view stay", function()
  local ui <close> = open()
  ui:command("zoom", { 2 })
  ui:command("token.select", { 5 })
  ui:command("pin.toggle", { "key", 2 })
  local before = ui:state()
  ui:command("edits.add", { "head 2.5 zero" })
  ui:wait()
  local after = ui:state()
  for _, key in ipairs { "view", "layer", "head", "token", "zoom", "threshold" } do equal(after[key], before[key], key) end
  equal(#after.pins, #before.pins)
  equal(after.scroll.y, before.scroll.y)
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

check("another model has no edits, and nothing brings them back", function()
  local ui <close> = open()
  ui:command("edits.add", { "head 2.5 zero" })
  ui:command "edits.mode"
  ui:wait()
  ui:command("model.open", { "minilm-pair" })
  ui:wait()
  equal(#edits(ui), 0)
  equal(ui:state().edit_mode, false)
  raises("take back", ui.command, ui, "edits.undo")
  ui:command("model.open", { "novella" })
  ui:wait()
  equal(#edits(ui), 0)
end)

check("a figure carries its edits, and restores them with the picture", function()
  local ui <close> = open("matrix", { size = { 900, 600 }, dock = false })
  ui:command("edits.add", { "pattern 3.4 query 8 key 1 set 0.9; head 2.5 zero; neuron 3.7 token 40 set 6" })
  ui:command("edits.toggle", { 1 })
  ui:wait()
  local path, again = files.name ".png", files.name ".png"
  ui:command("figure.save", { path })
  ui:wait()
  local restored <close> = hs.ui.open({ figure = path }):wait()
  equal(restored:state().error, nil)
  list(edits(restored), edits(ui))
  restored:command("figure.save", { again })
  restored:wait()
  assert(files.read(again) == files.read(path), "the same picture, bit for bit")
  equal(weight(restored, "cell.8.1"), 0.9)
  raises("take back", restored.command, restored, "edits.undo")
end)

check("a figure of what edits do has both runs", function()
  local ui <close> = open("matrix", { dock = false })
  ui:command("edits.add", { "pattern 3.4 query 8 key 1 set 0.9" })
  ui:command "edits.compare"
  ui:wait()
  ui:command("split.side", { "right" })
  ui:command("shown.set", { "difference" })
  local path, again = files.name ".png", files.name ".png"
  ui:command("dock.toggle", { false })
  ui:command("figure.save", { path })
  ui:wait()
  local restored <close> = hs.ui.open({ figure = path }):wait()
  restored:command("dock.toggle", { false })
  equal(restored:state().shown, "difference")
  restored:command("figure.save", { again })
  restored:wait()
  assert(files.read(again) == files.read(path), "the same picture, bit for bit")
end)

check("a session does its edits over", function()
  local ui <close> = open()
  ui:command "edits.mode"
  drag(ui, "cell.8.1", "cell.8.3")
  w.click(ui, "tile.2")
  ui:wait()
  ui:key "ctrl+z"
  ui:key "ctrl+y"
  ui:wait()
  w.leave(ui)
  local path = files.name ".lua"
  ui:command("session.save", { path })
  local other = assert(loadfile(path))()
  list(edits(other), edits(ui))
  local function picture(of) return of:pixels():slice(0, 0, 770):slice(1, 264, 1280) end
  equal((picture(other) - picture(ui)):abs():max(), 0, "the same picture")
  other:close()
end)

check("an edit that does not fit another figure's model is said, and the old picture stays", function()
  local ui <close> = open()
  local path = files.name ".svg"
  ui:command("edits.add", { "head 2.5 zero" })
  ui:wait()
  ui:command("figure.save", { path })
  ui:wait()
  local text = files.read(path):gsub("head 2%.5 zero", "head 9.9 zero")
  files.write(path, text)
  ui:command("model.open", { path })
  ui:wait()
  assert(ui:state().error:find("head 9.9 zero", 1, true), ui:state().error)
end)

w.finish()
