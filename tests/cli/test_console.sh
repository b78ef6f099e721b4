#!/usr/bin/env bash
# The console of the real window: typed code runs, Escape ends an endless loop also where Lua cannot be left, what runs
# comes with the next start.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
. "$here/screen.sh"

# types WORDS: and presses Enter.
types() { xdotool type --delay 5 "$1"; xdotool key Return; }
file_says() { [ -s said ] && [ "$(cat said)" = "$1" ]; }

"$program" novella "The doctor asked the nurse" --size 900x600 >app.out 2>app.err &
application=$!
until_true find_window || exit 1
xdotool key ctrl+grave
types "say = function(v) local f = io.open('said', 'w') f:write(tostring(v)) f:close() end"
types "say(run and run.n_tokens)"
until_true file_says 5
types "say(model:run('one two').n_tokens)"
until_true file_says 2
rm -f said
types "table.sort({ 1, 2, 3 }, function() while true do end end)"
types "say(1)" # refused: one at a time
xdotool key Escape
xdotool key ctrl+a
types "say 'alive'"
until_true file_says alive
types "while true do pcall(function() while true do end end) end"
xdotool key Escape
xdotool key ctrl+a
types "say(view:state().view)"
until_true file_says model
quit
grep -q "one two" "$XDG_STATE_HOME/headscope/state.json" || wrong "expected the history in the state" "$XDG_STATE_HOME/headscope/state.json"

# --- a recorded session runs the code again, and does what the code did once
rm -r "$XDG_STATE_HOME"
"$program" novella "The doctor asked the nurse" --size 900x600 --record session.lua >app.out 2>app.err &
application=$!
until_true find_window || exit 1
xdotool key ctrl+grave
types "view:command('view.head') view:command('head.select', { 3, 2 }) n = (n or 0) + 1"
until_true grep -q '^ui:wait()' session.lua
types "while true do end"
xdotool key Escape
types "say = n"
until_true grep -q 'say = n' session.lua
quit
lua 'local ui = dofile "session.lua"
assert(ui:state().view == "head" and ui:state().head == 3 and ui:state().layer == 2)
ui:command("console.run", { "n" })
ui:wait()
local lines = ui:console().lines
assert(lines[#lines].text == "1", lines[#lines].text)'
exit $failed
