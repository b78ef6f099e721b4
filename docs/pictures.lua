-- Makes the pictures of README.md and docs/: headscope run docs/pictures.lua, from the repository's root.
local hs = require "headscope"

local function centre(ui, id)
  local r = assert(ui:find(id), id)
  return r.x + r.w / 2, r.y + r.h / 2
end

local function picture(name, model, theme, act)
  local ui <close> = hs.ui.open { model = model, size = { 1280, 800 }, theme = theme }
  ui:wait()
  act(ui)
  ui:step(1)
  ui:image("docs/pictures/" .. name .. ".png")
end

picture("window", "novella", "dark", function(ui) ui:click(centre(ui, "thumb.2.4")) end)

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
