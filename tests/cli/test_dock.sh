# The dock on a screen: what a first start shows, a click on a probe of one's own, that file saved anew while nobody
# touches the window, and a click on an edge. Each time the screen is what a window without one shows.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"

export XDG_DATA_HOME=$folder/data
mkdir -p data/headscope/probes
save() { # OFFSET: the file as an editor saves it, beside its place and then there
  cat >mine.tmp <<LUA
local hs = require "headscope"
return hs.probe { id = "mine", kind = "head", score = function(run) return run:attention():diagonal($1):mean(-1) end }
LUA
  mv mine.tmp data/headscope/probes/mine.lua
}
save -1
cat >data/headscope/probes/edges.lua <<'LUA'
return require "headscope".probe { id = "edges", kind = "edge", weight = { 0.9, 1 } }
LUA

cp "$here/session_tools.lua" .
cat >same.lua <<'LUA'
package.path = "./?.lua;" .. package.path
local tools = require "session_tools"
local ui = tools.replay()
local state = ui:state()
assert(state.probe == arg[1] and #state.views == 2, "which probe, and two views")
if arg[2] == "where" then
  local r = ui:find(arg[3])
  return print(math.floor(r.x + r.w / 2), math.floor(r.y + r.h / 2))
end
local ranks = {}
for _, command in ipairs(ui:frame()) do
  if command.kind == "area" and command.id and command.id:find "^rank" then ranks[#ranks + 1] = command.id end
end
assert(ranks[1] == ("rank.%s"):format(arg[2]), ranks[1])
local below = ui:find("status").y -- which says how long things took
local different = (tools.screen "screen.xwd" - ui:pixels()):slice(0, 0, below):abs():max(2)
assert(different:max() == 0, ("the screen differs, most in row %d"):format(different:max(1):argmax()))
LUA

# same ID HEAD: the screen shows this probe, this head being its best.
same() { xwd -silent -id "$window" -out screen.xwd && "$program" run same.lua "$@" >same.log 2>&1; }

# ID where ELEMENT
click() { xdotool mousemove --window "$window" $("$program" run same.lua "$@") click 1; }

rm -rf "$XDG_STATE_HOME"
"$program" --record session.lua --size 960x600 >app.out 2>app.err &
application=$!
until_true grep -q 'ui:wait()' session.lua || { cat app.err; exit 1; }
until_true find_window || exit 1
# What a window is told before it listens is lost.
over_status() { # between what the line says on its left and on its right
  xdotool mousemove --window "$window" 600 580 mousemove --window "$window" 600 590
  grep -q '"hover", { "status" }' session.lua
}
until_true over_status
until_true same previous 3.4 || wrong "the first start" same.log session.lua

click previous where probe.mine
until_true grep -q '"probe.set", { "mine" }' session.lua
until_true same mine 3.4 || wrong "a probe of one's own" same.log session.lua
save 0
until_true same mine 4.1 || wrong "a file that was saved" same.log session.lua

click mine where probe.edges
until_true grep -q '"probe.set", { "edges" }' session.lua
click edges where place.1
until_true grep -q '"place.go", { [0-9]*, [0-9]*, [0-9]*, [0-9]* }' session.lua || wrong "an edge" session.lua
quit
exit $failed
