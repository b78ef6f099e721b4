# The window on a screen: a journey by mouse and keys, its state and its picture; the same journey replayed by
# the names of its commands; the view area against draw. Needs Xvfb, xdotool and xwd: without them it fails.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"
. "$here/journey.sh"

# --- no display: one line; and a server that starts afresh whenever its last client leaves
DISPLAY=:31999 expect 1 "a display that is not there" "$program"
one_error
in_file err "expected a display"
lasting=$DISPLAY
serve
for round in 1 2 3; do
  rm -f session.lua
  start --size 640x400
  [ -n "$window" ] || wrong "no window on the screen in round $round" app.err
  kill $application
  wait $application 2>/dev/null
  application=
done
rm -f session.lua
DISPLAY=$lasting

# --- the journey
start --size 900x600
press text
recorded 1 edit.place
xdotool key ctrl+a
xdotool type --delay 20 "The cat saw the dog. The cat"
recorded 28 edit.insert
xdotool key Return
recorded 2 'ui:wait()'
press tab.head
recorded 1 view.head
xdotool key 1
recorded 1 view.model
press thumb.2.3
recorded 1 head.open
xdotool key 3
recorded 1 view.neuron
press expand.4
recorded 1 neuron.expand
xdotool windowsize "$window" 760 480
recorded 1 'window.resize", { 760, 480'
to key.2
recorded 1 'hover", { "key.2"'

cat >journey.lua <<'LUA'
package.path = "./?.lua;" .. package.path
local tools = require "session_tools"
local ui = tools.replay()
local state = ui:state()
assert(state.view == "neuron" and state.expanded and state.token == 4, "view")
assert(state.layer == 2 and #state.heads == 1 and state.heads[1] == 3, "selection")
assert(state.text == "The cat saw the dog. The cat" and state.model == "novella" and not state.focus, "text")
assert(state.hover.side == "key" and state.hover.token == 2 and not state.error, "hover")
assert(#state.panels == 1 and state.panels[1][1] == 2 and state.panels[1][2] == 3, "panel")
local area, screen, pixels = ui:area(), tools.screen "screen.xwd", ui:pixels()
assert(screen.shape[1] == 480 and screen.shape[2] == 760, "size")
local line = ui:find "status" -- holds milliseconds and megabytes
local found, expected = screen:slice(0, 0, line.y), pixels:slice(0, 0, line.y)
local different = (found - expected):abs():max()
assert(different == 0, "the replayed picture differs by " .. different)
assert((screen:select(2, 0) - screen:at(0, 0, 0)):abs():sum() > 1e5, "a picture with something in it")
LUA
same_picture() {
  xwd -silent -id "$window" -out screen.xwd && "$program" run journey.lua >journey.log 2>&1
}
until_true same_picture || wrong "the journey" journey.log session.lua
xdotool key ctrl+plus
recorded 1 scale.more
xdotool key ctrl+0
recorded 1 scale.reset
xdotool mousemove --window "$window" 5 470
xdotool key Tab Tab Tab
recorded 3 focus.next
xdotool key Down
recorded 1 'menu.open", { "examples"'
xdotool key Escape shift+Tab
recorded 1 focus.previous
quit
empty app.err
tail -n 1 session.lua | grep -q 'return ui' || wrong "the session's end" session.lua
expect 0 "the session as a script" "$program" run session.lua replayed.png
[ -s replayed.png ] || wrong "the session's picture"

# --- the view area is what draw draws
cat >area.lua <<'LUA'
package.path = "./?.lua;" .. package.path
local tools, program, record = require "session_tools", arg[1], arg[2]
local ui = tools.replay()
local a, state = ui:area(), ui:state()
local heads = { state.head } -- draw selects the first
for _, head in ipairs(state.heads) do
  if head ~= state.head then heads[#heads + 1] = head end
end
assert(state.view == arg[3] and #heads == 2, "the journey")
local command = "%q draw %q --view %s --layer 1 --heads %s --token 3 --pins query.3 --size %dx%d --scale %s --theme light -o view.png"
local scale = state.scale
assert(os.execute(command:format(program, record, state.view, table.concat(heads, ","), a.w, a.h, scale)))
local view = assert(require "headscope".picture "view.png")
local top = math.floor(a.y * scale)
local found = tools.screen "screen.xwd":slice(0, top, top + view.shape[1])
assert((found - view):abs():max() == 0, "the view area is not what draw draws")
LUA
for scale in 1 1.5; do
  start --size 640x400 --scale $scale --theme light "$FIXTURES/views/pair.safetensors"
  xdotool key 2
  recorded 1 view.head
  press tile.0
  recorded 1 head.
  xdotool key a
  recorded 1 head.all
  press tile.1
  recorded 1 head.toggle
  xdotool key Down Up Down
  press query.3
  recorded 1 token.select
  press tab.head
  xdotool mousemove --window "$window" 5 $((390 * ${scale%.*}))
  recorded 1 'hover", { "view"\|hover", { "status"\|hover", { "" }'
  same_area() {
    xwd -silent -id "$window" -out screen.xwd &&
      "$program" run area.lua "$program" "$FIXTURES/views/pair.safetensors" "$1" >area.log 2>&1
  }
  for view in head 1:model 3:neuron 4:matrix; do
    name=${view#*:}
    [ "$view" = head ] || xdotool key "${view%:*}"
    recorded 1 "view.$name"
    until_true same_area "$name" || wrong "the $name view, scale $scale" area.log session.lua
  done
  quit
done

# Asked to end from outside (the end of a session; Ctrl+C in a terminal), it keeps what it would after its own key.
start --size 640x400
xdotool key 4
recorded 1 view.matrix
kill $application
until_true gone || exit 1
wait $application || wrong "expected exit 0 after a signal" app.err
application=
in_file "$XDG_STATE_HOME/headscope/state.json" '"view": "matrix"'

# A window that would be larger than the screen fits it, also where everything in it is four times as large.
start --size 3000x2000 "$FIXTURES/views/pair.safetensors"
xdotool key $(printf 'ctrl+plus %.0s' $(seq 12))
recorded 1 'window.resize", { 400, 250'
xdotool getwindowgeometry "$window" >geometry
in_file geometry "Geometry: 1600x1000"
quit
exit $failed
