--- Which heads look at the previous token, the first, an earlier copy, or what followed an earlier copy.
local hs = require "headscope"
local measures = require "headscope.measures"

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

local DEFAULT_TEXT = "The doctor asked the nurse a question. She"
local DEFAULT_REPEAT, DEFAULT_SEEDS = 64, 4
local SCORES = { "previous", "first", "first_later", "duplicate", "induction" }
local RANKS = 10

local function fail(code, message)
  io.stderr:write("headscope: pattern_heads: ", message, "\n")
  os.exit(code)
end

local function whole(option, text, least)
  local n = math.tointeger(tonumber(text))
  if not n or n < least then
    fail(2, ("%s: expected a whole number from %d, found %s"):format(option, least, text))
  end
  return n
end

local function id_list(text)
  local ids = {}
  for word in (text .. ","):gmatch "([^,]*)," do ids[#ids + 1] = whole("--ids", word, 0) end
  return ids
end

--- Options that take a word, and how the word is read.
local VALUES = {
  ["--text"] = function(word) return word end,
  ["--ids"] = id_list,
  ["--repeat"] = function(word) return whole("--repeat", word, 2) end,
  ["--seeds"] = function(word) return whole("--seeds", word, 1) end,
}
local FLAGS = { ["--bos"] = true, ["--json"] = true, ["--help"] = true }

local function parse(words)
  local options, i = {}, 1
  while i <= #words do
    local word = words[i]
    if VALUES[word] then
      if not words[i + 1] then fail(2, word .. ": expected a value, found nothing") end
      options[word] = VALUES[word](words[i + 1])
      i = i + 1
    elseif FLAGS[word] then
      options[word] = true
    elseif word:sub(1, 1) == "-" then
      fail(2, "unknown option " .. word)
    elseif options.model then
      fail(2, "expected one MODEL, found also " .. word)
    else
      options.model = word
    end
    i = i + 1
  end
  return options
end

--- Whole numbers from 0 to n-1, the same for a seed on every machine (splitmix64).
local function generator(seed)
  local state = seed
  return function(n)
    state = state + 0x9E3779B97F4A7C15
    local z = state
    z = (z ~ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ~ (z >> 27)) * 0x94D049BB133111EB
    return ((z ~ (z >> 31)) >> 1) % n
  end
end

--- The ids a random block is drawn from: all but special tokens.
local function plain_ids(model)
  local special, ids = {}, {}
  for _, id in ipairs(model.special_ids) do special[id] = true end
  for id = 0, model.config.d_vocab - 1 do
    if not special[id] then ids[#ids + 1] = id end
  end
  return ids
end

--- `n` random tokens given twice, after `bos` where there is one.
local function twice(ids, n, seed, bos)
  local random, out = generator(seed), { bos }
  local start = #out
  for i = 1, n do
    out[start + i] = ids[random(#ids) + 1]
    out[start + i + n] = out[start + i]
  end
  return out
end

local function patterns(model, input, bos)
  return model:run(input, { keep = { "pattern" }, logits = false, bos = bos })
end

local function score_text(model, options, bos, scores, uniform)
  local input = options["--ids"] or options["--text"] or DEFAULT_TEXT
  if type(input) == "table" and bos then table.insert(input, 1, bos) end
  local run <close> = patterns(model, input, type(input) == "string" and bos ~= nil)
  local t, causal = run.n_tokens, model.config.attention_dir == "causal"
  if t < 2 then fail(1, ("text: expected at least 2 tokens, found %d"):format(t)) end
  local pattern = run:attention()
  scores.previous, uniform.previous = measures.previous(pattern), measures.uniform(measures.stripe(-1, 1, t - 1), t, causal)
  scores.first, uniform.first = measures.first(pattern), measures.uniform(measures.column(0, 0, t - 1), t, causal)
  scores.first_later = measures.first_later(pattern)
  uniform.first_later = measures.uniform(measures.column(0, 1, t - 1), t, causal)
  return run.ids
end

--- The length of a block: what was asked for where it fits twice.
local function block_length(config, asked, start)
  local most = (config.n_ctx - start) // 2
  if asked and asked > most then
    fail(1, ("--repeat: expected at most %d (twice, in a context of %d tokens%s), found %d"):format(
      most, config.n_ctx, start > 0 and " with BOS" or "", asked))
  end
  if most < 2 then fail(1, ("context: expected room for 4 tokens, found %d"):format(config.n_ctx)) end
  return asked or math.min(DEFAULT_REPEAT, most)
end

local function score_repeats(model, options, bos, scores, uniform)
  local start = bos and 1 or 0
  local n = block_length(model.config, options["--repeat"], start)
  local seeds, ids, blocks = options["--seeds"] or DEFAULT_SEEDS, plain_ids(model), {}
  for seed = 1, seeds do
    blocks[seed] = twice(ids, n, seed, bos)
    local run <close> = patterns(model, blocks[seed])
    local pattern = run:attention()
    local duplicate, induction = measures.duplicate(pattern, n, start), measures.induction(pattern, n, start)
    scores.duplicate = scores.duplicate and scores.duplicate + duplicate or duplicate
    scores.induction = scores.induction and scores.induction + induction or induction
  end
  scores.duplicate, scores.induction = scores.duplicate / seeds, scores.induction / seeds
  local t, causal, from, to = start + 2 * n, model.config.attention_dir == "causal", start + n, start + 2 * n - 1
  uniform.duplicate = measures.uniform(measures.stripe(-n, from, to), t, causal)
  uniform.induction = measures.uniform(measures.stripe(1 - n, from, to), t, causal)
  return blocks, n
end

--- Heads of a score, best first: { name, value }.
local function ranked(score)
  local heads = {}
  for layer, row in ipairs(score:totable()) do
    for head, value in ipairs(row) do heads[#heads + 1] = { name = ("%d.%d"):format(layer - 1, head - 1), value = value } end
  end
  table.sort(heads, function(a, b)
    if a.value ~= b.value then return a.value > b.value end
    return a.name < b.name
  end)
  return heads
end

local function print_table(scores, uniform)
  local columns, depth = {}, RANKS
  for i, name in ipairs(SCORES) do
    columns[i] = ranked(scores[name])
    depth = math.min(depth, #columns[i])
  end
  local function row(label, cell)
    local cells = { ("%-8s"):format(label) }
    for i, name in ipairs(SCORES) do cells[i + 1] = ("%14s"):format(cell(i, name)) end
    print(table.concat(cells))
  end
  row("head", function(_, name) return name end)
  row("uniform", function(_, name) return ("%.4f"):format(uniform[name]) end)
  for rank = 1, depth do
    row(rank, function(i) return ("%-6s%.4f"):format(columns[i][rank].name, columns[i][rank].value) end)
  end
end

local function print_json(ids, blocks, scores, uniform, bos)
  local lists = {}
  for name, score in pairs(scores) do lists[name] = score:totable() end
  print(hs.json.encode { ids = ids, repeated_ids = blocks, scores = lists, uniform = uniform, bos = bos ~= nil })
end

local function main()
  local options = parse(arg)
  if options["--help"] then return print(USAGE) end
  if not options.model then fail(2, "expected MODEL, found nothing; see --help") end
  if options["--text"] and options["--ids"] then fail(2, "expected --text or --ids, found both") end
  local model, message = hs.load(options.model)
  if not model then return fail(1, message) end
  local bos = options["--bos"] and model.config.bos_token_id
  if options["--bos"] and not bos then fail(1, model.name .. ": --bos: expected a model with a BOS token, found none") end
  local scores, uniform = {}, {}
  local ids = score_text(model, options, bos or nil, scores, uniform)
  local blocks, n = score_repeats(model, options, bos or nil, scores, uniform)
  if options["--json"] then return print_json(ids, blocks, scores, uniform, bos or nil) end
  print(("%s: %d layers x %d heads; text of %d tokens; %d random tokens twice, %d seeds; BOS %s\n"):format(
    model.name, model.config.n_layers, model.config.n_heads, #ids, n, #blocks, bos and "on" or "off"))
  print_table(scores, uniform)
end

main()
