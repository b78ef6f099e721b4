---@meta _
--- hs.stats: what numbers over prompts, seeds or heads say. One sample is one index of an axis (default: 0); the other
--- axes are separate questions, answered at once.

---@class headscope.stats
local stats = {}

---@class headscope.StatsOptions
---@field axis? integer of the samples (default: 0)
---@field level? number of the interval (default: 0.95)
---@field samples? integer how often the samples are drawn again (default: 1000)
---@field seed? integer (default: 1)

--- The mean, and the interval in which it lies when the samples are drawn again (percentile bootstrap), the same for a
--- seed on every machine.
--- ```lua
--- local found = hs.stats.mean(hs.tensor { 1, 2, 3, 4, 5 }, { level = 0.9, seed = 1 })
--- print(found.mean, found.low < 3 and found.high > 3, found.n) --> 3.0	true	5
--- ```
---@param t headscope.Tensor
---@param options? headscope.StatsOptions
---@return { mean: headscope.Tensor|number, low: headscope.Tensor|number, high: headscope.Tensor|number, n: integer }
function stats.mean(t, options) end

--- The same for the differences of pairs, and Student's t of them (n - 1 degrees of freedom; nil for one pair).
--- ```lua
--- local found = hs.stats.paired(hs.tensor { 2, 4, 6 }, hs.tensor { 1, 2, 3 })
--- print(found.mean, ("%.4f"):format(found.t)) --> 2.0	3.4641
--- ```
---@param a headscope.Tensor
---@param b headscope.Tensor of the same shape
---@param options? headscope.StatsOptions
---@return { mean: headscope.Tensor|number, low: headscope.Tensor|number, high: headscope.Tensor|number, n: integer, t: headscope.Tensor|number|nil }
function stats.paired(a, b, options) end

--- Ranks of all numbers from 1, smallest first; equal ones share the mean of theirs. Takes memory for n * n numbers.
--- ```lua
--- print(table.concat(hs.stats.ranks(hs.tensor { 3, 1, 3 }):totable(), " ")) --> 2.5 1.0 2.5
--- ```
---@param t headscope.Tensor
---@return headscope.Tensor
function stats.ranks(t) end

--- Spearman's rank correlation of all numbers of two tensors.
--- ```lua
--- print(hs.stats.spearman(hs.tensor { 1, 2, 3 }, hs.tensor { 1, 10, 5 })) --> 0.5
--- ```
---@param a headscope.Tensor
---@param b headscope.Tensor
---@return number
function stats.spearman(a, b) end
