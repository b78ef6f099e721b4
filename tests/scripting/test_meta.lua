-- scripts/meta says what the module holds, one file a type: every function, method and field, and no other.
local hs = require "headscope"

local folder = os.getenv "HEADSCOPE_HOME" .. "/scripts/meta/"

--- Adds a stub's functions by class ({ model = { encode = true, … } }), and its fields by class.
local function read_stub(file, functions, fields)
  local pending = {}
  for line in io.lines(folder .. file) do
    if line:find "^%-%-%-@class " then pending = {} end
    local field = line:match "^%-%-%-@field ([%w_]+)%??%s"
    local variable = line:match "^local ([%w_]+) = {}"
    local owner, method = line:match "^function ([%w_]+)[.:]([%w_]+)"
    if field then pending[field] = true end
    if variable then functions[variable], fields[variable] = {}, pending end
    if owner then functions[owner][method] = true end
  end
end

local function compare(what, stub, actual)
  for name in pairs(stub) do assert(actual[name] ~= nil, what .. ": the stub invents " .. name) end
  for name in pairs(actual) do assert(stub[name], what .. ": the stub lacks " .. name) end
end

--- The methods of a value, from the upvalue of its __index.
local function methods(value)
  local _, found = debug.getupvalue(debug.getmetatable(value).__index, 2)
  return found
end

local function of_type(t, wanted)
  local found = {}
  for name, value in pairs(t) do
    if (type(value) == "function") == wanted then found[name] = true end
  end
  return found
end

local functions, fields = {}, {}
for _, file in ipairs(assert(hs.files(folder))) do read_stub(file, functions, fields) end
compare("hs", functions.hs, of_type(hs, true))
compare("hs", fields.hs, of_type(hs, false))
compare("hs.json", functions.json, of_type(hs.json, true))
compare("hs.json", fields.json, of_type(hs.json, false))
compare("hs.ui", functions.ui, hs.ui)
compare("hs.stats", functions.stats, hs.stats)

local model <close> = assert(hs.load "novella")
local run <close> = model:run "a b"
local window <close> = hs.ui.open { text = "" }
compare("model", functions.model, methods(model))
compare("run", functions.run, methods(run))
compare("tensor", functions.tensor, methods(run:attention()))
compare("window", functions.window, methods(window))

-- fields are computed, so only those of the stub can be asked for; `pair` is nil for one sentence
for name in pairs(fields.model) do assert(model[name] ~= nil, name) end
for name in pairs(fields.run) do assert(name == "pair" or run[name] ~= nil, name) end
assert(run:attention().rank == #run:attention().shape)
assert(run.no_such_field == nil and model.no_such_field == nil)
