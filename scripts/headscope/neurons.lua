--- Neurons of MLPs, and dimensions of queries and keys, by what they go along with.
local hs = require "headscope"

local measures = require "headscope.measures"

local M = {}

--- NaN, of what is constant, as 0.
local function defined(x) return hs.where(x:eq(x), x, 0) end

--- Pearson's correlation over tokens of every neuron's activation with a feature; 0 where one is constant.
---@param run headscope.Run with `post` kept
---@param feature headscope.Tensor|fun(token: headscope.Token): number|boolean|nil n numbers are about the last n tokens
---@return headscope.Tensor [layer, neuron]
function M.correlate(run, feature)
  if type(feature) == "function" then feature = measures.feature(run, feature) end
  local n = feature.shape[1]
  local post = run:get("post"):slice(1, run.n_tokens - n, run.n_tokens)
  return defined(post:correlation(feature:reshape(-1, 1), 1))
end

--- Sums over all pairs of a query and a key, weighted by `weight` [query, key]: of a_d b_d, [token, head, d] each; without `b`
--- of a_d alone.
local function over_pairs(a, b, weight)
  local n, shape = a.shape[1], { a.shape[2], a.shape[3] }
  local keys = b and weight:matmul(b:reshape(n, -1)) or weight:sum(-1, true)
  return (a:reshape(n, -1) * keys):sum(0):reshape(shape)
end

--- Of one layer the covariance of q_d k_d with a distance that sums to 0, and the sum of squares of q_d k_d about its mean, over
--- the pairs that are seen. The product of the means is the same in all pairs, and left out before anything is squared:
--- q k - mean(q) mean(k) = q (k - mean(k)) + mean(k) (q - mean(q)). Little would be left of it in 32 bits otherwise.
local function spreads(q, k, distance, seen)
  local mean = k:mean(0, true)
  local a, b = q - q:mean(0, true), k - mean
  mean = mean:reshape(k.shape[2], k.shape[3])
  local function sum(weight) return over_pairs(q, b, weight) + mean * over_pairs(a, nil, weight) end
  local squares = over_pairs(q ^ 2, b ^ 2, seen) + 2 * mean * over_pairs(q * a, b, seen) + mean ^ 2 * over_pairs(a ^ 2, nil, seen)
  return sum(distance), squares - sum(seen) ^ 2 / seen:sum()
end

--- Correlation of q_d k_d with the distance of query and key over all pairs that a head sees: negative for dimensions that
--- make it look near (the third use case of Vig 2019). The second tensor is each dimension's share of the whole change with
--- distance: the covariance of q_d k_d over that of q·k; shares sum to 1.
---@param run headscope.Run with `q` and `k` kept
---@return headscope.Tensor correlation [layer, head, d_head]
---@return headscope.Tensor share [layer, head, d_head]
function M.distance_dimensions(run)
  local place = hs.range(run.n_tokens)
  local behind = place:reshape(-1, 1) - place
  local distance = behind:abs()
  local seen = behind:ge(run.model.config.attention_dir == "causal" and 0 or -run.n_tokens)
  local n = seen:sum()
  local centred = (distance - (distance * seen):sum() / n) * seen
  local spread, correlations, shares = (centred ^ 2):sum(), {}, {}
  for layer = 0, run.model.config.n_layers - 1 do
    local q, k = run:get("q" .. layer):contiguous(), run:get("k" .. layer):contiguous()
    local covariance, variance = spreads(q, k, centred, seen)
    correlations[layer + 1] = defined(covariance / (variance * spread):sqrt())
    shares[layer + 1] = defined(covariance / covariance:sum(-1, true))
  end
  return hs.stack(correlations), hs.stack(shares)
end

return M
