--- Probes: one Lua file that asks a question of a model, whatever shows the answer.
--
--   return hs.probe { id = "previous", kind = "head", keep = { "pattern" },
--     score = function(run) return run:attention():diagonal(-1):mean(-1) end }
--
-- A probe looks at the user's text, or makes texts of its own (`input`), one for each seed. Those of kind "edge" have
-- no score: they say which edges of the attention they look for.
local hs = require "headscope"

local answer = require "headscope.answer"
local apart = require "headscope.apart"
local edges = require "headscope.edges"
local even = require "headscope.even"
local fields = require "headscope.fields"

local M = {}

--- What may be said with a question.
local ASKED = {
  text = true, ids = true, pair = true, token_types = true, bos = true, edits = true, run = true, params = true, seeds = true,
}
--- Of these, what is said of a text or ids as to model:run.
local OF_INPUT = { "pair", "token_types", "bos", "edits" }

local list, refuse = fields.list, fields.refuse

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
---@field score? fun(run: headscope.Run, p: table, mean?: headscope.Tensor): headscope.Tensor|number|table
---@field gather? fun(run: headscope.Run, p: table): headscope.Tensor? its mean over all sequences of a scan is what `score` gets last
---@field cross? boolean of heads: whether it can be asked of attention between two texts
---@field from integer of tokens: the first that has a number, those before it have none
---@field weight? number[] from, to; of edges, as all that follow
---@field distance? number[] from, to: query minus key
---@field query? headscope.Predicate
---@field key? headscope.Predicate
---@field heads? string[]
---@field place string where it was made, "mine.lua:3: "
local Probe = {}
Probe.__index = Probe
Probe.__name = "headscope.probe"

--- Where a function of a probe begins, or where the probe was made.
local function place_of(probe, field) return apart.place_of(probe[field]) or probe.place end

local THEIR_LEVEL = 3 -- of who called hs.probe, a function of C, which leads here

--- A probe of a table of fields; unknown ones, and those of another type, are refused by name.
---@param given table
---@return headscope.Probe
function M.new(given)
  local ok, probe = pcall(fields.read, given)
  if not ok then error(probe, THEIR_LEVEL) end
  probe.place = apart.here(THEIR_LEVEL)
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
---@param mean? headscope.Tensor of what was gathered of all sequences
---@return headscope.Tensor|number|table
function Probe:apply(run, values, model, mean)
  model, values = model or run.model, values or self:values()
  if self.kind == "edge" then return apart.call(self.place, edges.find, self, run, values, model) end
  local place = place_of(self, "score")
  local function wrong(expected, found) refuse(self.id, "score", expected, found, place) end
  return answer.check(self, apart.call(place, self.score, run, values, mean), run, model.config, wrong)
end

--- What is gathered of one sequence of a scan, checked; nil for nothing.
---@param run headscope.Run
---@param values table<string, number|boolean>
---@return headscope.Tensor?
function Probe:take(run, values)
  local place = place_of(self, "gather")
  local found = apart.call(place, self.gather, run, values)
  if found == nil then return nil end
  local wrong = not answer.is_tensor(found) and answer.describe(found) or found:eq(found):min() == 0 and "NaN"
  if wrong then refuse(self.id, "gather", "a tensor of numbers or nil", wrong, place) end
  return found:contiguous()
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

--- What the model is to read, and, where that is the probe's own, the place that it comes from.
local function input_of(probe, model, values, seed, options)
  local place = probe.input and place_of(probe, "input")
  local input = options.ids or options.text
  if place then input = apart.call(place, probe.input, model, values, seed) end
  if type(input) ~= "string" and type(input) ~= "table" then
    local wanted = place and "a text or ids" or "a text, ids or a run to look at"
    refuse(probe.id, "input", wanted, answer.describe(input), place)
  end
  return input, place
end

local function run_for(probe, model, values, seed, options)
  if options.run then return options.run end
  local input, place = input_of(probe, model, values, seed, options)
  local wanted = probe:run_options()
  for _, name in ipairs(probe.input and {} or OF_INPUT) do wanted[name] = options[name] end
  local ok, run = pcall(model.run, model, input, wanted)
  if ok then return run end
  place = place or run:find "^activation:" and probe.place or ""
  error(("%sprobe %s: %s"):format(place, probe.id, run), 0)
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

local function check_asked(probe, options)
  local place = apart.here(3)
  for name in pairs(options) do
    if not ASKED[name] then refuse(probe.id, "ask", "one of " .. list(ASKED), tostring(name), place) end
  end
  local seeds = options.seeds or 1
  if not math.tointeger(seeds) or seeds < 1 then
    refuse(probe.id, "seeds", "a whole number from 1", tostring(seeds), place)
  end
end

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

--- Asks the question of a model: of `run`, of `text` or `ids` with `edits`, or of the probe's own input, which is not edited.
---@param model headscope.Model
---@param options? {text: string?, ids: integer[]?, pair: string?, token_types: integer[]?, bos: boolean?, edits: (string|table)[]?, run: headscope.Run?, params: table?, seeds: integer?}
---@return headscope.ProbeResult
function Probe:ask(model, options)
  options = options or {}
  check_asked(self, options)
  local values, scores, nulls, tokens = self:values(options.params), {}, {}, nil
  if options.bos and values.prepend_bos ~= nil then values.prepend_bos = true end
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
