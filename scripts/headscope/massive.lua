--- Massive activations (Sun et al. 2024): single numbers of the residual stream that are many times as large as its others.
local M = {}

---@class headscope.Massive
---@field ratio headscope.Tensor [layer, token] largest |x| over the median |x| of the d_model numbers; at init about 4
---@field dimension headscope.Tensor [layer, token] which dimension is the largest
---@field largest headscope.Tensor [layer, token] its |x|
---@field median headscope.Tensor [layer, token]

---@param run headscope.Run with `resid_post` kept
---@return headscope.Massive
function M.of(run)
  local sizes = run:get("resid_post"):abs()
  local largest, median = sizes:max(-1), sizes:median(-1)
  return { ratio = largest / (median + 1e-30), dimension = sizes:argmax(-1), largest = largest, median = median }
end

return M
