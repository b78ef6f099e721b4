# A journey through the window on a screen, by mouse and keys: where things are is asked of the session that the window
# records, done over without a display. Read after screen.sh; `here` is the folder of the tests.

# start ARGS…: opens the window, without a saved state, and waits until its model is there and it has the keys.
start() {
  rm -rf session.lua "$XDG_STATE_HOME"
  "$program" --record session.lua "$@" >app.out 2>app.err &
  application=$!
  until_true grep -q 'ui:wait()' session.lua || { cat app.err; exit 1; }
  until_true find_window || exit 1
}

cp "$here/session_tools.lua" .
cat >where.lua <<'LUA'
package.path = "./?.lua;" .. package.path
local ui = require "session_tools".replay()
local r = assert(ui:find(arg[1]), "no element " .. arg[1])
local scale = ui:state().scale
print(math.floor((r.x + r.w / 2) * scale), math.floor((r.y + r.h / 2) * scale))
LUA

# to ID: moves the mouse there; recorded N PATTERN: waits until N lines of the session have it.
to() {
  local place
  place=$("$program" run where.lua "$1" 2>where.err) || { wrong "where is $1?" where.err session.lua; return; }
  xdotool mousemove --window "$window" $place
}
recorded() { until_true eval "[ \$(grep -c -- '$2' session.lua) -ge $1 ]" || cat session.lua; }
press() { to "$1"; xdotool click 1; }
point() { to "$1" && recorded "${2:-1}" "hover\", { \"$1\""; }
# drag ID DX: from the middle of an element so far to the right, in two moves.
drag() {
  to "$1"
  xdotool mousedown 1 mousemove_relative -- $(($2 / 2)) 0 mousemove_relative -- $(($2 - $2 / 2)) 0 mouseup 1
}
# with KEY BUTTON: a click, or a turn of the wheel (4, 5), while the key is down.
with() { xdotool keydown "$1" click "$2" keyup "$1"; }
