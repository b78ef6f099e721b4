# What stops a script: Ctrl+C, --time wherever the script is, --memory.
. "$(dirname "$0")/lib.sh"
exec </dev/null

# interrupt WHAT LUA: runs it until it has said "go", presses Ctrl+C, and waits for its end.
interrupt() {
  echo "$2" >endless.lua
  : >out
  "$program" run endless.lua >>out 2>err &
  local pid=$!
  until grep -q go out || ! kill -0 $pid 2>/dev/null; do sleep 0.02; done
  kill -INT $pid
  wait $pid
  local got=$?
  [ $got = 1 ] || wrong "$1: expected exit 1, found $got" err
  in_file err "interrupted"
  in_file err "stack traceback:"
}
go='io.write "go" io.flush()'
interrupt "a loop" "$go while true do end"
in_file err "headscope: endless.lua:1: interrupted"
interrupt "a loop that catches errors" "$go while true do pcall(function() while true do end end) end"
interrupt "a coroutine" "local c = coroutine.create(function() $go while true do end end)
while true do coroutine.resume(c) end"
interrupt "coroutines in coroutines" "local function loop() $go while true do pcall(error) end end
local inner = coroutine.wrap(loop)
local outer = coroutine.wrap(function() while true do pcall(inner) end end)
while true do pcall(outer) end"
interrupt "a run" "local model = require 'headscope'.load 'novella'
$go while true do pcall(model.run, model, 'The doctor asked the nurse a question. She') end"
interrupt "a sort" "local t = {} for i = 1, 5000 do t[i] = i end
$go while true do table.sort(t, function(a, b) return a > b end) end"

# What is said is where the loop is, whoever caught the error on its way.
printf 'local function loop()\n  while true do end\nend\n%s\n' 'while true do pcall(coroutine.wrap(loop)) end' >caught.lua
expect 1 "a loop in a coroutine that is caught" "$program" run --time 0.2 caught.lua
in_file err "headscope: caught.lua:2: expected to end within 0.2 seconds"

# Scripts of a window's console, where nothing happens by itself, and a session that has one.
console() {
  echo "local hs = require 'headscope'
local ui = hs.ui.open { model = 'novella', text = 'a b' }
ui:wait()
$go
ui:command('console.run', { [[$1]] })
ui:wait()
return ui"
}
interrupt "a sort in a console" "$(console 'table.sort({ 1, 2, 3 }, function() while true do end end)')"
interrupt "a loop in a console" "$(console 'while true do pcall(error) end')"
interrupt "a coroutine in a console" "$(console 'coroutine.wrap(function() while true do end end)()')"

timed() {
  echo "$2" >endless.lua
  expect 1 "$1" "$program" run --time 0.2 endless.lua
  in_file err "expected to end within 0.2 seconds (--time), found it running"
}
timed "a loop" 'while true do pcall(error) end'
in_file err "stack traceback:"
timed "a coroutine" 'coroutine.wrap(function() while true do end end)()'
timed "a hook taken away" 'debug.sethook() coroutine.wrap(function() while true do debug.sethook() end end)()'
timed "a sort in a console" "$(console 'table.sort({ 1, 2, 3 }, function() while true do end end)')"
timed "a pattern" 'print(("a"):rep(60):find(("a*"):rep(60) .. "b"))'
in_file err "could not be stopped"
timed "a finalizer" 'setmetatable({}, { __gc = function() while true do end end }) collectgarbage()'
timed "a finalizer at the end" 'x = setmetatable({}, { __gc = function() while true do end end }) os.exit(0)'
echo 'print(7)' >short.lua
expect 0 "in time" "$program" run --time 60 short.lua
empty err

bounded() {
  echo "local hs, kept = require 'headscope', {} $2" >hungry.lua
  expect 1 "$1" "$program" run --memory 48M hungry.lua
  in_file err "50331648 bytes"
}
bounded "tables" 'for i = 1, 1e9 do kept[i] = { i } end'
in_file err "not enough memory: expected at most"
bounded "a string" 'local s = ("x"):rep(1e8)'
bounded "tensors" 'for i = 1, 1e9 do kept[i] = hs.zeros { 1000, 1000 } end'
in_file err "headscope: hungry.lua:1: tensor: expected at most"
bounded "one tensor" 'print(hs.zeros { 10000, 10000 })'
bounded "a run" 'local m = hs.load "novella" local ids = {} for i = 1, 256 do ids[i] = i end
for i = 1, 1e9 do kept[i] = m:run(ids, { keep = "all" }) end'
bounded "JSON" 'local s = "[" .. ("{},"):rep(4e5) .. "0]" local t, message = hs.json.decode(s) error(message)'
in_file err "JSON: expected at most"
lua 'assert(hs.save_picture("p.png", hs.zeros { 3000, 3000, 3 }))'
bounded "a picture" 'kept = hs.zeros { 4, 1000, 1000 } error(select(2, hs.picture "p.png"))'
in_file err "picture: expected at most"
cat >enough.lua <<'LUA'
local hs = require "headscope"
for i = 1, 200 do local sum = hs.zeros { 1000000 } + i end
local model = hs.load "novella"
for _ = 1, 100 do model:run "The doctor asked the nurse a question. She" end
LUA
expect 0 "what was dropped does not count" "$program" run --memory 64M enough.lua
empty err

# --- what other commands run, under the same words

probe() { echo "$2" >"$1.lua"; }
probe loop 'return require "headscope".probe { id = "loop", kind = "run", keep = {}, score = function() while true do pcall(error) end end }'
probe pattern 'return require "headscope".probe { id = "pattern", kind = "run", keep = {},
  score = function() return ("a"):rep(60):find(("a*"):rep(60) .. "b") end }'
probe opens 'while true do end'
probe ends 'x = setmetatable({}, { __gc = function() while true do end end })
  return require "headscope".probe { id = "ends", kind = "run", keep = {}, score = function() while true do end end }'
printf 'The doctor asked\nShe said\n' >two.txt
for name in loop opens pattern ends; do
  expect 1 "a scan whose probe does not end: $name" "$program" scan ./$name.lua novella --text two.txt --time 0.3 -o none.jsonl
  one_error
  in_file err "expected to end within 0.3 seconds (--time), found it running"
  rm -f none.jsonl
done
cat >gatherer.lua <<'LUA'
return require "headscope".probe { id = "gatherer", kind = "head",
  gather = function() return require "headscope".zeros { 4000000 } end,
  score = function(run) return run:attention():mean(-1):mean(-1) end }
LUA
expect 1 "what a scan gathers" "$program" scan ./gatherer.lua novella --text two.txt --memory 60M -o none.jsonl
in_file err "gather: expected at most"
expect 1 "memory of a scan" "$program" scan previous novella --text two.txt --memory 200K -o none.jsonl
one_error
in_file err "memory"
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "he and she %d\n", i }' >long.txt
expect 1 "a scan that is not done in time" "$program" scan first novella --text long.txt --time 4 -o long.jsonl
one_error
in_file err "what was found before is in long.jsonl, and --resume goes on"
[ -s long.jsonl.scan ] || wrong "expected long.jsonl.scan"
draw() { "$program" draw novella --view head --text "The doctor asked" --where "$@" -o draw.png; }
expect 1 "a filter that does not end" draw "(function() while true do end end)()" --time 0.3
one_error
in_file err "expected to end within 0.3 seconds (--time)"
expect 1 "a filter in a pattern" draw "('a'):rep(60):find(('a*'):rep(60) .. 'b')" --time 0.3
expect 0 "a filter in time and in a sandbox" draw "previous > 0.3" --time 60 --sandbox --memory 500M
expect 0 "a line of repl in time" "$program" repl --sandbox <<<"1 + 1"
in_file out 2

cat >slow.lua <<'LUA'
local t = require "headscope.test"
t.test("quick", function() t.equal(1, 1) end)
t.test("endless", function() while true do end end)
LUA
expect 1 "a test file in time" "$program" test --time 2 --memory 1G slow.lua
in_file out "expected to end within 2 seconds (--time)"
in_file out "1 passed"

mkdir tests
cat >tests/strange.lua <<'LUA'
local t, hs = require "headscope.test", require "headscope"
local model = hs.load "novella"
t.test("recorded", function()
  t.near(model:run("The doctor asked"):attention(0, 0), t.golden "attention")
  t.equal({ word = "x" }, t.golden "words")
end)
t.test("no files", function() t.fails(function() return hs.read "two.txt" end, "may be read") end)
t.test("no programs", function() os.execute "touch gotcha" end)
LUA
expect 1 "recorded in a sandbox" "$program" test --sandbox --bless tests
in_file out "2 passed, 1 failed"
expect 1 "compared in a sandbox" "$program" test --sandbox --time 60 tests
in_file out "FAILED  tests/strange.lua: no programs"
in_file out "os.execute is not to be had in a sandbox"
in_file out "2 passed, 1 failed"
[ ! -e gotcha ] || wrong "expected no program to run"
cp tests/strange.lua strange.lua
sed 's/{ word = "x" }/require("headscope").zeros { 2 }/' strange.lua >tests/strange.lua
expect 1 "another kind recorded in a sandbox" "$program" test --sandbox --bless tests
in_file out "golden words: expected a number, text or table (tests/strange.goldens/words.json) to be deleted before a tensor is recorded"
[ ! -e tests/strange.goldens/words.safetensors ] || wrong "expected nothing recorded"
mv strange.lua tests/strange.lua
expect 0 "other folders" "$program" test --sandbox --allow . --filter recorded tests
expect 2 "--allow alone, of a test" "$program" test --allow . tests
one_error

for word in 0 -1 x 1x inf 0x10 ""; do
  expect 2 "--time $word" "$program" run --time "$word" short.lua
  one_error
  in_file err "--time: expected seconds"
done
for word in 0 -1 x 20X 20MB 1e400; do
  expect 2 "--memory $word" "$program" run --memory "$word" short.lua
  one_error
  in_file err "--memory: expected bytes"
done
expect 2 "a test's --time" "$program" test --time soon slow.lua
one_error
expect 0 "units" "$program" run --memory 0.5g -- short.lua
exit $failed
