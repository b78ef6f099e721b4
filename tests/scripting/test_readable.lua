-- Every text of every view and panel can be read: its contrast with what it stands on is 4.5 or more, in both themes
-- and both palettes, computed here from the draw commands. What is disabled is pale, and exempt.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local colors = require "colors"

local LEAST = 4.5

local function inside(r, x, y) return x >= r[1] and x < r[1] + r[3] and y >= r[2] and y < r[2] + r[4] end

--- What is painted at a point by the commands so far; nil where it is a picture of weights.
local function ground_at(painted, x, y, ground)
  for _, command in ipairs(painted) do
    if inside(command.rect, x, y) and inside(command.clip, x, y) then
      if command.fill then
        local color = colors.parse(command.fill)
        if ground or color[4] == 1 then ground = colors.over(ground or color, color) end
      else
        ground = nil
      end
    end
  end
  return ground
end

--- Where the glyphs of a text are, about.
local function extent(command)
  local x, y, width, height = table.unpack(command.rect)
  local size, n = command.size, utf8.len(command.text) or #command.text
  local length = math.min(n * size * 0.5, command.turned and height or width)
  if command.turned then return { x, y + height - length, width, length } end
  local at = command.align == "right" and x + width - length or command.align == "center" and x + (width - length) / 2 or x
  return { at, y + height / 2 - size * 0.3, length, size * 0.6 }
end

--- Calls `found(text, ratio, color, ground)` for every text of a frame at some of its places.
local function each_text(ui, background, found)
  local painted, clip = {}, { 0, 0, 1e4, 1e4 }
  for _, command in ipairs(ui:frame()) do
    if command.kind == "clip" then
      clip = command.rect
    elseif command.kind == "rect" and command.fill or command.kind == "heatmap" or command.kind == "cells" then
      painted[#painted + 1] = { rect = command.rect, clip = clip, fill = command.kind == "rect" and command.fill }
    elseif command.kind == "text" then
      local color, box = colors.parse(command.color), extent(command)
      for i = 0, 4 do
        local x, y = box[1] + box[3] * (i + 0.5) / 5, box[2] + box[4] / 2
        local ground = inside(clip, x, y) and command.text:find "%S" and ground_at(painted, x, y, background)
        local faded = color[4] < 0.55 -- disabled
        if ground and not faded then
          found(command.text, colors.contrast(colors.over(ground, color), ground), command.color, ground)
        end
      end
    end
  end
end

local backgrounds = { dark = colors.parse "#15171c", light = colors.parse "#ffffff" }

local function examine(ui, what)
  local n, worst = 0, {}
  each_text(ui, backgrounds[ui:state().theme], function(text, ratio, color, ground)
    n = n + 1
    if ratio < LEAST - 0.01 then
      worst[("%s on #%02x%02x%02x"):format(color, ground[1] * 255 // 1, ground[2] * 255 // 1, ground[3] * 255 // 1)] =
        ("%.2f %q"):format(ratio, text)
    end
  end)
  assert(n > 20, what .. ": texts are found")
  local said = {}
  for pair, ratio in pairs(worst) do said[#said + 1] = pair .. " " .. ratio end
  table.sort(said)
  if #said > 0 then error(what .. ":\n    " .. table.concat(said, "\n    "), 2) end
end

local text = "The doctor asked the nurse a question. She"

local function open(theme, palette, options)
  options = options or {}
  options.theme, options.size = theme, { 1280, 800 }
  options.model = options.model or "novella"
  if options.model == "novella" then options.text = text end
  local ui = hs.ui.open(options):wait()
  if palette == "safe" then ui:key "c" end
  return ui
end

local function tip(ui, id)
  w.move(ui, id)
  ui:step(1)
end

--- One state after the other; each is examined.
local function views(ui, look)
  for key, view in ipairs { "model", "head", "neuron", "matrix" } do
    ui:key(tostring(key))
    w.leave(ui)
    look(view .. " view")
    if view == "model" then
      tip(ui, "thumb.2.1")
      look "hovered thumbnail"
      ui:command("head.open", { 2, 1 })
      tip(ui, "panel.2.1.query.3")
      look "panel"
    elseif view == "head" then
      ui:key "a"
      w.leave(ui)
      look "all heads"
      ui:command("head.select", { 1 })
      tip(ui, "query.6")
      look "hovered query"
      tip(ui, "key.0")
      look "hovered key"
      w.click(ui, "key.2")
      w.move(ui, "tile.3")
      look "hovered tile"
    elseif view == "neuron" then
      tip(ui, "query.5")
      look "hovered query, collapsed"
      ui:command("neuron.expand", { 7 })
      ui:command("neuron.values", { true })
      ui:command("dimension.select", { 5 })
      ui:command("dimension.rest", { "faded" })
      tip(ui, "key.1")
      look "expanded"
      ui:command("dimension.clear", {})
      ui:command("neuron.collapse", {})
    else
      tip(ui, "cell.5.3")
      look "cell"
    end
  end
end

local function panels(ui, look)
  ui:key "2"
  ui:key "i"
  ui:key "u"
  ui:command("strip.set", { "logprob" })
  ui:wait()
  ui:command("token.select", { 8 })
  look "inspector, strip, classes"
  tip(ui, "inspector." .. 10)
  look "row of the inspector"
  ui:key "ctrl+`"
  ui:type "print(1) error 'x'"
  ui:key "enter"
  ui:wait()
  look "console"
  ui:key "escape"
  ui:key "ctrl+`"
  ui:key "ctrl+f"
  look "search"
  ui:key "escape"
  for _, menu in ipairs { "model", "examples", "layer", "options", "strip" } do
    ui:command("menu.open", { menu })
    look("menu " .. menu)
    ui:key "escape"
  end
  ui:command "help.toggle"
  look "keys"
  ui:key "escape"
  ui:key "f1"
  look "commands"
  ui:key "escape"
  ui:key "ctrl+s"
  look "path"
  ui:key "escape"
  ui:key "f3"
  look "overlay"
  ui:key "f3"
  ui:command("model.open", { "nothing of that name" })
  ui:wait()
  w.click(ui, "details")
  look "error"
  ui:key "escape"
  ui:key "escape"
  ui:command("compare.text", { "The doctor asked the nurse a question. He" })
  ui:wait()
  ui:command("shown.set", { "difference" })
  tip(ui, "query.8")
  look "comparison"
  ui:command "compare.close"
  ui:command("aggregate.set", { "layers" })
  ui:wait()
  ui:command "sink.toggle"
  look "merged, sink hidden"
end

for _, theme in ipairs { "dark", "light" } do
  for _, palette in ipairs { "standard", "safe" } do
    for name, walk in pairs { views = views, panels = panels } do
      local ui = open(theme, palette)
      w.check(("%s can be read: %s, %s"):format(name, theme, palette), function()
        local failed = {}
        walk(ui, function(what)
          local ok, message = pcall(examine, ui, what)
          if not ok then failed[#failed + 1] = message end
        end)
        if #failed > 0 then error(table.concat(failed, "\n"), 0) end
      end)
      ui:close()
    end
    w.check(("a sentence pair can be read: %s, %s"):format(theme, palette), function()
      local ui <close> = open(theme, palette, { model = "minilm-pair" })
      ui:key "2"
      ui:key "a"
      for _, id in ipairs { "query.8", "key.0" } do
        w.move(ui, id)
        examine(ui, id)
      end
    end)
  end
end

w.finish()
