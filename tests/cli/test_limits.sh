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
cat >enough.lua <<'LUA'
local hs = require "headscope"
for i = 1, 200 do local sum = hs.zeros { 1000000 } + i end
local model = hs.load "novella"
for _ = 1, 100 do model:run "The doctor asked the nurse a question. She" end
LUA
expect 0 "what was dropped does not count" "$program" run --memory 64M enough.lua
empty err

cat >slow.lua <<'LUA'
local t = require "headscope.test"
t.test("quick", function() t.equal(1, 1) end)
t.test("endless", function() while true do end end)
LUA
expect 1 "a test file in time" "$program" test --time 2 --memory 1G slow.lua
in_file out "expected to end within 2 seconds (--time)"
in_file out "1 passed"

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
