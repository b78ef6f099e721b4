-- The measures that ship beside the pattern heads: closed forms, what they sum to, and that each answers for every kind of
-- model or says why not. Their numbers are compared with Hugging Face's in test_measured.lua.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local circuits = require "headscope.circuits"
local flow = require "headscope.flow"
local massive = require "headscope.massive"
local measures = require "headscope.measures"
local neurons = require "headscope.neurons"
local w = require "window"
local pattern = require "pattern"
local shipped = require "shipped"

local folder = os.getenv "HEADSCOPE_HOME" .. "/scripts/probes/"
local tiny = os.getenv "FIXTURES" .. "/tiny/"
local model = assert(hs.load "novella")
local TEXT = "The doctor asked the nurse a question. She"

--- A head that looks at key(q) only.
local function at(t, key)
  return pattern(t, function(q, k) return k == key(q) and 1 or 0 end)
end

w.check("special tokens and sinks", function()
  local tokens = { { special = true }, { special = false }, { special = false }, { special = true } }
  local weights = pattern(4, function(_, k) return ({ 0.1, 0.2, 0.3, 0.4 })[k + 1] end)
  local function token(_, i) return tokens[i + 1] end
  local run = { n_tokens = 4, n_keys = 4, attention = function() return weights end, token = token, key = token }
  w.near(shipped("special").score(run)[0][0], 0.5, 1e-6, "special")
  w.near(shipped("sink_rate").score(run, { eps = 0.1 - 1e-6 })[0][0], 1, 0, "above eps")
  w.near(shipped("sink_rate").score(run, { eps = 0.1 + 1e-6 })[0][0], 0, 0, "below eps")
  local ids = {}
  for i = 1, 64 do ids[i] = i end
  local null = shipped("sink_rate"):ask(model, { ids = ids }).null
  w.near(null:max(), 0, 0, "even attention has no sinks at T = 64")
end)

w.check("variability is 0 for positions, and 1 - 1/n for n texts that share no weight", function()
  local function back(n)
    return at(6, function(q) return math.max(0, q - n) end)
  end
  w.near(measures.variability({ back(1), back(1), back(1) })[0][0], 0, 0, "the same")
  local apart = {}
  for i = 1, 4 do apart[i] = at(6, function() return i end) end
  w.near(measures.variability({ apart[1], apart[2] })[0][0], 0.5, 1e-6, "two texts")
  w.near(measures.variability(apart)[0][0], 0.75, 1e-6, "four texts")
  local result = shipped("variability"):ask(model, { text = TEXT })
  w.near(result.null:max(), 0, 1e-6, "even attention")
  w.equal(result.mean:max() < 0.75 and result.mean:min() > 0, true)
end)

--- One layer of heads with these W_V [d, h] and W_O [h, d].
local function made_model(heads)
  local weights = {}
  for _, name in ipairs { "W_Q", "W_K", "W_V", "W_O" } do
    local list = {}
    for i, head in ipairs(heads) do list[i] = hs.tensor(head[name]) end
    weights[name] = hs.stack(list)
  end
  local config = { n_layers = 2, n_heads = #heads, attention_dir = "causal" }
  return { config = config, weight = function(_, name) return weights[name:match "^W_%u"] end }
end

w.check("copying is 1 for who writes what it reads, -1 for the opposite, 0 for a turn", function()
  local one, minus, turn = { { 1, 0 }, { 0, 1 } }, { { -1, 0 }, { 0, -1 } }, { { 0, 1 }, { -1, 0 } }
  local function head(o) return { W_Q = one, W_K = one, W_V = one, W_O = o } end
  local scores = circuits.copying(made_model { head(one), head(minus), head(turn) })
  w.list(scores[0]:totable(), { 1.0, -1.0, 0.0 })
end)

w.check("heads compose where what one writes is what the other reads", function()
  local writes = { W_Q = { { 1 }, { 0 } }, W_K = { { 0 }, { 1 } }, W_V = { { 1 }, { 1 } }, W_O = { { 3, 0 } } }
  local model2 = made_model { writes }
  w.near(circuits.composition(model2, "q")[0][0][1][0], 1, 1e-6, "it writes what queries read")
  w.near(circuits.composition(model2, "k")[0][0][1][0], 0, 1e-6, "keys read the other dimension")
  w.near(circuits.composition(model2, "v")[0][0][1][0], 0.5 ^ 0.5, 1e-6, "values read both")
  w.near(circuits.composition(model2, "q")[1][0]:max(), 0, 0, "nothing behind it")
  w.raises("composition: expected q, k or v, found o", circuits.composition, model2, "o")
end)

w.check("massive activations", function()
  local run = { get = function() return hs.tensor { { { 1, -8, 2, 2, 0 }, { 1, 1, 1, 1, 1 } } } end }
  local found = massive.of(run)
  w.list(found.ratio[0]:totable(), { 4.0, 1.0 })
  w.list(found.dimension[0]:totable(), { 1.0, 0.0 })
end)

w.check("neurons are found by what they go along with", function()
  local post = hs.tensor { { { 0, 1, 5 }, { 2, 1, 3 }, { 4, 1, 1 } } }
  local run = { n_tokens = 3, get = function() return post end, token = function(_, i) return { text = i == 2 and " A" or "b" } end }
  w.list(neurons.correlate(run, hs.range(3))[0]:totable(), { 1.0, 0.0, -1.0 })
  w.near(neurons.correlate(run, function(token) return token.text:find "%u" end)[0][0], 0.75 ^ 0.5, 1e-6, "a predicate")
  w.list(neurons.correlate(run, hs.range(2))[0]:totable(), { 1.0, 0.0, -1.0 }) -- of the last two tokens
  w.list(shipped("neuron_peak").score(run)[0]:totable(), { 4.0, 1.0, 5.0 })
  w.list(shipped("neuron").score(run, { layer = 0, neuron = 2 }):totable(), { 5.0, 3.0, 1.0 })
end)

w.check("parts of a logit difference sum to it", function()
  local run = model:run(TEXT)
  local values, ids = run:logits():topk(2)
  for _, folded in ipairs { false, true } do
    local rows = shipped("attribution_parts"):ask(model, { text = TEXT, params = { folded = folded } }).rows
    local sum = 0
    for i = 2, #rows do sum = sum + rows[i].value end
    w.near(rows[1].value, values[0] - values[1], 1e-4, "the difference")
    w.near(sum, rows[1].value, 1e-4, "the sum")
    w.equal(#rows, 1 + 36 + 6 + 3)
  end
  local heads = shipped("attribution"):ask(model, { text = TEXT, params = { a = math.tointeger(ids[1]), b = math.tointeger(ids[0]) } }).mean
  local other = shipped("attribution"):ask(model, { text = TEXT }).mean
  w.near((heads + other):abs():max(), 0, 1e-5, "the other way round")
end)

w.check("predictions", function()
  local loss = shipped("loss"):ask(model, { text = TEXT })
  local known = assert(hs.tensors(os.getenv "FIXTURES" .. "/novella/readings.safetensors"))
  w.equal(loss.mean[0] ~= loss.mean[0], true, "the first has no loss")
  w.near((loss.mean:slice(0, 1, 9) + known.log_probability):abs():max(), 0, 1e-4, "transformers' own")
  w.list(shipped("loss"):ask(model, { ids = { 5 } }).mean.shape, { 1 })
  local bert, both_ways = assert(hs.load(os.getenv "FIXTURES" .. "/tiny/bert")), shipped "loss"
  w.raises("found one that reads both ways", both_ways.ask, both_ways, bert, { ids = { 5 } })
  local rows = shipped("top_tokens"):ask(model, { text = TEXT, params = { top = 5 } }).rows
  w.equal(#rows, 9 * 5)
  w.near(rows[41].probability, known.guess_probabilities[8][0], 1e-5, "the likeliest at the end")
  w.equal(rows[41].id, math.tointeger(known.guess_ids[8][0]))
  local lens = shipped("logit_lens"):ask(model, { text = TEXT, params = { top = 5 } }).rows
  w.equal(#lens, 6 * 5)
  w.equal(lens[26].id, rows[41].id)
  w.near(lens[26].logit, rows[41].logit, 1e-4, "the last layer is the model's own")
end)

w.check("flow", function()
  local function sum(name) return shipped(name):ask(model, { text = TEXT }).mean:sum() end
  w.near(sum "rollout", 1, 1e-5, "rollout")
  w.near(sum "read", 1, 1e-5, "read")
end)

w.check("the window's rollout is this one", function()
  local ui <close> = hs.ui.open { text = TEXT }
  ui:wait()
  local run = model:run(TEXT)
  local expected = flow.rollout(run:attention())
  ui:command("aggregate.set", { "rollout" })
  for _, layer in ipairs { 0, 5 } do
    ui:command("layer.set", { layer })
    ui:wait()
    ui:command "copy.numbers"
    local rows = {}
    for line in ui:clipboard():gmatch "[^\n]+" do
      local row = {}
      for cell in line:gmatch "[^\t]+" do row[#row + 1] = tonumber(cell) end
      if #row == run.n_tokens then rows[#rows + 1] = row end
    end
    w.equal(#rows, run.n_tokens, "rows of layer " .. layer)
    w.near((hs.tensor(rows) - expected[layer]):abs():max(), 0, 1e-5, "layer " .. layer)
  end
end)

w.check("each measure answers for every model, or says why not", function()
  local refused = {
    ["bert loss"] = "expected a model that reads from left to right",
    ["bert neuron_logprob"] = "expected a model that reads from left to right",
    ["bert attribution"] = "expected a norm behind the last layer",
    ["bert attribution_parts"] = "expected a norm behind the last layer",
  }
  for _, name in ipairs { "gpt2", "bert" } do
    local small <close> = assert(hs.load(tiny .. name))
    for _, file in ipairs(hs.files(folder)) do
      local probe = dofile(folder .. file)
      w.equal(probe.id .. ".lua", file)
      local message = refused[name .. " " .. probe.id]
      local function ask()
        local params = probe.params.n and { n = 8 } or nil
        return probe:ask(small, { ids = { 5, 9, 17, 5, 9, 30 }, params = params, seeds = probe.input and 1 or nil })
      end
      if message then
        w.raises(message, ask)
      else
        local ok, result = pcall(ask)
        w.equal(ok and (result.rows or result.mean) ~= nil, true, ("%s on %s: %s"):format(probe.id, name, tostring(result)))
      end
    end
  end
end)

w.check("docs/probes.md lists each of them", function()
  local file <close> = assert(io.open(os.getenv "HEADSCOPE_HOME" .. "/docs/probes.md", "rb"))
  local page = file:read "a"
  for _, name in ipairs(hs.files(folder)) do
    local id = name:gsub("%.lua$", "")
    w.equal(page:find("`" .. id .. "`", 1, true) ~= nil, true, id)
  end
end)

w.finish()
