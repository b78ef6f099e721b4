-- The paper's pronouns, one run beside the other.
local hs = require "headscope"

local M = {}

M.SHE = "The doctor asked the nurse a question. She"
M.HE = "The doctor asked the nurse a question. He"

--- The head view of novella on both texts.
function M.pronouns(options)
  options = options or {}
  options.model, options.text = options.model or "novella", options.text or M.SHE
  local ui = hs.ui.open(options)
  ui:wait()
  ui:key "2"
  ui:command("head.select", { 4, 3 })
  ui:command("compare.text", { M.HE })
  return ui:wait()
end

return M
