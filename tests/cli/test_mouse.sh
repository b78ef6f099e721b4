# What a mouse does on a screen beside plain clicks: double-clicks, drop-downs, drags, the wheel, keys held down, and
# leaving the window. Each is recorded as its command, and the screen is what the session gives without one. Needs Xvfb,
# xdotool and xwd.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"
. "$here/journey.sh"

start --size 1000x640 "$FIXTURES/views/pair.safetensors"

# --- model view: a panel opens, answers, and closes
xdotool key 1
recorded 1 view.model
press thumb.1.2
recorded 1 head.open
point panel.1.2.query.1
point panel.1.2.key.0
press panel.1.2.close
recorded 1 panel.close
to thumb.0.1
with ctrl 1
recorded 1 'pick.add", { 0, 1'
xdotool key a
recorded 1 head.all

# --- head view: a double-click that comes too slowly is two clicks, which change nothing
press tab.head
recorded 1 view.head
to tile.1
twice() {
  xdotool click --repeat 2 --delay 30 1
  sleep 0.3
  grep -q head.isolate session.lua
}
until_true twice || wrong "a double-click" session.lua
press filter
recorded 1 'menu.open", { "filter"'
press filter.ab
recorded 1 'filter.set", { "ab"'
press query.1
recorded 1 'query", 1'
point key.0
with ctrl 4
recorded 1 '"zoom"'
xdotool mousemove 1590 990
recorded 1 'hover", { "" }'
drag threshold -20
recorded 1 threshold.set

# --- two views
press split
recorded 1 view.split
drag splitter -80
recorded 1 split.share
xdotool key bar
recorded 1 split.other
xdotool key 4
recorded 1 view.matrix
point cell.1.1

cat >journey.lua <<'LUA'
package.path = "./?.lua;" .. package.path
local tools = require "session_tools"
local ui = tools.replay()
local state = ui:state()
assert(#state.views == 2 and state.views[1] == "matrix" and state.views[2] == "head", "views")
assert(#state.heads == 1 and state.heads[1] == 1 and state.filter == "ab" and #state.panels == 0, "selection")
assert(state.threshold > 0 and state.share < 0.5 and #state.pins == 1 and not state.error, "numbers")
assert(state.hover.side == "query" and state.hover.token == 1 and state.hover.view == 1, "hover")
local line = ui:find "status" -- holds megabytes
local found, expected = tools.screen "screen.xwd":slice(0, 0, line.y), ui:pixels():slice(0, 0, line.y)
assert((found - expected):abs():max() == 0, "the replayed picture differs")
LUA
same_picture() {
  xwd -silent -id "$window" -out screen.xwd && "$program" run journey.lua >journey.log 2>&1
}
until_true same_picture || wrong "the journey" journey.log session.lua
quit
exit $failed
