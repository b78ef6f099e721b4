--- The numbers of a score, largest first, with the names of what they belong to.
local place = require "headscope.place"

---@param score headscope.Tensor
---@param kind "head"|"neuron"|"token"|"dimension"|"run"
---@param n? integer how many are wanted; default all
---@return {name: string, value: number, place: integer}[] `place` counts in the order of the tensor, from 0
return function(score, kind, n)
  local entries, flat = {}, score:contiguous():reshape(-1)
  local values, places = flat:topk(math.min(n or flat.shape[1], flat.shape[1]))
  for i = 0, values.shape[1] - 1 do
    local at = math.tointeger(places[i])
    entries[i + 1] = { name = place(score.shape, at, kind), value = values[i], place = at }
  end
  return entries
end
