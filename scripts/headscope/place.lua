--- How a place in a tensor is called: "5.10" for a head, "L3N120" for a neuron, "7" for a token, "5.10 d3" for a
--- dimension of a head, else by its indices, "[1, 2]".
local FORMS = { head = "%d.%d", neuron = "L%dN%d", token = "%d", dimension = "%d.%d d%d" }

---@param shape integer[]
---@param flat integer counts in the order of the tensor, from 0
---@param kind? string
---@return string
return function(shape, flat, kind)
  local at = {}
  for axis = #shape, 1, -1 do
    at[axis] = flat % shape[axis]
    flat = flat // shape[axis]
  end
  local form = FORMS[kind]
  return form and form:format(table.unpack(at)) or "[" .. table.concat(at, ", ") .. "]"
end
