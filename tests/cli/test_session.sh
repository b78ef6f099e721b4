# The window's state on a screen: kept by quitting, there at the next start, under XDG_STATE_HOME; the command line
# wins; headless commands keep out of it. Needs Xvfb, xdotool: without them it fails.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"
state=$XDG_STATE_HOME/headscope/state.json

# start ARGS…: opens the window and waits until its model is there and it has the keys.
start() {
  rm -f session.lua
  "$program" --record session.lua "$@" >app.out 2>app.err &
  application=$!
  until_true grep -q 'ui:wait()' session.lua || { cat app.err; exit 1; }
  until_true find_window || exit 1
}
recorded() { until_true grep -q -- "$1" session.lua || cat session.lua; }

# --- headless commands neither read nor write it
expect 0 "draw" "$program" draw novella --view head --text "The cat" -o view.png
echo 'require "headscope".ui.open():wait():close()' >headless.lua
expect 0 "hs.ui" "$program" run headless.lua
[ ! -e "$XDG_STATE_HOME" ] || wrong "a headless run wrote a state"

# --- a journey, then the same state again
start --size 900x600 novella "The cat saw the dog. The cat"
[ -s "$state" ] || wrong "no state after the first run"
xdotool key 2
recorded view.head
xdotool key Down
recorded layer.next
xdotool key bracketright bracketright
recorded token.next
xdotool key t
recorded theme.toggle
quit
[ "$(ls -A "$XDG_STATE_HOME/headscope")" = state.json ] || wrong "other files beside the state"
cat >expected.lua <<'LUA'
local hs = require "headscope"
local state = hs.ui.open { state_dir = arg[1] }:wait():state()
assert(state.view == "head" and state.theme == "light" and state.token == 1, "view, theme, token")
assert(state.text == "The cat saw the dog. The cat", "text")
LUA
expect 0 "the state, in a script" "$program" run expected.lua "$XDG_STATE_HOME/headscope"
cp "$state" before.json
start
[ "$(xdotool getwindowgeometry "$window" | grep -c 'Geometry: 900x600')" = 1 ] || wrong "the size is not 900x600"
quit
cmp -s "$state" before.json || wrong "the state is not the same after a start" "$state" before.json
# What was recorded holds what was restored: it does the same where no state is.
cat >replay.lua <<'LUA'
local state = dofile "session.lua":state()
assert(state.view == "head" and state.theme == "light" and state.token == 1, "view, theme, token")
LUA
expect 0 "the recorded session" "$program" run replay.lua

# --- the command line wins
start --theme dark --size 700x500 novella "Another text"
[ "$(xdotool getwindowgeometry "$window" | grep -c 'Geometry: 700x500')" = 1 ] || wrong "the size is not 700x500"
quit
in_file "$state" '"theme": "dark"'
in_file "$state" '"text": "Another text"'
in_file "$state" '"view": "head"'

# --- a state that cannot be read is kept aside
echo '{ "version": 9 }' >"$state"
start
quit
in_file "$state" '"version": 1'
in_file "$state.1.bad" '"version": 9'

# --- a folder that cannot be written: the window works
XDG_STATE_HOME=$folder/app.err start
quit

# --- without XDG_STATE_HOME, under the home folder; a relative one does not count
export HOME=$folder/home
unset XDG_STATE_HOME
start
quit
[ -s "$HOME/.local/state/headscope/state.json" ] || wrong "no state under the home folder"
rm -rf "$HOME"
XDG_STATE_HOME=relative start
quit
[ ! -e relative ] && [ -s "$HOME/.local/state/headscope/state.json" ] || wrong "a state in a relative folder"
exit $failed
