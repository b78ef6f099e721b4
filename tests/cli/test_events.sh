# SDL's events as the window takes them, on an X server: $2 is a program that pushes them and looks.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/screen.sh"
expect 0 "what the window makes of events" "$2"
exit $failed
