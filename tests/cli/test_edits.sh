# The model edited on a screen: cells painted by the mouse, heads taken out by mouse and keys, taken back by keys. Each
# is recorded as its command, and the screen is what the session gives without one. Needs Xvfb, xdotool and xwd.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"
. "$here/journey.sh"

start --size 1000x640 novella "The doctor asked the nurse a question. She"
xdotool key 4
recorded 1 view.matrix
xdotool key l
recorded 1 edits.mode
xdotool key i
recorded 1 inspector.toggle
drag cell.8.1 60
recorded 1 'edits.add", { "pattern 3.4 query 8 key 1 zero; pattern'
press tile.2
recorded 1 'edits.add", { "head 3.2 zero'
press tile.2
recorded 1 'edits.erase", { "head 3.2 zero'
xdotool key ctrl+z
recorded 1 edits.undo
xdotool key ctrl+y
recorded 1 edits.redo
xdotool key ctrl+z ctrl+shift+z
recorded 2 edits.redo
xdotool key Delete
recorded 1 'edits.add", { "head 3.4 zero'
press brush.scale
recorded 1 'edits.brush", { "scale 0.5'
press query.5
recorded 1 'edits.add", { "pattern 3.4 query 5 scale 0.5'
press edit.0
recorded 1 'edits.toggle", { 0'
point cell.8.1

cat >journey.lua <<'LUA'
package.path = "./?.lua;" .. package.path
local tools = require "session_tools"
local ui = tools.replay()
local edits = ui:state().edits
assert(edits[1].text == "pattern 3.4 query 8 key 1 zero" and edits[1].off, "the stroke begins")
assert(edits[#edits].text == "pattern 3.4 query 5 scale 0.5" and edits[#edits - 1].text == "head 3.4 zero", "heads")
assert(ui:state().edit_mode and #edits >= 4 and not ui:state().error, "edit mode")
local line = ui:find "status" -- holds milliseconds
local found, expected = tools.screen "screen.xwd":slice(0, 0, line.y), ui:pixels():slice(0, 0, line.y)
assert((found - expected):abs():max() == 0, "the replayed picture differs")
LUA
same_picture() {
  xwd -silent -id "$window" -out screen.xwd && "$program" run journey.lua >journey.log 2>&1
}
until_true same_picture || wrong "the journey" journey.log session.lua
xdotool key Escape
recorded 2 edits.mode
quit
exit $failed
