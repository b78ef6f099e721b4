--- Processor time of each head probe's score at T = 128, as a share of the forward pass that it looks at (with what it
--- keeps); medians and, in brackets, the best of tries in which both take turns. Words: the model's folder, tries, names
--- of probes (default: all that look at heads).
local hs = require "headscope"
local T = 128
local model = assert(hs.load(arg[1]))
local tries = tonumber(arg[2]) or 9

local function median(list)
  table.sort(list)
  return list[#list // 2 + 1]
end

local function timed(f, ...)
  local start = os.clock()
  local result = f(...)
  return os.clock() - start, result
end

local function ids()
  local list = {}
  for i = 1, T do list[i] = (i * 97) % model.config.d_vocab end
  return list
end

local function input_of(probe, values)
  if not probe.input then return ids() end
  if values.n then values.n = T // 2 end
  return probe.input(model, values, 1)
end

--- A table that answers as an object does, where it has no answer of its own.
local function around(object, own)
  return setmetatable(own, { __index = function(_, key)
    local value = object[key]
    return type(value) == "function" and function(_, ...) return value(object, ...) end or value
  end })
end

--- The model as runs name it while a score is taken: it counts the passes that a score asks for by itself, since those
--- are looked at, too. One for all tries: some probes remember what they know of a model's weights.
local watch = around(model, { passes = 0 })
function watch:run(...)
  local seconds, other = timed(model.run, model, ...)
  watch.passes = watch.passes + seconds
  return other
end

--- Seconds of the passes, of the score and of its null, a list of tries each.
local function measure(probe)
  local values = probe:values {}
  local input = input_of(probe, values)
  local passes, scores, nulls = {}, {}, {}
  for i = 0, tries do -- the first warms up
    local run
    passes[i], run = timed(model.run, model, input, { keep = probe.keep, logits = probe.logits })
    watch.passes = 0
    scores[i] = timed(probe.apply, probe, around(run, { model = watch }), values, model) - watch.passes
    passes[i] = passes[i] + watch.passes
    nulls[i] = timed(probe.null, probe, run, values, model)
    run:close()
    collectgarbage()
  end
  return passes, scores, nulls
end

local names = table.move(arg, 3, #arg, 1, {})
if #names == 0 then
  for _, file in ipairs(hs.files(arg[0]:match "^(.*)/bench/" .. "/scripts/probes")) do names[#names + 1] = file:match "^(.*)%.lua$" end
end
print "| probe | pass, ms | score, ms | share | null, ms |\n|---|---|---|---|---|"
for _, name in ipairs(names) do
  local probe = dofile(arg[0]:match "^(.*)/bench/" .. "/scripts/probes/" .. name .. ".lua")
  if probe.kind == "head" then
    local passes, scores, nulls = measure(probe)
    local pass, score = median(passes), median(scores)
    print(("| `%s` | %.1f (%.1f) | %.2f (%.2f) | %.1f (%.1f) %% | %.1f |"):format(name, 1e3 * pass, 1e3 * passes[1],
      1e3 * score, 1e3 * scores[1], 100 * score / pass, 100 * scores[1] / passes[1], 1e3 * median(nulls)))
  end
end
