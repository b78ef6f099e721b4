--- Where what a head reads comes from: attention weighted by what is there to be read, and attention over all layers.
local hs = require "headscope"

local M = {}

--- W_O W_Oᵀ of each layer, [head, d_head, d_head], once for a model.
local known = setmetatable({}, { __mode = "k" })

local function products(model)
  if known[model] then return known[model] end
  local list = {}
  for layer = 0, model.config.n_layers - 1 do
    local write = model:weight("W_O" .. layer)
    list[layer] = write:matmul(write:transpose())
  end
  known[model] = list
  return list
end

--- ‖f(x_k)‖, f(x) = (x W_V + b_V) W_O: how long the vector is that a head would write if it looked at k only.
---@param run headscope.Run with `v` kept
---@return headscope.Tensor [layer, head, key]
function M.value_norms(run)
  local squares, norms = products(run.model), {}
  for layer = 0, #squares do
    local v = run:get("v" .. layer):transpose(0, 1)
    norms[layer + 1] = (v:matmul(squares[layer]) * v):sum(-1):abs():sqrt()
  end
  return hs.stack(norms)
end

--- What a row's lengths ‖A[q, k] f(x_k)‖ sum to, at least a little: [layer, head, query, 1].
local function row_sums(run, norms)
  local shape = norms.shape
  return run:attention():matmul(norms:reshape(shape[1], shape[2], shape[3], 1)) + 1e-30
end

--- The share of ‖A[q, k] f(x_k)‖ that goes to one key.
---@param run headscope.Run with `pattern` and `v` kept
---@param key integer
---@return headscope.Tensor [layer, head, query]
function M.share_of(run, key)
  local norms = M.value_norms(run)
  local length = run:attention():select(-1, key) * norms:slice(-1, key, key + 1)
  return length / row_sums(run, norms):select(-1, 0)
end

--- The mean of these shares over queries, for each key.
---@param run headscope.Run with `pattern` and `v` kept
---@return headscope.Tensor [layer, head, key]
function M.mean_shares(run)
  local norms = M.value_norms(run)
  local sums = row_sums(run, norms)
  local shape = sums.shape
  return (1 / sums):transpose():matmul(run:attention()):select(-2, 0) * norms / shape[3]
end

--- ‖A[q, k] f(x_k)‖ (Kobayashi et al. 2020).
---@param run headscope.Run with `pattern` and `v` kept
---@return headscope.Tensor [layer, head, query, key]
function M.weighted(run)
  local norms = M.value_norms(run)
  local shape = norms.shape
  return run:attention() * norms:reshape(shape[1], shape[2], 1, shape[3])
end

--- Attention rollout (Abnar and Zuidema 2020): R_l = (A_l + I) / 2 · R_{l-1}, A_l the mean of the heads. Row q of layer l says
--- how much of each input token position q is made of after that layer. In causal models the first tokens gather most of it.
---@param pattern headscope.Tensor [layer, head, query, key]
---@return headscope.Tensor [layer, query, key]
function M.rollout(pattern)
  local n = pattern.shape[3]
  local place = hs.range(n)
  local identity = place:reshape(-1, 1):eq(place)
  local mixed, layers = (pattern:mean(1) + identity) / 2, {}
  for layer = 1, pattern.shape[1] do
    layers[layer] = layer == 1 and mixed[0] or mixed[layer - 1]:matmul(layers[layer - 1])
  end
  return hs.stack(layers)
end

return M
