# headscope run --sandbox: every attack fails, and what is allowed works.
. "$(dirname "$0")/lib.sh"
exec </dev/null
attacks=$(dirname "$0")/../scripting/attacks.lua

mkdir open opener
echo 'return "secret"' | tee secret.lua >opener/secret.lua
ln -s ../secret.lua open/link
ln -s .. open/out
ln -s ../nothing open/nowhere
lua 'local f = assert(io.open("open/bytecode.lua", "wb")) f:write(string.dump(function() return 1 end)) f:close()'
cp /proc/self/exe open/native.so
expect 0 "attacks" "$program" run --sandbox --allow open --memory 200M --time 60 "$attacks" "$folder/secret.lua" "$folder/open"
grep -qE '^[0-9]+ attacks, 0 worked$' out || wrong "expected every attack to fail" out err
[ "$(cat secret.lua)" = 'return "secret"' ] && [ ! -e new ] && [ ! -e nothing ] || wrong "something was written"

# A model whose vocabulary is a link to somebody's secrets would tell them as its tokens.
mkdir open/model
cp "$FIXTURES"/tiny/gpt2/* open/model
echo 'print(require "headscope".load "open/model")' >load.lua
expect 0 "a model" "$program" run --sandbox --allow open load.lua
ln -s ../../secret.lua open/model/vocab.txt
expect 1 "a model with a link that leads out" "$program" run --sandbox --allow open load.lua
in_file err "open/model: expected a model in a folder that may be read (--allow)"
expect 0 "the same outside of a sandbox" "$program" run load.lua

# What is outside is refused in the same words whether or not it is there.
cat >tells.lua <<'LUA'
local hs = require "headscope"
local refusal = ": expected a model in a folder that may be read (--allow)"
for name in ("/etc /nothing /etc/passwd /etc/nothing .. ../nothing secret.lua ./nothing nothing some/body kept lost"):gmatch "%S+" do
  local ok, message = pcall(hs.load, name)
  assert(not ok and message:sub(-#refusal) == refusal, message)
end
assert(not hs.load "./open/nothing" and hs.load "novella")
LUA
mkdir -p hub/models--kept/snapshots/1 hub/models--kept/refs
printf 1 >hub/models--kept/refs/main
HF_HUB_CACHE=$folder/hub expect 0 "nothing is told" "$program" run --sandbox --allow open tells.lua

stuck() {
  echo "$2" >stuck.lua
  expect 1 "$1" "$program" run --sandbox --time 0.3 stuck.lua
  in_file err "expected to end within 0.3 seconds"
}
stuck "a loop" 'while true do pcall(function() while true do end end) end'
stuck "a coroutine" 'local c = coroutine.wrap(function() while true do pcall(error) end end) while true do pcall(c) end'
stuck "a pattern" 'print(("a"):rep(60):find(("a*"):rep(60) .. "b"))'
stuck "a finalizer" 'setmetatable({}, { __gc = function() while true do end end })'
stuck "a closing variable" 'local x <close> = setmetatable({}, { __close = function() while true do end end }) error "x"'
stuck "a message handler" 'xpcall(error, function() while true do end end)'

echo 'return { word = "module" }' >open/mine.lua
cat >good.lua <<'LUA'
local hs = require "headscope"
local model = assert(hs.load "novella")
local run = model:run "The doctor asked the nurse"
assert(hs.save_tensors("open/p.safetensors", { pattern = run:attention() }))
assert(hs.tensors("open/p.safetensors").pattern.rank == 4)
assert(hs.save_picture("open/p.png", hs.zeros { 2, 2, 3 }) and hs.picture "open/p.png")
assert(hs.make_folder "open/deeper" and #hs.files "open" > 2)
assert(require "mine".word == "module" and loadfile "open/mine.lua" ().word == "module")
assert(load "return 7" () == 7 and os.time() > 0 and os.date "%Y")
local probe = hs.probe { id = "x", kind = "head", score = function(r) return r:attention():diagonal(-1):mean(-1) end }
assert(probe:ask(model, { run = run }).mean.rank == 2)
local env = {}
assert(loadfile("open/mine.lua", "t", env)().word == "module")
print "fine"
LUA
expect 0 "what is allowed" "$program" run --sandbox --allow open:opener good.lua
[ "$(cat out)" = fine ] || wrong "expected fine" out err
empty err
expect 1 "without the folder" "$program" run --sandbox good.lua
in_file err "open/p.safetensors: expected a file in a folder that may be written to (--allow)"

for probe in previous composition norm_first logit_lens neuron_capital variability pronouns; do
  expect 0 "$probe, which ships" "$program" run --sandbox scripts/probe.lua $probe novella
done
in_file out "3.3"
echo 'return require "headscope".probe { id = "spy", kind = "run", score = function() return os.execute "id" end }' >open/spy.lua
expect 1 "a stranger's probe" "$program" run --sandbox --allow open scripts/probe.lua open/spy.lua novella
in_file err "os.execute is not to be had in a sandbox"
expect 1 "a probe elsewhere" "$program" run --sandbox scripts/probe.lua open/spy.lua novella
in_file err "--allow"

expect 2 "--allow alone" "$program" run --allow open good.lua
one_error
expect 1 "a folder that is none" "$program" run --sandbox --allow open:none good.lua
one_error
in_file err '--allow: expected a folder, found "none"'
exit $failed
