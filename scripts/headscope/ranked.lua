--- The numbers of a score, largest first, with the names of what they belong to; what has none is left out.
local hs = require "headscope"

local place = require "headscope.place"

---@param score headscope.Tensor
---@param kind "head"|"neuron"|"token"|"dimension"|"run"
---@param n? integer how many are wanted; default all
---@return {name: string, value: number, place: integer}[] `place` counts in the order of the tensor, from 0
return function(score, kind, n)
  local entries, flat = {}, score:contiguous():reshape(-1)
  local none = math.tointeger(hs.where(flat:eq(flat), 0, 1):sum()) -- NaN sorts in front
  local values, places = flat:topk(math.min((n or flat.shape[1]) + none, flat.shape[1]))
  for i = none, values.shape[1] - 1 do
    local at = math.tointeger(places[i])
    entries[#entries + 1] = { name = place(score.shape, at, kind), value = values[i], place = at }
  end
  return entries
end
