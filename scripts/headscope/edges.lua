--- Edges: the places of a text where a head's weight, the distance and the two tokens are as asked. Ranges are tested
--- in C; the predicates see each token once, and only tokens of what is left.
local M = {}

---@class headscope.Edge
---@field layer integer
---@field head integer
---@field query integer position
---@field key integer position
---@field weight number
---@field query_text string
---@field key_text string

--- Layer and head of a name; raises where the model has no such head.
---@param model headscope.Model
---@param name string|{layer: integer, head: integer}
---@return integer layer
---@return integer head
function M.head(model, name)
  local ok, layer, head = pcall(model.head, model, name)
  if not ok then error("heads: " .. (layer:match "%((.*)%)" or layer), 0) end
  return layer, head
end

--- The heads that are looked at, in order of layer and head, each once.
local function heads_of(names, model)
  local config, wanted, heads = model.config, {}, {}
  for _, name in ipairs(names or {}) do
    local layer, head = M.head(model, name)
    wanted[layer * config.n_heads + head] = true
  end
  for place = 0, config.n_layers * config.n_heads - 1 do
    if not names or wanted[place] then heads[#heads + 1] = { place // config.n_heads, place % config.n_heads } end
  end
  return heads
end

--- What a predicate says of the token at a position, asked once.
local function asked(run, predicate, values)
  local known = {}
  return function(position)
    if not predicate then return true end
    if known[position] == nil then known[position] = predicate(run:token(position), values) and true or false end
    return known[position]
  end
end

--- The edges of a run, in order of layer, head, query and key. Keys that a causal mask hides are none.
---@param probe headscope.Probe
---@param run headscope.Run
---@param values table<string, number|boolean>
---@param model headscope.Model
---@return headscope.Edge[]
function M.find(probe, run, values, model)
  local weight, distance, edges = probe.weight or {}, probe.distance or {}, {}
  local near, tokens = distance[1], run.tokens
  if model.config.attention_dir == "causal" then near = math.max(near or 0, 0) end
  local is_query, is_key = asked(run, probe.query, values), asked(run, probe.key, values)
  for _, head in ipairs(heads_of(probe.heads, model)) do
    local places, weights = run:attention(head[1], head[2]):places(weight[1], weight[2], near, distance[2])
    weights = weights:totable()
    for i, place in ipairs(places:totable()) do
      local query, key = math.tointeger(place[1]), math.tointeger(place[2])
      if is_query(query) and is_key(key) then
        edges[#edges + 1] = {
          layer = head[1],
          head = head[2],
          query = query,
          key = key,
          weight = weights[i],
          query_text = tokens[query + 1],
          key_text = tokens[key + 1],
        }
      end
    end
  end
  return edges
end

return M
