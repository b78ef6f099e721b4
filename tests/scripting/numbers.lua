-- What the tests of merged attention share.
local M = {}

--- The numbers on the clipboard, as copied from the shown head.
function M.copied(ui)
  ui:command "copy.numbers"
  local rows = {}
  for line in ui:clipboard():gmatch "[^\n]+" do
    local row = {}
    for number in line:gmatch "\t([-%d.e]+)" do row[#row + 1] = tonumber(number) end
    rows[#rows + 1] = #row > 0 and row or nil
  end
  return rows
end

return M
