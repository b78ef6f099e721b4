-- Colours as draw commands name them, and how well one is read on another.
local M = {}

--- "#rrggbbaa" as red, green, blue and opacity, each 0 to 1.
function M.parse(color)
  local parts = {}
  for byte in color:sub(2):gmatch "%x%x" do parts[#parts + 1] = tonumber(byte, 16) / 255 end
  return parts
end

--- A colour laid over an opaque one.
function M.over(ground, color)
  local a, out = color[4] or 1, {}
  for i = 1, 3 do out[i] = ground[i] + (color[i] - ground[i]) * a end
  return out
end

local function luminance(c)
  local function linear(x) return x <= 0.04045 and x / 12.92 or ((x + 0.055) / 1.055) ^ 2.4 end
  return 0.2126 * linear(c[1]) + 0.7152 * linear(c[2]) + 0.0722 * linear(c[3])
end

--- The contrast of two opaque colours by WCAG's formula, 1 to 21.
function M.contrast(a, b)
  a, b = luminance(a) + 0.05, luminance(b) + 0.05
  return math.max(a, b) / math.min(a, b)
end

return M
