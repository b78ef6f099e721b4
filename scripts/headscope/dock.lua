--- What the window's dock asks of probes: reads their files, asks them, and says both in plain tables.
--
-- Each file is kept apart from the others. Errors begin with the place in the file, "mine.lua:7: …".
local hs = require "headscope"

local about = require "headscope.about"
local answers = require "headscope.answer"
local apart = require "headscope.apart"
local filter = require "headscope.filter"
local probes = require "headscope.probe"
local ranked = require "headscope.ranked"
local recorded = require "headscope.recorded"
local rows = require "headscope.rows"

local M = {}

--- The probes that were read, by the path of their file.
local loaded = {}

local MOST_BYTES = 1 << 20

local function name_of(path) return path:match "[^/]*$" end

--- The message with the place in the file that it came from, where the stack knows one. What a recorded run lacks is
--- no fault of the file's.
local function locate(file, message)
  if recorded.sentence(message) then return message end
  message = apart.words(message)
  if message:find(file .. ":", 1, true) then return message end
  for level = 3, 40 do
    local info = debug.getinfo(level, "Sl")
    if not info then break end
    if info.source == "@" .. file and info.currentline > 0 then
      return ("%s:%d: %s"):format(file, info.currentline, message)
    end
  end
  return ("%s: %s"):format(file, message)
end

--- Calls with errors located in a file.
local function guarded(file, call, ...)
  local ok, result = xpcall(call, function(message) return locate(file, message) end, ...)
  if ok then return result end
  error(result, 0)
end

local function read_text(path, file)
  local handle, message = io.open(path, "rb")
  if not handle then error(message, 0) end
  local text = handle:read(MOST_BYTES + 1) or ""
  handle:close()
  if #text > MOST_BYTES then error(("%s: expected at most %d bytes"):format(file, MOST_BYTES), 0) end
  return (text:gsub("^\xEF\xBB\xBF", ""):gsub("^#[^\n]*", "")) -- as loadfile leaves them out
end

local function params_of(probe)
  local params = {}
  for name, param in pairs(probe.params) do
    params[#params + 1] = { name = name, default = param[1], min = param.min, max = param.max }
  end
  table.sort(params, function(a, b) return a.name < b.name end)
  return params
end

--- Reads a file anew; raises what is wrong with it.
---@param path string
---@return table
function M.read(path)
  local file = name_of(path)
  loaded[path] = nil
  local chunk, message = load(read_text(path, file), "@" .. file, "t", apart.environment())
  if not chunk then error(message, 0) end
  local probe = guarded(file, chunk)
  if not probes.is(probe) then
    error(("%s: expected it to return hs.probe{…}, found a %s"):format(file, type(probe)), 0)
  end
  loaded[path] = probe
  return {
    id = probe.id,
    name = probe.name:gsub("[%s%c]+", " "),
    doc = probe.doc:gsub("[%s%c]+", " "),
    kind = probe.kind,
    input = probe.input ~= nil,
    keep = table.concat(probe.keep, ","),
    params = params_of(probe),
  }
end

local BINS, RANKS, ROWS, MOST_INDEX = 24, 100, 60, 1 << 20

--- How many numbers lie in each of equal parts from the lowest to the highest.
local function histogram(score)
  local flat = score:contiguous():reshape(-1)
  local low, high, bins, below = flat:min(), flat:max(), {}, 0
  for i = 1, BINS do
    local upto = i == BINS and flat.shape[1] or flat:lt(low + (high - low) * i / BINS):sum()
    bins[i], below = math.tointeger(upto - below), upto
  end
  return bins, low, high
end

--- A tensor's number at a place, or NaN.
local function at(tensor, place) return tensor and tensor:contiguous():reshape(-1)[place] or 0 / 0 end

local function rank(answer, result)
  local width = result.mean.shape[2]
  answer.ranks, answer.all = {}, result.mean.shape[1] * width
  for i, entry in ipairs(ranked(result.mean, answer.kind, RANKS)) do
    local place = entry.place
    answer.ranks[i] =
      { place // width, place % width, entry.value, at(result.null, place), at(result.spread, place) }
  end
  answer.bins, answer.low, answer.high = histogram(result.mean)
  answer.null = result.null and result.null:mean() or 0 / 0
end

--- As short as the dock is narrow: head, weight, query → key with their places.
local function edge_lines(edges)
  local lines = {}
  for i = 1, math.min(#edges, ROWS) do
    local edge = edges[i]
    lines[i] = ("%-5s%.3f  %s %d → %s %d"):format(edge.layer .. "." .. edge.head, edge.weight,
      rows.shown(edge.query_text), edge.query, rows.shown(edge.key_text), edge.key)
  end
  return lines
end

--- Layer, head, query and key that a row names, -1 where it does not. Tokens of texts of its own are not those that show.
local function place_of(row, is_own)
  local function index(value)
    return math.type(value) == "integer" and value >= 0 and value < MOST_INDEX and value or -1
  end
  local query, key = index(row.query or row.position), index(row.key)
  if is_own then query, key = -1, -1 end
  return { index(row.layer), index(row.head), query, key }
end

--- Where each of the rows that show lies; nil where one names no place.
local function places_of(result)
  local places = {}
  for i = 1, math.min(#result.rows, ROWS) do
    local row = result.rows[i]
    places[i] = type(row) == "table" and place_of(row, result.probe.input) or { -1 }
    if math.max(table.unpack(places[i])) < 0 then return nil end
  end
  return places
end

--- Numbers of heads for the model view, whatever else is said: how many edges each has, its best dimension.
local function score_heads(answer, scores)
  answer.scores, answer.low, answer.high = scores:contiguous(), scores:min(), scores:max()
end

local function count_edges(edges, config)
  local counts = {}
  for layer = 1, config.n_layers do
    counts[layer] = {}
    for head = 1, config.n_heads do counts[layer][head] = 0 end
  end
  for _, edge in ipairs(edges) do
    local row = counts[edge.layer + 1]
    row[edge.head + 1] = row[edge.head + 1] + 1
  end
  return hs.tensor(counts)
end

local function say_rows(answer, result, config)
  local is_edge, n = result.probe.kind == "edge", #result.rows
  if is_edge then score_heads(answer, count_edges(result.rows, config)) end
  local lines = is_edge and edge_lines(result.rows) or rows.lines(result.rows, false, ROWS)
  answer.all, answer.places = n, places_of(result)
  answer.titles = is_edge and 0 or 1
  if n > ROWS and not answer.places then lines[#lines + 1] = ("and %d more"):format(n - ROWS) end
  answer.text = n > 0 and table.concat(lines, "\n") or "nothing found"
end

--- The best numbers of a tensor, a line each: of tokens of a text of its own, or of dimensions of heads.
local function say_best(answer, result, kind)
  local lines, places, shape = {}, {}, result.mean.shape
  local form = kind == "dimension" and "%-8s%8.4f%s" or "%4s %9.4f%s"
  for i, entry in ipairs(ranked(result.mean, kind, ROWS)) do
    local token = kind == "token" and result.tokens and "  " .. rows.shown(result.tokens[entry.place + 1]) or ""
    lines[i] = form:format(entry.name, entry.value, token)
    if kind == "dimension" then
      local head = entry.place // shape[3]
      places[i] = { head // shape[2], head % shape[2], -1, -1 }
    end
  end
  answer.text, answer.places = table.concat(lines, "\n"), places
  answer.all = result.mean:contiguous():reshape(-1).shape[1]
end

local function say_run(answer, result, config)
  local mean = result.mean
  if result.rows then return say_rows(answer, result, config) end
  if type(mean) == "number" then
    answer.text = ("%.6g%s"):format(mean, result.spread and (" ± %.6g"):format(result.spread) or "")
  elseif answers.belongs("run", mean.shape, config) == "dimension" then
    say_best(answer, result, "dimension")
    score_heads(answer, mean:max(-1))
  else
    answer.text = tostring(mean)
  end
end

--- What a probe that was read says of a run.
local function ask(path, model, run, params)
  local file = name_of(path)
  local function describe(message) return locate(file, message) end
  return guarded(file, about.ask, loaded[path], model, run, params, describe)
end

--- Asks a probe that was read; of a recorded run the answer may be what that `lacks`.
---@param path string
---@param model? headscope.Model
---@param run headscope.Run of the text that is shown
---@param params table<string, number|boolean>
---@return table
function M.ask(path, model, run, params)
  local probe = loaded[path]
  local ok, result = pcall(ask, path, model, run, params)
  local lacks = not ok and recorded.sentence(result)
  if lacks then return { kind = probe.kind, lacks = lacks } end
  if not ok then error(result, 0) end
  local answer = { kind = probe.kind, seeds = result.seeds }
  if probe.kind == "head" or probe.kind == "neuron" then
    rank(answer, result)
    if probe.kind == "head" then answer.scores = result.mean:contiguous() end
  elseif probe.kind == "token" then
    answer.values = result.mean:contiguous()
    if probe.input then say_best(answer, result, "token") end
  else
    say_run(answer, result, run.model.config)
  end
  return answer
end

--- A parameter as the probe takes it: what is on or off is kept as a number.
local function params_for(probe, set)
  local params = {}
  for name, value in pairs(set or {}) do
    local param = probe.params[name]
    if param and type(param[1]) == "boolean" then value = value > 0 end
    if param then params[name] = math.tointeger(value) or value end
  end
  return params
end

--- Which heads of a run pass a filter, by what the probes that were read say.
---@param where string
---@param model? headscope.Model
---@param run headscope.Run
---@param set table<string, table<string, number>> what was set of parameters, by probe
---@param paths string[] of the probes that there are
---@return headscope.Tensor [layer, head]
function M.filter(where, model, run, set, paths)
  local known, config = {}, run.model.config
  for _, path in ipairs(paths) do known[loaded[path].id] = { path, loaded[path] } end
  return filter.mask(where, config.n_layers, config.n_heads, function(id)
    if not known[id] then error(("filter: expected layer, head or the id of a probe, found %s"):format(id), 0) end
    local path, probe = table.unpack(known[id])
    return guarded(name_of(path), filter.scores, probe, model, run, params_for(probe, set[id]))
  end)
end

return M
