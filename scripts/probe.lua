--- Asks one probe of a model and prints its answer.
local hs = require "headscope"
local options = require "headscope.options"
local ranked = require "headscope.ranked"

local USAGE = [[
usage: headscope run scripts/probe.lua PROBE MODEL [options]

Asks a probe of a model: a file, or one of scripts/probes or of the user's probes by its name.

  --text S       the text it looks at (default: "The doctor asked the nurse a question. She")
  --ids 1,2,3    token ids instead of a text
  --bos          put the model's BOS token in front
  --set n=32     a parameter of the probe, may be given again
  --seeds K      for probes that make their own texts: how many, averaged
  --top K        how many to print (default: 10)
  --json         print {probe, kind, seeds, mean, spread, null}]]

local DEFAULT_TEXT = "The doctor asked the nurse a question. She"

local settings = {}

local function setting(word, option)
  local name, value = word:match "^([%w_]+)=(.+)$"
  if not name then options.fail(2, option .. ": expected NAME=VALUE, found " .. word) end
  if value == "true" or value == "false" then
    settings[name] = value == "true"
  else
    settings[name] = tonumber(value) or options.fail(2, option .. ": expected a number, true or false, found " .. value)
  end
  return true
end

local asked = options.parse(USAGE, {
  ["--text"] = options.text,
  ["--ids"] = options.wholes(0),
  ["--bos"] = true,
  ["--set"] = setting,
  ["--seeds"] = options.whole(1),
  ["--top"] = options.whole(1),
  ["--json"] = true,
}, { "PROBE", "MODEL" })
if asked.text and asked.ids then options.fail(2, "expected --text or --ids, found both") end

--- Where a probe of that name may lie: a path as it is, else the user's folder, else those that ship.
local function places(name)
  if name:find "/" or name:find "%.lua$" then return { name } end
  local data = os.getenv "XDG_DATA_HOME" or (os.getenv "HOME" or "") .. "/.local/share"
  return { data .. "/headscope/probes/" .. name .. ".lua", arg[0]:match "^(.*)/" .. "/probes/" .. name .. ".lua" }
end

local function load_probe(name)
  local tried = places(name)
  for _, path in ipairs(tried) do
    local file = io.open(path, "rb")
    if file then
      file:close()
      local chunk, message = loadfile(path)
      if not chunk then options.fail(1, message) end
      local ok, probe = pcall(chunk)
      if not ok then options.fail(1, path .. ": " .. tostring(probe)) end
      if getmetatable(probe) ~= getmetatable(hs.probe { id = "any", kind = "run", score = print }) then
        options.fail(1, path .. ": expected it to return hs.probe{...}, found " .. type(probe))
      end
      return probe
    end
  end
  options.fail(1, ("%s: expected a probe, found none in %s"):format(name, table.concat(tried, ", ")))
end

--- The number of a tensor, or of all places, as a column; "" where there is none.
local function column(tensor, place)
  return tensor and ("%10.4f"):format(tensor:contiguous():reshape(-1)[place]) or ""
end

local function print_result(result, model)
  local probe = result.probe
  print(("%s on %s: %s"):format(probe.name, model.name, probe.doc:gsub("\n", " ")))
  if result.seeds > 1 then print(("mean of %d seeds, with their standard deviation"):format(result.seeds)) end
  if type(result.mean) ~= "userdata" then return print(tostring(result.mean)) end
  print(("\n%-10s%10s%s%s"):format("", "mean", result.spread and "    spread" or "", result.null and "   uniform" or ""))
  for i, entry in ipairs(ranked(result.mean, probe.kind)) do
    if i > (asked.top or 10) then break end
    print(("%-10s%10.4f%s%s"):format(entry.name, entry.value, column(result.spread, entry.place), column(result.null, entry.place)))
  end
end

local function print_json(result)
  local out = { probe = result.probe.id, kind = result.probe.kind, seeds = result.seeds }
  for _, field in ipairs { "mean", "spread", "null" } do out[field] = result[field] end
  print(hs.json.encode(out))
end

local probe = load_probe(asked.PROBE)
local model, message = hs.load(asked.MODEL)
if not model then options.fail(1, message) end
local ok, result = xpcall(probe.ask, function(m) return type(m) == "string" and m or tostring(m) end, probe, model, {
  text = not asked.ids and (asked.text or DEFAULT_TEXT) or nil,
  ids = asked.ids,
  bos = asked.bos,
  params = settings,
  seeds = asked.seeds,
})
if not ok then options.fail(1, result) end
if asked.json then print_json(result) else print_result(result, model) end
