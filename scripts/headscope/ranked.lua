--- The numbers of a score, largest first, with the names of what they belong to.

--- How a place is called: a head, or a neuron, of [layer, …]; with one axis the number alone.
local FORMS = { head = "%d.%d", neuron = "L%dN%d" }

---@param score headscope.Tensor [layer, head], [layer, neuron] or [place]
---@param kind "head"|"neuron"|"token"
---@return {name: string, value: number, place: integer}[] `place` counts in the order of the tensor, from 0
return function(score, kind)
  local entries, values, width = {}, score:contiguous():reshape(-1), score.shape[2]
  for place = 0, values.shape[1] - 1 do
    local name = width and FORMS[kind]:format(place // width, place % width) or tostring(place)
    entries[place + 1] = { name = name, value = values[place], place = place }
  end
  table.sort(entries, function(a, b)
    if a.value ~= b.value then return a.value > b.value end
    return a.place < b.place
  end)
  return entries
end
