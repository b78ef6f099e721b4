--- What the weights of heads say without any text: W_OV = W_V W_O, what a head writes for what it reads, and
-- W_QK = W_Q W_Kᵀ, what it looks for (Elhage et al. 2021). Both have rank d_head and are never multiplied out.
--
-- Folded weights are TransformerLens's default: the gain of the norm before a matrix belongs to it, and what norms take
-- away (the mean of the residual stream, the mean of the logits) is taken out of matrices that read and write.
local hs = require "headscope"

local M = {}

--- What was computed, once for a model.
local known = setmetatable({}, { __mode = "k" })

local function once(model, key, compute)
  known[model] = known[model] or {}
  known[model][key] = known[model][key] or compute()
  return hs.tensor(known[model][key]) -- a copy: who asked may write into it
end

local function check(model, folded)
  if folded and model.config.attention_dir ~= "causal" then
    error(model.name .. ": folded: expected a model whose norms come before attention, found none", 0)
  end
end

--- W_Q, W_K or W_V of a layer: [head, d_model, d_head].
local function reading(model, name, layer, folded)
  local w = model:weight(name .. layer)
  if not folded then return w end
  w = w * model:weight(("blocks.%d.ln1.w"):format(layer)):reshape(-1, 1)
  return w - w:mean(-2, true)
end

--- W_O of a layer: [head, d_head, d_model].
local function writing(model, layer, folded)
  local w = model:weight("W_O" .. layer)
  return folded and w - w:mean(-1, true) or w
end

--- From the unembedding back to the embedding: W_U W_E, [d_model, d_model].
local function through_vocabulary(model, folded)
  local embed, unembed = model:weight "W_E", model:weight "W_U"
  if folded then
    embed = embed - embed:mean(-1, true)
    unembed = unembed * model:weight("ln_final.w"):reshape(-1, 1)
    unembed = unembed - unembed:mean(0, true)
    unembed = unembed - unembed:mean(-1, true)
  end
  return unembed:matmul(embed)
end

local function copying(model, full, folded)
  local scores, vocabulary = {}, full and through_vocabulary(model, folded)
  for layer = 0, model.config.n_layers - 1 do
    local read, write = reading(model, "W_V", layer, folded), writing(model, layer, folded)
    local real, imaginary = (full and write:matmul(vocabulary) or write):matmul(read):eigenvalues()
    local sizes = (real ^ 2 + imaginary ^ 2):sqrt():sum(-1)
    scores[layer + 1] = hs.where(sizes:gt(0), real:sum(-1) / sizes, 0)
  end
  return hs.stack(scores)
end

--- OV copying: Re(sum of the eigenvalues) / sum of their sizes, of W_V W_O or, with `full`, of W_E W_V W_O W_U; 1 for a
--- head that writes what it reads, -1 for one that writes the opposite.
---@param model headscope.Model
---@param full? boolean from token to token
---@param folded? boolean
---@return headscope.Tensor [layer, head]
function M.copying(model, full, folded)
  check(model, folded)
  local key = ("copying %s %s"):format(full, folded)
  return once(model, key, function() return copying(model, full, folded) end)
end

--- A matrix a b of rank d_head by its factors [head, d_model, d_head] and [head, d_head, d_model], with the products
--- that norms need: aᵀ a and b bᵀ.
local function factored(a, b)
  return { a = a, b = b, aa = a:transpose():matmul(a), bb = b:matmul(b:transpose()) }
end

local RIGHT = {
  q = function(w) return factored(w.q, w.k:transpose()) end,
  k = function(w) return factored(w.k, w.q:transpose()) end,
  v = function(w) return factored(w.v, w.o) end,
}

--- ‖a b‖ of each head; the sum over aᵀ a ∘ b bᵀ is its square.
local function norms(m) return (m.aa * m.bb):sum(-1):sum(-1):sqrt() end

--- ‖left right‖ of each head of `left` with each of `right`: [head, head].
local function product_norms(left, right)
  local heads, d = left.b.shape[1], left.b.shape[2]
  local middle = left.b:reshape(heads, 1, d, -1):matmul(right.a)
  local squares = left.aa:reshape(heads, 1, d, d):matmul(middle) * middle:matmul(right.bb)
  return squares:sum(-1):sum(-1):abs():sqrt() -- rounding may leave a little less than 0
end

local function composition(model, mode, folded)
  local n, heads = model.config.n_layers, model.config.n_heads
  local left, right, out = {}, {}, {}
  for layer = 0, n - 1 do
    local w = { o = writing(model, layer, folded):contiguous() }
    for letter, name in pairs { q = "W_Q", k = "W_K", v = "W_V" } do w[letter] = reading(model, name, layer, folded) end
    left[layer], right[layer] = factored(w.v, w.o), RIGHT[mode](w)
  end
  for from = 0, n - 1 do
    local row = {}
    for to = 0, n - 1 do
      row[to + 1] = hs.zeros { heads, heads }
      if to > from then
        row[to + 1] = product_norms(left[from], right[to]) / (norms(left[from]):reshape(-1, 1) * norms(right[to]))
      end
    end
    out[from + 1] = hs.stack(row):transpose(0, 1)
  end
  return hs.stack(out)
end

--- Composition: ‖W_OV^A W^B‖ / (‖W_OV^A‖ ‖W^B‖), with W^B = W_QK^B ("q"), its transpose ("k"), or W_OV^B ("v"); heads A of
--- earlier layers, 0 elsewhere.
---@param model headscope.Model
---@param mode "q"|"k"|"v"
---@param folded? boolean
---@return headscope.Tensor [layer A, head A, layer B, head B]
function M.composition(model, mode, folded)
  check(model, folded)
  if not RIGHT[mode] then error(("composition: expected q, k or v, found %s"):format(tostring(mode)), 2) end
  return once(model, ("%s %s"):format(mode, folded), function() return composition(model, mode, folded) end)
end

return M
