--- From the residual stream to predictions: the logit lens, losses, the likeliest tokens.
--
-- Raw logits are the model's own. Folded ones are TransformerLens's: less their mean over the vocabulary, which changes no
-- probability and no difference.
local hs = require "headscope"

local index = require "headscope.index"

local M = {}

--- Layer norm over the last axis.
local function norm(x, gain, bias, eps)
  local centred = x - x:mean(-1, true)
  return centred / ((centred ^ 2):mean(-1, true) + eps):sqrt() * gain + bias
end

local ACTIVATIONS = {
  gelu = function(x) return x * 0.5 * ((x * 0.5 ^ 0.5):erf() + 1) end,
  gelu_new = function(x) return x * 0.5 * (((x + x ^ 3 * 0.044715) * (2 / math.pi) ^ 0.5):tanh() + 1) end,
  relu = function(x) return hs.where(x:gt(0), x, 0) end,
}

--- Whether a model has a weight of that name.
---@param model headscope.Model
---@param wanted string
---@return boolean
function M.has(model, wanted)
  for _, name in ipairs(model:weights()) do
    if name == wanted then return true end
  end
  return false
end

--- What a model makes of its residual stream behind the last layer: [.., d_model] to [.., vocabulary].
---@param model headscope.Model
---@param x headscope.Tensor
---@return headscope.Tensor logits
function M.unembed(model, x)
  local config = model.config
  if not M.has(model, "unembed.W_U") then error(model.name .. ": logits: expected a model with a head, found none", 0) end
  if M.has(model, "ln_final.w") then x = norm(x, model:weight "ln_final.w", model:weight "ln_final.b", config.eps) end
  if M.has(model, "mlm_head.W") then
    x = ACTIVATIONS[config.act_fn](x:matmul(model:weight "mlm_head.W") + model:weight "mlm_head.b")
    x = norm(x, model:weight "mlm_head.ln.w", model:weight "mlm_head.ln.b", config.eps)
  end
  local logits = x:matmul(model:weight "W_U")
  return M.has(model, "unembed.b_U") and logits + model:weight "b_U" or logits
end

---@param logits headscope.Tensor [.., vocabulary]
---@return headscope.Tensor
function M.folded(logits) return logits - logits:mean(-1, true) end

--- Log-probabilities over the last axis.
---@param logits headscope.Tensor
---@return headscope.Tensor
function M.log_softmax(logits)
  local below = logits - logits:max(-1, true)
  return below - below:exp():sum(-1, true):log()
end

--- What each layer leaves in the residual stream at a position, as the next layer or the head gets it: [layer, d_model].
--- BERT's norms come behind the layers.
local function streams(run, position)
  local model, sums = run.model, run:get("resid_post"):select(1, position)
  if M.has(model, "ln_final.w") then return sums end
  local normed = {}
  for layer = 0, sums.shape[1] - 1 do
    local name = ("blocks.%d.ln2."):format(layer)
    normed[layer + 1] = norm(sums[layer], model:weight(name .. "w"), model:weight(name .. "b"), model.config.eps)
  end
  return hs.stack(normed)
end

--- Edits of what those norms give, which are taken anew here, would not be seen.
local function refuse_edited_norms(run)
  for _, edit in ipairs(run.edits) do
    local name = type(edit) == "table" and edit.at or edit
    if name:find "^normalized" and not name:find "^normalized_resid_mid" then
      error(("%s: logits: expected no edit of what a norm behind a layer gives, found %s"):format(run.model.name, name), 0)
    end
  end
end

--- The logit lens (nostalgebraist 2020): the head of the model applied to what each layer leaves in the residual stream
--- at one position. The last row is the model's own prediction.
---@param run headscope.Run with `resid_post` kept
---@param position? integer negative from the end; default the last
---@return headscope.Tensor logits [layer, vocabulary]
function M.lens(run, position)
  position = index("position", position or -1, run.n_tokens, 2)
  refuse_edited_norms(run)
  return M.unembed(run.model, streams(run, position))
end

--- The model's logits at a position: those of the run where it has them, else made of what the last layer left.
---@param run headscope.Run with `resid_post` kept
---@param position integer negative from the end
---@return headscope.Tensor [vocabulary]
function M.at(run, position)
  local ok, logits = pcall(run.logits, run, position)
  return ok and logits or M.lens(run, position)[-1]
end

--- -log p of each token given those before it: [token - 1], for tokens 1 … T-1.
---@param run headscope.Run with logits of all positions
---@return headscope.Tensor
function M.loss(run)
  if run.model.config.attention_dir ~= "causal" then
    error(run.model.name .. ": loss: expected a model that reads from left to right, found one that reads both ways", 0)
  end
  local known, losses = M.log_softmax(run:logits()), {}
  for i = 2, run.n_tokens do losses[i - 1] = -known:at(i - 2, run.ids[i]) end
  return hs.tensor(losses)
end

--- The text of a token, or its id where a model has no tokenizer.
local function text_of(model, id)
  local ok, text = pcall(function() return model:decode { id } end)
  return ok and text or tostring(id)
end

--- The likeliest tokens of logits [vocabulary].
---@param model headscope.Model
---@param logits headscope.Tensor
---@param n integer
---@param folded? boolean
---@return {rank: integer, id: integer, token: string, logit: number, probability: number}[]
function M.likeliest(model, logits, n, folded)
  local known, rows = M.log_softmax(logits), {}
  if folded then logits = M.folded(logits) end
  local values, ids = known:topk(math.min(n, known.shape[1]))
  for rank = 1, values.shape[1] do
    local id = math.tointeger(ids[rank - 1])
    rows[rank] = { rank = rank, id = id, token = text_of(model, id), logit = logits[id], probability = math.exp(values[rank - 1]) }
  end
  return rows
end

return M
