-- Measures against what Hugging Face's forward pass and plain formulas in double precision give (tests/make/measures.py).
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local attribution = require "headscope.attribution"
local circuits = require "headscope.circuits"
local find = require "headscope.find"
local flow = require "headscope.flow"
local logits = require "headscope.logits"
local massive = require "headscope.massive"
local neurons = require "headscope.neurons"
local w = require "window"

local tiny = os.getenv "FIXTURES" .. "/tiny/"
local ids, close = require("wanted").from("measures.safetensors", 1e-4)

local gpt2, bert = assert(hs.load(tiny .. "gpt2")), assert(hs.load(tiny .. "bert"))
local run = gpt2:run(ids, { keep = "all", logits = "all" })
local other = bert:run(ids, { keep = "all", logits = "all" })

w.check("copying and composition, raw and folded", function()
  for folded, mode in pairs { [false] = "raw", [true] = "folded" } do
    close(circuits.copying(gpt2, false, folded), "gpt2.copying." .. mode)
    close(circuits.copying(gpt2, true, folded), "gpt2.copying.full." .. mode)
    for _, letter in ipairs { "q", "k", "v" } do
      close(circuits.composition(gpt2, letter, folded), ("gpt2.composition.%s.%s"):format(letter, mode))
    end
  end
  close(circuits.copying(bert), "bert.copying.raw")
  close(circuits.composition(bert, "k"), "bert.composition.k.raw")
  w.raises("folded: expected a model whose norms come before attention", circuits.copying, bert, false, true)
end)

w.check("the logit lens", function()
  close(logits.lens(run, 3), "gpt2.lens")
  close(logits.lens(other, 3), "bert.lens")
  close(logits.lens(other, 3)[-1], "bert.logits")
  w.equal((logits.lens(run)[-1] - run:logits(-1)):abs():max() < 1e-4, true, "the last layer's is the model's own")
  local folded = logits.folded(run:logits())
  w.equal(folded:mean(-1):abs():max() < 1e-5, true)
  w.equal((logits.log_softmax(folded) - logits.log_softmax(run:logits())):abs():max() < 1e-4, true)
  local bare = assert(hs.load(tiny .. "bert-bare"))
  w.raises("logits: expected a model with a head, found none", logits.unembed, bare, hs.zeros { 60 })
end)

w.check("losses", function()
  close(logits.loss(run), "gpt2.loss")
  close(logits.loss(run):mean(), "gpt2.mean_loss")
  w.raises("loss: expected a model that reads from left to right", logits.loss, other)
end)

w.check("direct logit attribution sums to the difference", function()
  local raw, folded = attribution.of(run, -2, 7, 150), attribution.of(run, -2, 7, 150, true)
  close(raw.heads, "gpt2.dla.heads")
  close(folded.heads, "gpt2.dla.heads.folded")
  for _, parts in ipairs { raw, folded } do
    close(parts.mlp, "gpt2.dla.mlp")
    close(parts.total, "gpt2.dla.total")
  end
  w.raises("attribution: expected a norm behind the last layer, found none", attribution.of, other, 0, 1, 2)
end)

w.check("of an edited run parts and edits sum to its difference", function()
  assert(attribution.of(run, -2, 7, 150).edits == nil)
  for edit, by_itself in pairs {
    ["resid_pre1 token -2 zero"] = true, ["attn_out1 set 2"] = true, ["resid_post1 dim 3 set 4"] = true,
    ["normalized scale 2"] = true, ["head 1.1 zero"] = false, ["mlp_out0 mean"] = false, ["embed zero"] = false,
  } do
    local place = edit:gsub("token %-2", "token " .. #ids - 2)
    local edited <close> = gpt2:run(ids, { keep = "all", logits = "all", edits = { place } })
    local parts, known = attribution.of(edited, -2, 7, 150), edited:logits(-2)
    assert(math.abs(parts.total - (known[7] - known[150])) < 1e-4, edit)
    assert((math.abs(parts.edits) > 1e-2) == by_itself, edit .. ": " .. parts.edits)
  end
end)

w.check("the logit lens of an edited run is that run's, or refused", function()
  local edited <close> = gpt2:run(ids, { keep = "all", logits = "all", edits = { "head 0.1 zero", "resid_post1 dim 3 set 4" } })
  assert((logits.lens(edited)[-1] - edited:logits(-1)):abs():max() < 1e-4)
  local behind <close> = gpt2:run(ids, { keep = "all", edits = { "normalized scale 2" } })
  w.raises("logits: expected no edit of what a norm behind a layer gives, found normalized scale 2", logits.lens, behind)
  local between <close> = bert:run(ids, { keep = "all", edits = { "normalized_resid_mid1 scale 2" } })
  assert((logits.lens(between)[-1] - between:logits(-1)):abs():max() < 1e-4)
  local after <close> = bert:run(ids, { keep = "all", edits = { { at = "normalized_resid_post0", op = "patch", from = other } } })
  w.raises("found normalized_resid_post0", logits.lens, after)
end)

w.check("what heads read", function()
  close(flow.value_norms(run), "gpt2.value_norms")
  close(flow.value_norms(other), "bert.value_norms")
  close(flow.weighted(run), "gpt2.weighted")
  local weighted = flow.weighted(run)
  local shares = weighted / weighted:sum(-1, true)
  w.equal((flow.share_of(run, 2) - shares:select(-1, 2)):abs():max() < 1e-5, true, "share of a key")
  w.equal((flow.mean_shares(run) - shares:mean(-2)):abs():max() < 1e-5, true, "mean shares")
end)

w.check("rollout", function()
  close(flow.rollout(run:attention()), "gpt2.rollout")
  close(flow.rollout(other:attention()), "bert.rollout")
  w.equal((flow.rollout(run:attention()):sum(-1) - 1):abs():max() < 1e-6, true, "rows sum to 1")
  local place = hs.range(5)
  local identity = hs.zeros { 3, 2, 5, 5 } + place:reshape(-1, 1):eq(place)
  w.equal((flow.rollout(identity) - identity[0][0]):abs():max(), 0.0, "who looks at themselves only stays as they are")
end)

w.check("massive activations", function()
  local found = massive.of(run)
  close(found.ratio, "gpt2.massive")
  close(found.dimension, "gpt2.massive.dimension")
end)

w.check("neurons that go along with a feature", function()
  local feature = hs.tensor { 0, 1, 0, 0, 3, 0, -1, 0, 2, 0 }
  close(neurons.correlate(run, feature), "gpt2.neurons")
  local by_position = neurons.correlate(run, function(token) return token.position end)
  w.equal((by_position - neurons.correlate(run, hs.range(10))):abs():max(), 0.0)
  w.equal(neurons.correlate(run, function() return true end):abs():max(), 0.0, "a constant feature goes along with none")
end)

w.check("dimensions that carry distance", function()
  local file = assert(io.open(os.getenv "FIXTURES" .. "/novella/neuron.json", "rb"))
  local known = assert(hs.json.decode(file:read "a"))
  local novella = assert(hs.load "novella")
  local read = novella:run(known.text)
  local correlation, share = neurons.distance_dimensions(read)
  local away = (correlation[known.layer][known.head] - hs.tensor(known.scores.distance)):abs():max()
  w.equal(away < 1e-4, true, "largest deviation " .. away)
  w.equal((share:sum(-1) - 1):abs():max() < 1e-3, true, "shares sum to 1")
end)

--- The correlation of one dimension of a head as it is defined, in doubles.
local function correlation_of(run, layer, head, d)
  local q, k = run:get("q" .. layer):select(1, head):select(1, d), run:get("k" .. layer):select(1, head):select(1, d)
  local pairs_seen, products, distances = 0, 0, 0
  local function each(visit)
    for i = 0, run.n_tokens - 1 do
      for j = 0, i do visit(q[i] * k[j], i - j) end
    end
  end
  each(function(x, y) pairs_seen, products, distances = pairs_seen + 1, products + x, distances + y end)
  local both, squares, spread = 0, 0, 0
  each(function(x, y)
    x, y = x - products / pairs_seen, y - distances / pairs_seen
    both, squares, spread = both + x * y, squares + x * x, spread + y * y
  end)
  return both / math.sqrt(squares * spread)
end

w.check("dimensions that carry distance, in texts of any length, as doubles have them", function()
  local novella, worst = assert(hs.load "novella"), 0
  for _, read in ipairs { "The doctor", "The doctor asked", "He went", ("the "):rep(12) } do
    local run <close> = novella:run(read, { keep = { "q", "k" } })
    local correlation = neurons.distance_dimensions(run)
    for layer = 0, 5 do
      for head = 0, 5 do
        for d = 0, 31, 3 do
          worst = math.max(worst, math.abs(correlation:at(layer, head, d) - correlation_of(run, layer, head, d)))
        end
      end
    end
  end
  w.equal(worst < 5e-6, true, "largest deviation " .. worst)
end)

w.check("where heads look both ways distance is how far apart tokens are, before or behind", function()
  local place, correlation = hs.range(#ids), neurons.distance_dimensions(other)
  local apart = (place:reshape(-1, 1) - place):abs():reshape(-1)
  for layer = 0, bert.config.n_layers - 1 do
    local q, k = other:get("q" .. layer), other:get("k" .. layer)
    for d = 0, bert.config.d_head - 1 do
      local products = (q:select(1, 1):select(1, d):reshape(-1, 1) * k:select(1, 1):select(1, d)):reshape(-1)
      local away = math.abs(correlation:at(layer, 1, d) - products:correlation(apart))
      w.equal(away < 1e-4, true, ("layer %d, dimension %d: %g away"):format(layer, d, away))
    end
  end
end)

w.check("only a head behind another composes with it", function()
  local function rows(model, top) return find "composition":ask(model, { ids = ids, params = { top = top } }).rows end
  local config, n = gpt2.config, 0
  for layer = 1, config.n_layers - 1 do n = n + layer * config.n_heads ^ 2 end
  w.equal(#rows(gpt2, 1000), math.tointeger(3 * n))
  for _, row in ipairs(rows(gpt2, 1000)) do w.equal(row.score > 0, true, row.from .. " " .. row.to) end
end)

w.finish()
