# What the tests on a screen share: an X server of their own, DISPLAY, and waiting. Read after lib.sh; without Xvfb,
# xdotool or xwd the test fails. A program in `application` is ended with the test.
for tool in Xvfb xdotool xwd; do
  command -v $tool >/dev/null || { echo "expected $tool, found none"; exit 1; }
done

servers=
application=
trap '[ -n "$application" ] && kill $application 2>/dev/null; kill $servers; rm -rf "$folder"' EXIT
until_true() { # COMMAND…: up to 20 seconds
  for _ in $(seq 200); do "$@" >/dev/null 2>&1 && return; sleep 0.1; done
  wrong "waited in vain for: $*"
  return 1
}
# serve [OPTIONS…]: starts a server, which DISPLAY is from then on.
serve() {
  : >display
  Xvfb -displayfd 3 -screen 0 1600x1000x24 "$@" 3>display >xvfb.log 2>&1 &
  servers="$servers $!"
  until_true test -s display || { cat xvfb.log; exit 1; }
  export DISPLAY=:$(cat display)
}
serve -noreset # else it starts afresh, and is away for a moment, whenever xdotool was its only client
export XDG_STATE_HOME=$folder/state
unset WAYLAND_DISPLAY SDL_VIDEODRIVER

# The program's window has the keys; its number is in `window`.
find_window() {
  window=$(xdotool search --onlyvisible --name '^headscope' | head -n 1)
  [ -n "$window" ] && xdotool windowfocus "$window" && [ "$(xdotool getwindowfocus)" = "$window" ]
}

# quit: by key; the program ends by itself with 0 and without a word.
gone() { ! kill -0 $application; }
quit() {
  xdotool key ctrl+q
  until_true gone || exit 1
  wait $application || wrong "expected exit 0 after ctrl+q" app.err
  empty app.err
  application=
}
