-- Edit mode: clicks on heads, weights, dimensions and tokens edit them; strokes, the list and its buttons, keys.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local editing = require "editing"
local inspected = require "inspected"
local w = require "window"
local check, equal, list, raises, says, tooltip = w.check, w.equal, w.list, w.raises, w.says, w.tooltip
local open, edits, drag, outlines, weight = editing.open, editing.edits, editing.drag, editing.outlines, editing.weight

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
  list(edits(ui), { "head 3.2 zero" }, "two clicks take each other back")
  w.click(ui, "tile.2")
  list(edits(ui), {})
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

check("of a part of a pair, and of a model that reads both ways, the place is that in the whole text", function()
  local folder <const>, gone <close> = w.bert_folder()
  local ui <close> = hs.ui.open({ model = folder, text = "hello world", pair = "the second", size = { 1280, 800 } }):wait()
  ui:command("filter.set", { "ba" })
  ui:command("head.select", { 1, 0 })
  ui:key "4"
  ui:command "edits.mode"
  ui:command("edits.brush", { "set 0.5" })
  w.click(ui, "cell.0.2")
  ui:wait()
  list(edits(ui), { "pattern 0.1 query 4 key 2 set 0.5" })
  w.near(weight(ui, "cell.0.2"), 0.5, 1e-6, "its weight")
  ui:command("filter.set", { "all" })
  w.near(weight(ui, "cell.4.2"), 0.5, 1e-6, "in the whole")
  w.click(ui, "cell.1.5")
  ui:wait()
  equal(edits(ui)[2], "pattern 0.1 query 1 key 5 set 0.5", "no key is behind a query")
  ui:command("filter.set", { "bb" })
  w.click(ui, "key.0")
  equal(edits(ui)[3], "pattern 0.1 key 4 set 0.5")
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

check("of one token a dimension is outlined there, of all down the column", function()
  local ui <close> = open "neuron"
  ui:command("neuron.expand", { 8 })
  ui:command("edits.add", { "q3 head 4 token 8 dim 3 set 9; k3 dim 5 zero" })
  ui:wait()
  local found, query = outlines(ui), ui:find "strip.q.8"
  local first, last = ui:find "strip.k.0", ui:find "strip.k.8"
  local one, all = found[1].rect, found[2].rect
  assert(one[2] > ui:find "strip.q.7".y and one[2] < query.y and one[2] + one[4] > query.y + query.h)
  assert(all[1] > first.x and all[2] < first.y and all[2] + all[4] > last.y + last.h)
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

check("the tooltip promises nothing that a click does not do", function()
  local ui <close> = open()
  ui:command "edits.mode"
  w.move(ui, "cell.2.6")
  assert(not tooltip(ui):find "click", "a weight behind the query")
  ui:command("compare.text", { "The old doctor asked the nurse a question. She" })
  ui:wait()
  ui:command("shown.set", { "second" })
  w.move(ui, "cell.5.1")
  assert(not tooltip(ui):find "click", "a token that the edited run lacks")
  w.click(ui, "cell.5.1")
  list(edits(ui), {})
  w.move(ui, "cell.5.3")
  assert(tooltip(ui):find "click: zero")
  w.click(ui, "cell.5.3")
  ui:wait()
  list(edits(ui), { "pattern 3.4 query 4 key 2 zero" }, "what stands for it")
  w.leave(ui)
  w.move(ui, "cell.5.3")
  assert(tooltip(ui):find "click: as it was")
end)

check("what is put together is not edited, and says so", function()
  local ui <close> = open()
  ui:command "edits.mode"
  for _, command in ipairs { "words.toggle", { "aggregate.set", "heads" } } do
    ui:command(table.unpack(type(command) == "table" and { command[1], { command[2] } } or { command }))
    ui:wait()
    w.click(ui, "cell.5.2")
    assert(says(ui, "expected one head and its tokens to edit, found several put together"))
    w.click(ui, "query.3")
    list(edits(ui), {})
    equal(#ui:state().pins, 0)
    equal(ui:state().token, nil)
  end
  ui:command "words.toggle"
  ui:command "view.model"
  ui:wait()
  w.click(ui, "thumb.2.0")
  list(edits(ui), {})
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

w.finish()
