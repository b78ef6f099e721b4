# scripts/probe.lua: probes by name and by path, parameters, tables and JSON, and what is refused.
. "$(dirname "$0")/lib.sh"
exec </dev/null
ask() { "$program" run scripts/probe.lua "$@"; }
export XDG_DATA_HOME=$folder/data

expect 0 "a probe that ships" ask previous novella --top 3
in_file out "3.4           0.7373    0.2286"
[ "$(grep -c '^[0-9]' out)" = 3 ] || wrong "expected three heads" out
expect 0 "parameters and seeds" ask induction novella --set n=16 --seeds 2 --json
lua 'local found = hs.json.decode(io.read "a")
assert(found.probe == "induction" and found.seeds == 2 and #found.mean == 6 and #found.spread[6] == 6)
assert(math.abs(found.null[1][1] - 0.0423) < 1e-3)' <out

mkdir -p data/headscope/probes
cat >data/headscope/probes/mine.lua <<'E2'
return require "headscope".probe { id = "mine", kind = "token", keep = {}, score = function(run)
  return require "headscope".zeros { run.n_tokens } + 2
end }
E2
expect 0 "a probe of the user's" ask mine novella --ids 1,2,3
in_file out "2             2.0000"
cp data/headscope/probes/mine.lua here.lua
expect 0 "a probe by its path" ask ./here.lua novella

cat >edges.lua <<'E2'
return require "headscope".probe { id = "she", kind = "edge", weight = { 0.2 }, distance = { 1, 6 }, heads = { "2.3", "1.0" },
  query = function(token) return token.text == " She" end }
E2
expect 0 "edges" ask ./edges.lua novella
in_file out "2 edges"
in_file out "1.0           0.4221     8 ·She → 7 ."
expect 0 "edges as JSON" ask ./edges.lua novella --json
lua 'local found = hs.json.decode(io.read "a")
local edge = found.rows[2]
assert(found.kind == "edge" and #found.rows == 2 and edge.layer == 2 and edge.head == 3 and edge.query == 8 and edge.key == 7)
assert(edge.query_text == " She" and edge.key_text == "." and math.abs(edge.weight - 0.5634) < 1e-4)' <out
cat >rows.lua <<'E2'
return require "headscope".probe { id = "rows", kind = "run", params = { number = false }, score = function(run, p)
  return p.number and run.n_tokens / 2 or { { token = " a b", weight = 0.25 }, { token = "c", weight = 1.0 } }
end }
E2
expect 0 "rows" ask ./rows.lua novella --top 1
in_file out "token   weight"
in_file out "·a·b    0.2500"
in_file out "and 1 more"
expect 0 "a number" ask ./rows.lua novella --ids 1,2,3 --set number=true
in_file out "1.5"

echo 'return 7' >seven.lua
echo 'return {' >half.lua
echo 'return require "headscope".probe { id = "x", kind = "head" }' >less.lua
echo 'return require "headscope".probe { id = "x", kind = "head", score = function(run) return run.nothing.here end }' >breaks.lua
expect 1 "no such probe" ask nothing novella
one_error
in_file err "nothing: expected a probe, found none in $folder/data/headscope/probes/nothing.lua"
expect 1 "no probe" ask ./seven.lua novella
in_file err "./seven.lua: expected it to return hs.probe{...}, found number"
expect 1 "half a file" ask ./half.lua novella
in_file err "half.lua:2:"
expect 1 "a field is missing" ask ./less.lua novella
in_file err "probe x: score: expected a function, found none"
expect 1 "a score that fails" ask ./breaks.lua novella
one_error
in_file err "breaks.lua:1: attempt to index a nil value"
echo 'string, table, tostring, type, pairs, error = nil' | cat - here.lua >vandal.lua
expect 0 "a file that takes libraries away" ask ./vandal.lua novella
in_file out "2             2.0000"
echo 'os.exit(0)' | cat - here.lua >leaves.lua
expect 1 "a file that ends the program" ask ./leaves.lua novella
in_file err "leaves.lua:1: os.exit: a probe cannot end the program"
printf '\033Lua' >bytes.lua
expect 1 "bytecode" ask ./bytes.lua novella
in_file err "./bytes.lua: attempt to load a binary chunk"
cat >eats.lua <<'E2'
return require "headscope".probe { id = "x", kind = "run", score = function()
  local all = {}
  while true do all[#all + 1] = ("x"):rep(1 << 22) .. #all end
end }
E2
expect 1 "a score that eats memory" "$program" run --memory 60M scripts/probe.lua ./eats.lua novella
one_error
in_file err "eats.lua:1: not enough memory"
echo 'return require "headscope".probe { id = "x", kind = "run", score = function() return 1 / 0 end }' >endless.lua
expect 0 "an infinity" ask ./endless.lua novella
in_file out "inf"
expect 1 "an infinity, which JSON lacks" ask ./endless.lua novella --json
one_error
in_file err "probe x: JSON: expected a finite number, found inf"
expect 1 "an unknown parameter" ask induction novella --set m=3
in_file err "probe induction: params: expected one of n, prepend_bos, found m"
expect 1 "a parameter beyond its bounds" ask induction novella --set n=1
expect 2 "no value" ask induction novella --set n
expect 1 "a pair for a model of one sentence" ask previous novella --pair "And then?"
in_file err "pair: expected none"
expect 1 "no such model" ask previous nowhere
expect 2 "no model" ask previous
expect 0 "help" ask --help
exit $failed
