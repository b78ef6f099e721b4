-- Probes: what is refused, what a score must be, how questions are asked.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"

local model = assert(hs.load "novella")

local function refused(fields, message) w.raises(message, hs.probe, fields) end

local function some(fields)
  local all = { id = "mine", kind = "head", score = function(run) return run:attention():diagonal(-1):mean(-1) end }
  for name, value in pairs(fields) do all[name] = value end
  return all
end

w.check("fields are refused by name", function()
  refused(some { colour = "red" }, "probe mine: colour: expected one of cross, doc, gather, id, input, keep, kind, name, params, score, seeds")
  refused(some { weight = { 0, 1 } }, "probe mine: weight: expected one of cross, doc, gather, id")
  refused(some { kind = "heads" }, 'probe mine: kind: expected one of edge, head, neuron, run, token, found "heads"')
  refused(some { id = "a b" }, "id: expected letters, digits")
  refused(some { seeds = 1.5, input = print }, "seeds: expected a whole number from 1")
  refused(some { keep = "pattern" }, "keep: expected a table, found a string")
  refused(some { params = { n = "many" } }, "params.n: expected a number or a boolean first, found string")
  refused(some { params = { n = { 3, min = 4 } } }, "params.n: expected a default from 4")
  refused(some { params = { n = { 3, step = 4 } } }, "params.n: expected a default, min and max, found step")
  refused(some { params = { n = { 3, max = "4" } } }, "params.n: expected a number as max, found a string")
  refused(some { params = { n = 0 / 0 } }, "params.n: expected a default from any to any")
  refused(some { keep = { pattern = true } }, "keep: expected a list of names, found a boolean at pattern")
  refused({ id = "x", kind = "head" }, "probe x: score: expected a function, found none")
  w.raises("expected a table", hs.probe)
end)

w.check("parameters have defaults and bounds", function()
  local probe = hs.probe(some { params = { n = { 32, min = 8, max = 128 }, deep = true } })
  w.equal(probe:values().n, 32)
  w.equal(math.type(probe:values({ n = 9.0 }).n), "integer")
  w.equal(probe:values({ n = 8, deep = false }).deep, false)
  w.raises("probe mine: n: expected 8 to 128, found 7", probe.values, probe, { n = 7 })
  w.raises("n: expected a number, found a string", probe.values, probe, { n = "9" })
  w.raises("params: expected one of deep, n, found m", probe.values, probe, { m = 1 })
  local plain = hs.probe { id = "plain", kind = "head", score = function() end }
  w.raises("probe plain: params: expected none, found m", plain.values, plain, { m = 1 })
end)

w.check("a score has its kind's shape and no NaN", function()
  local function answer(kind, score)
    local probe = hs.probe { id = "mine", kind = kind, score = score }
    return probe:ask(model, { text = "The doctor asked" })
  end
  w.equal(answer("token", function() return hs.zeros { 3 } end).mean.shape[1], 3)
  w.equal(answer("run", function() return 7 end).mean, 7)
  w.equal(answer("run", function() return { "rows" } end).rows[1], "rows")
  w.list(answer("run", function() return hs.zeros { 2, 5 } end).mean.shape, { 2, 5 })
  w.list(answer("neuron", function() return hs.zeros { 6, 768 } end).mean.shape, { 6, 768 })
  w.list(answer("token", function() return hs.zeros { 3 } end).tokens, { "The", " doctor", " asked" })
  w.equal(answer("token", function(run) return run:attention(0, 0)[2] end).mean:sum() > 0.99, true) -- a view of the run
  w.raises("score: expected a tensor [6, 768], found a tensor [6, 6]", answer, "neuron", function() return hs.zeros { 6, 6 } end)
  w.raises("score: expected a number, a tensor or a list of rows, found none", answer, "run", function() end)
  w.raises("score: expected a number, found NaN", answer, "run", function() return 0 / 0 end)
  w.raises("NaN in row 2, field weight", answer, "run", function() return { { weight = 1 }, { weight = 0 / 0 } } end)
  w.raises("NaN at [1, 0] (1 of 4)", answer, "run", function() return hs.tensor { { 1, 2 }, { 0 / 0, 3 } } end)
  w.raises("NaN at L1N2 (1 of 4608)", answer, "neuron", function()
    local score = hs.zeros { 6, 768 }
    score:set(1, 2, 0 / 0)
    return score
  end)
  w.raises("score: expected a tensor [6, 6], found a tensor [6]", answer, "head", function() return hs.zeros { 6 } end)
  w.raises("score: expected a tensor [6, 6], found a number", answer, "head", function() return 1 end)
  w.raises("score: expected a tensor [3], found none", answer, "token", function() end)
  w.raises("score: expected numbers, found NaN at 2.1 (1 of 36)", answer, "head", function()
    local score = hs.zeros { 6, 6 }
    score:set(2, 1, 0 / 0)
    return score
  end)
  w.raises("NaN at 0.0 (36 of 36) in a text of 1 token", hs.probe(some {}).ask, hs.probe(some {}), model, { ids = { 1 } })
  w.raises("input: expected a text, ids or a run to look at", hs.probe(some {}).ask, hs.probe(some {}), model, {})
end)

w.check("what is wrong with a probe is said with the line of its file", function()
  local function asked(text, options)
    local make = assert(load('local hs = require "headscope"\nreturn hs.probe {\n' .. text .. "}", "@its.lua"))
    w.raises("its.lua:" .. options.says, function()
      make():ask(model, { text = options.text or "The doctor asked", params = options.params })
    end)
  end
  asked([[id = "x", kind = "head", scor = print]], { says = "2: probe x: scor: expected one of" })
  asked([[id = "x", kind = "head",
    score = function() end]], { says = "4: probe x: score: expected a tensor [6, 6], found none" })
  asked([[id = "x", kind = "head",
    score = function(run) return run:attention():sum(-1):sum(-1) * (0 / 0) end]], { says = "4: probe x: score: expected numbers, found NaN" })
  asked([[id = "x", kind = "run", score = function() return { a = 1 } end]], { says = "3: probe x: score: expected a list of rows, found a table with a field a" })
  asked([[id = "x", kind = "run", score = function() error { 5 } end]], { says = "3: an error that is a table" })
  asked([[id = "x", kind = "run", score = function()
    error() end]], { says = "4: an error that is a nil" })
  asked([[id = "x", kind = "run", keep = { "patern" }, score = print]], { says = "2: probe x: activation: expected a full name" })
  asked([[id = "x", kind = "run", score = print,
    input = function() return 5 end]], { says = "4: probe x: input: expected a text or ids, found a number" })
  asked([[id = "x", kind = "run", score = print,
    input = function(model) return require "headscope".repeated(model, 9999, 1) end]], { says = "4: probe x: ids: expected at most" })
  asked([[id = "x", kind = "edge", weight = { 0 }, heads = { "9.9" }]], { says = "2: heads: layer: expected 0 to 5, found 9" })
  asked([[id = "x", kind = "edge", query = function(token) return token.nothing.here end]], { says = "3: attempt to index" })
end)

w.check("questions are refused by name, and one may say nothing", function()
  local probe = hs.probe { id = "x", kind = "run", score = function(run) return run.n_tokens end, input = function() return { 1, 2 } end }
  w.equal(probe:ask(model).mean, 2.0)
  w.raises("probe x: ask: expected one of bos, edits, ids, pair, params, run, seeds, text, token_types, found seed", probe.ask, probe, model, { seed = 3 })
  w.raises("probe x: seeds: expected a whole number from 1, found 0", probe.ask, probe, model, { seeds = 0 })
end)

w.check("seeds are averaged", function()
  local seen = {}
  local probe = hs.probe {
    id = "mine",
    kind = "head",
    seeds = 3,
    input = function(m, p, seed)
      seen[#seen + 1] = seed
      return { seed, seed + 1 }
    end,
    score = function(run) return hs.zeros { 6, 6 } + run.ids[1] end,
  }
  local result = probe:ask(model, {})
  w.list(seen, { 1, 2, 3 })
  w.near(result.mean[0][0], 2, 1e-6, "mean")
  w.near(result.spread[0][0], 1, 1e-6, "sample deviation")
  w.equal(probe:ask(model, { seeds = 1 }).spread, nil)
  w.near(result.z[0][0], 0, 0, "z of what no attention makes") -- even attention scores the same
  local still = hs.probe {
    id = "still",
    kind = "run",
    input = function() return { 1, 2 } end,
    score = function(run) return run:attention(0, 0):at(1, 0) end,
  }
  w.near(still:ask(model, { seeds = 2 }).z, 0, 0, "z without spread")
end)

w.check("answers of seeds are alike, and rows are put together", function()
  local function ask(score)
    local input = function(_, _, seed) return seed == 1 and { 1, 2 } or { 1, 2, 3 } end
    return hs.probe({ id = "mine", kind = "run", seeds = 2, input = input, score = score }):ask(model, {})
  end
  local result = ask(function(run) return run.n_tokens end)
  w.near(result.mean, 2.5, 1e-9, "mean")
  w.near(result.spread, 0.5 ^ 0.5, 1e-9, "spread")
  local rows = ask(function(run) return { { n = run.n_tokens } } end).rows
  w.list({ rows[1].n, rows[1].seed, rows[2].n, rows[2].seed }, { 2, 1, 3, 2 })
  w.raises("score: expected a tensor [2] for every seed, found a tensor [3] for seed 2", ask, function(run)
    return hs.zeros { run.n_tokens }
  end)
  w.raises("expected a number for every seed, found a tensor [1] for seed 2", ask, function(run)
    return run.n_tokens == 2 and 1 or hs.zeros { 1 }
  end)
end)

w.check("logits of all positions are kept for who asks", function()
  local probe = hs.probe {
    id = "mine",
    kind = "token",
    keep = { "logits", "resid_post5" },
    score = function(run) return run:logits():max(-1) + run:get("resid_post5"):sum(-1) * 0 end,
  }
  w.equal(probe:run_options().logits, "all")
  w.list(probe:run_options().keep, { "resid_post5" })
  w.equal(probe:ask(model, { text = "The doctor asked" }).mean.shape[1], 3)
end)

w.check("tokens before the first that has a number have none", function()
  local function probe(from, bad)
    return hs.probe {
      id = "mine",
      kind = "token",
      from = from,
      score = function(run) return hs.where(hs.range(run.n_tokens):lt(bad), 0 / 0, hs.range(run.n_tokens)) end,
    }
  end
  local mean = probe(2, 2):ask(model, { text = "The doctor asked the nurse" }).mean
  w.equal(mean[0] ~= mean[0] and mean[1] ~= mean[1], true)
  w.list({ mean[2], mean[4] }, { 2.0, 4.0 })
  local told = probe(2, 0):ask(model, { text = "The doctor asked the nurse" }).mean
  w.list(told:eq(told):totable(), { 0.0, 0.0, 1.0, 1.0, 1.0 }, "whatever was said of them")
  local names = {}
  for i, entry in ipairs(require "headscope.ranked"(mean, "token", 4)) do names[i] = entry.name end
  w.list(names, { "4", "3", "2" })
  local late = probe(2, 3)
  w.raises("score: expected numbers, found NaN at 2 (1 of 5)", late.ask, late, model, { text = "The doctor asked the nurse" })
  w.raises("score: expected numbers, found NaN at 0", probe(nil, 1).ask, probe(nil, 1), model, { text = "The doctor" })
  refused(some { kind = "token", from = -1 }, "from: expected a whole number from 0, found -1")
  refused(some { from = 1 }, "from: expected one of cross, doc, gather, id")
end)

w.finish()
