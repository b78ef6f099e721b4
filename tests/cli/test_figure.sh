# Figures from the command line: draw by the file's ending, and open.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
unset DISPLAY WAYLAND_DISPLAY
pair=$FIXTURES/views/pair.safetensors

# The ending says which kind; nothing on stdout or stderr; no other file appears.
for kind in png svg pdf SVG; do
  expect 0 "a $kind" "$program" draw "$pair" --view head --layer 1 --heads 2,0 --filter ab --size 400x300 --theme light -o "a.$kind"
  empty out
  empty err
done
[ "$(head -c 4 a.pdf)" = %PDF ] || wrong "a.pdf is no PDF"
head -c 5 a.svg | grep -q '<?xml' && head -c 5 a.SVG | grep -q '<?xml' || wrong "a.svg is no SVG"
cmp -s a.svg a.SVG || wrong "two SVG files of the same view differ"
in_file a.svg 'width="400px" height="300px"'
in_file a.svg '"filter":"ab"'
grep -aq CreationDate a.pdf && wrong "a date in a.pdf, which would differ each time"
[ "$(ls | grep -c '^a\.')" = 4 ] || wrong "other files than the figures"

# Without a background.
expect 0 "transparent" "$program" draw "$pair" --view head --size 400x300 --theme light --transparent -o clear.svg
grep -q 'width="400" height="300" style="fill:rgb(100%,100%,100%)' a.svg || wrong "no background in:" a.svg
grep -q 'width="400" height="300" style="fill:rgb(100%,100%,100%)' clear.svg && wrong "a background in:" clear.svg

# What draw wrote is what the window restores, to the bit, from each of the three.
lua '
for _, kind in ipairs { "png", "svg", "pdf" } do
  local ui <close> = assert(hs.ui.open { figure = "a." .. kind }):wait()
  local state = ui:state()
  assert(not state.error, state.error)
  assert(state.layer == 1 and state.head == 2 and #state.heads == 2 and state.filter == "ab" and state.theme == "light")
  ui:command("figure.save", { "again.png" })
  assert(io.open("a.png", "rb"):read "a" == io.open("again.png", "rb"):read "a", kind)
end'

# Misuse, and figures that are none.
expect 2 "--transparent without a picture" "$program" draw "$pair" --view head --transparent --commands -
expect 1 "a folder" "$program" draw "$pair" --view head -o .
one_error
mkdir folder.svg
expect 1 "a folder" "$program" draw "$pair" --view head -o folder.svg
one_error
expect 1 "no such folder" "$program" draw "$pair" --view head -o none/a.pdf
one_error
expect 2 "open without a figure" "$program" open
expect 1 "open of no file" "$program" open none.png
one_error
in_file err none.png
echo hello >none.svg
expect 1 "open of no figure" "$program" open none.svg
one_error
in_file err none.svg
head -c 2000 a.png >cut.png
expect 1 "open of a part" "$program" open cut.png
one_error
expect 2 "scale" "$program" open a.png --scale 99

# In the window on a screen: restored, and written again with Ctrl+S under the name that is offered.
. "$here/screen.sh"
name=pair-head-1.2.png
saved() { [ -e "$name" ] || xdotool key ctrl+s Return; sleep 0.3; cmp b.png "$name"; }
"$program" draw "$pair" --view head --layer 1 --heads 2,0 --filter ab --size 700x420 --theme light -o b.png
"$program" open b.png >app.out 2>app.err &
application=$!
until_true find_window && until_true saved
quit
exit $failed
