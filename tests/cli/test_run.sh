# headscope run: exit codes, `arg`, and which stream says what.
. "$(dirname "$0")/lib.sh"
exec </dev/null

cat >script.lua <<'LUA'
local word = arg[1]
print(arg[0], #arg, ...)
if word == "number" then os.exit(tonumber(arg[2])) end
if word == "true" then os.exit(true) end
if word == "false" then os.exit(false) end
if word == "protected" then pcall(os.exit, 5) end
if word == "coroutine" then coroutine.wrap(function() os.exit(6) end)() end
if word == "error" then error("went wrong") end
if word == "object" then error(setmetatable({}, { __tostring = function() return "an object" end })) end
if word == "nil" then error() end
LUA

expect 0 "a script that ends" "$program" run script.lua a "b c"
in_file out "script.lua	2	a	b c"
empty err
expect 0 "options after the script are its own" "$program" run script.lua --help
in_file out "script.lua	1	--help"
expect 7 "os.exit(7)" "$program" run script.lua number 7
in_file out "number	7"
expect 0 "os.exit(0)" "$program" run script.lua number 0
expect 0 "os.exit(true)" "$program" run script.lua true
expect 1 "os.exit(false)" "$program" run script.lua false
expect 5 "os.exit under pcall" "$program" run script.lua protected
expect 6 "os.exit in a coroutine" "$program" run script.lua coroutine

expect 1 "error" "$program" run script.lua error
[ "$(head -n 1 err)" = "headscope: script.lua:8: went wrong" ] || wrong "first line:" err
in_file err "stack traceback:"
in_file out "error"
expect 1 "an error object" "$program" run script.lua object
in_file err "headscope: an object"
expect 1 "error()" "$program" run script.lua nil
in_file err "headscope: an error that is a nil"
echo 'error {}' >table.lua
expect 1 "an error that says nothing" "$program" run table.lua
in_file err "headscope: an error that is a table"
in_file err "table.lua:1: in main chunk"
echo 'print(' >broken.lua
expect 1 "a syntax error" "$program" run broken.lua
in_file err "headscope: broken.lua:"
empty out
expect 1 "a missing script" "$program" run missing.lua
in_file err "headscope: missing.lua: expected a readable script"
one_error
expect 1 "a folder" "$program" run "$folder"

expect 2 "no script" "$program" run
in_file err "headscope run: expected FILE.lua"
one_error
expect 2 "an unknown option" "$program" run --frobnicate script.lua
in_file err "--frobnicate"
one_error
expect 2 "an unknown option of the program" "$program" --frobnicate
one_error
expect 0 "help" "$program" run --help
in_file out "usage: headscope run FILE.lua"
empty err
expect 0 "help of the program" "$program" --help
in_file out "headscope run"
expect 0 "version" "$program" --version
grep -qE '^headscope [0-9]+\.[0-9]+\.[0-9]+$' out || wrong "version:" out

"$program" --version >/dev/full 2>err
[ $? = 1 ] || wrong "a full disk: expected exit 1" err
expect 0 "a script that ships, from another folder" "$program" run scripts/pattern_heads.lua --help
in_file out "usage:"
lua 'assert(hs.version:find "^%d+%.%d+%.%d+$" and hs == require "headscope")'
HEADSCOPE_HOME=$folder/none expect 1 "a home that is none" "$program" run script.lua
in_file err "HEADSCOPE_HOME"
one_error
exit $failed
