--- Heads for which something holds: an expression over ids of probes, `layer` and `head`, or a function.
--
--   hs.filter(run, "previous > 0.5 and layer < 6")
--   hs.filter(run, function(at) return at.previous > 0.5 and at.layer < 6 end)
--
-- A probe is asked when its id is first met.
local hs = require "headscope"
local about = require "headscope.about"
local find = require "headscope.find"

local M = {}

--- What an expression sees: numbers of one head. `score` gives a probe's tensor by its id.
local function place(score)
  local known, at = {}, { layer = 0, head = 0, math = math }
  return setmetatable({}, {
    __index = function(_, name)
      if at[name] then return at[name] end
      if not known[name] then known[name] = score(name) end
      return known[name]:at(at.layer, at.head)
    end,
    __newindex = function(_, name) error(("%s: a filter sets nothing"):format(name), 2) end,
  }), at
end

--- [layer, head], 1 where it holds and 0 elsewhere.
---@param wanted string|fun(at: table): any
---@param n_layers integer
---@param n_heads integer
---@param score fun(id: string): headscope.Tensor
---@return headscope.Tensor
function M.mask(wanted, n_layers, n_heads, score)
  local seen, at = place(score)
  local holds, message = wanted, nil
  if type(wanted) == "string" then
    holds, message = load("return " .. wanted, "=filter", "t", seen)
    if not holds and message:find("overflow", 1, true) then
      error("filter: expected an expression that is nested at most some 190 deep, found a deeper one", 0)
    end
    if not holds then error(message, 0) end
  end
  local rows = {}
  for layer = 0, n_layers - 1 do
    rows[layer + 1] = {}
    for head = 0, n_heads - 1 do
      at.layer, at.head = layer, head
      rows[layer + 1][head + 1] = holds(seen) and 1 or 0
    end
  end
  return hs.tensor(rows)
end

--- A probe's scores of heads, as a filter takes them.
---@param probe headscope.Probe
---@param model headscope.Model
---@param run headscope.Run
---@param params? table<string, number|boolean>
---@return headscope.Tensor
function M.scores(probe, model, run, params)
  if probe.kind ~= "head" then
    error(("filter: %s: expected a probe of heads, found one of kind %s"):format(probe.id, probe.kind), 0)
  end
  return about.ask(probe, model, run, params).mean
end

---@param run headscope.Run
---@param wanted string|fun(at: table): any
---@return headscope.Tensor mask [layer, head]
---@return string[] heads "5.10", in order
function M.heads(run, wanted)
  if type(wanted) ~= "string" and type(wanted) ~= "function" then
    error("hs.filter: expected an expression or a function, found a " .. type(wanted), 2)
  end
  if type(wanted) == "string" and not wanted:find "%S" then wanted = "true" end -- as in the window: no filter
  local model, names = run.model, {}
  if not model then error("hs.filter: expected a run, found " .. tostring(run), 2) end
  local config = model.config
  local mask = M.mask(wanted, config.n_layers, config.n_heads, function(id)
    local found, probe = pcall(find, id)
    if not found then error("filter: " .. tostring(probe), 0) end
    return M.scores(probe, model, run)
  end)
  for i, row in ipairs(mask:totable()) do
    for j, on in ipairs(row) do
      if on > 0 then names[#names + 1] = ("%d.%d"):format(i - 1, j - 1) end
    end
  end
  return mask, names
end

return M
