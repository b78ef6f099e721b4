-- Scores of heads against closed forms: uniform attention, and heads that do one thing only.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local measures = require "headscope.measures"
local pattern = require "pattern"

local function close(a, b, what)
  assert(math.abs(a - b) < 1e-6, ("%s: expected %.9g, found %.9g"):format(what, b, a))
end

local function even(q, k) return k <= q and 1 / (q + 1) or 0 end
local function harmonic(n)
  local sum = 0
  for i = 1, n do sum = sum + 1 / i end
  return sum
end

-- the nulls in closed form: (H_T - 1) / (T - 1), H_T / T
for _, t in ipairs { 2, 9, 64 } do
  local uniform, h = pattern(t, even), harmonic(t)
  local previous, first = measures.stripe(-1, 1, t - 1), measures.column(0, 0, t - 1)
  close(measures.uniform(previous, t, true), (h - 1) / (t - 1), "previous")
  close(measures.uniform(first, t, true), h / t, "first")
  close(measures.uniform(measures.column(0, 1, t - 1), t, true), (h - 1) / (t - 1), "first_later")
  close(measures.previous(uniform):at(0, 0), (h - 1) / (t - 1), "previous of uniform attention")
  close(measures.first(uniform):at(0, 0), h / t, "first of uniform attention")
  close(measures.first_later(uniform):at(0, 0), (h - 1) / (t - 1), "first_later of uniform attention")
  close(measures.uniform(previous, t, false), 1 / t, "previous without a mask")
end
assert(("%.4f"):format(measures.uniform(measures.stripe(-1, 1, 63), 64, true)) == "0.0594")
assert(("%.4f"):format(measures.uniform(measures.column(0, 0, 63), 64, true)) == "0.0741")

-- repeats: n tokens twice, with and without a token in front
for _, case in ipairs { { n = 4, start = 0 }, { n = 4, start = 1 }, { n = 32, start = 0 } } do
  local n, start = case.n, case.start
  local t, from, to = start + 2 * n, start + n, start + 2 * n - 1
  local uniform = pattern(t, even)
  local duplicate, induction = measures.stripe(-n, from, to), measures.stripe(1 - n, from, to)
  assert(#duplicate == n and duplicate[1][2] == start and induction[n][2] == from)
  close(measures.duplicate(uniform, n, start):at(0, 0), measures.uniform(duplicate, t, true), "duplicate")
  close(measures.induction(uniform, n, start):at(0, 0), measures.uniform(induction, t, true), "induction")
  -- heads that do exactly this score 1, and 0 on the other
  local copier = pattern(t, function(q, k) return k == math.max(q - n + 1, 0) and 1 or 0 end)
  local twin = pattern(t, function(q, k) return k == math.max(q - n, 0) and 1 or 0 end)
  close(measures.induction(copier, n, start):at(0, 0), 1, "an induction head")
  close(measures.duplicate(twin, n, start):at(0, 0), 1, "a duplicate head")
  close(measures.duplicate(copier, n, start):at(0, 0), 0, "an induction head's duplicate score")
  -- a head that looks at the first token only is none: the cell A[n-1, 0] is not scored
  local sink = pattern(t, function(_, k) return k == 0 and 1 or 0 end)
  close(measures.induction(sink, n, start):at(0, 0), 0, "a sink's induction score")
  close(measures.first(sink):at(0, 0), 1, "a sink")
end
assert(("%.4f"):format(measures.uniform(measures.stripe(-31, 32, 63), 64, true)) == "0.0214")

-- TransformerLens's two measures: a perfect induction head gets 0.5 of both on one repeat, a perfect previous-token head
-- (T-1)/T and 1-1/T; and abs = 2 mul - n/T where no row has two targets
local function mask(t, target)
  return pattern(t, function(q, k) return target(q) == k and 1 or 0 end)[0][0]
end
do
  local n, t = 16, 32
  local stripe = mask(t, function(q) return q >= n and q - n + 1 or -1 end)
  local copier = pattern(t, function(q, k) return k == (q >= n and q - n + 1 or 0) and 1 or 0 end)
  close(measures.mul(copier, stripe):at(0, 0), 0.5, "mul of an induction head")
  close(measures.abs(copier, stripe):at(0, 0), 0.5, "abs of an induction head")
  close(measures.induction(copier, n, 0):at(0, 0), 1, "its stripe")
  local before = mask(t, function(q) return q - 1 end)
  local previous = pattern(t, function(q, k) return k == math.max(q - 1, 0) and 1 or 0 end)
  close(measures.mul(previous, before):at(0, 0), (t - 1) / t, "mul of a previous-token head")
  close(measures.abs(previous, before):at(0, 0), 1 - 1 / t, "abs of a previous-token head")
  local uneven = pattern(t, function(q, k) return k <= q and (q * 7 + k * 3) % 5 / 10 + 0.1 or 0 end)
  uneven = uneven / uneven:sum(-1, true)
  for targets, cells in pairs { [n] = stripe, [t - 1] = before } do
    close(measures.abs(uneven, cells):at(0, 0), 2 * measures.mul(uneven, cells):at(0, 0) - targets / t, "the identity")
  end
end

-- cells that the mask hides count as nothing
close(measures.uniform({ { 0, 1 }, { 1, 1 } }, 2, true), 0.25, "above the diagonal")
