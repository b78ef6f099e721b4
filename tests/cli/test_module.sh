# `require "headscope"` in Debian's own Lua: the module beside the program does what the program does.
. "$(dirname "$0")/lib.sh"
exec </dev/null
tree=$HEADSCOPE_HOME
export LUA_CPATH="$(dirname "$program")/?.so"

for test in run tensor json figure ui_head; do
  expect 0 "test_$test.lua in lua5.4" lua5.4 "$tree/tests/scripting/test_$test.lua"
done

cat >same.lua <<'E2'
local hs = require "headscope"
local model = assert(hs.load "novella")
print(hs.version, hs.json.encode(model:run "The doctor asked the nurse a question. She":attention()))
local ui <close> = hs.ui.open { model = "minilm-pair", size = { 640, 400 } }
ui:wait():image(arg[1])
E2
expect 0 "in lua5.4" lua5.4 same.lua lua.png
cp out by_lua
expect 0 "in the program" "$program" run same.lua program.png
cmp out by_lua && cmp lua.png program.png || wrong "expected the same from both"

# Away from the tree the module finds its files beside itself, and says so where it does not.
mkdir -p away/lib/lua/5.4 away/share
cp "$(dirname "$program")/headscope.so" away/lib/lua/5.4
export LUA_CPATH="$folder/away/lib/lua/5.4/?.so"
unset HEADSCOPE_HOME
expect 1 "without its files" lua5.4 -e 'require "headscope"'
in_file err "expected scripts/ and models/"
ln -s "$tree" away/share/headscope
expect 0 "in a prefix" lua5.4 -e 'assert(require "headscope".load "novella"); require "headscope.measures"'
exit $failed
