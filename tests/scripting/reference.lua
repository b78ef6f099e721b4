-- What the tests of BertViz's interactions share: the recorded run of MiniLM on a sentence pair, its numbers read by
-- themselves, and the arithmetic of colours over a ground, so that pixels are computed and not remembered. Checks are
-- numbered by view (1 head, 2 model, 3 neuron, 5 what all share, 8 what is better here) and by what they are about.
local hs = require "headscope"
local w = require "window"

local M = {}

M.layers, M.heads, M.tokens, M.first_of_b, M.d_head = 6, 12, 20, 10, 32

local numbers = assert(hs.tensors(os.getenv "HEADSCOPE_HOME" .. "/models/minilm-pair.safetensors"))

--- [query, key] of a head.
function M.pattern(layer, head) return numbers["blocks." .. layer .. ".attn.hook_pattern"]:select(0, head) end
--- [token, d_head] of a head.
function M.queries(layer, head) return numbers["blocks." .. layer .. ".attn.hook_q"]:select(1, head) end
function M.keys(layer, head) return numbers["blocks." .. layer .. ".attn.hook_k"]:select(1, head) end

M.ground = {
  dark = { bg = 0x15171C, panel = 0x1D2027, raised = 0x272B34, text = 0xE6E8EC, muted = 0x9AA3B2, accent = 0x4AA8FF,
    warn = 0xE6B450, positive = 0x2090DD, negative = 0xFF6318 },
  light = { bg = 0xFFFFFF, panel = 0xF4F5F7, raised = 0xE7EAEE, text = 0x1A1D23, muted = 0x586173, accent = 0x0B63C9,
    warn = 0x8A5A00, positive = 0x0C36D8, negative = 0xFF6318 },
}

--- d3's category10, then six colours of our own for heads 10 to 15.
M.colors = {
  [0] = 0x1F77B4, 0xFF7F0E, 0x2CA02C, 0xD62728, 0x9467BD, 0x8C564B, 0xE377C2, 0x7F7F7F, 0xBCBD22, 0x17BECF, 0x5522FF,
  0x116622, 0xDD00FF, 0xAA0077, 0xAAAAFF, 0x9900CC,
}

--- The window on the pair, every weight drawn, the mouse away.
function M.open(view, layer, options)
  options = options or {}
  options.model = "minilm-pair"
  options.size = options.size or { 1280, 800 }
  options.dock = false
  local ui = hs.ui.open(options):wait()
  ui:command("threshold.set", { 0 })
  if ui:state().sink_hidden then ui:command "sink.toggle" end
  ui:command("view." .. view)
  ui:command("layer.set", { layer or 2 })
  w.leave(ui)
  return ui
end

function M.only(ui, head) ui:command("head.select", { head }) end

local function bytes(rgb) return { rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255 } end

--- `color` over `under` with an opacity: three numbers.
function M.over(under, color, opacity)
  under = type(under) == "table" and under or bytes(under)
  local c, out = bytes(color), {}
  for i = 1, 3 do out[i] = under[i] + (c[i] - under[i]) * opacity end
  return out
end

--- The picture, to be asked for pixels again and again.
function M.picture(ui)
  local pixels, scale = ui:pixels(), ui:state().scale
  return function(x, y)
    local row = pixels[math.floor(y * scale)][math.floor(x * scale)]
    return { row:at(0), row:at(1), row:at(2) }
  end
end

--- Two colours are one, but for the rounding of an opacity to 255 steps and of each blending.
function M.same_color(found, expected, what, tolerance)
  expected = type(expected) == "table" and expected or bytes(expected)
  for i = 1, 3 do
    if math.abs(found[i] - expected[i]) > (tolerance or 2.5) then
      error(("%s: expected %.0f,%.0f,%.0f, found %d,%d,%d"):format(what, expected[1], expected[2], expected[3],
        table.unpack(found)), 2)
    end
  end
end

function M.near(found, expected, what, tolerance)
  if math.abs(found - expected) <= (tolerance or 1e-4) then return end
  error(("%s: expected %.6f, found %.6f"):format(what, expected, found), 2)
end

--- "#rrggbbaa" as a colour and an opacity.
function M.read_color(text) return tonumber(text:sub(2, 7), 16), tonumber(text:sub(8, 9), 16) / 255 end

--- Boxes of a colour anywhere: each {rect, opacity}. `what`: "fill" or "stroke".
function M.boxes(ui, what, color)
  local found = {}
  for _, command in ipairs(w.drawn(ui, "rect")) do
    if command[what] then
      local rgb, opacity = M.read_color(command[what])
      if rgb == color then found[#found + 1] = { rect = command.rect, opacity = opacity, width = command.stroke_width } end
    end
  end
  return found
end

--- What a draw command says of a text that is drawn, or nil.
function M.text(ui, text)
  for _, command in ipairs(w.drawn(ui, "text")) do
    if command.text == text then return command end
  end
end

--- Contrast of two colours, as WCAG counts it.
function M.contrast(a, b)
  local function light(rgb)
    local sum = 0
    for i, share in ipairs { 0.2126, 0.7152, 0.0722 } do
      local c = bytes(rgb)[i] / 255
      sum = sum + share * (c <= 0.03928 and c / 12.92 or ((c + 0.055) / 1.055) ^ 2.4)
    end
    return sum
  end
  local high, low = light(a), light(b)
  if high < low then high, low = low, high end
  return (high + 0.05) / (low + 0.05)
end

--- A window on a model with a text.
function M.novella(text, view)
  local ui = hs.ui.open { model = "novella", text = text, size = { 1280, 800 } }:wait()
  ui:command("threshold.set", { 0 })
  ui:command("view." .. view)
  w.leave(ui)
  return ui
end

return M
