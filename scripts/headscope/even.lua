--- A run whose every head attends evenly to what it may see: what a score is compared with. It has a pattern and
--- what is known of the tokens, nothing else.
local hs = require "headscope"

local M = {}

--- [query, key]: 1 over the number of keys that a row sees, which are all or, under a causal mask, those up to itself.
---@param n_queries integer
---@param n_keys integer
---@param causal boolean
---@return headscope.Tensor
function M.rows(n_queries, n_keys, causal)
  if not causal then return hs.zeros { n_queries, n_keys } + 1 / n_keys end
  local query, key = hs.range(n_queries):reshape(-1, 1), hs.range(n_keys)
  return hs.where(query:ge(key), 1 / (query + 1), 0)
end

---@param run headscope.Run
---@param causal boolean
---@return headscope.Run whose model gives the same even run for any other text of its length
function M.run(run, causal)
  local shape = run:attention().shape
  local pattern = hs.zeros(shape) + M.rows(shape[3], shape[4], causal)
  local even = {}
  function even:attention(layer, head)
    if not layer then return pattern end
    return head and pattern[layer][head] or pattern[layer]
  end
  function even:get(name)
    if name == "pattern" then return pattern end
    error("only attention has a null", 0)
  end
  function even:token(i) return run:token(i) end
  function even:key(i) return run:key(i) end
  function even:close() end
  even.logits = even.get
  even.model = { config = run.model.config }
  function even.model:run() return even end
  return setmetatable(even, { __index = function(_, key) return run[key] end })
end

return M
