# scripts/ablate.lua: its JSON is what leaving out each head by hand gives, its table ranks that; misuse.
. "$(dirname "$0")/lib.sh"
exec </dev/null
script=$HEADSCOPE_HOME/scripts/ablate.lua
text="The doctor asked the nurse a question. She"
ablate() { "$program" run "$script" novella --text "$text" --answer " was" --wrong " had" "$@"; }

expect 0 "help" "$program" run "$script" --help
in_file out "--answer A"

for op in zero mean; do
  expect 0 "$op" ablate --op $op --position 8 --json
  cp out $op.json
done
expect 0 "the last position" ablate --json
cp out last.json
lua '
local model <close> = assert(hs.load "novella")
local text = "The doctor asked the nurse a question. She"
local a, b = model:encode(" was", { special = false })[1], model:encode(" had", { special = false })[1]
local function difference(edits)
  local run <close> = model:run(text, { edits = edits })
  return run:logits()[a] - run:logits()[b]
end
local clean = difference()
for _, op in ipairs { "zero", "mean" } do
  local found = hs.json.decode(assert(hs.read(op .. ".json")))
  assert(found.op == op and found.position == 8 and found.text == text)
  assert(math.abs(found.clean - clean) < 1e-4)
  for layer = 0, 5 do
    for head = 0, 5 do
      local expected = difference { { head = { layer = layer, head = head }, op = op } }
      assert(math.abs(found.differences[layer + 1][head + 1] - expected) < 1e-4)
      assert(math.abs(found.effects[layer + 1][head + 1] - (expected - clean)) < 1e-4)
    end
  end
end
local last = hs.json.decode(assert(hs.read "last.json"))
assert(last.op == "zero" and last.position == -1 and math.abs(last.clean - clean) < 1e-6)
assert(math.abs(last.effects[2][2]) > 0.1)
'

expect 0 "table" ablate --top 3
[ "$(grep -c '^[0-9]\.[0-9] ' out)" = 3 ] || wrong "expected three heads in:" out
in_file out "; each head left out (zero):"
in_file out 'novella: logit of " was" less logit of " had": 0.921'
sed -n '4p' out | grep -q '^1\.1  *0\.415[0-9]  *-0\.506[0-9]$' || wrong "expected head 1.1 first in:" out

refused() { # CODE TEXT WORDS…
  local code=$1 what=$2
  shift 2
  expect "$code" "$what" "$program" run "$script" "$@"
  one_error
  in_file err "$what"
}
refused 2 "--answer: expected it" novella --text "$text" --wrong " had"
refused 2 "--op: expected zero or mean" novella --text "$text" --answer " was" --wrong " had" --op double
refused 1 '--answer: expected one token, found 2 in " wasgh"' novella --text "$text" --answer " wasgh" --wrong " had"
refused 1 "--position: expected 0 to 8, found 9" novella --text "$text" --answer " was" --wrong " had" --position 9
refused 1 "headscope: ablate: text: expected at least one token" novella --text "" --answer " was" --wrong " had"
refused 1 "headscope: ablate: $FIXTURES/tiny/gpt2: expected tokenizer.json" "$FIXTURES/tiny/gpt2" --text a --answer b --wrong c
refused 1 "no-such" no-such --text a --answer b --wrong c
exit $failed
