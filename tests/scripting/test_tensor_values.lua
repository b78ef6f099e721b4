-- Numbers against those that NumPy and torch computed in double precision (tests/make/tensor_values.py).
local hs = require "headscope"

local t = assert(hs.tensors(os.getenv "FIXTURES" .. "/tensor/values.safetensors"))
local x, y, p, m, n, w, v = t.x, t.y, t.p, t.m, t.n, t.w, t.v

-- The last axis of three the other way round, and every second row: strides that slices do not make.
local function reversed(a)
  local parts, last = {}, a.shape[3]
  for i = 0, last - 1 do parts[i + 1] = a:select(2, last - 1 - i):totable() end
  return hs.tensor(parts):transpose(0, 1):transpose(1, 2)
end

local function every_second(a)
  return a:reshape(2, 1, 3, 2, 7):select(3, 0)
end

local cases = {
  add = function() return x + y end,
  sub = function() return y - x end,
  mul = function() return x * y end,
  div = function() return x / y end,
  pow = function() return x:abs() ^ y end,
  square = function() return x ^ 2 end,
  lt = function() return x:lt(y) end,
  ge = function() return x:ge(y) end,
  exp = function() return x:exp() end,
  log = function() return x:abs():log() end,
  sqrt = function() return x:abs():sqrt() end,
  tanh = function() return x:tanh() end,
  erf = function() return x:erf() end,
  where = function() return x:gt(y):where(x, y) end,
  entropy = function() return p:entropy(-1) end,
  entropy0 = function() return p:entropy(0) end,
  ["diagonal-2"] = function() return x:diagonal(-2) end,
  diagonal0 = function() return x:diagonal(0) end,
  diagonal3 = function() return x:diagonal(3) end,
  diagonal40 = function() return x:diagonal(40) end,
  transpose = function() return x:transpose(0, 2):contiguous() end,
  matmul = function() return m:matmul(n) end,
  matmul_t = function() return n:transpose(1, 2):matmul(w:transpose(0, 1)) end,
  matmul_strided = function() return every_second(m):slice(3, 1):matmul(reversed(n:slice(1, 1))) end,
  matmul_row = function() return v:matmul(n) end,
  matmul_column = function() return m:matmul(v) end,
  matmul_dot = function() return hs.tensor { v:matmul(v) } end,
  eigenvalues = function()
    local real, imaginary = x:slice(2, 2, 6):eigenvalues()
    return hs.tensor { real:totable(), imaginary:totable() }
  end,
  correlation = function() return x:correlation(y + x:mean(0, true) ^ 2, 2) end,
  correlation0 = function() return x:correlation(x ^ 3, 0) end,
  top = function() return (t.ties:topk(7)) end,
  top_places = function() return (select(2, t.ties:topk(7))) end,
  sixth = function() return t.sixth:sum(1):sum(3):transpose(0, 3):transpose(1, 2) end,
}
for axis = 0, 2 do
  for _, name in ipairs { "sum", "mean", "max", "min", "argmax", "argmin", "std", "median", "norm", "softmax" } do
    cases[name .. axis] = function() return x[name](x, axis) end
  end
  cases["sort" .. axis] = function() return (x:sort(axis)) end
  cases["order" .. axis] = function() return (select(2, x:sort(axis))) end
end

local function same_shape(a, b)
  return table.concat(a.shape, "x") == table.concat(b.shape, "x")
end

local failed, compared = {}, 0
for name, compute in pairs(cases) do
  local expected = assert(t["out." .. name], name)
  local found = compute()
  compared = compared + 1
  local size = 1
  for _, length in ipairs(expected.shape) do size = size * length end
  local scale = size > 0 and math.max(1, expected:abs():max()) or 1
  local difference = size > 0 and same_shape(found, expected) and (found - expected):abs():max() or 0
  if not same_shape(found, expected) or not (difference <= 1e-6 * scale) then
    failed[#failed + 1] = string.format("%s: [%s], expected [%s], largest difference %g", name,
      table.concat(found.shape, ", "), table.concat(expected.shape, ", "), difference)
  end
end
assert(#failed == 0, table.concat(failed, "\n"))

-- Every recorded result is compared with something.
for name in pairs(t) do
  local result = name:match "^out%.(.*)"
  assert(not result or cases[result], name)
end
print(compared .. " results compared")
