--- Neurons over any number of texts, one at a time: correlation with a feature of tokens, and the tokens that they are
--- most active at.
local hs = require "headscope"

local M = {}

---@class headscope.Pooled
---@field n integer tokens that counted
local Pooled = {}
Pooled.__index = Pooled

--- Sums over tokens, nothing counted yet.
---@return headscope.Pooled
function M.new() return setmetatable({ n = 0, f = 0, ff = 0, x = 0, xx = 0, xf = 0 }, Pooled) end

--- Adds the tokens of a run; those without a number do not count.
---@param run headscope.Run with `post` kept
---@param feature table<integer, number> by position, from 0
function Pooled:add(run, feature)
  local counts, values, post = {}, {}, run:get "post"
  for i = 1, run.n_tokens do
    local value = feature[i - 1]
    counts[i], values[i] = value and 1 or 0, value or 0
    self.n, self.f, self.ff = self.n + counts[i], self.f + values[i], self.ff + values[i] ^ 2
  end
  local function sum(weights, x) return hs.tensor({ weights }):matmul(x):select(1, 0) end
  self.x, self.xx, self.xf = self.x + sum(counts, post), self.xx + sum(counts, post ^ 2), self.xf + sum(values, post)
end

--- Pearson's correlation of every neuron with the feature; 0 where one of them is constant.
---@return headscope.Tensor [layer, neuron]
function Pooled:correlation()
  local n = self.n
  local mean, squares = self.x / n, self.xx / n
  local variance, feature_variance = squares - mean ^ 2, self.ff / n - (self.f / n) ^ 2
  local covariance = self.xf / n - mean * (self.f / n)
  local varies = variance:gt(squares * 1e-6) * (feature_variance > 1e-9 * self.ff / n and 1 or 0)
  return hs.where(varies, covariance / (hs.where(varies, variance, 1) * math.max(feature_variance, 1e-30)):sqrt(), 0)
end

---@class headscope.Activation
---@field value number
---@field position integer
---@field place any what the caller said of the run
---@field text string
---@field before string the tokens before it

--- The tokens that neurons are most active at.
---@class headscope.Peaks
local Peaks = {}
Peaks.__index = Peaks

---@param neurons {layer: integer, neuron: integer}[]
---@param n integer tokens for each
---@return headscope.Peaks
function M.peaks(neurons, n)
  local lists = {}
  for i = 1, #neurons do lists[i] = {} end
  return setmetatable({ neurons = neurons, n = n, lists = lists, count = 0 }, Peaks)
end

local function words_before(tokens, position)
  return table.concat(tokens, "", math.max(1, position - 7), position)
end

--- Largest first, of equal ones those that came first.
local function before(a, b)
  if a.value ~= b.value then return a.value > b.value end
  return a.order < b.order
end

---@param run headscope.Run with `post` kept
---@param place any
function Peaks:add(run, place)
  local tokens = run.tokens
  for i, wanted in ipairs(self.neurons) do
    local list = self.lists[i]
    local values, places = run:get("post" .. wanted.layer):select(1, wanted.neuron):topk(math.min(self.n, run.n_tokens))
    for rank = 0, values.shape[1] - 1 do
      local position = math.tointeger(places[rank])
      self.count = self.count + 1
      list[#list + 1] = {
        value = values[rank],
        position = position,
        place = place,
        text = tokens[position + 1],
        before = words_before(tokens, position),
        order = self.count,
      }
    end
    table.sort(list, before)
    for rank = #list, self.n + 1, -1 do list[rank] = nil end
  end
end

return M
