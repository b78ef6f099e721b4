--- Which neurons go along with something that can be said of tokens, and what they are most active at.
local hs = require "headscope"
local options = require "headscope.options"
local pooled = require "headscope.pooled"
local logits = require "headscope.logits"
local ranked = require "headscope.ranked"

local USAGE = [[
usage: headscope run scripts/neurons.lua MODEL FILES... --feature EXPRESSION | --neuron L3N120 [options]

Ranks all MLP neurons by their correlation with a feature over the tokens of texts, a line a text, and shows the tokens
that the first are most active at. With --neuron shows those of one neuron only. Lines longer than the model's context
are cut.

EXPRESSION is Lua, worked out for each token: a number, true (1) or false (0); where it is nil a token does not count.
  token                what run:token gives: token.text, token.position, token.special, ...
  logprob              of the token given those before it; nil for the first
  weight("5.1", 1)     what a head's row of this token puts on the token so many places back

  --feature 'token.text:find "^ ?%u" ~= nil'
  --feature 'logprob'
  --feature 'weight("3.4", 1)'

  --top K        how many neurons (default: 5)
  --tokens N     how many tokens of each (default: 5)
  --least        the most negative correlations first
  --json         print {tokens, neurons: [{neuron, correlation, peaks: [...]}]}]]

local asked = options.parse(USAGE, {
  ["--feature"] = options.text,
  ["--neuron"] = options.text,
  ["--top"] = options.whole(1),
  ["--tokens"] = options.whole(1),
  ["--least"] = true,
  ["--json"] = true,
}, { "MODEL", "FILES..." })
if (asked.feature == nil) == (asked.neuron == nil) then options.fail(2, "expected --feature or --neuron") end

local model, message = hs.load(asked.MODEL)
if not model then options.fail(1, message) end

--- The runs of all lines, closed one by one: text, its place.
local function each_run(keep, with_logits, body)
  for _, path in ipairs(asked.FILES) do
    local file, why = io.open(path, "rb")
    if not file then return options.fail(1, why) end
    local number = 0
    for line in file:lines() do
      number = number + 1
      local place = ("%s:%d"):format(path, number)
      local ok, ids = pcall(model.encode, model, line)
      if not ok then options.fail(1, place .. ": " .. tostring(ids)) end
      ids = table.move(ids, 1, math.min(#ids, model.config.n_ctx), 1, {})
      if #ids > 0 then
        local run <close> = model:run(ids, { keep = keep, logits = with_logits and "all" or false })
        body(run, place)
      end
    end
    file:close()
  end
end

--- The expression as a function from a run to the numbers of its tokens.
local function compile(expression)
  local environment = setmetatable({}, { __index = { string = string, math = math, tonumber = tonumber, tostring = tostring } })
  local chunk, why = load("return " .. expression, "=feature", "t", environment)
  if not chunk then return options.fail(2, "--feature: " .. why) end
  local needs_losses = expression:find "logprob" ~= nil
  return function(run)
    local numbers, losses = {}, needs_losses and logits.loss(run):totable()
    for position = 0, run.n_tokens - 1 do
      environment.token = run:token(position)
      environment.logprob = losses and losses[position] and -losses[position] or nil
      function environment.weight(head, back)
        if position - back < 0 then return nil end
        return run:attention(head):at(position, position - back)
      end
      local ok, value = pcall(chunk)
      if not ok then options.fail(1, "--feature: " .. tostring(value)) end
      if type(value) == "boolean" then value = value and 1 or 0 end
      if value ~= nil and (type(value) ~= "number" or value ~= value) then
        options.fail(1, ("--feature: expected a number, true, false or nil, found %s"):format(value ~= value and "NaN" or type(value)))
      end
      numbers[position] = value
    end
    return numbers
  end, needs_losses, expression:find "weight" ~= nil
end

--- The neurons to look at, best first: those of the feature's largest correlation, or the one that was asked for.
local function find()
  if asked.neuron then
    local ok, layer, neuron = pcall(model.neuron, model, asked.neuron)
    if not ok then options.fail(1, "--neuron: " .. (layer:match "%((.*)%)" or layer)) end
    return { { layer = layer, neuron = neuron, name = ("L%dN%d"):format(layer, neuron) } }
  end
  local feature, with_logits, with_pattern = compile(asked.feature)
  local sums, keep = pooled.new(), with_pattern and { "post", "pattern" } or { "post" }
  each_run(keep, with_logits, function(run) sums:add(run, feature(run)) end)
  if sums.n == 0 then options.fail(1, "texts: expected a token for which the feature is a number, found none") end
  local sign, neurons = asked.least and -1 or 1, {}
  for i, entry in ipairs(ranked(sums:correlation() * sign, "neuron", asked.top or 5)) do
    local layer, neuron = model:neuron(entry.name)
    neurons[i] = { layer = layer, neuron = neuron, name = entry.name, correlation = entry.value * sign }
  end
  return neurons, sums.n
end

local function in_text(text) return (text:gsub("\n", "↵")) end

local function print_results(neurons, peaks, n)
  if n then print(("%s: %d tokens, correlation with %s"):format(model.name, n, asked.feature)) end
  for i, neuron in ipairs(neurons) do
    print(("\n%s%s"):format(neuron.name, neuron.correlation and ("  %.4f"):format(neuron.correlation) or ""))
    for _, peak in ipairs(peaks.lists[i]) do
      print(("%10.4f  %s  …%s[%s]"):format(peak.value, peak.place, in_text(peak.before), in_text(peak.text)))
    end
  end
end

local function print_json(neurons, peaks, n)
  local out = {}
  for i, neuron in ipairs(neurons) do
    local list = {}
    for rank, peak in ipairs(peaks.lists[i]) do
      list[rank] = { value = peak.value, position = peak.position, place = peak.place, text = peak.text, before = peak.before }
    end
    out[i] = { neuron = neuron.name, correlation = neuron.correlation, peaks = list }
  end
  print(hs.json.encode { tokens = n, neurons = out })
end

local neurons, n = find()
local peaks = pooled.peaks(neurons, asked.tokens or 5)
each_run({ "post" }, false, function(run, place) peaks:add(run, place) end)
local show = asked.json and print_json or print_results
show(neurons, peaks, n)
