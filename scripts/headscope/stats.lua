--- What numbers over prompts, seeds or heads say: means with intervals, differences of pairs, ranks. One sample is one
--- index of an axis; the other axes are as many separate questions, answered at once.
local hs = require "headscope"
local answer = require "headscope.answer"
local generator = require("headscope.repeated").generator

local M = {}

local DEFAULTS = { axis = 0, level = 0.95, samples = 1000, seed = 1 }

local function check_tensor(name, value)
  if not answer.is_tensor(value) then
    error(("hs.stats.%s: expected a tensor, found %s"):format(name, answer.describe(value)), 0)
  end
end

local function read_options(name, options)
  local all = {}
  if options ~= nil and type(options) ~= "table" then
    error(("hs.stats.%s: options: expected a table, found %s"):format(name, answer.describe(options)), 0)
  end
  for key, value in pairs(options or {}) do
    if not DEFAULTS[key] then error(("hs.stats.%s: expected axis, level, samples or seed, found %s"):format(name, key), 0) end
    if type(value) ~= "number" then error(("hs.stats.%s: %s: expected a number, found %s"):format(name, key, type(value)), 0) end
    all[key] = value
  end
  for key, value in pairs(DEFAULTS) do all[key] = all[key] or value end
  if not (all.level > 0 and all.level < 1) then
    error(("hs.stats.%s: level: expected more than 0 and less than 1, found %s"):format(name, all.level), 0)
  end
  if not math.tointeger(all.samples) or all.samples < 1 or all.samples > 1000000 then
    error(("hs.stats.%s: samples: expected 1 to 1000000, found %s"):format(name, all.samples), 0)
  end
  return all
end

--- The samples as rows: [n, everything else], and the shape of everything else.
local function as_rows(t, axis)
  axis = axis < 0 and axis + t.rank or axis
  for a = axis, 1, -1 do t = t:transpose(a - 1, a) end
  local shape, n = t.shape, t.shape[1]
  table.remove(shape, 1)
  if n == 0 then error("hs.stats: expected samples, found none", 0) end
  return t:contiguous():reshape(n, -1), shape, n
end

--- How often each of `n` samples is drawn in each of the rounds, over n: [rounds, n].
local function draws(rounds, n, seed)
  local random, counts = generator(seed), {}
  for round = 1, rounds do
    local row = {}
    for i = 1, n do row[i] = 0 end
    for _ = 1, n do
      local i = random(n) + 1
      row[i] = row[i] + 1 / n
    end
    counts[round] = row
  end
  return hs.tensor(counts)
end

--- The value below which a share of each column of a sorted tensor lies, between two of them by its place.
local function quantile(sorted, share)
  local place = share * (#sorted - 1)
  local low = math.min(place // 1 | 0, #sorted - 1)
  local high = math.min(low + 1, #sorted - 1)
  return sorted[low] * (1 - (place - low)) + sorted[high] * (place - low)
end

--- A row of columns in the shape that it stands for; a number where that has no axes.
local function shaped(row, shape)
  if #shape == 0 then return row[0] end
  return row:reshape(shape)
end

--- Means over an axis, and where they lie when the samples are drawn again: the percentile bootstrap.
---@param t headscope.Tensor
---@param options? table
---@return table
function M.mean(t, options)
  check_tensor("mean", t)
  local asked = read_options("mean", options)
  local rows, shape, n = as_rows(t, asked.axis)
  local sorted = draws(asked.samples, n, asked.seed):matmul(rows):sort(0)
  local tail = (1 - asked.level) / 2
  return {
    mean = shaped(rows:mean(0), shape),
    low = shaped(quantile(sorted, tail), shape),
    high = shaped(quantile(sorted, 1 - tail), shape),
    n = n,
  }
end

--- The same for the differences of pairs, with the statistic of Student's test.
---@param a headscope.Tensor
---@param b headscope.Tensor
---@param options? table
---@return table
function M.paired(a, b, options)
  check_tensor("paired", a)
  check_tensor("paired", b)
  local asked = read_options("paired", options)
  if table.concat(a.shape, ", ") ~= table.concat(b.shape, ", ") then
    error(("hs.stats.paired: expected two of one shape, found [%s] and [%s]"):format(
      table.concat(a.shape, ", "), table.concat(b.shape, ", ")), 0)
  end
  local found = M.mean(a - b, asked)
  local rows, shape, n = as_rows(a - b, asked.axis)
  found.t = n > 1 and shaped(rows:mean(0) / rows:std(0) * (n - 1) ^ 0.5, shape) or nil
  return found
end

--- Ranks of all numbers from 1, smallest first; equal ones share the mean of theirs.
---@param t headscope.Tensor
---@return headscope.Tensor
function M.ranks(t)
  check_tensor("ranks", t)
  local flat = t:contiguous():reshape(-1)
  local column = flat:reshape(-1, 1)
  local below, equal = column:gt(flat):sum(-1), column:eq(flat):sum(-1)
  return (below + (equal + 1) / 2):reshape(t.shape)
end

--- Spearman's rank correlation of all numbers of two tensors.
---@param a headscope.Tensor
---@param b headscope.Tensor
---@return number
function M.spearman(a, b)
  check_tensor("spearman", a)
  check_tensor("spearman", b)
  local function ranks(t) return M.ranks(t):contiguous():reshape(-1) end
  local left, right = ranks(a), ranks(b)
  if #left ~= #right then
    error(("hs.stats.spearman: expected two of as many numbers, found %d and %d"):format(#left, #right), 0)
  end
  return left:correlation(right)
end

return M
