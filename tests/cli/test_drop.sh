# Files dropped on the running window by another program, as a file manager drops them (XDND): a model's folder, a
# figure, a file that is nothing of all this. $1 is the program, $2 the one that drops; skipped without that.
[ -n "${2:-}" ] || { echo "expected a program that drops files, found none: X11's headers are missing"; exit 77; }
drops=$2
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"
cp "$here/session_tools.lua" .

mkdir "a folder, 100 % für alle"
stranger="$folder/a folder, 100 % für alle/no model.txt"
echo "Once upon a time" >"$stranger"
cat >figure.lua <<'LUA'
local ui <close> = require "headscope".ui.open { model = "novella", text = "A figure's own text" }
ui:wait():command "view.matrix"
ui:command("figure.save", { "figure.svg" })
LUA
expect 0 "a figure" "$program" run figure.lua

# dropped PATHS…: the window has taken them. says LUA: what holds of the session so far, in time.
dropped() { "$drops" "$window" "$@" 2>drop.err || wrong "dropped: $*" drop.err; }
says() {
  cat >says.lua <<LUA
package.path = "./?.lua;" .. package.path
local ui = require "session_tools".replay()
local state, file = ui:state(), arg[1]
assert($1)
LUA
  until_true "$program" run says.lua "$stranger" || { "$program" run says.lua "$stranger"; cat session.lua; }
}

"$program" --record session.lua "$FIXTURES/views/pair.safetensors" >app.out 2>app.err &
application=$!
until_true grep -q 'ui:wait()' session.lua || { cat app.err; exit 1; }
until_true find_window || exit 1
says 'state.model:find "pair.safetensors$" and not state.error'

# --- what is no model: a sentence, and the old picture stays
dropped "$stranger"
says 'state.error == file .. ": expected a model'"'"'s folder, a recorded run, a figure or a session, found another file"'
says 'ui:find "thumb.0.0" and state.model:find "pair.safetensors$"'

# --- a model's folder, a figure, and of several files the last one
dropped "$HEADSCOPE_HOME/models/novella"
says 'state.model:find "/models/novella$" and not state.error and ui:find "thumb.5.5"'
dropped "$folder/figure.svg"
says 'state.text == "A figure'"'"'s own text" and state.view == "matrix"'
dropped "$stranger" "$FIXTURES/views/pair.safetensors"
says 'state.model:find "pair.safetensors$" and not state.error'

# --- the window still answers
xdotool key 2
says 'state.view == "head"'
quit
exit $failed
