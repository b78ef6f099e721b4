-- Tokens over strips of attention can be read: the contrast of their text with every strip that it stands on is
-- 4.5 or more, by WCAG's formula, computed here from the draw commands.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local colors = require "colors"

local grounds = { dark = { 0x15 / 255, 0x17 / 255, 0x1C / 255 }, light = { 1, 1, 1 } }

--- What is painted at a point by the rectangles so far.
local function ground_at(rects, x, y, theme)
  local color = grounds[theme]
  for _, rect in ipairs(rects) do
    local r = rect.rect
    local under = x >= r[1] and x < r[1] + r[3] and y >= r[2] and y < r[2] + r[4]
    if under then color = colors.over(color, colors.parse(rect.fill)) end
  end
  return color
end

--- The least contrast of the tokens of a column with what is under them, where each of their parts shows; how many
--- texts are not in the theme's colour.
local function examine(ui, theme, column)
  local rects, clip, least, changed = {}, nil, 21, 0
  local ordinary = theme == "dark" and "#e6e8ecff" or "#1a1d23ff"
  for _, command in ipairs(ui:frame()) do
    if command.kind == "clip" then
      clip = command.rect
    elseif command.kind == "rect" and command.fill then
      rects[#rects + 1] = command
    elseif command.kind == "text" and command.size == 15 then
      local r = command.rect
      local left, right = math.max(r[1], clip[1]), math.min(r[1] + r[3], clip[1] + clip[3])
      if column(r) then
        for i = 0, 40 do
          local x = left + (right - left) * (i + 0.37) / 41
          least = math.min(least, colors.contrast(colors.parse(command.color), ground_at(rects, x, r[2] + r[4] / 2, theme)))
        end
        if command.color ~= ordinary then changed = changed + 1 end
      end
    end
  end
  return least, changed
end

for _, theme in ipairs { "dark", "light" } do
  for _, palette in ipairs { "standard", "safe" } do
    w.check(("tokens over strips can be read: %s, %s"):format(theme, palette), function()
      local ui <close> = w.open("minilm-pair", { size = { 900, 700 }, theme = theme })
      ui:key "2"
      if palette == "safe" then ui:key "c" end
      local changes = 0
      for _, layer in ipairs { 1, 2, 4 } do
        ui:command("layer.set", { layer })
        for _, heads in ipairs { { 1 }, { 2, 9 }, { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 } } do
          ui:command("head.select", { heads[1] })
          for i = 2, #heads do ui:command("head.toggle", { heads[i] }) end
          for _, id in ipairs { "query.8", "query.13", "key.0" } do
            w.move(ui, id)
            local middle = ui:area().x + ui:area().w / 2
            local left = id:find "key"
            local least, changed = examine(ui, theme, function(r) return (r[1] < middle) == (left ~= nil) end)
            assert(least >= 4.45, ("layer %d, %d heads, %s: %.2f"):format(layer, #heads, id, least))
            changes = changes + changed
          end
        end
      end
      if theme == "dark" then assert(changes > 0, "some strip is strong") end
    end)
  end
end

w.finish()
