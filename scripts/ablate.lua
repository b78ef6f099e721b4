--- Which heads a prediction hangs on: each is left out in turn, and what that does to the difference of two logits is said.
local hs = require "headscope"
local options = require "headscope.options"
local ranked = require "headscope.ranked"

local USAGE = [[
usage: headscope run scripts/ablate.lua MODEL --text S --answer A --wrong B [options]

Runs the text with each attention head left out in turn, and ranks heads by what that does to the logit of A less the
logit of B at the last position: below zero the head was for A, above zero it was for B.

  --text S       the text
  --answer A     the right token, as it stands in the text: " she", with its space
  --wrong B      the wrong one
  --op OP        how a head is left out: zero (default), or mean, over the tokens of the text
  --position I   the position that predicts (default: the last)
  --top K        how many heads are shown (default: 10)
  --json         print {text, answer, wrong, op, position, clean, differences, effects}; the last two are [layer][head]
  --help         print this]]

local KNOWN = {
  ["--text"] = options.text,
  ["--answer"] = options.text,
  ["--wrong"] = options.text,
  ["--op"] = options.matching("%l+", "zero or mean"),
  ["--position"] = options.whole(0),
  ["--top"] = options.whole(1),
  ["--json"] = true,
}

--- What a method gives; one that fails ends the script with its sentence.
local function try(call, ...)
  local ok, result = pcall(call, ...)
  return ok and result or options.fail(1, result)
end

--- The id of a token by its text.
local function id_of(model, name, text)
  local ids = try(model.encode, model, text, { special = false })
  if #ids == 1 then return ids[1] end
  options.fail(1, ("--%s: expected one token, found %d in \"%s\""):format(name, #ids, text))
end

--- A run of the text, with these edits of `base`.
local function run_of(model, asked, edits, base)
  local wanted = { keep = {}, logits = asked.position and "all" or "last", edits = edits, base = base }
  return try(model.run, model, asked.text, wanted)
end

--- The difference of the two logits in a run.
local function difference(run, asked)
  local logits = try(run.logits, run, asked.position or -1)
  return logits[asked.answer_id] - logits[asked.wrong_id]
end

--- The difference without each head: [layer][head].
local function ablate(model, asked, whole)
  local found = {}
  for layer = 0, model.config.n_layers - 1 do
    found[layer + 1] = {}
    for head = 0, model.config.n_heads - 1 do
      local run <close> = run_of(model, asked, { ("head %d.%d %s"):format(layer, head, asked.op) }, whole)
      found[layer + 1][head + 1] = difference(run, asked)
    end
  end
  return found
end

local function print_table(model, asked, clean, effects)
  print(('%s: logit of "%s" less logit of "%s": %.4f; each head left out (%s):\n'):format(
    model.name, asked.answer, asked.wrong, clean, asked.op))
  print(("%-8s%12s%12s"):format("head", "difference", "effect"))
  local flat = effects:reshape(-1)
  for _, head in ipairs(ranked(effects:abs(), "head", asked.top or 10)) do
    local effect = flat[head.place]
    print(("%-8s%12.4f%+12.4f"):format(head.name, clean + effect, effect))
  end
end

local function read_options()
  local asked = options.parse(USAGE, KNOWN, { "MODEL" })
  for _, name in ipairs { "text", "answer", "wrong" } do
    if not asked[name] then options.fail(2, ("--%s: expected it, found none; see --help"):format(name)) end
  end
  asked.op = asked.op or "zero"
  if asked.op ~= "zero" and asked.op ~= "mean" then options.fail(2, "--op: expected zero or mean, found " .. asked.op) end
  return asked
end

local function main()
  local asked = read_options()
  local model, message = hs.load(asked.MODEL)
  if not model then return options.fail(1, message) end
  asked.answer_id, asked.wrong_id = id_of(model, "answer", asked.answer), id_of(model, "wrong", asked.wrong)
  local whole = run_of(model, asked)
  if asked.position and asked.position >= whole.n_tokens then
    options.fail(1, ("--position: expected 0 to %d, found %d"):format(whole.n_tokens - 1, asked.position))
  end
  local clean = difference(whole, asked)
  local differences = ablate(model, asked, whole)
  local effects = hs.tensor(differences) - clean
  if not asked.json then return print_table(model, asked, clean, effects) end
  print(hs.json.encode {
    text = asked.text, answer = asked.answer, wrong = asked.wrong, op = asked.op, position = asked.position or -1,
    clean = clean, differences = differences, effects = effects:totable(),
  })
end

main()
