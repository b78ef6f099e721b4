# Characters that DejaVu lacks: the fonts that HEADSCOPE_FONTS names, in all views and in the text field.
. "$(dirname "$0")/lib.sh"
exec </dev/null
scripts=$FIXTURES/views/scripts.safetensors causal=$FIXTURES/views/causal.safetensors
unset DISPLAY WAYLAND_DISPLAY

draw() { # FONTS RECORD PICTURE OPTIONS…
  HEADSCOPE_FONTS=$1 "$program" draw "$2" -o "$3" --size 400x400 "${@:4}" 2>err || wrong "draw $*" err
}

# A picture is the same each time, another one with fonts than with boxes, and no other where DejaVu suffices.
for view in model head neuron; do
  for scale in 1 2; do
    draw "" "$scripts" boxes.png --view "$view" --scale "$scale" --token 4
    draw "$FIXTURES/fonts" "$scripts" found.png --view "$view" --scale "$scale" --token 4
    draw "/no/such/folder::$FIXTURES/fonts" "$scripts" again.png --view "$view" --scale "$scale" --token 4
    cmp -s found.png again.png || wrong "$view at $scale: two pictures with the same fonts differ"
    [ "$view" = model ] || { cmp -s found.png boxes.png && wrong "$view at $scale: the fonts were not used"; }
    draw "" "$causal" boxes.png --view "$view" --scale "$scale" --token 4
    draw "$FIXTURES/fonts" "$causal" found.png --view "$view" --scale "$scale" --token 4
    cmp -s found.png boxes.png || wrong "$view at $scale: fonts change what DejaVu has"
  done
done

# The usual folders are searched where nothing else is said: here those of a user.
mkdir -p home/.fonts data/fonts
cp "$FIXTURES/fonts/NotoColorEmoji.ttf" home/.fonts
cp "$FIXTURES/fonts/NotoColorEmoji.ttf" data/fonts
pure='local p = assert(hs.picture(arg[1])):totable()
local red = 0
for _, row in ipairs(p) do for _, c in ipairs(row) do
  if c[1] == 255 and c[2] == 0 and c[3] == 0 then red = red + 1 end
end end
assert((red > 20) == (arg[2] == "red"), ("%s: %d red pixels"):format(arg[1], red))'
env -u HEADSCOPE_FONTS HOME="$PWD/home" XDG_DATA_HOME= "$program" draw "$scripts" --view head --size 400x400 -o home.png || wrong "HOME"
env -u HEADSCOPE_FONTS HOME=/nowhere XDG_DATA_HOME="$PWD/data" "$program" draw "$scripts" --view head --size 400x400 -o data.png || wrong "XDG_DATA_HOME"
draw "" "$scripts" none.png --view head
lua "$pure" home.png red
lua "$pure" data.png red
lua "$pure" none.png boxes

# In the text field a picture with all its code points is one character: for the caret, for deleting.
export HEADSCOPE_FONTS=$FIXTURES/fonts
lua 'local ui = hs.ui.open { model = "novella", text = "a", size = { 500, 300 } }
ui:wait()
local r = ui:find "text"
local function red()
  local n, p = 0, ui:pixels():slice(0, r.y, r.y + r.h):contiguous():totable()
  for _, row in ipairs(p) do for _, c in ipairs(row) do
    if c[1] > 240 and c[2] < 10 and c[3] < 10 then n = n + 1 end
  end end
  return n
end
local none = red()
assert(none == 0, none)
ui:click(r.x + 100, r.y + r.h / 2)
ui:key "ctrl+a"
ui:type "a👍🏽"
assert(red() > 20, "the hand is red above")
ui:key "backspace"
ui:type "b"
ui:key "enter"
ui:wait()
assert(ui:state().text == "ab", ui:state().text)'

exit $failed
