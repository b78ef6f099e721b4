--- What an edit did: two runs of one shape beside each other, head by head, layer by layer, in what they predict.
local hs = require "headscope"

local logits = require "headscope.logits"

local M = {}

--- What a run has by that name; nil where it was not kept.
local function kept(run, name)
  local ok, found = pcall(run.get, run, name)
  return ok and found or nil
end

--- What both have, or nil.
local function both(a, b, name)
  local x = kept(a, name)
  local y = x and kept(b, name)
  if y then return x, y end
end

--- The sizes of a run; nil for what is none, or closed.
local function sizes(run)
  local ok, n_tokens, config = pcall(function() return run.n_tokens, run.model.config end)
  return ok and n_tokens and { tokens = n_tokens, layers = config.n_layers, heads = config.n_heads } or nil
end

--- Why these two are not compared; nil where they are.
local function unlike(a, b)
  local x, y = sizes(a), sizes(b)
  if not x or not y then return ("expected two open runs, found %s"):format(tostring(not x and a or b)) end
  for _, name in ipairs { "tokens", "layers", "heads" } do
    if x[name] ~= y[name] then return ("expected two runs of one shape, found %d and %d %s"):format(x[name], y[name], name) end
  end
end

--- What `measure` makes of each layer of an activation of both, in a list; nil where one has not kept it.
local function by_layer(a, b, name, measure)
  local found = {}
  for layer = 0, a.model.config.n_layers - 1 do
    local x, y = both(a, b, name .. layer)
    if not x then return nil end
    found[layer + 1] = measure(x, y)
  end
  return found
end

--- Total variation, half the sum of what a row's weights differ by, mean over queries: [layer, head].
local function of_heads(a, b)
  local rows = by_layer(a, b, "pattern", function(x, y) return (y - x):abs():sum(-1):mean(-1) * 0.5 end)
  return rows and hs.stack(rows)
end

--- The length of the difference by the length of the first, mean over tokens: [layer].
local function of_layers(a, b)
  local rows = by_layer(a, b, "resid_post", function(x, y) return ((y - x):norm(-1) / x:norm(-1)):mean() end)
  return rows and hs.tensor(rows)
end

--- Of runs that both have logits: those of the second less those of the first, of the last position where one has no more,
--- and KL(first ‖ second) of the predictions there, in nats.
local function of_logits(a, b)
  local ok, x = pcall(a.logits, a)
  local also, y = pcall(b.logits, b)
  if not ok or not also or x.shape[#x.shape] ~= y.shape[#y.shape] then return nil end
  if #x.shape ~= #y.shape then x, y = a:logits(-1), b:logits(-1) end
  local before, after = logits.log_softmax(a:logits(-1)), logits.log_softmax(b:logits(-1))
  local kl = (before:exp() * (before - after)):sum()
  return y - x, kl < 0 and 0.0 or kl -- below 0 by rounding alone
end

---@param run headscope.Run
---@param edited headscope.Run
---@return { heads: headscope.Tensor?, layers: headscope.Tensor?, logits: headscope.Tensor?, kl: number? }
function M.of(run, edited)
  local wrong = unlike(run, edited)
  if wrong then error("hs.diff: " .. wrong, 3) end -- at who called hs.diff, a function of C
  local difference, kl = of_logits(run, edited)
  return { heads = of_heads(run, edited), layers = of_layers(run, edited), logits = difference, kl = kl }
end

return M
