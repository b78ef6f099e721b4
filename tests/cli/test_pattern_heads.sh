# scripts/pattern_heads.lua: its JSON can be recomputed from the ids it prints; seeds repeat; bounds and misuse.
. "$(dirname "$0")/lib.sh"
exec </dev/null
script=$HEADSCOPE_HOME/scripts/pattern_heads.lua

expect 0 "a table" "$program" run "$script" novella
in_file out "6 layers x 6 heads"
in_file out "uniform"
in_file out "previous"
empty err
expect 0 "help" "$program" run "$script" --help
in_file out "--repeat N"

heads() { expect 0 "$*" "$program" run "$script" "$@"; mv out "$name.json"; empty err; }
name=plain heads novella --json --text "One two three four." --repeat 12 --seeds 2
name=again heads novella --json --text "One two three four." --repeat 12 --seeds 2
name=bos heads novella --json --ids 10,20,30,40 --bos --repeat 8 --seeds 3
name=bert heads "$FIXTURES/tiny/bert" --json --ids 1,2,3,4,5 --repeat 6 --seeds 2
name=most heads "$FIXTURES/tiny/gpt2" --json --ids 1,2,3 --seeds 1
cmp -s plain.json again.json || wrong "the same seeds gave other numbers"
name=spaced heads "$FIXTURES/tiny/gpt2" --json --ids " 1, 2 ,3" --seeds=1
cmp -s most.json spaced.json || wrong "spaces in a list, or an option with its value behind =, gave other numbers"
lua '
local function read(name)
  local file <close> = assert(io.open(name .. ".json"))
  return hs.json.decode(file:read "a")
end
-- every score again, cell by cell
local function check(name, model, blocks, n)
  local found, start = read(name), blocks.bos and 1 or 0
  local function weights(ids) return model:run(ids, { keep = { "pattern" }, logits = false }):attention():totable() end
  local function compare(what, expected)
    for l, row in ipairs(found.scores[what]) do
      assert(#row == model.config.n_heads)
      for h, value in ipairs(row) do
        assert(math.abs(value - expected(l, h)) < 1e-5, what)
      end
    end
    assert(#found.scores[what] == model.config.n_layers)
  end
  local a, t = weights(found.ids), #found.ids
  compare("previous", function(l, h)
    local sum = 0
    for q = 1, t - 1 do sum = sum + a[l][h][q + 1][q] end
    return sum / (t - 1)
  end)
  compare("first", function(l, h)
    local sum = 0
    for q = 0, t - 1 do sum = sum + a[l][h][q + 1][1] end
    return sum / t
  end)
  assert(#found.repeated_ids == blocks.seeds)
  local repeats = {}
  for i, ids in ipairs(found.repeated_ids) do
    assert(#ids == start + 2 * n and (start == 0 or ids[1] == model.config.bos_token_id))
    for j = 1, n do assert(ids[start + j] == ids[start + n + j]) end
    for j = start + 1, #ids do assert(ids[j] ~= model.config.bos_token_id) end
    repeats[i] = weights(ids)
  end
  for what, shift in pairs { duplicate = 0, induction = 1 } do
    compare(what, function(l, h)
      local sum = 0
      for _, b in ipairs(repeats) do
        for q = start + n, start + 2 * n - 1 do sum = sum + b[l][h][q + 1][q - n + shift + 1] / n end
      end
      return sum / #repeats
    end)
  end
end
local novella <close> = assert(hs.load "novella")
check("plain", novella, { seeds = 2 }, 12)
check("bos", novella, { seeds = 3, bos = true }, 8)
local ids = read "bos".ids
assert(#ids == 5 and ids[1] == novella.config.bos_token_id and ids[5] == 40)
check("bert", assert(hs.load(arg[1] .. "/bert")), { seeds = 2 }, 6)
check("most", assert(hs.load(arg[1] .. "/gpt2")), { seeds = 1 }, 20)
local plain = read "plain"
assert(plain.repeated_ids[1][1] ~= plain.repeated_ids[2][1] or plain.repeated_ids[1][2] ~= plain.repeated_ids[2][2])
-- numbers are printed in full: the shortest text that gives the same number back
local file <close> = assert(io.open "plain.json")
assert(file:read("a"):find "%d%.%d%d%d%d%d%d%d%d")
' "$FIXTURES/tiny"

refuse() {
  local code=$1 text=$2
  shift 2
  expect "$code" "$*" "$program" run "$script" "$@"
  empty out
  in_file err "$text"
}
refuse 2 "MODEL"
refuse 2 "--frobnicate" novella --frobnicate
refuse 2 "--repeat" novella --repeat 1
refuse 2 "--repeat" novella --repeat x
refuse 2 "--seeds" novella --seeds
refuse 2 "--ids" novella --ids 1,,2
refuse 2 "--ids" novella --ids=
refuse 2 "--json: expected no value" novella --json=yes
refuse 2 "unknown option --none=1" novella --none=1
refuse 2 "both" novella --ids 1 --text a
refuse 1 "512" novella --repeat 257
refuse 1 "257" novella --repeat 257
refuse 1 "at least 2" novella --ids 7
refuse 1 "BOS" "$FIXTURES/tiny/bert" --ids 1,2 --bos
refuse 1 "nowhere" nowhere/none
refuse 1 "4096" novella --ids 1,4096

# A model whose only token is a special one has no random tokens to draw.
cp -r "$FIXTURES/tiny/gpt2" special
lua 'local vocabulary = {}
for id = 0, 210 do vocabulary["piece" .. id] = id end
local function write(name, text) assert(io.open("special/" .. name, "w")):write(text) end
write("vocab.json", hs.json.encode(vocabulary))
write("merges.txt", "#version: 0.2\n")
local added = {}
for id = 0, 210 do added[tostring(id)] = { content = "piece" .. id, special = true } end
write("tokenizer_config.json", hs.json.encode { added_tokens_decoder = added })'
refuse 1 "not special" special --ids 1,2
exit $failed
