-- What the tests of the keyboard share: windows to type into.
local hs = require "headscope"
local w = require "window"

local M = { text = "The doctor asked the nurse a question. She" }

function M.open(options)
  options = options or {}
  options.model, options.text = "novella", options.text or M.text
  options.size = options.size or { 1280, 800 }
  return hs.ui.open(options):wait()
end

--- A window with this in its text field, under edit.
function M.field(text)
  local ui = w.open "causal.safetensors"
  w.click(ui, "text")
  ui:key "ctrl+a"
  if text == "" then ui:key "delete" else ui:type(text) end
  return ui
end

return M
