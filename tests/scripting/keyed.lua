-- What the tests of the keyboard share: a window on the model that ships.
local hs = require "headscope"

local M = { text = "The doctor asked the nurse a question. She" }

function M.open(options)
  options = options or {}
  options.model, options.text = "novella", options.text or M.text
  options.size = options.size or { 1280, 800 }
  return hs.ui.open(options):wait()
end

return M
