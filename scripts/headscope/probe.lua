--- Probes: one Lua file that asks a question of a model, whatever shows the answer.
--
--   return hs.probe { id = "previous", kind = "head", keep = { "pattern" },
--     score = function(run) return run:attention():diagonal(-1):mean(-1) end }
--
-- A probe looks at the user's text, or makes texts of its own (`input`), one for each seed. Those of kind "edge" have
-- no score: they say which edges of the attention they look for.
local hs = require "headscope"

local answer = require "headscope.answer"
local edges = require "headscope.edges"
local even = require "headscope.even"

local M = {}

---@alias headscope.Param {[1]: number|boolean, min: number?, max: number?}
---@alias headscope.Predicate fun(token: headscope.Token, p: table<string, number|boolean>): any

---@class headscope.Probe
---@field id string
---@field name string
---@field doc string
---@field kind "head"|"neuron"|"token"|"run"|"edge"
---@field keep string[]
---@field params table<string, headscope.Param>
---@field seeds integer
---@field input? fun(model: headscope.Model, p: table, seed: integer): string|integer[]
---@field score? fun(run: headscope.Run, p: table): headscope.Tensor|number|table
---@field from integer of tokens: the first that has a number, those before it have none
---@field weight? number[] from, to; of edges, as all that follow
---@field distance? number[] from, to: query minus key
---@field query? headscope.Predicate
---@field key? headscope.Predicate
---@field heads? string[]
local Probe = {}
Probe.__index = Probe
Probe.__name = "headscope.probe"

--- The fields of every probe, those of scores and those of edges.
local COMMON = {
  id = "string",
  name = "string",
  doc = "string",
  kind = "string",
  keep = "table",
  params = "table",
  seeds = "number",
  input = "function",
}
local SCORE = { score = "function" }
local TOKEN = { score = "function", from = "number" }
local EDGE = { weight = "table", distance = "table", query = "function", key = "function", heads = "table" }

--- What a kind has beside the common fields.
local KINDS = { head = SCORE, neuron = SCORE, token = TOKEN, run = SCORE, edge = EDGE }

local function list(...)
  local names = {}
  for _, set in ipairs { ... } do
    for name in pairs(set) do names[#names + 1] = tostring(name) end
  end
  table.sort(names)
  return table.concat(names, ", ")
end

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

--- A range { from, to }, one of which may be missing.
local function check_range(id, field, range)
  for key, bound in pairs(range) do
    if key ~= 1 and key ~= 2 then refuse(id, field, "{ from, to }", "a field " .. tostring(key)) end
    if type(bound) ~= "number" or bound ~= bound then refuse(id, field, "two numbers", tostring(bound)) end
  end
  local from, to = range[1], range[2]
  if not from and not to then refuse(id, field, "{ from, to }", "none of them") end
  if from and to and from > to then refuse(id, field, "from <= to", ("%s, %s"):format(from, to)) end
end

--- What only a probe of edges can do wrong.
local function check_edges(id, fields)
  for _, field in ipairs { "weight", "distance" } do
    if fields[field] then check_range(id, field, fields[field]) end
  end
  if not (fields.weight or fields.distance or fields.query or fields.key) then
    refuse(id, "weight", "a range, or one of distance, query and key", "none")
  end
  if fields.heads and #fields.heads == 0 then refuse(id, "heads", "names of heads", "none") end
end

--- Fields that are unknown, of another type, or missing.
local function check_fields(id, fields)
  if type(fields.kind) ~= "string" then refuse(id, "kind", "one of " .. list(KINDS), "a " .. type(fields.kind)) end
  local own = KINDS[fields.kind] or refuse(id, "kind", "one of " .. list(KINDS), ("%q"):format(fields.kind))
  for name, value in pairs(fields) do
    local wanted = COMMON[name] or own[name]
    if not wanted then refuse(id, tostring(name), "one of " .. list(COMMON, own), "a field of this name") end
    if type(value) ~= wanted then refuse(id, name, "a " .. wanted, "a " .. type(value)) end
  end
  if not fields.id then refuse(id, "id", "a string", "none") end
  if own.score and not fields.score then refuse(id, "score", "a function", "none") end
  if not id:find "^[%w_-]+$" then refuse(id, "id", "letters, digits, _ and -", ("%q"):format(id)) end
  if own == EDGE then check_edges(id, fields) end
  local from = fields.from or 0
  if not math.tointeger(from) or from < 0 then refuse(id, "from", "a whole number from 0", tostring(from)) end
end

--- A probe of a table of fields; unknown ones, and those of another type, are refused by name.
---@param fields table
---@return headscope.Probe
function M.new(fields)
  if type(fields) ~= "table" then error("hs.probe: expected a table, found " .. type(fields), 0) end
  local id = type(fields.id) == "string" and fields.id or "without id"
  check_fields(id, fields)
  local seeds = fields.seeds or (fields.input and 5 or 1)
  if not math.tointeger(seeds) or seeds < 1 then refuse(id, "seeds", "a whole number from 1", tostring(seeds)) end
  local probe = {}
  for name, value in pairs(fields) do probe[name] = value end
  probe.name, probe.doc, probe.keep = fields.name or id, fields.doc or "", fields.keep or { "pattern" }
  probe.from = fields.from and math.tointeger(fields.from) or 0
  probe.seeds, probe.params = fields.input and math.tointeger(seeds) or 1, {}
  for name, given in pairs(fields.params or {}) do probe.params[name] = read_param(id, name, given) end
  return setmetatable(probe, Probe)
end

---@param value any
---@return boolean
function M.is(value) return getmetatable(value) == Probe end

--- The values of all parameters: those given, checked, and the defaults of the others. A whole number stays an integer where
--- the default is one, whatever it was given as.
---@param given? table<string, number|boolean>
---@return table<string, number|boolean>
function Probe:values(given)
  local values = {}
  for name, param in pairs(self.params) do values[name] = param[1] end
  for name, value in pairs(given or {}) do
    local param = self.params[name]
    if not param then
      refuse(self.id, "params", next(self.params) and "one of " .. list(self.params) or "none", tostring(name))
    end
    if type(value) ~= type(param[1]) then refuse(self.id, name, "a " .. type(param[1]), "a " .. type(value)) end
    if type(value) == "number" and (value < (param.min or value) or value > (param.max or value)) then
      refuse(self.id, name, ("%s to %s"):format(param.min or "any", param.max or "any"), tostring(value))
    end
    values[name] = math.type(param[1]) == "integer" and math.tointeger(value) or value
  end
  return values
end

--- What a run must keep for this probe, as options of model:run. "logits" among `keep` asks for those of all positions.
---@return {keep: string[], logits: "last"|"all"}
function Probe:run_options()
  local options = { keep = {}, logits = "last" }
  for _, name in ipairs(self.keep) do
    if name == "logits" then options.logits = "all" else table.insert(options.keep, name) end
  end
  return options
end

--- The answer about one run: the score, checked; of an edge probe the edges.
---@param run headscope.Run
---@param values? table<string, number|boolean> of all parameters, as `values` gives them
---@param model? headscope.Model
---@return headscope.Tensor|number|table
function Probe:apply(run, values, model)
  model, values = model or run.model, values or self:values()
  if self.kind == "edge" then return edges.find(self, run, values, model) end
  local function wrong(expected, found) refuse(self.id, "score", expected, found) end
  return answer.check(self, self.score(run, values), run, model.config, wrong)
end

--- What the score is where all heads attend evenly under the run's mask; nil for scores of other things.
---@param run headscope.Run
---@param values table<string, number|boolean>
---@param model headscope.Model
---@return headscope.Tensor|number?
function Probe:null(run, values, model)
  if self.kind == "edge" or #self.keep ~= 1 or self.keep[1] ~= "pattern" then return nil end
  local ok, score = pcall(self.score, even.run(run, model.config.attention_dir == "causal"), values)
  return ok and score or nil
end

local function run_for(probe, model, values, seed, options)
  if options.run then return options.run end
  local input, wanted = options.ids or options.text, probe:run_options()
  if probe.input then input = probe.input(model, values, seed) end
  if input == nil then refuse(probe.id, "input", "a text, ids or a run to look at", "none") end
  wanted.bos, wanted.pair = options.bos and not probe.input, not probe.input and options.pair or nil
  wanted.logits = options.logits or wanted.logits
  return model:run(input, wanted)
end

---@class headscope.ProbeResult
---@field probe headscope.Probe
---@field mean? headscope.Tensor|number the score, over seeds where the probe has its own input; nil where there are rows
---@field spread? headscope.Tensor|number sample standard deviation over seeds; nil for one
---@field null? headscope.Tensor|number what even attention under the same mask scores
---@field z? headscope.Tensor|number (mean - null) / spread
---@field tokens? string[] of the text that was looked at, where it is one
---@field rows? table edges, or the rows of a run's score
---@field seeds integer

--- Several scores as one result.
local function collect(probe, scores, nulls)
  local result = { probe = probe, seeds = #scores }
  local function wrong(expected, found) refuse(probe.id, "score", expected, found) end
  answer.check_alike(scores, wrong)
  if type(scores[1]) == "table" then
    result.rows = answer.join(scores)
    return result
  end
  result.mean, result.spread = answer.average(scores)
  result.null = #nulls == #scores and answer.average(nulls) or nil
  result.z = result.spread and result.null and answer.z(result.mean, result.null, result.spread) or nil
  return result
end

--- Asks the question of a model: of `run`, of `text` or `ids`, or of the probe's own input.
---@param model headscope.Model
---@param options {text: string?, ids: integer[]?, pair: string?, bos: boolean?, run: headscope.Run?, params: table?, seeds: integer?}
---@return headscope.ProbeResult
function Probe:ask(model, options)
  local values, scores, nulls, tokens = self:values(options.params), {}, {}, nil
  local seeds = self.input and (options.seeds or self.seeds) or 1
  for seed = 1, seeds do
    local run = run_for(self, model, values, seed, options)
    local score = self:apply(run, values, model)
    scores[seed] = answer.is_tensor(score) and hs.tensor(score) or score -- a view would end with the run
    nulls[seed] = self:null(run, values, model or run.model)
    tokens = run.tokens
    if run ~= options.run then run:close() end
  end
  local result = collect(self, scores, nulls)
  result.tokens = seeds == 1 and tokens or nil
  return result
end

return M
