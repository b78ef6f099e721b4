-- Heads of several layers at once: picked from the model view, shown and hidden by their tiles, and left.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

--- "1.2 0.1-": what is picked, in order, a minus where it is off.
local function picks(ui)
  local out = {}
  for i, pick in ipairs(ui:state().picks) do out[i] = ("%d.%d%s"):format(pick.layer, pick.head, pick.on and "" or "-") end
  return table.concat(out, " ")
end

local function open(view, heads)
  local ui = w.open "pair.safetensors"
  ui:command("view." .. view)
  for _, head in ipairs(heads) do ui:command("pick.add", head) end
  return ui
end

check("ctrl+click on a thumbnail adds its head, and takes it back", function()
  local ui <close> = w.open "pair.safetensors"
  equal(picks(ui), "")
  ui:command "head.all"
  w.click(ui, "thumb.1.2", { ctrl = true })
  equal(picks(ui), "1.2")
  w.click(ui, "thumb.0.1", { ctrl = true })
  equal(picks(ui), "1.2 0.1")
  equal(ui:state().layer, 0)
  equal(ui:state().head, 1)
  equal(#ui:state().panels, 0)
  w.click(ui, "thumb.1.2", { ctrl = true })
  equal(picks(ui), "0.1")
  w.click(ui, "thumb.0.1", { ctrl = true })
  equal(picks(ui), "")
end)

check("the head that is shown alone is the first of several", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.select", { 0, 1 }) -- head, layer
  w.click(ui, "thumb.0.2", { ctrl = true })
  equal(picks(ui), "1.0 0.2")
  ui:command "pick.clear"
  ui:command("head.select", { 0, 1 }) -- head, layer
  w.click(ui, "thumb.1.0", { ctrl = true })
  equal(picks(ui), "1.0")
end)

check("the head view draws what is picked, in the colours of the first heads", function()
  local ui <close> = w.head_view()
  ui:command "head.all"
  local first = w.lines(ui).planes
  ui:command("pick.add", { 1, 2 })
  ui:command("pick.add", { 0, 2 })
  local drawn = w.lines(ui).planes
  equal(#drawn, 2)
  for i = 1, 2 do equal(drawn[i].color, first[i].color, "colour") end
end)

check("tiles of picked heads stand in place of the layer's", function()
  local ui <close> = open("head", { { 1, 2 }, { 0, 1 } })
  assert(ui:find "pick.0" and ui:find "pick.1" and not ui:find "tile.0" and not ui:find "pick.2")
  w.click(ui, "pick.0")
  equal(picks(ui), "1.2- 0.1")
  w.leave(ui)
  equal(#w.lines(ui).planes, 1)
  w.move(ui, "pick.0")
  equal(#w.lines(ui).planes, 1, "hovered: drawn alone")
  equal(ui:state().preview, 0)
end)

check("one of them stays on, and a double-click isolates", function()
  local ui <close> = open("head", { { 1, 2 }, { 0, 1 }, { 1, 0 } })
  w.click(ui, "pick.1", { clicks = 2 })
  equal(picks(ui), "1.2- 0.1 1.0-")
  equal(ui:state().layer, 0)
  w.click(ui, "pick.1")
  equal(picks(ui), "1.2- 0.1 1.0-")
  w.click(ui, "pick.1", { clicks = 2 })
  equal(picks(ui), "1.2 0.1 1.0")
end)

check("tiles are reached by Tab", function()
  local ui <close> = open("head", { { 1, 2 }, { 0, 1 } })
  ui:command("focus.set", "pick.0")
  ui:key "tab"
  ui:key "enter"
  equal(picks(ui), "1.2 0.1-")
end)

check("a tooltip names the head of a picked tile", function()
  local ui <close> = open("head", { { 1, 2 }, { 0, 1 } })
  w.move(ui, "pick.0")
  ui:step(0.31)
  assert(w.says(ui, "1.2  click: on or off"))
end)

check("a token's tooltip is about the strongest of the picked heads", function()
  local ui <close> = open("head", { { 1, 2 } })
  w.move(ui, "query.6")
  ui:step(0.31)
  assert(w.says(ui, "1.2  q6 "))
end)

check("the matrix view shows them side by side; a double-click on a cell goes down to its head", function()
  local ui <close> = open("matrix", { { 1, 2 }, { 0, 2 } })
  local left, right = ui:find "cell.0.0.0", ui:find "cell.0.0.1"
  assert(left and right and not ui:find "cell.0.0.2")
  assert(left.x ~= right.x or left.y ~= right.y)
  w.click(ui, "cell.1.1.0", { clicks = 2 })
  equal(ui:state().view, "neuron")
  equal(ui:state().layer, 1)
  equal(ui:state().head, 2)
  equal(picks(ui), "1.2 0.2")
end)

check("choosing a layer or a head the plain way leads back to one layer", function()
  for command, arguments in pairs {
    ["layer.set"] = { 1 }, ["head.select"] = { 1 }, ["head.toggle"] = { 1 }, ["head.isolate"] = { 1 },
    ["head.open"] = { 1, 1 }, ["head.all"] = {}, ["layer.next"] = {}, ["head.next"] = {},
    ["aggregate.set"] = { "heads" }, ["pick.clear"] = {},
  } do
    local ui <close> = open("head", { { 1, 2 }, { 0, 1 } })
    ui:command(command, arguments)
    equal(picks(ui), "", command)
    assert(ui:find "tile.0", command)
  end
end)

check("in the neuron view a picked tile chooses its head", function()
  local ui <close> = open("neuron", { { 1, 2 }, { 0, 1 } })
  w.click(ui, "pick.0")
  equal(ui:state().layer, 1)
  equal(ui:state().head, 2)
  equal(picks(ui), "1.2 0.1")
end)

check("what cannot be picked is refused by name", function()
  local ui <close> = w.open "pair.safetensors"
  raises("layer", ui.command, ui, "pick.add", { 99, 0 })
  raises("head", ui.command, ui, "pick.add", { 0, 99 })
  raises("expected a picked head, found 0.1", ui.command, ui, "pick.drop", { 0, 1 })
  raises("expected a picked head, found 0.1", ui.command, ui, "pick.toggle", { 0, 1 })
  raises("expected a picked head, found 0.1", ui.command, ui, "pick.isolate", { 0, 1 })
end)

w.finish()
