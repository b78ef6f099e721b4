--- Answers of probes: what a score may be for each kind, and several of them as mean and spread, or as one list.
local hs = require "headscope"

local place = require "headscope.place"

local M = {}

local TENSOR = getmetatable(hs.zeros { 1 })

---@param value any
---@return boolean
function M.is_tensor(value) return getmetatable(value) == TENSOR end

--- The shape that a score of each kind has; without one it may be a number, any tensor, or rows.
local SHAPES = {
  head = function(_, config) return { config.n_layers, config.n_heads } end,
  neuron = function(_, config) return { config.n_layers, config.d_mlp } end,
  token = function(run) return { run.n_tokens } end,
}

local function same_shape(a, b) return table.concat(a, ",") == table.concat(b, ",") end

--- What the numbers of a tensor belong to: those of a run to dimensions of heads, where each of these has one.
---@param kind string of the probe
---@param shape integer[]
---@param config table
---@return string
function M.belongs(kind, shape, config)
  local dimensions = { config.n_layers, config.n_heads, config.d_head }
  return kind == "run" and same_shape(shape, dimensions) and "dimension" or kind
end

--- A value in words, for a sentence that says what was found.
---@param value any
---@return string
function M.describe(value)
  if M.is_tensor(value) then return "a tensor [" .. table.concat(value.shape, ", ") .. "]" end
  return value == nil and "none" or "a " .. type(value)
end

--- Most scores need two tokens; NaN alone would not say so.
local function length_of(run) return run.n_tokens == 1 and " in a text of 1 token" or "" end

--- Of tokens, those before the first that counts are left out, whatever the score says of them,
--- in a scan as here.
local function without(score, from)
  return from > 0 and hs.where(hs.range(score.shape[1]):ge(from), score, 0 / 0) or score
end

local function check_tensor(score, kind, from, run, config, refuse)
  local bad = hs.where(score:eq(score), 0, 1):reshape(-1)
  if from > 0 then bad = bad * hs.range(run.n_tokens):ge(from) end
  local n = bad:sum()
  if n == 0 then return end
  local where = place(score.shape, bad:argmax(), M.belongs(kind, score.shape, config))
  refuse("numbers", ("NaN at %s (%d of %d)%s"):format(where, n, bad.shape[1], length_of(run)))
end

local function check_rows(rows, refuse)
  local field = next(rows)
  if field ~= nil and #rows == 0 then refuse("a list of rows", "a table with a field " .. tostring(field)) end
  for i, row in ipairs(rows) do
    for name, value in pairs(type(row) == "table" and row or { row }) do
      if type(value) == "number" and value ~= value then
        refuse("numbers", ("NaN in row %d, field %s"):format(i, tostring(name)))
      end
    end
  end
end

local function check_any(score, refuse)
  if type(score) == "number" then
    if score ~= score then refuse("a number", "NaN") end
  elseif type(score) == "table" then
    check_rows(score, refuse)
  else
    refuse("a number, a tensor or a list of rows", M.describe(score))
  end
end

--- A score as it came, where it is one of the probe's kind without NaN; else `refuse(expected, found)` raises. Tokens
--- before the probe's first have NaN.
---@param probe headscope.Probe
---@param score any
---@param run headscope.Run
---@param config table
---@param refuse fun(expected: string, found: string)
---@return headscope.Tensor|number|table
function M.check(probe, score, run, config, refuse)
  local kind = probe.kind
  local shape = SHAPES[kind] and SHAPES[kind](run, config)
  if shape and not (M.is_tensor(score) and same_shape(score.shape, shape)) then
    refuse("a tensor [" .. table.concat(shape, ", ") .. "]", M.describe(score))
  end
  if M.is_tensor(score) then
    check_tensor(score, kind, probe.from, run, config, refuse)
    return without(score, probe.from)
  else
    check_any(score, refuse)
  end
  return score
end

--- Mean and sample deviation over seeds; the deviation is nil for one.
---@param scores (headscope.Tensor|number)[]
---@return headscope.Tensor|number mean
---@return headscope.Tensor|number? spread
function M.average(scores)
  local sum, squares, n = 0, 0, #scores
  for _, score in ipairs(scores) do sum = sum + score end
  local mean = sum / n
  for _, score in ipairs(scores) do squares = squares + (score - mean) ^ 2 end
  return mean, n > 1 and (squares / (n - 1)) ^ 0.5 or nil
end

--- (mean - null) / spread; 0 where nothing is spread.
---@param mean headscope.Tensor|number
---@param null headscope.Tensor|number
---@param spread headscope.Tensor|number
---@return headscope.Tensor|number
function M.z(mean, null, spread)
  if type(spread) == "number" then return spread > 0 and (mean - null) / spread or 0 end
  return hs.where(spread:gt(0), (mean - null) / spread, 0)
end

--- Scores of several seeds can be averaged where all are numbers, or tensors of one shape.
---@param scores any[]
---@param refuse fun(expected: string, found: string)
function M.check_alike(scores, refuse)
  local first = scores[1]
  for seed = 2, #scores do
    local score = scores[seed]
    local alike = M.is_tensor(first) == M.is_tensor(score) and type(first) == type(score)
    if alike and M.is_tensor(first) then alike = same_shape(first.shape, score.shape) end
    if not alike then refuse(M.describe(first) .. " for every seed", ("%s for seed %d"):format(M.describe(score), seed)) end
  end
end

--- The rows of all seeds in one list; where there are several, a row that is a table gets its `seed`.
---@param lists table[]
---@return table
function M.join(lists)
  if #lists == 1 then return lists[1] end
  local rows = {}
  for seed, list in ipairs(lists) do
    for _, row in ipairs(list) do
      if type(row) == "table" then row.seed = seed end
      rows[#rows + 1] = row
    end
  end
  return rows
end

return M
