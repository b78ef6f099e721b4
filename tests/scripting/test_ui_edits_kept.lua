-- What becomes of edits: beside the run without them, in figures and sessions, with other models and recorded runs.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local editing = require "editing"
local files = require "files"
local w = require "window"
local check, equal, list, raises, says, tooltip = w.check, w.equal, w.list, w.raises, w.says, w.tooltip
local TEXT, open, edits, drag, weight = editing.TEXT, editing.open, editing.edits, editing.drag, editing.weight

--- A window with head 2.5 edited, and the path of a figure of that.
local function edited_figure()
  local ui, path = open(), files.name ".svg"
  ui:command("edits.add", { "head 2.5 zero" })
  ui:wait()
  ui:command("figure.save", { path })
  return ui:wait(), path
end

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

check("a figure whose edits were tampered with is refused by name", function()
  local ui <close>, path = edited_figure()
  local text, many = files.read(path), {}
  for i = 1, 1025 do many[i] = '{"edit":"head 2.5 zero"}' end
  for _, edits in ipairs { "3", '"head 2.5 zero"', '["head 2.5 zero"]', "[{}]", '[{"edit":3}]', '[{"edit":"head 2.5 zero","off":1}]',
    '[{"edit":"' .. ("x"):rep(200) .. '"}]', "[" .. table.concat(many, ",") .. "]" } do
    files.write(path, (text:gsub('"edits":%[.-%]', function() return '"edits":' .. edits end)))
    local opened, message = hs.ui.open { figure = path }
    assert(not opened and message:find(path, 1, true) and (message:find("edit", 1, true) or message:find "off:"), edits .. ": " .. tostring(message))
  end
  files.write(path, (text:gsub('"edits":%[.-%]', '"edits":null')))
  local restored <close> = hs.ui.open({ figure = path }):wait()
  equal(#restored:state().edits, 0)
end)

check("an edit that does not fit another figure's model is said, and the old picture stays", function()
  local ui <close>, path = edited_figure()
  local text = files.read(path):gsub("head 2%.5 zero", "head 9.9 zero")
  files.write(path, text)
  ui:command("model.open", { path })
  ui:wait()
  assert(ui:state().error:find("head 9.9 zero", 1, true), ui:state().error)
  list(edits(ui), { "head 2.5 zero" }, "those of the old picture")
  files.write(path, (text:gsub('"off":false', '"off":true')))
  ui:command("model.open", { path })
  ui:wait()
  assert(ui:state().error:find("head 9.9 zero", 1, true), "one that is off, too")
end)

w.finish()
