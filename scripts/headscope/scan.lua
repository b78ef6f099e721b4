--- What a scan over files asks of a probe: each of its threads has a state of its own and calls this once.
local hs = require "headscope"
local apart = require "headscope.apart"
local edges = require "headscope.edges"
local find = require "headscope.find"

local M = {}

--- "n=32" as a name and a number, "exact=true" as a boolean.
local function read_settings(words)
  local settings = {}
  for _, word in ipairs(words) do
    local name, value = word:match "^([%w_]+)=(.+)$"
    local given = tonumber(value)
    if value == "true" or value == "false" then given = value == "true" end
    if given == nil then error(("--set: expected NAME=NUMBER, =true or =false, found %s"):format(word), 0) end
    settings[name] = given
  end
  return settings
end

--- The probe as C reads it: kind, keep, for edges their ranges, heads and predicates, else a function from a run to
--- its score, checked (for kind "run" as JSON).
---@param name string
---@param model headscope.Model
---@param settings string[]
function M.open(name, model, settings)
  local probe, path = find(name)
  local values = probe:values(read_settings(settings))
  if probe.input then error(("probe %s: input: expected none, since a scan reads files"):format(probe.id), 0) end
  local mean -- of what was gathered
  local function score(run)
    local found = probe:apply(run, values, model, mean)
    return probe.kind == "run" and apart.call(probe.place, hs.json.encode, found) or found
  end
  local function asks(predicate) return predicate and function(token) return predicate(token, values) end end
  local heads = probe.heads and {}
  for i, head in ipairs(probe.heads or {}) do heads[i] = { apart.call(probe.place, edges.head, model, head) } end
  local options = probe:run_options()
  return {
    id = probe.id,
    path = path,
    kind = probe.kind,
    from = probe.from,
    keep = options.keep,
    all_logits = options.logits == "all",
    heads = heads,
    weight = probe.weight or {},
    distance = probe.distance or {},
    query = asks(probe.query),
    key = asks(probe.key),
    score = score,
    gather = probe.gather and function(run) return probe:take(run, values) end,
    learn = function(found) mean = found end,
  }
end

return M
