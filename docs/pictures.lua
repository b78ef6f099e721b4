-- Makes the pictures of README.md and docs/: headscope run docs/pictures.lua, from the repository's root.
local hs = require "headscope"

local function centre(ui, id)
  local r = assert(ui:find(id), id)
  return r.x + r.w / 2, r.y + r.h / 2
end

local function picture(name, model, theme, act, size, text)
  local ui <close> = hs.ui.open { model = model, text = text, size = size or { 1280, 800 }, theme = theme,
    dock = name == "window" or name == "dock" }
  ui:wait()
  act(ui)
  ui:step(1)
  ui:image("docs/pictures/" .. name .. ".png")
end

picture("window", "novella", "dark", function(ui)
  ui:command("view.split", { true })
  ui:command("probe.set", { "previous" })
  ui:wait()
  ui:command("head.select", { 4, 2 })
  ui:move(centre(ui, "2:query.8"))
end)

picture("model", "minilm-pair", "dark", function(ui) ui:move(centre(ui, "thumb.2.11")) end)

picture("head", "minilm-pair", "dark", function(ui)
  ui:command("layer.set", { 2 })
  ui:key "2"
  ui:click(centre(ui, "tile.11"))
  ui:move(centre(ui, "query.13"))
end)

picture("matrix", "minilm-pair", "dark", function(ui)
  ui:key "4"
  ui:command("head.select", { 11, 2 })
  ui:move(centre(ui, "cell.13.12"))
end)

picture("neuron", "minilm-pair", "light", function(ui)
  ui:key "3"
  ui:command("layer.set", { 2 })
  ui:command("head.select", { 11 })
  ui:click(centre(ui, "expand.13"))
end)

-- Those of docs/views.md.
local small = { 1000, 620 }

picture("view-model", "minilm-pair", "dark", function(ui)
  ui:click(centre(ui, "thumb.0.3"))
  ui:click(centre(ui, "panel.0.3.pin"))
  ui:click(centre(ui, "thumb.2.11"))
  ui:move(centre(ui, "panel.2.11.query.13"))
end, small)

picture("view-head", "minilm-pair", "dark", function(ui)
  ui:key "2"
  ui:command("layer.set", { 2 })
  ui:command("head.select", { 3 })
  ui:command("head.toggle", { 9 })
  ui:command("head.toggle", { 11 })
  ui:click(centre(ui, "query.13"))
  ui:click(centre(ui, "query.16"))
  ui:key "escape"
  ui:command("pin.toggle", { "query", 13 })
  ui:command("pin.toggle", { "query", 16 })
  ui:move(5, 300)
end, small)

picture("view-neuron", "novella", "dark", function(ui)
  ui:key "3"
  ui:command("head.select", { 4, 3 })
  ui:command("neuron.expand", { 7 })
  ui:command("dimension.order", { "contribution" })
  ui:command("dimension.rest", { "faded" })
  ui:command "neuron.values"
  ui:wait()
  ui:move(5, 300)
end, { 1280, 460 }, "The doctor asked the nurse a question. She")

picture("view-dimension", "novella", "dark", function(ui)
  ui:command "text.first"
  ui:wait()
  ui:key "3"
  ui:command("head.select", { 5, 2 })
  ui:command("neuron.expand", { 300 })
  ui:command("dimension.order", { "distance" })
  ui:command "dimension.next"
  ui:move(5, 300)
end, { 1280, 620 }, ("The old man sat by the river and watched. "):rep(100))

picture("view-matrix", "novella", "light", function(ui)
  ui:key "4"
  ui:command("head.select", { 4, 3 })
  ui:command("strip.set", { "logprob" })
  ui:wait()
  ui:move(centre(ui, "cell.8.7"))
end, small, "The doctor asked the nurse a question. She said that she would be back at noon.")

picture("view-split", "minilm-pair", "dark", function(ui)
  ui:command("view.split", { true })
  ui:command("head.select", { 11, 2 })
  ui:move(centre(ui, "2:query.13"))
end)

picture("view-compare", "novella", "dark", function(ui)
  ui:command("view.split", { true })
  ui:key "2"
  ui:command("head.select", { 4, 2 })
  ui:command("compare.text", { "The doctor asked the nurse a question. He" })
  ui:wait()
  ui:command("pin.toggle", { "query", 8 })
  ui:move(5, 300)
end, { 1280, 440 }, "The doctor asked the nurse a question. She")

picture("view-edits", "novella", "dark", function(ui)
  ui:key "4"
  ui:command("head.select", { 4, 5 })
  ui:key "i"
  ui:key "l"
  ui:command("edits.add", { "head 4.1 zero" })
  ui:command("edits.compare")
  ui:wait()
  ui:move(centre(ui, "cell.20.7"))
end, { 1280, 620 }, "Mr. Darcy walked to the old house by the river. Mr. Darcy walked to the old house by the river.")

-- The page among the window's examples, which nearly fills the context.
local function page(ui)
  for _, key in ipairs { "ctrl+e", "end", "enter" } do ui:key(key) end
  ui:wait()
end

picture("view-long", "novella", "dark", function(ui)
  page(ui)
  ui:command("view.split", { true })
  for _, key in ipairs { "|", "2", "z" } do ui:key(key) end
  ui:command("head.select", { 1, 4 })
  ui:move(centre(ui, "2:query.400"))
end)

picture("view-smallest", "novella", "light", function(ui)
  ui:key "2"
  ui:command("head.select", { 4, 2 })
  ui:move(centre(ui, "query.8"))
end, { 640, 400 }, "The doctor asked the nurse a question. She")

-- That of docs/probes.md.
picture("dock", "novella", "dark", function(ui)
  ui:command("probe.set", { "induction" })
  ui:command("heads.filter", { "induction > 0.4 or previous > 0.4" })
  ui:wait()
  ui:move(640, 710)
end, { 1280, 720 }, "The doctor asked the nurse a question. She")
