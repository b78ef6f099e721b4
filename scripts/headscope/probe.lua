--- Probes: one Lua file that asks a question of a model, whatever shows the answer.
--
--   return hs.probe { id = "previous", kind = "head", keep = { "pattern" },
--     score = function(run) return run:attention():diagonal(-1):mean(-1) end }
--
-- A probe looks at the user's text, or makes texts of its own (`input`), one for each seed.
local hs = require "headscope"

local M = {}

---@class headscope.Probe
---@field id string
---@field name string
---@field doc string
---@field kind "head"|"neuron"|"token"|"run"
---@field keep string[]
---@field params table<string, {[1]: number|boolean, min: number?, max: number?}>
---@field seeds integer
---@field input? fun(model: headscope.Model, p: table, seed: integer): string|integer[]
---@field score fun(run: headscope.Run, p: table): headscope.Tensor|number|table
local Probe = {}
Probe.__index = Probe
Probe.__name = "headscope.probe"

local FIELDS = {
  id = "string",
  name = "string",
  doc = "string",
  kind = "string",
  keep = "table",
  params = "table",
  seeds = "number",
  input = "function",
  score = "function",
}
local NEEDED = { "id", "kind", "score" }

local function list(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = tostring(name) end
  table.sort(names)
  return table.concat(names, ", ")
end

--- The shape that a score of each kind has; false: any.
local SHAPES = {
  head = function(run, config) return { config.n_layers, config.n_heads } end,
  neuron = function(run, config) return { config.n_layers, config.d_mlp } end,
  token = function(run) return { run.n_tokens } end,
  run = function() return nil end,
}

local function refuse(id, field, expected, found)
  error(("probe %s: %s: expected %s, found %s"):format(id, field, expected, found), 0)
end

--- A parameter as { default, min, max }: a bare number or boolean is its default.
local function read_param(id, name, given)
  local field = "params." .. tostring(name)
  if type(name) ~= "string" then refuse(id, "params", "names", "a list") end
  local param = type(given) == "table" and given or { given }
  for key in pairs(param) do
    if key ~= 1 and key ~= "min" and key ~= "max" then refuse(id, field, "a default, min and max", tostring(key)) end
  end
  if type(param[1]) ~= "number" and type(param[1]) ~= "boolean" then
    refuse(id, field, "a number or a boolean first", type(param[1]))
  end
  if type(param[1]) == "number" and (param[1] < (param.min or param[1]) or param[1] > (param.max or param[1])) then
    refuse(id, field, ("a default from %s to %s"):format(param.min, param.max), tostring(param[1]))
  end
  return param
end

--- A probe of a table of fields; unknown ones, and those of another type, are refused by name.
---@param fields table
---@return headscope.Probe
function M.new(fields)
  if type(fields) ~= "table" then error("hs.probe: expected a table, found " .. type(fields), 0) end
  local id = type(fields.id) == "string" and fields.id or "without id"
  for name, value in pairs(fields) do
    if not FIELDS[name] then refuse(id, tostring(name), "one of " .. list(FIELDS), "a field of this name") end
    if type(value) ~= FIELDS[name] then refuse(id, name, "a " .. FIELDS[name], "a " .. type(value)) end
  end
  for _, name in ipairs(NEEDED) do
    if fields[name] == nil then refuse(id, name, "a " .. FIELDS[name], "none") end
  end
  if not id:find "^[%w_-]+$" then refuse(id, "id", "letters, digits, _ and -", ("%q"):format(id)) end
  if not SHAPES[fields.kind] then refuse(id, "kind", "one of " .. list(SHAPES), ("%q"):format(fields.kind)) end
  local seeds = fields.seeds or (fields.input and 5 or 1)
  if not math.tointeger(seeds) or seeds < 1 then refuse(id, "seeds", "a whole number from 1", tostring(seeds)) end
  local params = {}
  for name, given in pairs(fields.params or {}) do params[name] = read_param(id, name, given) end
  return setmetatable({
    id = id,
    name = fields.name or id,
    doc = fields.doc or "",
    kind = fields.kind,
    keep = fields.keep or { "pattern" },
    params = params,
    seeds = fields.input and seeds or 1,
    input = fields.input,
    score = fields.score,
  }, Probe)
end

--- The values of all parameters: those given, checked, and the defaults of the others.
---@param given? table<string, number|boolean>
---@return table<string, number|boolean>
function Probe:values(given)
  local values = {}
  for name, param in pairs(self.params) do values[name] = param[1] end
  for name, value in pairs(given or {}) do
    local param = self.params[name]
    if not param then refuse(self.id, "params", "one of " .. list(self.params), tostring(name)) end
    if type(value) ~= type(param[1]) then refuse(self.id, name, "a " .. type(param[1]), "a " .. type(value)) end
    if type(value) == "number" and (value < (param.min or value) or value > (param.max or value)) then
      refuse(self.id, name, ("%s to %s"):format(param.min or "any", param.max or "any"), tostring(value))
    end
    values[name] = value
  end
  return values
end

local function shape_text(shape) return "a tensor [" .. table.concat(shape, ", ") .. "]" end

--- A score as it came, checked against the kind's shape; a NaN in it is an error that says where.
local function check_score(probe, score, run, model)
  local shape = SHAPES[probe.kind](run, model.config)
  if not shape then return score end
  local is_tensor = getmetatable(score) == getmetatable(hs.zeros { 1 })
  local found = is_tensor and score.shape or nil
  local same = found and #found == #shape
  for axis = 1, same and #shape or 0 do same = same and found[axis] == shape[axis] end
  if not same then refuse(probe.id, "score", shape_text(shape), found and shape_text(found) or "a " .. type(score)) end
  local bad = hs.where(score:eq(score), 0, 1):contiguous():reshape(-1)
  if bad:sum() > 0 then
    local flat = bad:argmax()
    local width = #shape == 2 and shape[2] or 1
    local place = #shape == 2 and ("%d.%d"):format(flat // width, flat % width) or tostring(flat)
    refuse(probe.id, "score", "numbers", ("NaN at %s (%d of %d)"):format(place, bad:sum(), bad.shape[1]))
  end
  return score
end

--- The pattern of a head that attends evenly to what it may see: [layer, head, query, key].
local function uniform_pattern(pattern, causal)
  local rows, n, keys = {}, pattern.shape[3], pattern.shape[4]
  for q = 0, n - 1 do
    local row, seen = {}, causal and q + 1 or keys
    for k = 0, keys - 1 do row[k + 1] = k < seen and 1 / seen or 0 end
    rows[q + 1] = row
  end
  return hs.zeros(pattern.shape) + hs.tensor(rows)
end

--- A run whose every head attends evenly; it has nothing else to measure.
local function uniform_run(run, causal)
  local pattern = uniform_pattern(run:attention(), causal)
  local even = {}
  function even:attention(layer, head)
    if not layer then return pattern end
    return head and pattern[layer][head] or pattern[layer]
  end
  function even:get(name)
    if name == "pattern" then return pattern end
    error("only attention has a null", 0)
  end
  even.logits = even.get
  return setmetatable(even, { __index = function(_, key) return run[key] end })
end

--- What the score is where all heads attend evenly under the run's mask; nil for scores of other things.
local function null_score(probe, run, values, model)
  if #probe.keep ~= 1 or probe.keep[1] ~= "pattern" then return nil end
  local even = uniform_run(run, model.config.attention_dir == "causal")
  local ok, score = pcall(probe.score, even, values)
  return ok and score or nil
end

local function run_for(probe, model, values, seed, options)
  if options.run then return options.run end
  local input = options.ids or options.text
  if probe.input then input = probe.input(model, values, seed) end
  if input == nil then refuse(probe.id, "input", "a text, ids or a run to look at", "none") end
  return model:run(input, { keep = probe.keep, bos = options.bos and not probe.input, pair = options.pair, logits = options.logits })
end

--- Mean and sample deviation over seeds.
local function spread_of(scores)
  local sum, squares, n = 0, 0, #scores
  for _, score in ipairs(scores) do sum = sum + score end
  local mean = sum / n
  for _, score in ipairs(scores) do squares = squares + (score - mean) ^ 2 end
  return mean, n > 1 and (squares / (n - 1)) ^ 0.5 or nil
end

---@class headscope.ProbeResult
---@field probe headscope.Probe
---@field mean headscope.Tensor|number|table the score, over seeds where the probe has its own input
---@field spread? headscope.Tensor|number sample standard deviation over seeds; nil for one
---@field null? headscope.Tensor|number what even attention under the same mask scores
---@field z? headscope.Tensor|number (mean - null) / spread
---@field seeds integer

--- Asks the question of a model: of `run`, of `text` or `ids`, or of the probe's own input.
---@param model headscope.Model
---@param options {text: string?, ids: integer[]?, pair: string?, bos: boolean?, run: headscope.Run?, params: table?, seeds: integer?}
---@return headscope.ProbeResult
function Probe:ask(model, options)
  local values, scores, nulls = self:values(options.params), {}, {}
  local seeds = self.input and (options.seeds or self.seeds) or 1
  for seed = 1, seeds do
    local run = run_for(self, model, values, seed, options)
    scores[seed] = check_score(self, self.score(run, values), run, model)
    nulls[seed] = null_score(self, run, values, model)
    if run ~= options.run then run:close() end
  end
  local result = { probe = self, seeds = seeds, mean = scores[1] }
  if self.kind ~= "run" or type(scores[1]) == "number" then
    result.mean, result.spread = spread_of(scores)
    result.null = #nulls == seeds and spread_of(nulls) or nil
    result.z = result.spread and result.null and (result.mean - result.null) / result.spread or nil
  end
  return result
end

return M
