--- Direct logit attribution: behind the last layer a model is a norm and a matrix, and with the norm's scale as it is in a run
--- every part of the residual stream adds its own to each logit.
local hs = require "headscope"

local index = require "headscope.index"
local logits = require "headscope.logits"

local M = {}

---@class headscope.Attribution
---@field heads headscope.Tensor [layer, head]
---@field mlp headscope.Tensor [layer]
---@field embed number
---@field pos_embed number
---@field bias number of attention, the last norm and the unembedding
---@field edits? number of an edited run: what edits leave in the stream, or behind it, that no part adds
---@field total number the sum of all: the difference of the two logits

--- The direction in the residual stream that the difference of two logits reads, once the last norm is a division by a
--- known number: [d_model], and what does not come from the stream.
local function direction(run, position, a, b)
  local model = run.model
  local unembed, gain, bias = model:weight "W_U", model:weight "ln_final.w", model:weight "ln_final.b"
  local difference = unembed:select(1, a) - unembed:select(1, b)
  local last = run:get("resid_post" .. model.config.n_layers - 1)[position]
  local scale = ((last - last:mean()) ^ 2):mean() + model.config.eps
  local read, rest = gain * difference, bias:matmul(difference)
  if logits.has(model, "unembed.b_U") then rest = rest + model:weight("b_U")[a] - model:weight("b_U")[b] end
  return (read - read:mean()) / scale ^ 0.5, rest
end

--- Of a layer at [head, d_head] · [head, d_head, d_model] · [d_model]: [head].
local function through_heads(model, layer, values, along)
  return (values * model:weight("W_O" .. layer):matmul(along)):sum(-1)
end

--- What the values of a layer's heads have whatever they are made of: their biases, and what the norm's bias gives them.
--- [head, d_head].
local function value_biases(model, layer)
  local read = model:weight(("blocks.%d.ln1.b"):format(layer)):matmul(model:weight("W_V" .. layer))
  return read + model:weight("b_V" .. layer)
end

--- The difference of two logits of an edited run, less what its parts add.
local function left_by_edits(run, position, a, b, added)
  local known = logits.at(run, position)
  return known[a] - known[b] - added
end

--- Direct logit attribution: what each part adds to logit a less logit b at a position, with the scale of the last norm as
--- it is in the run. With `folded`, what heads add whatever they look at (their values' biases) counts as bias.
---@param run headscope.Run with embed, pos_embed, z, mlp_out and resid_post kept
---@param position integer negative from the end
---@param a integer id
---@param b integer id
---@param folded? boolean
---@return headscope.Attribution
function M.of(run, position, a, b, folded)
  local model = run.model
  if not logits.has(model, "ln_final.w") then
    error(model.name .. ": attribution: expected a norm behind the last layer, found none", 0)
  end
  local along, bias = direction(run, position, a, b)
  local heads, mlp = {}, {}
  for layer = 0, model.config.n_layers - 1 do
    heads[layer + 1] = through_heads(model, layer, run:get("z" .. layer)[position], along)
    mlp[layer + 1] = run:get("mlp_out" .. layer)[position]:matmul(along)
    bias = bias + model:weight("b_O" .. layer):matmul(along)
    if folded then
      local always = through_heads(model, layer, value_biases(model, layer), along)
      heads[layer + 1], bias = heads[layer + 1] - always, bias + always:sum()
    end
  end
  local parts = { heads = hs.stack(heads), mlp = hs.tensor(mlp), bias = bias }
  for _, name in ipairs { "embed", "pos_embed" } do parts[name] = run:get(name)[position]:matmul(along) end
  parts.total = parts.heads:sum() + parts.mlp:sum() + parts.embed + parts.pos_embed + parts.bias
  if run.edits[1] then parts.edits = left_by_edits(run, position, a, b, parts.total) end
  parts.total = parts.total + (parts.edits or 0)
  return parts
end

--- The same for ids by name: those given, or the likeliest (`a`) and the second likeliest token (`b`) where they are -1.
---@param run headscope.Run
---@param p {position: integer, a: integer, b: integer, folded: boolean}
---@return headscope.Attribution
function M.between(run, p)
  index("position", p.position, run.n_tokens, 2)
  local known = logits.at(run, p.position)
  local _, likeliest = known:topk(2)
  local a, b = p.a, p.b
  for _, name in ipairs { "a", "b" } do index(name, p[name], known.shape[1], 2) end
  if a < 0 then a = math.tointeger(likeliest[0]) end
  if b < 0 then b = math.tointeger(likeliest[1]) end
  return M.of(run, p.position, a, b, p.folded)
end

return M
