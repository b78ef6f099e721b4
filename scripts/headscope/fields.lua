--- The fields of a probe: which there are, what may be wrong with them, and what stands for those that are not given.
local M = {}

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
local SCORE = { score = "function", gather = "function" }
local HEAD = { score = "function", gather = "function", cross = "boolean" }
local TOKEN = { score = "function", gather = "function", from = "number" }
local EDGE = { weight = "table", distance = "table", query = "function", key = "function", heads = "table" }

--- What a kind has beside the common fields.
local KINDS = { head = HEAD, neuron = SCORE, token = TOKEN, run = SCORE, edge = EDGE }

--- The names of some sets, sorted.
---@param ... table
---@return string
function M.list(...)
  local names = {}
  for _, set in ipairs { ... } do
    for name in pairs(set) do names[#names + 1] = tostring(name) end
  end
  table.sort(names)
  return table.concat(names, ", ")
end

--- Raises what is wrong with a field, behind a place in a file where one is given. Nothing that somebody calls a probe or
--- its fields ends the message early, or breaks it into lines.
---@param id string of the probe
---@param field string
---@param expected string
---@param found string
---@param place? string "mine.lua:7: "
function M.refuse(id, field, expected, found, place)
  local message = ("%sprobe %s: %s: expected %s, found %s"):format(place or "", id, field, expected, found)
  message = message:gsub("%c", function(c) return ("\\x%02X"):format(c:byte()) end)
  error(message, 0)
end

local list, refuse = M.list, M.refuse

local function check_bounds(id, field, param)
  for _, name in ipairs { "min", "max" } do
    local bound = param[name]
    if type(bound) ~= "number" and bound ~= nil then refuse(id, field, "a number as " .. name, "a " .. type(bound)) end
  end
  local value = param[1]
  if not (value >= (param.min or value) and value <= (param.max or value)) then
    refuse(id, field, ("a default from %s to %s"):format(param.min or "any", param.max or "any"), tostring(value))
  end
end

--- A parameter as { default, min, max }: a bare number or boolean is its default.
local function read_param(id, name, given)
  local field = "params." .. tostring(name)
  if type(name) ~= "string" then refuse(id, "params", "names", "a list") end
  if name == "" or name:find "%c" or not utf8.len(name) then
    refuse(id, field, "a name without control characters", ('"%s"'):format(name))
  end
  local param = type(given) == "table" and given or { given }
  for key in pairs(param) do
    if key ~= 1 and key ~= "min" and key ~= "max" then refuse(id, field, "a default, min and max", tostring(key)) end
  end
  if type(param[1]) ~= "number" and type(param[1]) ~= "boolean" then
    refuse(id, field, "a number or a boolean first", type(param[1]))
  end
  if type(param[1]) == "number" then check_bounds(id, field, param) end
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

--- A list of texts, or of `also`.
local function check_names(id, field, names, also)
  for key, name in pairs(names) do
    if math.type(key) ~= "integer" or type(name) ~= "string" and type(name) ~= also then
      refuse(id, field, "a list of names", ("a %s at %s"):format(type(name), key))
    end
  end
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
  check_names(id, "heads", fields.heads or {}, "table")
end

--- Fields that are unknown, of another type, or missing.
local function check_fields(id, fields)
  if type(fields.kind) ~= "string" then refuse(id, "kind", "one of " .. list(KINDS), "a " .. type(fields.kind)) end
  local own = KINDS[fields.kind] or refuse(id, "kind", "one of " .. list(KINDS), ('"%s"'):format(fields.kind))
  for name, value in pairs(fields) do
    local wanted = COMMON[name] or own[name]
    if not wanted then refuse(id, tostring(name), "one of " .. list(COMMON, own), "a field of this name") end
    if type(value) ~= wanted then refuse(id, name, "a " .. wanted, "a " .. type(value)) end
  end
  if not fields.id then refuse(id, "id", "a string", "none") end
  if own.score and not fields.score then refuse(id, "score", "a function", "none") end
  if not id:find "^[%w_-]+$" then refuse(id, "id", "letters, digits, _ and -", ('"%s"'):format(id)) end
  check_names(id, "keep", fields.keep or {})
  if own == EDGE then check_edges(id, fields) end
  local from = fields.from or 0
  if not math.tointeger(from) or from < 0 then refuse(id, "from", "a whole number from 0", tostring(from)) end
end

--- The fields as a probe has them; unknown ones, and those of another type, are refused by name.
---@param fields table
---@return table
function M.read(fields)
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
  return probe
end

return M
