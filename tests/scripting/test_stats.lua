-- hs.stats against NumPy's numbers and closed forms.
local hs = require "headscope"

local function near(found, expected, what, tolerance)
  assert(math.abs(found - expected) <= (tolerance or 1e-5), ("%s: expected %.9g, found %.9g"):format(what, expected, found))
end
local function fails(pattern, f, ...)
  local ok, message = pcall(f, ...)
  assert(not ok and tostring(message):find(pattern), ("expected '%s', found '%s'"):format(pattern, tostring(message)))
end

-- NumPy: the same generator's draws, means of 500 of them, np.quantile(means, [0.05, 0.95])
local x = hs.tensor { { 0.5, 3 }, { 1.25, -2 }, { 4, 0.25 }, { -1, 7 }, { 2.5, 1 }, { 0, 0 }, { 3.75, -4 } }
local found = hs.stats.mean(x, { seed = 7, samples = 500, level = 0.9 })
for i, expected in ipairs { { 1.57142857, 0.5339285714, 2.75 }, { 0.75, -1.25, 2.9321428571 } } do
  near(found.mean[i - 1], expected[1], "mean")
  near(found.low[i - 1], expected[2], "low")
  near(found.high[i - 1], expected[3], "high")
end
assert(found.n == 7)
local other = hs.stats.mean(x:transpose(0, 1), { seed = 7, samples = 500, level = 0.9, axis = -1 })
assert(other.low:eq(found.low):min() == 1 and other.high:eq(found.high):min() == 1)
assert(hs.stats.mean(x, { seed = 8 }).low:eq(hs.stats.mean(x, { seed = 9 }).low):min() == 0)
assert(hs.stats.mean(x).low:eq(hs.stats.mean(x).low):min() == 1)

-- closed forms: all the same; one sample; of 0 and 1 with n = 2 the mean is 0, 1/2, 1 with 1/4, 1/2, 1/4
local same = hs.stats.mean(hs.zeros { 5 } + 3)
near(same.low, 3, "low of equal ones")
near(same.high, 3, "high of equal ones")
local one = hs.stats.mean(hs.tensor { 4 })
assert(one.low == 4 and one.high == 4 and one.mean == 4)
local coin = hs.stats.mean(hs.tensor { 0, 1 }, { level = 0.6, samples = 4000 })
assert(coin.low == 0 and coin.high == 1)
coin = hs.stats.mean(hs.tensor { 0, 1 }, { level = 0.4, samples = 4000 })
assert(coin.low == 0.5 and coin.high == 0.5)
-- many samples: the normal distribution's interval
local many = {}
for i = 1, 400 do many[i] = (i * 7919 % 400) / 400 end
local t = hs.tensor(many)
local wide, half = hs.stats.mean(t), 1.96 * t:std() / 20
near(wide.high - wide.mean, half, "half of the interval", 0.1 * half)
near(wide.mean - wide.low, half, "half of the interval", 0.1 * half)
-- three axes, and NaN
local cube = hs.zeros { 2, 3, 4 } + hs.tensor { 1, 2, 3, 4 }
assert(table.concat(hs.stats.mean(cube, { axis = 1 }).low.shape, " ") == "2 4")
assert(hs.stats.mean(cube, { axis = -1 }).mean:eq(2.5):min() == 1)
local nan = hs.stats.mean(hs.tensor { 1, 0 / 0, 3 })
assert(nan.mean ~= nan.mean and nan.low ~= nan.low)

-- pairs: NumPy's mean and t
local a, b = hs.tensor { 5.1, 4.9, 6.2, 5.8, 6.0, 5.5 }, hs.tensor { 4.8, 5.0, 5.9, 5.1, 6.1, 5.0 }
local pairs_of = hs.stats.paired(a, b)
near(pairs_of.mean, 0.2666666666666668, "paired mean")
near(pairs_of.t, 2.0385887657505037, "t", 1e-4)
assert(pairs_of.low < pairs_of.mean and pairs_of.mean < pairs_of.high)
assert(hs.stats.paired(hs.tensor { 2 }, hs.tensor { 1 }).t == nil)

-- ranks, as scipy.stats.rankdata gives them, and their correlation
local p, q = hs.tensor { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5 }, hs.tensor { 2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4 }
local ranks = table.concat(hs.stats.ranks(p):totable(), " ")
assert(ranks == "4.5 1.5 6.0 1.5 8.0 11.0 3.0 10.0 8.0 4.5 8.0", ranks)
near(hs.stats.spearman(p, q), 0.1384567651467695, "Spearman")
near(hs.stats.spearman(p, -p), -1, "Spearman of the opposite")
assert(table.concat(hs.stats.ranks(x).shape, " ") == "7 2")

fails("expected axis, level, samples or seed, found sample", hs.stats.mean, x, { sample = 3 })
fails("level: expected more than 0", hs.stats.mean, x, { level = 1 })
fails("samples: expected 1 to", hs.stats.mean, x, { samples = 0.5 })
fails("seed: expected a number, found string", hs.stats.mean, x, { seed = "1" })
fails("expected samples, found none", hs.stats.mean, hs.zeros { 0, 3 })
fails("hs.stats.mean: options: expected a table, found a number", hs.stats.mean, x, 0)
fails("hs.stats.mean: expected a tensor, found a table", hs.stats.mean, { 1, 2 })
fails("hs.stats.paired: expected a tensor, found none", hs.stats.paired, x)
fails("hs.stats.ranks: expected a tensor, found a number", hs.stats.ranks, 3)
fails("hs.stats.spearman: expected two of as many numbers, found 6 and 2", hs.stats.spearman, hs.zeros { 2, 3 }, hs.zeros { 2 })
fails("hs.stats.spearman: expected a tensor, found a string", hs.stats.spearman, x, "x")
fails("two of one shape, found %[7, 2%] and %[6%]", hs.stats.paired, x, a)
