--- Which heads look at the previous token, the first, an earlier copy, or what followed an earlier copy.
local hs = require "headscope"
local measures = require "headscope.measures"
local options = require "headscope.options"
local ranked = require "headscope.ranked"

local USAGE = [[
usage: headscope run scripts/pattern_heads.lua MODEL [options]

Scores every attention head: previous and first token on a text, duplicate and induction on a block of
random tokens given twice. Beside each score stands what uniform attention would get on the same cells.

  --text S       the text (default: "The doctor asked the nurse a question. She")
  --ids 1,2,3    token ids instead of a text
  --repeat N     length of the block of random tokens (default: 64, less where the context is short)
  --seeds K      number of blocks, averaged (default: 4)
  --bos          put the model's BOS token in front of text and blocks
  --json         print {ids, repeated_ids, scores, uniform, bos}; scores are [layer][head]
  --help         print this

first is the mean of A[q, 0] over all q; under a causal mask its row 0 is always 1, so first_later is the
same over q >= 1.]]

local KNOWN = {
  ["--text"] = options.text,
  ["--ids"] = options.wholes(0),
  ["--repeat"] = options.whole(2),
  ["--seeds"] = options.whole(1),
  ["--bos"] = true,
  ["--json"] = true,
}
local DEFAULT_TEXT = "The doctor asked the nurse a question. She"
local DEFAULT_REPEAT, DEFAULT_SEEDS = 64, 4
local SCORES = { "previous", "first", "first_later", "duplicate", "induction" }
local RANKS = 10

local function run_patterns(model, input, bos)
  return model:run(input, { keep = { "pattern" }, logits = false, bos = bos })
end

--- The ids of the text, and its part of the results.
local function score_text(model, input, bos, results)
  local run <close> = run_patterns(model, input, bos ~= nil)
  local t, causal, pattern = run.n_tokens, model.config.attention_dir == "causal", run:attention()
  if t < 2 then options.fail(1, ("text: expected at least 2 tokens, found %d"):format(t)) end
  local function add(name, score, cells)
    results.scores[name], results.uniform[name] = score, measures.uniform(cells, t, causal)
  end
  add("previous", measures.previous(pattern), measures.stripe(-1, 1, t - 1))
  add("first", measures.first(pattern), measures.column(0, 0, t - 1))
  add("first_later", measures.first_later(pattern), measures.column(0, 1, t - 1))
  results.ids = run.ids
end

--- The length of a block: what was asked for, where it fits twice.
local function block_length(config, asked, start)
  local most = (config.n_ctx - start) // 2
  if asked and asked > most then
    options.fail(1, ("--repeat: expected at most %d (twice in a context of %d tokens%s), found %d"):format(
      most, config.n_ctx, start > 0 and " with BOS" or "", asked))
  end
  if most < 2 then options.fail(1, ("context: expected room for 4 tokens, found %d"):format(config.n_ctx)) end
  return asked or math.min(DEFAULT_REPEAT, most)
end

local function block(model, n, seed, bos)
  local ok, ids = pcall(hs.repeated, model, n, seed, bos)
  return ok and ids or options.fail(1, ids)
end

--- The blocks that were run, and their part of the results: the mean over seeds.
local function score_repeats(model, n, seeds, bos, results)
  local start, blocks, duplicate, induction = bos and 1 or 0, {}, 0, 0
  for seed = 1, seeds do
    blocks[seed] = block(model, n, seed, bos)
    local run <close> = run_patterns(model, blocks[seed])
    duplicate = duplicate + measures.duplicate(run:attention(), n, start)
    induction = induction + measures.induction(run:attention(), n, start)
  end
  results.scores.duplicate, results.scores.induction = duplicate / seeds, induction / seeds
  local from, to, causal = start + n, start + 2 * n - 1, model.config.attention_dir == "causal"
  results.uniform.duplicate = measures.uniform(measures.stripe(-n, from, to), to + 1, causal)
  results.uniform.induction = measures.uniform(measures.stripe(1 - n, from, to), to + 1, causal)
  results.repeated_ids = blocks
end

local function print_row(label, cell)
  local cells = { ("%-8s"):format(label) }
  for i, name in ipairs(SCORES) do cells[i + 1] = ("%15s"):format(cell(name)) end
  print(table.concat(cells))
end

local function print_table(results)
  local heads = {}
  for _, name in ipairs(SCORES) do heads[name] = ranked(results.scores[name], "head") end
  print_row("", function(name) return name end)
  print_row("uniform", function(name) return ("%.4f"):format(results.uniform[name]) end)
  for rank = 1, math.min(RANKS, #heads.first) do
    print_row(rank, function(name)
      local head = heads[name][rank]
      return ("%-6s%.4f"):format(head.name, head.value)
    end)
  end
end

local function print_json(results)
  for name, score in pairs(results.scores) do results.scores[name] = score:totable() end
  print(hs.json.encode(results))
end

local function main()
  local asked = options.parse(USAGE, KNOWN, { "MODEL" })
  if asked.text and asked.ids then options.fail(2, "expected --text or --ids, found both") end
  local model, message = hs.load(asked.MODEL)
  if not model then return options.fail(1, message) end
  local config = model.config
  local bos = asked.bos and config.bos_token_id or nil
  if asked.bos and not bos then options.fail(1, model.name .. ": --bos: expected a BOS token, found none") end
  local n, seeds = block_length(config, asked["repeat"], bos and 1 or 0), asked.seeds or DEFAULT_SEEDS
  local results = { scores = {}, uniform = {}, bos = bos ~= nil }
  score_text(model, asked.ids or asked.text or DEFAULT_TEXT, bos, results)
  score_repeats(model, n, seeds, bos, results)
  if asked.json then return print_json(results) end
  print(("%s: %d layers x %d heads; text of %d tokens; %d random tokens twice, %d seeds; BOS %s\n"):format(
    model.name, config.n_layers, config.n_heads, #results.ids, n, seeds, bos and "on" or "off"))
  print_table(results)
end

main()
