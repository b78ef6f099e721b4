-- Picked heads of several layers put together.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local copied = require("numbers").copied
local files = require "files"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

local function open(view)
  local ui = w.open "pair.safetensors"
  ui:key(view or "2")
  return ui
end

--- The weights of a head of the fixture.
local recorded = assert(hs.tensors(w.fixtures .. "pair.safetensors"))
local function weights(layer, head) return recorded[("blocks.%d.attn.hook_pattern"):format(layer)]:select(0, head) end

local function assert_weights(ui, tensor)
  local rows = copied(ui)
  rows = #rows > tensor.shape[1] and { table.unpack(rows, 2) } or rows
  equal(#rows, tensor.shape[1])
  for i, row in ipairs(rows) do
    for j, number in ipairs(row) do assert(math.abs(number - tensor:at(i - 1, j - 1)) < 1e-6) end
  end
end

check("picked heads of several layers become one pattern, in which each counts alike", function()
  local ui <close> = open()
  local picks = { { 1, 2 }, { 0, 1 }, { 1, 0 } }
  for _, pick in ipairs(picks) do ui:command("pick.add", pick) end
  ui:command("aggregate.set", { "selected" })
  equal(ui:state().aggregate, "picked")
  equal(#ui:state().picks, 0)
  equal(#ui:state().merged, 3)
  equal(ui:state().merged[2].layer, 0)
  equal(ui:state().merged[2].head, 1)
  assert_weights(ui, (weights(1, 2) + weights(0, 1) + weights(1, 0)) / 3)
  assert(w.says(ui, "mean of 3 picked heads"))
  assert(ui:find "pick.2" and not ui:find "pick.3" and not ui:find "tile.0")
  w.click(ui, "pick.2")
  assert_weights(ui, (weights(1, 2) + weights(0, 1)) / 2)
  ui:command("aggregate.by", { "max" })
  local a, b = weights(1, 2), weights(0, 1)
  assert_weights(ui, a:gt(b):where(a, b))
  ui:command("pick.add", { 0, 0 })
  equal(#ui:state().merged, 3)
  raises("expected heads of one layer, found picked ones", ui.command, ui, "head.toggle", { 0 })
  for _ = 1, 4 do w.click(ui, "pick.0") end
  equal(#ui:state().merged, 1, "the last one stays")
  assert_weights(ui, weights(0, 0))
  ui:command("aggregate.set", { "none" })
  equal(#ui:state().picks, 1)
  equal(ui:state().picks[1].layer, 0)
  ui:pixels()
end)

check("picked heads that are off are not put together; names say which are", function()
  local ui <close> = open()
  for _, pick in ipairs { { 1, 2 }, { 0, 1 } } do ui:command("pick.add", pick) end
  ui:command("pick.toggle", { 1, 2 })
  ui:command("aggregate.set", { "selected" })
  assert_weights(ui, weights(0, 1))
  ui:command("aggregate.set", { "picked", "1.0,0.2" })
  assert_weights(ui, (weights(1, 0) + weights(0, 2)) / 2)
  for _, wrong in ipairs { "", "1", "1.0,", "9.0", "0.99", "1.0;0.1", "-1.0", "1.0x" } do
    raises("expected heads that there are such as 2.5,4.1", ui.command, ui, "aggregate.set", { "picked", wrong })
  end
  ui:command("aggregate.set", { "none" })
  ui:command "pick.clear"
  raises("expected picked heads, found none", ui.command, ui, "aggregate.set", { "picked" })
end)

check("what was picked and put together lasts in figures, from start to start, and in a comparison", function()
  local folder <const>, gone <close> = files.folder()
  local file = folder .. "/f.png"
  do
    local ui <close> = hs.ui.open { model = "novella", text = "She and he", state_dir = folder }
    ui:wait()
    ui:key "4"
    ui:command("aggregate.set", { "picked", "1.0,0.2" })
    ui:command("compare.text", { "He and she" })
    ui:wait()
    ui:command("shown.set", { "difference" })
    ui:command("figure.save", { file })
  end
  for _, options in ipairs { { figure = file }, { state_dir = folder } } do
    local ui <close> = hs.ui.open(options)
    ui:wait()
    local state = ui:state()
    equal(state.error, nil)
    equal(state.aggregate, "picked")
    equal(#state.merged, 2)
    equal(state.merged[1].layer .. "." .. state.merged[1].head, "1.0")
    equal(state.shown, "difference")
  end
end)

w.finish()
