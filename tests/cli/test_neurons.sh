# scripts/neurons.lua: correlations over several texts against all tokens in one tensor, peaks, and what is refused.
. "$(dirname "$0")/lib.sh"
exec </dev/null
ask() { "$program" run scripts/neurons.lua "$@"; }

cat >texts <<'E2'
The doctor asked the nurse a question. She looked at Mr. Brown and said nothing.
It was a bright cold day in April, and the clocks were striking thirteen.

E2
echo "Elizabeth had been at Longbourn for two days when Jane came from London." >more
cat >check.lua <<'E2'
local hs = require "headscope"
local found = hs.json.decode(io.read "a")
local model = assert(hs.load "novella")
local feature, columns = {}, {}
for _, name in ipairs { "texts", "more" } do
  for line in io.lines(name) do
    if line ~= "" then
      local run = model:run(line, { keep = { "post", "pattern" }, logits = "all" })
      for position = 0, run.n_tokens - 1 do
        local value = load("local run, position, token = ... return " .. arg[1])(run, position, run:token(position))
        if value then
          feature[#feature + 1] = tonumber(value) or 1
          columns[#columns + 1] = run:get("post"):select(1, position)
        end
      end
    end
  end
end
assert(found.tokens == #feature, found.tokens .. " tokens, not " .. #feature)
local all = hs.stack(columns):correlation(hs.tensor(feature):reshape(-1, 1, 1), 0)
for i, neuron in ipairs(found.neurons) do
  local layer, number = model:neuron(neuron.neuron)
  assert(math.abs(all:at(layer, number) - neuron.correlation) < 1e-4, neuron.neuron)
  if i == 1 then assert(math.abs(all:max() - neuron.correlation) < 1e-4) end
  local largest = -math.huge
  for _, column in ipairs(columns) do largest = math.max(largest, column:at(layer, number)) end
  assert(math.abs(neuron.peaks[1].value - largest) < 1e-5 or arg[2] == "some", neuron.neuron .. ": its peak")
  for rank = 2, #neuron.peaks do assert(neuron.peaks[rank].value <= neuron.peaks[rank - 1].value) end
end
E2
check() { "$program" run check.lua "$@" <out || wrong "expected the same correlations" out; }

expect 0 "a predicate" ask novella texts more --feature 'token.text:find "^ ?%u" ~= nil' --json --top 4 --tokens 3
check 'token.text:find "^ ?%u" and 1 or 0'
[ "$(grep -o '"place":"more:1"' out | wc -l)" -gt 0 ] || wrong "expected places of both files" out
expect 0 "a head's weight" ask novella texts more --feature 'weight("3.4", 1)' --json
check 'position > 0 and run:attention(3, 4):at(position, position - 1)' some
expect 0 "log-probabilities" ask novella texts more --feature logprob --json
check 'position > 0 and (run:logits(position - 1) - run:logits(position - 1):max()):softmax(0):log()[run.ids[position + 1]]' some
expect 0 "as text" ask novella texts --feature token.position --top 1
in_file out "novella: 41 tokens, correlation with token.position"
expect 0 "one neuron" ask novella texts --neuron L5N409 --tokens 1
in_file out "texts:2  …, and the clocks were striking[ th]"
expect 0 "a constant feature" ask novella texts --feature 1 --top 1
in_file out "L0N0  0.0000"

refused() { expect "$1" "$2" ask novella "${@:4}"; one_error; in_file err "$3"; }
refused 2 "no question" "expected --feature or --neuron" texts
refused 2 "no Lua" "--feature:" texts --feature 'token.'
refused 1 "an error" "attempt to index a nil value" texts --feature 'token.nothing.here'
refused 1 "no number" "expected a number, true, false or nil, found string" texts --feature 'token.text'
refused 1 "NaN" "found NaN" texts --feature '0/0'
refused 1 "no token" "expected a token for which the feature is a number" texts --feature 'nil'
refused 1 "no such head" "head: expected 0 to 5, found 9" texts --feature 'weight("1.9", 0)'
refused 1 "no such neuron" "--neuron:" texts --neuron L9N1
refused 1 "no such file" "nowhere" nowhere --feature 1
exit $failed
