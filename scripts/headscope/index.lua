--- A parameter that says which of several things is meant, checked where it is used: from 0, negative from the end.
---@param name string
---@param value number
---@param n integer how many there are
---@param level? integer whose line the error names; default 1, the caller's, as for `error` from there
---@return integer
return function(name, value, n, level)
  local index = math.tointeger(value)
  if index and index >= -n and index < n then return index end
  error(("%s: expected %d to %d (or %d to -1), found %s"):format(name, 0, n - 1, -n, value), (level or 1) + 1)
end
