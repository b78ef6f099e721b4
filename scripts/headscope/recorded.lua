--- A recorded run: what its file has of a run, under the same names. It has no model: what only that could tell is
--- an error that says what is missing, which the window's dock shows as a sentence.
local edges = require "headscope.edges"
local index = require "headscope.index"

local M = {}

local Run = {}

--- Raises that a probe, or a script, needs what is not there.
local function miss(run, what)
  error(("%s: it needs %s, which this recorded run lacks"):format(run.asked or "recorded run", what), 0)
end

local WEIGHTS, VOCABULARY = "weights of the model", "the model's vocabulary"
local OF_MODEL = {
  run = "the model to run texts", generate = "the model to run texts",
  weight = WEIGHTS, weights = WEIGHTS,
  encode = VOCABULARY, decode = VOCABULARY, special_ids = VOCABULARY,
}

--- What stands for the model: its numbers, as far as the file tells them.
local function stand_in(run, record)
  local known = { name = record.name, hash = record.hash, config = record.config }
  function known:head(name) return record.head(name) end
  return setmetatable(known, { __index = function(_, name) miss(run, OF_MODEL[name] or "the model") end })
end

--- Positions are no ids: a file without ids numbers its tokens.
local function ids_of(tokens)
  local ids, told = {}, false
  for i, token in ipairs(tokens) do
    ids[i] = token.id
    told = told or token.id ~= i - 1
  end
  return told and ids or nil
end

local function column(tokens, field)
  local list = {}
  for i, token in ipairs(tokens) do list[i] = token[field] end
  return list
end

function Run:get(name)
  local known = self.known[name]
  if known then return known end
  local tensor, message = self.record.tensor(name)
  if not tensor then error(message, 2) end
  self.known[name] = tensor
  return tensor
end

function Run:attention(layer, head)
  if type(layer) == "string" or type(layer) == "table" then
    local ok, named, of = pcall(edges.head, self.model, layer)
    if not ok then error((named:gsub("^heads: ", "")), 2) end
    layer, head = named, of
  end
  local pattern, config = self:get "pattern", self.model.config
  if layer then pattern = pattern[index("layer", layer, config.n_layers, 2)] end
  return head and pattern[index("head", head, config.n_heads, 2)] or pattern
end

--- Of all positions, or of the last one alone.
function Run:logits(i)
  local logits = self:get "logits"
  if not i or #logits.shape == 2 then return i and logits[i] or logits end
  if i ~= -1 and i ~= self.n_tokens - 1 then error(("logits of position %d were not recorded"):format(i), 2) end
  return logits
end

function Run:token(i)
  local n = self.n_tokens
  return self.record.tokens[index("token", i, n, 2) % n + 1]
end

function Run:names() return self.record.names() end
function Run:close() end

--- A run of what C read of a file.
---@param record table
---@return headscope.Run
function M.new(record)
  local tokens = record.tokens
  local run = {
    record = record, known = {}, recorded = true, crosses = record.crosses,
    text = record.text, pair = record.pair, bos = record.bos or false,
    ids = ids_of(tokens), tokens = column(tokens, "text"), pieces = column(tokens, "piece"),
    token_types = column(tokens, "type"), n_tokens = #tokens, seconds = 0,
  }
  run.model = stand_in(run, record)
  return setmetatable(run, {
    __index = function(_, name)
      if name == "ids" then miss(run, "ids of tokens") end
      return Run[name]
    end,
    __tostring = function() return ("recorded run of %s (%d tokens)"):format(record.name, #tokens) end,
  })
end

--- What a probe keeps and the run does not have, as a list in words; nil where it has all.
local function lacks(probe, run)
  local missing = {}
  for _, name in ipairs(probe.keep) do
    if name ~= "all" and not pcall(run.get, run, name) then missing[#missing + 1] = name end
  end
  local last = table.remove(missing)
  return #missing > 0 and table.concat(missing, ", ") .. " and " .. last or last
end

--- Asks a probe of a recorded run. What that lacks is an error (`sentence`).
---@param probe headscope.Probe
---@param run headscope.Run
---@param params? table<string, number|boolean>
---@return headscope.ProbeResult
function M.ask(probe, run, params)
  run.asked = probe.id
  if probe.input then miss(run, "the model to run texts of its own") end
  if run.crosses then miss(run, "attention of a text to itself") end
  local missing = lacks(probe, run)
  if missing then miss(run, missing) end
  return probe:ask(run.model, { run = run, params = params })
end

--- What an error says is missing, as a sentence; nil where it is another error.
---@param message any
---@return string?
function M.sentence(message)
  local lacks = type(message) == "string" and message:match ": it (needs [^\n]*, which this recorded run lacks)$"
  return lacks and "It " .. lacks .. "."
end

return M
