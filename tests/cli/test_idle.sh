# Nothing moves by itself: a window that nobody touches takes no processor time, and neither does the screen that it
# would draw to. Counted in ticks of the kernel, which a machine with other work gives no sooner.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"

ticks() { # PROCESS: user and system time of all its threads, in hundredths of a second
  local rest
  rest=$(sed 's/.*) //' "/proc/$1/stat")
  set -- $rest
  echo $(($12 + $13))
}

# rests WHAT: once what was asked for is done, three seconds pass without work for the window (one tick is for who
# wakes at their end) and the screen.
still() {
  local own
  own=$(ticks $application)
  sleep 0.5
  [ "$(ticks $application)" = "$own" ]
}
rests() {
  sleep 1
  until_true still
  local own screen
  own=$(ticks $application) screen=$(ticks $xvfb)
  sleep 3
  own=$(($(ticks $application) - own)) screen=$(($(ticks $xvfb) - screen))
  [ $own -le 1 ] || wrong "$1: expected an idle window, found $own ticks of work in three seconds"
  [ $screen -le 1 ] || wrong "$1: expected an idle screen, found $screen ticks of work in three seconds"
}

rm -rf "$XDG_STATE_HOME"
"$program" --record session.lua --size 900x600 >app.out 2>app.err &
application=$!
until_true grep -q 'ui:wait()' session.lua || { cat app.err; exit 1; }
until_true find_window || exit 1
rests "after a run"

recorded() { until_true grep -q -- "$1" session.lua || cat session.lua; }
xdotool mousemove --window "$window" 300 300
recorded hover
rests "with the mouse on a thumbnail"
xdotool key 2
recorded view.head
xdotool mousemove --window "$window" 300 200
rests "with a tooltip"
xdotool mousemove --window "$window" 500 22 click 1
recorded edit.place
rests "with the caret in the text"
quit
exit $failed
