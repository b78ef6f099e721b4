-- Windows with an inspector, and what it says.
local hs = require "headscope"

local M = {}

M.text = "The doctor asked the nurse a question. She"

--- The head view with its inspector; where `text` is false, of what is opened without one.
function M.open(options)
  options = options or {}
  if options.text == nil then options.text = M.text end
  options.text = options.text or nil
  options.size = options.size or { 1280, 800 }
  local ui = hs.ui.open(options):wait()
  ui:key "2"
  ui:key "i"
  return ui:wait()
end

local titles = { Token = true, Looks = true, Looked = true, Head = true, Next = true, Edge = true, Dimension = true,
  Activation = true, Edits = true }

--- What is copied: sections by their headings, each a list of {label, value} and a table from label to value.
function M.sections(ui)
  ui:command "inspector.copy"
  local found, section = {}, nil
  for line in ui:clipboard():gmatch "[^\n]+" do
    local label, value = line:match "^(.-)\t(.*)$"
    if not label and titles[line:match "^%a*"] then
      section = { title = line }
      found[#found + 1] = section
      found[line:match "^%a+"] = found[line:match "^%a+"] or section
    else
      section[#section + 1] = { label or line, value }
      if label then section[label] = value end
    end
  end
  return found
end

--- A number as it is shown.
function M.number(x) return ("%.4f"):format(x) end

--- "a\tb\tc" as its columns.
function M.columns(value)
  local found = {}
  for part in value:gmatch "[^\t]+" do found[#found + 1] = part end
  return found
end

return M
