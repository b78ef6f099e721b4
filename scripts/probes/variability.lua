local hs = require "headscope"
local measures = require "headscope.measures"
local repeated = require "headscope.repeated"

--- The ids of a run in another order; special tokens stay where they are.
local function shuffled(run, seed)
  local ids, places, random = {}, {}, repeated.generator(seed)
  for i, id in ipairs(run.ids) do
    ids[i] = id
    if not run:token(i - 1).special then places[#places + 1] = i end
  end
  for last = #places, 2, -1 do
    local a, b = places[last], places[random(last) + 1]
    ids[a], ids[b] = ids[b], ids[a]
  end
  return ids
end

--- The first rows and keys of a pattern, at most n.
local function corner(pattern, n)
  n = math.min(n, pattern.shape[3])
  return pattern:slice(2, 0, n):slice(3, 0, n)
end

--- [layer, head], of one text against the mean over many.
local function against(mean, pattern, n)
  local own = corner(pattern, n)
  local size = own.shape[3]
  local deviation = (own - corner(mean, size)):abs():sum(-1):sum(-1)
  return deviation / (own:sum(-1):sum(-1) * 2)
end

return hs.probe {
  id = "variability",
  name = "Variability",
  doc = [[How much a head's weights change with what is in the text: deviation from their mean over texts, over twice their sum (Vig and
Belinkov 2019). 0: it looks at positions only. Over the sequences of a scan, of each its first n tokens; of one text over shuffled
orders of its tokens.]],
  kind = "head",
  keep = { "pattern" },
  params = { texts = { 4, min = 2, max = 32 }, n = { 10, min = 2, max = 128 } },
  gather = function(run, p) return run.n_tokens >= p.n and corner(run:attention(), p.n) or nil end,
  score = function(run, p, mean)
    if mean then return against(mean, run:attention(), p.n) end
    local patterns, others = { run:attention() }, {}
    for seed = 1, p.texts - 1 do
      others[seed] = run.model:run(shuffled(run, seed), { keep = { "pattern" }, logits = false,
        token_types = run.token_types, edits = run.edits })
      patterns[seed + 1] = others[seed]:attention()
    end
    local score = measures.variability(patterns)
    for _, other in ipairs(others) do other:close() end
    return score
  end,
}
