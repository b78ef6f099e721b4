-- Tensors in Lua: shapes, indices, views, errors, text. Numbers are compared in test_tensor_values.lua.
local hs = require "headscope"

local function shape(t) return table.concat(t.shape, "x") end

local function is(found, expected)
  if found ~= expected then error(("expected %s, found %s"):format(expected, found), 2) end
end

-- A tensor's shape and numbers, as nested tables would be written.
local function has(t, text)
  local found = hs.json.encode(t)
  if found ~= text then error(("expected %s, found %s"):format(text, found), 2) end
end

local function fails(pattern, f, ...)
  local ok, message = pcall(f, ...)
  if ok then error("expected an error, found none", 2) end
  if not tostring(message):find(pattern) then error(("expected %q, found %q"):format(pattern, message), 2) end
end

local t = hs.tensor { { 1, 2, 3 }, { 4, 5, 6 } }
local nan = 0 / 0

-- Making
is(shape(t), "2x3")
is(#t, 2)
is(t.rank, 2)
has(hs.zeros(2, 2), "[[0.0,0.0],[0.0,0.0]]")
has(hs.zeros { 1, 3 }, "[[0.0,0.0,0.0]]")
is(shape(hs.tensor {}), "0")
is(shape(hs.tensor { {}, {} }), "2x0")
is(shape(hs.zeros(0, 5)), "0x5")
fails("axis 1: expected 2 values in every table, found 1", hs.tensor, { { 1, 2 }, { 3 } })
fails("%[1%]: expected a table of 2, found number", hs.tensor, { { 1, 2 }, 3 })
fails("%[0%]%[1%]: expected a number, found string", hs.tensor, { { 1, "2" } })
fails("%[1%]: expected a number, found table", hs.tensor, { 1, { 2 } })
fails("table of numbers expected, got number", hs.tensor, 5)
local inside = {}
inside[1] = inside
fails("at most 6 levels", hs.tensor, inside)
fails("expected 0 or more, found %-1", hs.zeros, -1)
fails("at most 6 axes, found 7", hs.zeros, 1, 1, 1, 1, 1, 1, 1)
fails("overflows", hs.zeros, math.maxinteger, 4)
fails("overflows", hs.zeros, { 1 << 40, 1 << 40, 0 })
fails("fits in memory", hs.zeros, 1000000, 1000000)
fails("expected integers, found string", hs.zeros, "3")
local copy = hs.tensor(t)
copy:set(0, 0, 9)
is(t:at(0, 0), 1.0)

-- Indices count from 0, and from the end where negative.
is(t:at(1, 2), 6.0)
is(t:at(-1, -3), 4.0)
has(t[1], "[4.0,5.0,6.0]")
is(t[-1][-1], 6.0)
has(t:at(0), "[1.0,2.0,3.0]")
fails("axis 0: index 2: expected 0 to 1 %(or %-2 to %-1%)", function() return t[2] end)
fails("axis 1: index %-4: expected 0 to 2 %(or %-3 to %-1%)", t.at, t, 0, -4)
fails("at most 2 indices, found 3", t.at, t, 0, 0, 0)
fails("fraction", function() return t[0.5] end)
fails("integer or name expected", function() return t[true] end)
is(t[1.0][0], 4.0)
is(t.nothing, nil)
fails("expected none, there are 0", function() return hs.zeros(0)[0] end)

-- Writing
local s = hs.zeros(2, 2)
s:set(1, -1, 2.5)
has(s, "[[0.0,0.0],[0.0,2.5]]")
s[0]:set(0, 1) -- a view of the same memory
is(s:at(0, 0), 1.0)
fails("expected 2 indices and a number", s.set, s, 1, 1)
fails("number expected, got string", s.set, s, 0, 0, "1")
fails("index 2: expected 0 to 1", s.set, s, 0, 2, 1)

-- Views
has(t:slice(1, 1, 3), "[[2.0,3.0],[5.0,6.0]]")
has(t:slice(-1, -2), "[[2.0,3.0],[5.0,6.0]]")
has(t:slice(0, 1, 1), "[]")
fails("from <= to", t.slice, t, 1, 2, 1)
fails("slice: to 4: expected 0 to 3", t.slice, t, 1, 0, 4)
fails("axis 2: expected 0 to 1", t.slice, t, 2, 0, 1)
has(t:select(1, 1), "[2.0,5.0]")
is(t:select(0, 0):select(0, 2), 3.0)
has(t:transpose(0, 1), "[[1.0,4.0],[2.0,5.0],[3.0,6.0]]")
has(t:transpose(), "[[1.0,4.0],[2.0,5.0],[3.0,6.0]]")
has(t:diagonal(), "[1.0,5.0]")
has(t:diagonal(1), "[2.0,6.0]")
has(t:diagonal(-1), "[4.0]")
has(t:diagonal(-2), "[]")
has(t:diagonal(math.mininteger), "[]")
fails("at least 2 axes, found 1", function() return t[0]:diagonal() end)
has(t:reshape(3, 2), "[[1.0,2.0],[3.0,4.0],[5.0,6.0]]")
has(t:reshape { -1 }, "[1.0,2.0,3.0,4.0,5.0,6.0]")
has(t:transpose():reshape(2, -1), "[[1.0,4.0,2.0],[5.0,3.0,6.0]]")
fails("a shape of 6 numbers, found %[4, %-1%]", t.reshape, t, 4, -1)
fails("found %[%-1, %-1%]", t.reshape, t, -1, -1)
fails("a shape of 6 numbers, found %[7%]", t.reshape, t, 7)
fails("a shape of 0 numbers", function() return hs.zeros(0):reshape(0, 1 << 62, 1 << 62) end)
has(t:transpose():contiguous(), "[[1.0,4.0],[2.0,5.0],[3.0,6.0]]")

-- Operators, with numbers on either side
has(t + 1, "[[2.0,3.0,4.0],[5.0,6.0,7.0]]")
has(10 - t[0], "[9.0,8.0,7.0]")
has(2 ^ t[0], "[2.0,4.0,8.0]")
has(-t[0], "[-1.0,-2.0,-3.0]")
has(t * hs.tensor { { 1 }, { 10 } }, "[[1.0,2.0,3.0],[40.0,50.0,60.0]]")
has(t / t[0], "[[1.0,1.0,1.0],[4.0,2.5,2.0]]")
has(t:lt(4), "[[1.0,1.0,1.0],[0.0,0.0,0.0]]")
has(t:eq(t:transpose():transpose()), "[[1.0,1.0,1.0],[1.0,1.0,1.0]]")
has(t:gt(3):where(t, -1), "[[-1.0,-1.0,-1.0],[4.0,5.0,6.0]]")
has(hs.where(t:gt(3), 1, hs.zeros(1)), "[[0.0,0.0,0.0],[1.0,1.0,1.0]]")
fails("axis 1 from the end: expected 3 numbers or 1, found 2", function() return t + hs.zeros(2) end)
fails("tensor or number expected, got string", function() return t + "1" end)
fails("tensor or number expected, got nil", function() return t:lt() end)
is(shape(hs.zeros(0, 1) + hs.zeros(3)), "0x3")

-- Along axes, or over everything
is(t:sum(), 21.0)
has(t:sum(0), "[5.0,7.0,9.0]")
has(t:mean(-1), "[2.0,5.0]")
has(t:sum(-1, true), "[[6.0],[15.0]]")
is(t[0]:sum(0), 6.0)
is(t:max(), 6.0)
is(math.type(t:argmax()), "integer")
is(t:argmax(), 5)
is(t:transpose():argmax(), 5)
is(t:transpose():argmin(0)[1], 0.0)
has(hs.tensor { { 3, 9, 9 }, { 1, 0, 1 } }:argmax(1), "[1.0,0.0]")
is(hs.tensor { 1, 3 }:std(), 1.0)
is(hs.tensor { 3, 4 }:norm(), 5.0)
assert(math.abs(hs.tensor { 0.5, 0.5, 0 }:entropy() - math.log(2)) < 1e-7)
is(hs.zeros(0):sum(), 0.0)
is(shape(hs.zeros(0, 3):sum(0)), "3")
is(shape(hs.zeros(0, 3):max(1)), "0")
local m = hs.zeros(0):mean()
assert(m ~= m)
fails("max: expected at least 1 number", function() return hs.zeros(0):max() end)
fails("argmin: expected at least 1 number", function() return hs.zeros(2, 0):argmin(1) end)
fails("axis 2: expected 0 to 1", t.sum, t, 2)
fails("axis %-3: expected 0 to 1", t.mean, t, -3)

-- The mean of many equal numbers is that number: sums do not lose digits.
local many = hs.zeros(512, 512) + 0.1
is(many:mean(), many[0][0])
is(many:mean(0)[7], many[0][0])

-- NaN in, NaN out
local holed = hs.tensor { { 1, nan, 3 }, { 1, 2, 3 } }
for _, name in ipairs { "sum", "mean", "max", "min", "argmax", "argmin", "std", "norm", "entropy" } do
  local all, lines = holed[name](holed), holed[name](holed, 1)
  assert(all ~= all, name)
  assert(lines[0] ~= lines[0] and lines[1] == lines[1], name)
end
local soft = holed:softmax(1)
assert(soft[0][0] ~= soft[0][0] and math.abs(soft[1]:sum() - 1) < 1e-6)
assert(holed[0]:correlation(t[0]) ~= holed[0]:correlation(t[0]))
local longer = hs.tensor { 1, 2, 3, 4, 5, 6, 7, 8, 9, nan }
assert(longer:max() ~= longer:max() and longer:argmin() ~= longer:argmin())

-- Softmax with masked scores
has(hs.tensor { 0, 0, -math.huge }:softmax(0), "[0.5,0.5,0.0]")
has(hs.tensor { { 0, 0 }, { 0, 0 } }:softmax(), "[[0.25,0.25],[0.25,0.25]]")
local masked = hs.tensor { -math.huge, -math.huge }:softmax(0)
assert(masked[0] ~= masked[0])

-- Order
local values, places = hs.tensor { 2, nan, 5, 2, -math.huge }:sort()
is(values[0], -math.huge)
has(places, "[4.0,0.0,3.0,2.0,1.0]") -- equal numbers in their order, NaN last
values, places = hs.tensor { { 2, 3, 2 }, { 1, 9, 8 } }:topk(2)
has(values, "[[3.0,2.0],[9.0,8.0]]")
has(places, "[[1.0,0.0],[1.0,2.0]]")
is(shape((t:topk(0))), "2x0")
values, places = t:sort(0, true)
has(values, "[[4.0,5.0,6.0],[1.0,2.0,3.0]]")
has(places, "[[1.0,1.0,1.0],[0.0,0.0,0.0]]")
fails("k: expected 0 to 3, found 4", t.topk, t, 4)
fails("k: expected 0 or more, found %-1", t.topk, t, -1)

-- Places of numbers in a range, and no farther from the diagonal than asked
local square = hs.tensor { { 1, 2, nan }, { 4, 5, 6 }, { 7, 8, 9 } }
places, values = square:places(2, 7)
has(places, "[[0.0,1.0],[1.0,0.0],[1.0,1.0],[1.0,2.0],[2.0,0.0]]")
has(values, "[2.0,4.0,5.0,6.0,7.0]")
has(select(2, square:places(nil, nil, 1, 1)), "[4.0,8.0]")
has(select(2, square:places(nil, 7, 0)), "[1.0,4.0,5.0,7.0]")
has(select(2, square:transpose():places(nil, nil, nil, -1)), "[4.0,7.0,8.0]")
has((hs.tensor { 3, 1, 2 }:places(2)), "[[0.0],[2.0]]")
is(shape((square:places(99))), "0x2")
fails("places: expected at least 2 axes, found 1", t[0].places, t[0], 0, 1, 0)
fails("number expected, got string", t.places, t, "low")

-- Whole numbers
has(hs.range(3), "[0.0,1.0,2.0]")
is(shape(hs.range(0)), "0")
fails("hs.range: expected 0 to 16777216, found %-1", hs.range, -1)

-- Stacks
has(hs.stack { t[0], t[1], t[0] * 2 }, "[[1.0,2.0,3.0],[4.0,5.0,6.0],[2.0,4.0,6.0]]")
has(hs.stack { t:transpose(), t:transpose() }, "[[[1.0,4.0],[2.0,5.0],[3.0,6.0]],[[1.0,4.0],[2.0,5.0],[3.0,6.0]]]")
fails("stack: expected tensors of at most 5 axes, found none", hs.stack, {})
fails("expected tensors of one shape, found another one at 1", hs.stack, { t, t[0] })
fails("stack: expected tensors, found number at place 1", hs.stack, { 1, 2 })

-- Products
is(t[0]:matmul(t[1]), 32.0)
has(t:matmul(t:transpose()), "[[14.0,32.0],[32.0,77.0]]")
has(t:matmul(t[0]), "[14.0,32.0]")
is(shape(hs.zeros(5, 1, 2, 0):matmul(hs.zeros(4, 0, 3))), "5x4x2x3")
fails("expected 3 rows on the right, found 2", t.matmul, t, t)
fails("tensor expected, got number", t.matmul, t, 2)

-- Eigenvalues: a rotation, a triangle, and what has none
local real, imaginary = hs.tensor { { { 0, 1 }, { -1, 0 } }, { { 1, 5 }, { 0, -3 } } }:eigenvalues()
has(real, "[[0.0,0.0],[-3.0,1.0]]")
has(imaginary, "[[1.0,-1.0],[0.0,0.0]]")
real = hs.tensor { { nan, 0 }, { 0, 1 } }:eigenvalues()
assert(real[0] ~= real[0])
is(shape((hs.zeros(3, 0, 0):eigenvalues())), "3x0")
fails("expected square matrices", t.eigenvalues, t)

-- Medians
is(hs.tensor { 5, 1, 4 }:median(), 4.0)
is(hs.tensor { 5, 1, 4, 2 }:median(), 3.0)
is(hs.tensor { 7, 7, 7, 7, 1 }:median(), 7.0)
has(hs.tensor { { 3, 1, 2 }, { 9, 0, 9 } }:median(1), "[2.0,9.0]")
assert(hs.tensor({ 1, nan }):median() ~= hs.tensor({ 1, nan }):median())
fails("median: expected at least 1 number, found 0", function() return hs.zeros(0):median() end)

-- Correlation
is(t[0]:correlation(t[1]), 1.0)
is(t:correlation(-t), -1.0)
local constant = t[0]:correlation(hs.zeros(3) + 0.3)
assert(constant ~= constant)
is(shape(t:correlation(t[0], 1)), "2")

-- Tables and text
local back = t:totable()
is(#back, 2)
is(back[2][3], 6.0)
is(#hs.zeros(0):totable(), 0)
is(tostring(t), "tensor [2, 3]:\n[[1, 2, 3],\n [4, 5, 6]]")
is(tostring(t / 8), "tensor [2, 3]:\n[[0.1250, 0.2500, 0.3750],\n [0.5000, 0.6250, 0.7500]]")
is(tostring(hs.tensor { -1.5, 1e6, nan }), "tensor [3]: [-1.5000e+00,  1.0000e+06,         nan]")
is(tostring(hs.zeros(0)), "tensor [0]: []")
is(tostring(hs.zeros(2001)), "tensor [2001]: [0, 0, 0, ..., 0, 0, 0]")
is(select(2, tostring(hs.zeros(50, 50, 50)):gsub("0", "")), 6 * 6 * 6 + 3)

-- Closing
local gone = hs.tensor { 1, 2 }
local kept = gone:slice(0, 1, 2)
gone:close()
gone:close()
is(tostring(gone), "tensor (closed)")
is(kept[0], 2.0) -- a view holds the memory, not the tensor it came from
fails("tensor is closed", function() return gone[0] end)
fails("tensor is closed", function() return #gone end)
fails("tensor is closed", function() return gone.shape end)
fails("tensor is closed", function() return t + gone end)
fails("tensor is closed", hs.json.encode, gone)
do
  local scoped <close> = hs.tensor { 1 }
  gone = scoped
end
fails("tensor is closed", function() return gone:sum() end)
fails("tensor expected, got table", t.sum, {})
fails("tensor expected, got nil", t.sum)
fails("tensor expected, got FILE", t.sum, io.stdout)
is(getmetatable(t), "tensor")

-- A finalizer that closes what a call is using: an error or a result, never a crash.
local victim = hs.zeros(200, 200) + 1
setmetatable({}, { __gc = function() victim:close() end })
pcall(function()
  for _ = 1, 2000 do victim:totable() end
end)

-- Files
local path = os.getenv "FIXTURES" .. "/tensor/values.safetensors"
local tensors, others = assert(hs.tensors(path))
is(next(others), nil)
is(shape(tensors.x), "3x4x37")
fails("read%-only", function() tensors.x:set(0, 0, 0, 1) end)
fails("read%-only", function() tensors.x[0][0]:set(0, 1) end)
local x = tensors.x
tensors = nil
collectgarbage()
assert(x:sum() == x:sum()) -- the file stays mapped for the view
local nothing, message = hs.tensors "no/such/file"
is(nothing, nil)
assert(message:find "no/such/file")
