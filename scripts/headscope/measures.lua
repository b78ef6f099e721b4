--- Scores of attention heads, and what a head that attends evenly would score.
--
-- A pattern is [layer, head, query, key] (any number of axes may stand in front of the last two); a score has
-- one number for each head, [layer, head]. T tokens, A the attention after softmax.
-- Sources: TransformerLens's and ARENA's demos (previous, first, duplicate, induction).
local hs = require "headscope"

local M = {}

local function numbers(n, token, predicate)
  local list = {}
  for i = 1, n do
    local value = predicate(token(i - 1))
    list[i] = type(value) == "number" and value or value and 1 or 0
  end
  return hs.tensor(list)
end

--- A number for each token: what a predicate says of it (true is 1, false and nil 0).
---@param run headscope.Run
---@param predicate fun(token: headscope.Token): number|boolean|nil
---@return headscope.Tensor [token]
function M.feature(run, predicate)
  return numbers(run.n_tokens, function(i) return run:token(i) end, predicate)
end

--- The same for each key: other tokens where attention goes from one text to another.
---@param run headscope.Run
---@param predicate fun(token: headscope.Token): number|boolean|nil
---@return headscope.Tensor [key]
function M.keys(run, predicate)
  return numbers(run.n_keys, function(i) return run:key(i) end, predicate)
end

--- Mean over rows of the weight on the tokens of a set.
---@param pattern headscope.Tensor
---@param set headscope.Tensor [key] ones and zeros
---@return headscope.Tensor
function M.on(pattern, set) return pattern:matmul(set):mean(-1) end

--- Variability (Vig and Belinkov 2019): the deviation of a head's weights from their mean over several texts, over twice
--- their sum; 0 for a head that looks at positions only. A head at a time: that much stays in the processor's caches.
---@param patterns headscope.Tensor[] of texts of one length, [layer, head, query, key]
---@return headscope.Tensor
function M.variability(patterns)
  local n_layers, n_heads = table.unpack(patterns[1].shape)
  local scores = hs.zeros { n_layers, n_heads }
  for layer = 0, n_layers - 1 do
    for head = 0, n_heads - 1 do
      local sum, deviation = 0, 0
      for _, pattern in ipairs(patterns) do sum = sum + pattern[layer][head] end
      local mean = sum / #patterns
      for _, pattern in ipairs(patterns) do deviation = deviation + (pattern[layer][head] - mean):abs():sum() end
      scores:set(layer, head, deviation / (2 * sum:sum()))
    end
  end
  return scores
end

--- Previous token: mean of A[q, q-1] over q = 1 … T-1.
---@param pattern headscope.Tensor
---@return headscope.Tensor
function M.previous(pattern) return pattern:diagonal(-1):mean(-1) end

--- First token: mean of A[q, 0] over all q. Under a causal mask row 0 always adds 1.
---@param pattern headscope.Tensor
---@return headscope.Tensor
function M.first(pattern) return pattern:select(-1, 0):mean(-1) end

--- First token seen from later ones: mean of A[q, 0] over q >= 1.
---@param pattern headscope.Tensor
---@return headscope.Tensor
function M.first_later(pattern)
  local column = pattern:select(-1, 0)
  return column:slice(-1, 1, column.shape[#column.shape]):mean(-1)
end

--- The rows of the second copy against the first, `shift` keys later: [.., n, n] whose diagonal is
--- A[q, q-n+shift], q = start+n … start+2n-1.
local function second_copy(pattern, n, start, shift)
  local rows = pattern:slice(-2, start + n, start + 2 * n)
  return rows:slice(-1, start + shift, start + shift + n)
end

--- Duplicate token: mean of A[q, q-n] over the second copy of a block of `n` tokens given twice.
---@param pattern headscope.Tensor
---@param n integer length of the block
---@param start integer position of the first copy (1 after a BOS token)
---@return headscope.Tensor
function M.duplicate(pattern, n, start) return second_copy(pattern, n, start, 0):diagonal(0):mean(-1) end

--- Induction: mean of A[q, q-n+1] over the second copy: attention to what followed this token before.
---@param pattern headscope.Tensor
---@param n integer length of the block
---@param start integer position of the first copy (1 after a BOS token)
---@return headscope.Tensor
function M.induction(pattern, n, start) return second_copy(pattern, n, start, 1):diagonal(0):mean(-1) end

--- TransformerLens's head detector, error_measure "mul": the share of a pattern that lies on a mask of ones and zeros.
--- Rows without a target count: of a perfect induction head on one repeat half the rows have none, and it scores 0.5.
---@param pattern headscope.Tensor
---@param mask headscope.Tensor [query, key]
---@return headscope.Tensor
function M.mul(pattern, mask) return (pattern * mask):sum(-1):sum(-1) / pattern:sum(-1):sum(-1) end

--- Its other measure, "abs", without its rounding to three places: 1 less the mean over rows of the sum of |A - mask|. With at
--- most one target a row it is 2 mul - n/T, n rows with a target: the same ranking.
---@param pattern headscope.Tensor
---@param mask headscope.Tensor [query, key]
---@return headscope.Tensor
function M.abs(pattern, mask) return 1 - (pattern - mask):abs():sum(-1):mean(-1) end

--- The cells (q, q+offset) for q = from … to.
---@param offset integer
---@param from integer
---@param to integer included
---@return integer[][] cells `{query, key}` each, from 0
function M.stripe(offset, from, to)
  local cells = {}
  for q = from, to do cells[#cells + 1] = { q, q + offset } end
  return cells
end

--- The cells (q, key) for q = from … to.
---@param key integer
---@param from integer
---@param to integer included
---@return integer[][] cells `{query, key}` each, from 0
function M.column(key, from, to)
  local cells = {}
  for q = from, to do cells[#cells + 1] = { q, key } end
  return cells
end

--- What uniform attention puts on these cells on average: each row shares 1 among the keys it sees.
---@param cells integer[][] `{query, key}` each
---@param n_tokens integer
---@param causal boolean query q sees keys 0 … q only
---@return number
function M.uniform(cells, n_tokens, causal)
  local sum = 0.0
  for _, cell in ipairs(cells) do
    local query, key = cell[1], cell[2]
    local seen = causal and query + 1 or n_tokens
    if key >= 0 and key < seen then sum = sum + 1 / seen end
  end
  return sum / #cells
end

return M
