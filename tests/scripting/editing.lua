-- Windows whose model is edited: head 3.4 of the model that ships, what is edited, what of it is seen.
local w = require "window"

local M = {}

M.TEXT = "The doctor asked the nurse a question. She"

--- Head 3.4 of the model that ships.
function M.open(view, options)
  options = options or {}
  options.text, options.size = M.TEXT, options.size or { 1280, 800 }
  local ui = w.open("novella", options)
  ui:command("head.select", { 4, 3 })
  ui:command("view." .. (view or "matrix"))
  return ui:wait()
end

--- Texts of the list, those that are off with a minus.
function M.edits(ui)
  local found = {}
  for i, edit in ipairs(ui:state().edits) do found[i] = (edit.off and "-" or "") .. edit.text end
  return found
end

--- The mouse goes from one element to others with its button held.
function M.drag(ui, from, ...)
  ui:press(w.centre(ui, from))
  for _, id in ipairs { ... } do ui:move(w.centre(ui, id)) end
  ui:release(w.centre(ui, select(-1, ...)))
  return ui:wait()
end

--- Boxes that are outlined in the colour of warnings.
function M.outlines(ui)
  local found = {}
  for _, command in ipairs(w.drawn(ui, "rect")) do
    if command.stroke == "#e6b450ff" or command.stroke == "#e6b450" then found[#found + 1] = command end
  end
  return found
end

--- The number of the tooltip.
function M.weight(ui, id)
  w.move(ui, id)
  return tonumber(w.tooltip(ui):match "  ([%d.]+)")
end

return M
