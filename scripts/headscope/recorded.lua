--- A recorded run: what its file has of a run, under the same names. It has no model: what only that could tell is
--- an error that says what is missing, which the window's dock shows as a sentence.
local hs = require "headscope"

local edges = require "headscope.edges"
local index = require "headscope.index"

local M = {}

local Run = {}

--- Raises that a probe, or a script, needs what is not there.
local function miss(run, what, has)
  error(("%s: it needs %s, which this recorded run lacks%s"):format(run.asked or "recorded run", what, has or ""), 0)
end

local function listed(names)
  local last = table.remove(names)
  return #names > 0 and table.concat(names, ", ") .. " and " .. last or last
end

--- The short names of what the file has, layer by layer where it does not have all of them.
local function kept(run)
  local names, layers, list = {}, {}, {}
  for _, full in ipairs(run:names()) do
    local layer, name = full:match "^blocks%.(%d+)%..*hook_([%w_]+)$"
    name = name or full:match "hook_([%w_]+)$" or full
    if not layers[name] then names[#names + 1], layers[name] = name, {} end
    if layer then table.insert(layers[name], layer) end
  end
  for _, name in ipairs(names) do
    local some = #layers[name] < run.model.config.n_layers and layers[name] or { "" }
    for _, layer in ipairs(#some > 0 and some or { "" }) do list[#list + 1] = name .. layer end
  end
  if run:find "logits" then list[#list + 1] = "logits" end
  return listed(list)
end

--- The same of activations: what it has instead.
local function lack(run, what)
  miss(run, what, ("; %s has %s"):format(run.record.name, kept(run)))
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

--- What it was edited with, of a JSON list of texts; nothing else is one.
local function edits_of(json)
  local known, edits = json and hs.json.decode(json), {}
  for i, text in ipairs(type(known) == "table" and known or {}) do
    if type(text) ~= "string" then return {} end
    edits[i] = text
  end
  return edits
end

--- What the file has by this name, or nil.
function Run:find(name)
  local known = self.known[name]
  if known then return known end
  local tensor, message = self.record.tensor(name)
  if message then error(message, 3) end
  self.known[name] = tensor
  return tensor
end

function Run:get(name)
  if type(name) ~= "string" then error(("name: expected a string, found a %s"):format(type(name)), 2) end
  return self:find(name) or lack(self, name)
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
  if i ~= -1 and i ~= self.n_tokens - 1 then lack(self, ("logits of position %d"):format(i)) end
  return logits
end

local function at(tokens, i) return tokens[index("token", i, #tokens, 3) % #tokens + 1] end

function Run:token(i) return at(self.record.tokens, i) end
function Run:key(i) return at(self.record.keys, i) end

function Run:names() return self.record.names() end
function Run:close() end

--- A run of what C read of a file.
---@param record table
---@return headscope.Run
function M.new(record)
  local tokens = record.tokens
  local run = {
    record = record, known = {}, recorded = true, crosses = record.crosses, edits = edits_of(record.edits),
    text = record.text, pair = record.pair, bos = record.bos or false,
    ids = ids_of(tokens), tokens = column(tokens, "text"), pieces = column(tokens, "piece"),
    token_types = column(tokens, "type"), n_tokens = #tokens, n_keys = #record.keys, seconds = 0,
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
    if name ~= "all" and not run:find(name) then missing[#missing + 1] = name end
  end
  return listed(missing)
end

--- Asks a probe of a recorded run. What that lacks is an error (`sentence`).
---@param probe headscope.Probe
---@param run headscope.Run
---@param params? table<string, number|boolean>
---@return headscope.ProbeResult
function M.ask(probe, run, params)
  run.asked = probe.id
  if probe.input then miss(run, "the model to run texts of its own") end
  if run.crosses and not probe.cross then miss(run, "attention of a text to itself") end
  local missing = lacks(probe, run)
  if missing then lack(run, missing) end
  return probe:ask(run.model, { run = run, params = params })
end

--- What an error says is missing, as a sentence; nil where it is another error.
---@param message any
---@return string?
function M.sentence(message)
  local lacks = type(message) == "string" and message:match ": it (needs [^\n]*, which this recorded run lacks[^\n]*)$"
  return lacks and "It " .. lacks .. "."
end

return M
