-- The window's pictures of the recorded run that ships, against pictures looked at by people. They come from a
-- file, not from a model, so every machine with the same FreeType (Debian 12's 2.12) draws the same bits: no pixel
-- may differ. HEADSCOPE_BLESS=1 records them anew; a picture that differs is left in the folder the test ran in.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"

local folder = os.getenv "FIXTURES" .. "/golden/"
local bless = os.getenv "HEADSCOPE_BLESS"

local function compare(name, ui)
  local golden = folder .. name .. ".png"
  if bless then return ui:image(golden) end
  local found, expected = ui:pixels(), assert(hs.picture(golden))
  local differing = (found - expected):abs():max(2):gt(0):sum()
  if differing == 0 then return end
  ui:image(name .. ".png")
  error(("%s: %d pixels differ; see %s.png"):format(golden, differing, name))
end

local function golden(name, options, act)
  w.check(name, function()
    options.model, options.size = options.model or "minilm-pair", options.size or { 800, 560 }
    options.dock = options.dock or false
    local ui <close> = hs.ui.open(options)
    ui:wait()
    act(ui)
    ui:step(1)
    compare(name, ui)
  end)
end

golden("model-panel", {}, function(ui) w.click(ui, "thumb.2.11") end)

golden("model-panels", { theme = "light", size = { 1100, 640 } }, function(ui)
  w.click(ui, "thumb.2.11")
  ui:command("panel.move", { 2, 11, 60, 40 })
  ui:command("head.open", { 4, 3 })
  w.click(ui, "panel.4.3.query.5")
  w.move(ui, "panel.4.3.close")
end)

golden("head-hover", {}, function(ui)
  ui:command("layer.set", { 2 })
  ui:key "2"
  ui:command("head.toggle", { 11 })
  w.move(ui, "query.13")
end)

golden("head-pins", {}, function(ui)
  ui:command("layer.set", { 2 })
  ui:key "2"
  ui:key "a"
  ui:key "c"
  for _, id in ipairs { "query.13", "query.5" } do w.click(ui, id) end
  w.leave(ui)
end)

golden("head-filter", { theme = "light" }, function(ui)
  ui:command("head.select", { 2, 4 })
  ui:command "head.all"
  ui:command "view.head"
  ui:command("filter.set", { "ab" })
end)

golden("neuron-expanded", { theme = "light", size = { 1280, 560 } }, function(ui)
  ui:key "3"
  ui:command("head.select", { 11, 2 })
  w.click(ui, "expand.13")
end)

golden("matrix-hover", {}, function(ui)
  ui:command("head.select", { 11, 2 })
  ui:key "4"
  w.move(ui, "cell.13.12")
end)

golden("matrix-heads", { theme = "light" }, function(ui)
  ui:command("head.select", { 2, 4 })
  ui:key "4"
  ui:key "a"
  ui:command("filter.set", { "ab" })
  ui:command("token.select", { 3 })
end)

golden("model-sorted", { theme = "light" }, function(ui)
  ui:command("thumbs.set", { "heat" })
  ui:command("thumbs.sort", { "previous" })
  ui:command "thumbs.group"
  ui:command("head.select", { 11, 2 })
  w.leave(ui)
end)

golden("neuron-dimension", { size = { 1000, 560 } }, function(ui)
  ui:key "3"
  ui:command("head.select", { 11, 2 })
  ui:command("neuron.expand", { 13 })
  ui:command("dimension.order", { "contribution" })
  ui:command("dimension.rest", { "faded" })
  ui:command "dimension.next"
  w.leave(ui)
end)

golden("split-strips", { size = { 1000, 520 } }, function(ui)
  ui:command("head.select", { 9, 2 })
  ui:command "view.head"
  ui:command "view.split"
  ui:command "split.other"
  ui:command "view.matrix"
  ui:command("strip.set", { "received" })
  ui:command("classes.set", { "default" })
  ui:command("token.select", { 13 })
  ui:wait()
  w.leave(ui)
end)

golden("matrix-merged", { theme = "light" }, function(ui)
  ui:key "4"
  ui:command("aggregate.set", { "rollout" })
  ui:command "words.toggle"
  ui:command("layer.set", { 3 })
  ui:wait()
  w.leave(ui)
end)

golden("head-inspector", { size = { 960, 560 } }, function(ui)
  ui:command("head.select", { 11, 2 })
  ui:key "2"
  ui:key "i"
  ui:command("pin.toggle", { "query", 13 })
  ui:command("pin.toggle", { "key", 12 })
  ui:wait()
  w.leave(ui)
end)

golden("smallest-window", { size = { 640, 400 } }, function(ui) ui:command("menu.open", { "filter" }) end)

-- With no fonts but those that ship (HEADSCOPE_FONTS is empty): boxes, and two scripts from right to left.
golden("head-scripts", { model = w.fixtures .. "scripts.safetensors", size = { 640, 480 } }, function(ui)
  ui:key "2"
  w.leave(ui)
end)

w.finish()
