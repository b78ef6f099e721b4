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

return hs.probe {
  id = "variability",
  name = "Variability",
  doc = [[How much a head's weights change with what is in the text: deviation from their mean over the text and shuffled orders of
its tokens, over twice their sum (Vig and Belinkov 2019). 0: it looks at positions only.]],
  kind = "head",
  keep = { "pattern" },
  params = { texts = { 4, min = 2, max = 32 } },
  score = function(run, p)
    local patterns, others = { run:attention() }, {}
    for seed = 1, p.texts - 1 do
      others[seed] = run.model:run(shuffled(run, seed), { keep = { "pattern" }, logits = false, token_types = run.token_types })
      patterns[seed + 1] = others[seed]:attention()
    end
    local score = measures.variability(patterns)
    for _, other in ipairs(others) do other:close() end
    return score
  end,
}
