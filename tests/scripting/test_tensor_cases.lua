-- Random expressions over views, broadcast and empty axes, NaN and infinities against what NumPy answers
-- (tests/make/tensor_cases.py); where NumPy refuses, so do we.
local hs = require "headscope"

local environment = { hs = hs, nan = 0 / 0, math = math, select = select }
local special = { nan = 0 / 0, inf = math.huge, ["-inf"] = -math.huge }

-- The numbers of a tensor in C order, and its shape; of a number without axes, one and none.
local function flat(value)
  if type(value) == "number" then return { value }, {} end
  local size = 1
  for _, n in ipairs(value.shape) do size = size * n end
  return size > 0 and value:contiguous():reshape(size):totable() or {}, value.shape
end

local function agrees(found, expected)
  if expected ~= expected then return found ~= found end
  return found == expected or math.abs(found - expected) <= 1e-5 + 3e-5 * math.abs(expected)
end

local n, refused = 0, 0
for line in io.lines(os.getenv "FIXTURES" .. "/tensor/cases.jsonl") do
  local case = assert(hs.json.decode(line))
  local ok, value = pcall(assert(load("return " .. case.lua, "case", "t", environment)))
  assert(ok == (case.shape ~= nil), ("%s: %s"):format(case.lua, value))
  n, refused = n + 1, refused + (ok and 0 or 1)
  if ok then
    local found, shape = flat(value)
    assert(table.concat(shape, ",") == table.concat(case.shape, ","), case.lua)
    assert(#found == #case.values, case.lua)
    for i, expected in ipairs(case.values) do
      assert(agrees(found[i], special[expected] or expected), ("%s: %d: %s, not %s"):format(case.lua, i, found[i], expected))
    end
  end
end
assert(n == 400 and refused > 10)
print(("%d cases, %d refused by both"):format(n, refused))
