--- Asks one probe of a model and prints its answer.
local hs = require "headscope"
local answer = require "headscope.answer"
local find = require "headscope.find"
local options = require "headscope.options"
local ranked = require "headscope.ranked"
local rows = require "headscope.rows"

local USAGE = [[
usage: headscope run scripts/probe.lua PROBE MODEL [options]

Asks a probe of a model: a file, or one of scripts/probes or of the user's probes by its name.

  --text S       the text it looks at (default: "The doctor asked the nurse a question. She")
  --pair S       a second sentence, for models that take two
  --ids 1,2,3    token ids instead of a text
  --bos          put the model's BOS token in front
  --set n=32     a parameter of the probe, may be given again
  --seeds K      for probes that make their own texts: how many, averaged
  --top K        how many to print (default: 10)
  --json         print {probe, kind, seeds, mean, spread, null, z, tokens}; edges and other rows are in rows]]

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
  ["--pair"] = options.text,
  ["--ids"] = options.wholes(0),
  ["--bos"] = true,
  ["--set"] = setting,
  ["--seeds"] = options.whole(1),
  ["--top"] = options.whole(1),
  ["--json"] = true,
}, { "PROBE", "MODEL" })
if asked.text and asked.ids then options.fail(2, "expected --text or --ids, found both") end

--- What stands beside the mean of each place.
local BESIDE = { { "spread", "spread" }, { "null", "uniform" }, { "z", "z" } }

--- A line of numbers and words, ten wide each.
local function print_line(name, cells)
  local line = ("%-10s"):format(name) .. table.concat(cells)
  print((line:gsub(" +$", "")))
end

local function print_tensor(result, config, top)
  local titles, flat = { ("%10s"):format "mean" }, {}
  local kind = answer.belongs(result.probe.kind, result.mean.shape, config)
  for _, column in ipairs(BESIDE) do
    local numbers = result[column[1]]
    if numbers then
      titles[#titles + 1] = ("%10s"):format(column[2])
      flat[#flat + 1] = numbers:contiguous():reshape(-1)
    end
  end
  print()
  print_line("", titles)
  for _, entry in ipairs(ranked(result.mean, kind, top)) do
    local cells = { ("%10.4f"):format(entry.value) }
    for i, numbers in ipairs(flat) do cells[i + 1] = ("%10.4f"):format(numbers[entry.place]) end
    local token = kind == "token" and result.tokens and result.tokens[entry.place + 1]
    if token then cells[#cells + 1] = "  " .. rows.shown(token) end
    print_line(entry.name, cells)
  end
end

local function print_rows(result, top)
  local is_edge = result.probe.kind == "edge"
  print(("\n%d %s"):format(#result.rows, is_edge and "edges" or "rows"))
  for _, line in ipairs(rows.lines(result.rows, is_edge, top)) do print(line) end
  if #result.rows > top then print(("and %d more"):format(#result.rows - top)) end
end

local function print_result(result, model)
  local probe, top = result.probe, asked.top or 10
  print(("%s on %s: %s"):format(probe.name, model.name, probe.doc:gsub("\n", " ")))
  if result.seeds > 1 then print(("mean of %d seeds, with their standard deviation"):format(result.seeds)) end
  if result.rows then return print_rows(result, top) end
  if type(result.mean) == "userdata" then return print_tensor(result, model.config, top) end
  print(("%.6g%s"):format(result.mean, result.spread and (" ± %.6g"):format(result.spread) or ""))
end

--- A list in which null stands for tokens that have no number.
local function with_null(numbers)
  local list = numbers:totable()
  for i, value in ipairs(list) do
    if value ~= value then list[i] = hs.json.null end
  end
  return list
end

local function print_json(result)
  local out = { probe = result.probe.id, kind = result.probe.kind, seeds = result.seeds }
  for _, field in ipairs { "mean", "spread", "null", "z", "rows", "tokens" } do out[field] = result[field] end
  if result.probe.from > 0 then out.mean = with_null(result.mean) end
  local ok, text = pcall(hs.json.encode, out)
  if not ok then options.fail(1, ("probe %s: %s"):format(out.probe, text)) end
  print(text)
end

local found, probe = pcall(find, asked.PROBE)
if not found then options.fail(1, probe) end
local model, message = hs.load(asked.MODEL)
if not model then options.fail(1, message) end
local ok, result = pcall(probe.ask, probe, model, {
  text = not asked.ids and (asked.text or DEFAULT_TEXT) or nil,
  pair = asked.pair,
  ids = asked.ids,
  bos = asked.bos,
  params = settings,
  seeds = asked.seeds,
})
if not ok then options.fail(1, result) end
if asked.json then print_json(result) else print_result(result, model) end
