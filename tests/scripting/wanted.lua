-- Numbers of others to compare with, from a file of the fixtures: the ids that they are of, and each by its name.
local hs = require "headscope"
local w = require "window"

local M = {}

--- Tokens' ids, and a function (found, name[, tolerance]): at most `tolerance` times the larger of 1 and the largest of
--- the numbers away.
function M.from(file, usual)
  local numbers, ids = assert(hs.tensors(os.getenv "FIXTURES" .. "/tiny/" .. file)), {}
  for i, id in ipairs(numbers.ids:totable()) do ids[i] = math.tointeger(id) end
  return ids, function(found, name, tolerance)
    local wanted = assert(numbers[name], name)
    if type(found) == "number" then found = hs.tensor { found } end
    w.list(found.shape, wanted.shape, name)
    local away, limit = (found - wanted):abs():max(), (tolerance or usual) * math.max(1, wanted:abs():max())
    if not (away <= limit) then error(("%s: largest deviation %g, expected at most %g"):format(name, away, limit), 2) end
  end
end

return M
