--- How two values differ, said in a sentence. "Within a tolerance" means: at most the tolerance times the larger of 1
--- and the largest expected number.
local hs = require "headscope"

local is_tensor = require("headscope.answer").is_tensor
local place = require "headscope.place"

local M = {}

--- A value as a sentence shows it: texts quoted, tensors by their shape.
---@return string
function M.show(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if is_tensor(value) then return "a tensor [" .. table.concat(value.shape, ", ") .. "]" end
  return tostring(value)
end

local function sorted_keys(t)
  local keys = {}
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  return keys
end

local function same_shape(a, b) return table.concat(a, ",") == table.concat(b, ",") end

--- |found - expected|, 0 where both are the same infinity or NaN, infinite where only one is a number.
local function deviations(found, expected)
  local distance = (found - expected):abs()
  local same = hs.where(found:eq(expected), 1, 0) + hs.where(found:eq(found), 0, 1) * hs.where(expected:eq(expected), 0, 1)
  local known = hs.where(distance:eq(distance), distance, math.huge)
  return hs.where(same:gt(0), 0, known)
end

--- The largest number of a tensor by size, infinities and NaN left out; at least 1.
local function scale_of(expected)
  local sizes = expected:abs()
  return math.max(1, hs.where(sizes:lt(math.huge), sizes, 0):max())
end

local function tensors(found, expected, tolerance)
  if not same_shape(found.shape, expected.shape) then
    return ("expected %s, found %s"):format(M.show(expected), M.show(found))
  end
  if found:reshape(-1).shape[1] == 0 then return nil end
  local shape = found.shape
  found, expected = found:contiguous():reshape(-1), expected:contiguous():reshape(-1)
  local distance = deviations(found, expected)
  local limit = tolerance * scale_of(expected)
  local beyond = distance:gt(limit):sum()
  if beyond == 0 then return nil end
  local worst = distance:argmax()
  return ("the largest deviation is %.6g at %s: expected %.9g, found %.9g; %d of %d numbers deviate by more than %.6g"):format(
    distance[worst],
    place(shape, worst),
    expected[worst],
    found[worst],
    beyond,
    found.shape[1],
    limit
  )
end

local function tables(found, expected, tolerance, path)
  for _, key in ipairs(sorted_keys(expected)) do
    local inside = ("%s[%s]"):format(path, M.show(key))
    local difference = M.difference(found[key], expected[key], tolerance, inside)
    if difference then return difference end
  end
  for _, key in ipairs(sorted_keys(found)) do
    if expected[key] == nil then
      return ("%s[%s]: expected nothing, found %s"):format(path, M.show(key), M.show(found[key]))
    end
  end
end

local function numbers(found, expected, tolerance)
  local same = found == expected or (found ~= found and expected ~= expected)
  if same or math.abs(found - expected) <= tolerance * math.max(1, math.abs(expected)) then return nil end
  return ("expected %.9g, found %.9g, which deviates by %.6g"):format(expected, found, math.abs(found - expected))
end

--- What differs first, or nil where nothing does. Tables are compared by their contents.
---@param found any
---@param expected any
---@param tolerance number 0: no number may differ
---@param path? string what the values are called
---@return string?
function M.difference(found, expected, tolerance, path)
  path = path or "value"
  local difference
  if is_tensor(found) and is_tensor(expected) then
    difference = tensors(found, expected, tolerance)
  elseif type(found) == "table" and type(expected) == "table" then
    return tables(found, expected, tolerance, path)
  elseif type(found) == "number" and type(expected) == "number" then
    difference = numbers(found, expected, tolerance)
  elseif found ~= expected then
    difference = ("expected %s, found %s"):format(M.show(expected), M.show(found))
  end
  return difference and path .. ": " .. difference
end

M.is_tensor = is_tensor

return M
