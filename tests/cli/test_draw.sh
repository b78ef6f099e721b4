# headscope draw: what it writes, that it is the window's view bit for bit, and what it refuses.
. "$(dirname "$0")/lib.sh"
exec </dev/null
pair=$FIXTURES/views/pair.safetensors causal=$FIXTURES/views/causal.safetensors
unset DISPLAY WAYLAND_DISPLAY

# A picture of the size and scale asked for, nothing on stdout or stderr, the same bytes each time.
expect 0 "a picture" "$program" draw "$pair" --view head --size 400x300 --scale 2 -o a.png
empty out
empty err
"$program" draw "$pair" --view head --size 400x300 --scale 2 -o b.png
cmp -s a.png b.png || wrong "two pictures of the same view differ"
lua 'local p = assert(hs.picture "a.png"); assert(p.shape[1] == 600 and p.shape[2] == 800 and p.shape[3] == 3)'

# The list of draw commands: JSON lines, to a file or to stdout.
expect 0 "commands" "$program" draw "$pair" --view head --commands a.jsonl
empty out
expect 0 "commands on stdout" "$program" draw "$pair" --view head --commands -
cmp -s out a.jsonl || wrong "commands in a file and on stdout differ"
grep -q '"kind":"attention"' a.jsonl || wrong "no attention in:" a.jsonl
grep -q '"id":"tab.model"' a.jsonl && wrong "the window's bars in:" a.jsonl

# A recorded file's own text may be given; it changes nothing.
expect 0 "the recorded text" "$program" draw "$pair" --view head --text "the cat" --pair "a longer" --commands own.jsonl
cmp -s own.jsonl a.jsonl || wrong "a recorded file's own text changed the picture"

# Each option does what it says.
draw() { "$program" draw "$pair" --commands - "$@" 2>err || wrong "draw $*" err; }
draw --view model | grep -q '"id":"thumb.1.2"' || wrong "--view model"
draw --view neuron --expand | grep -q 'No token selected' || wrong "--expand without a token"
draw --view neuron --expand --token 3 --sort distance | grep -q 'by distance' || wrong "--sort"
draw --view neuron --expand --rest hidden --top 2 | grep -q '2 of 4 dimensions' || wrong "--rest --top"
draw --view neuron --token 3 --dimension 2 | grep -q '"id":"dim.q.0"' || wrong "--dimension"
draw --view neuron --expand --values | grep -q 'no values' || wrong "--values"
draw --view neuron --expand --token 3 | grep -q '"id":"strip.qk.7"' || wrong "--expand --token"
[ "$(draw --view head --heads 1,2 | grep -o '"weights":' | wc -l)" = 2 ] || wrong "--heads"
draw --view head --token 3 | grep -q '"only_row":3' || wrong "--token"
draw --view head --filter ab | grep -q '"shape":\[4,4\]' || wrong "--filter"
[ "$("$program" draw novella --view model --text "a b c" --where "layer < 2 and head == 1" --hide-heads \
  --commands - | grep -o '"weights":' | wc -l)" = 2 ] || wrong "--where --hide-heads"
[ "$("$program" draw "$pair" --view model --where "previous >= 0 and head == 1" --hide-heads \
  --commands - | grep -o '"weights":' | wc -l)" = 2 ] || wrong "--where of a recorded run"
draw --view head --theme light | grep -q '"fill":"#ffffffff"' || wrong "--theme"
draw --view head --size 640x100 | grep -q '"id":"minimap"' || wrong "a minimap"
draw --view head --size 640x100 --whole | grep -q '"id":"minimap"' && wrong "--whole"
draw --view head --size 640x400 | head -1 | grep -q '"rect":\[0,0,640,400\]' || wrong "--size"
cmp -s <(draw --view head --layer 0) <(draw --view head --layer 1) && wrong "--layer"
cmp -s <(draw --view head --layer 0) <(draw --view head) || wrong "layer 0 is the default"

# A model, the default one among them, with a text; and a record of the same run gives the same lines.
expect 0 "the default model" "$program" draw --view model --text "It was a dark night" --commands model.jsonl
expect 0 "a dump" "$program" dump novella --text "It was a dark night" -o run.safetensors
expect 0 "the dump drawn" "$program" draw run.safetensors --view model --commands record.jsonl
cmp -s model.jsonl record.jsonl || wrong "a model and the record of its run differ"
expect 0 "BOS" "$program" draw novella --text "It was" --bos --view head --commands -
in_file out 'endoftext'

# The view area of the window is the same picture, in every state and at every scale; also where it is scrolled, and
# has its minimap.
cat >same.lua <<'LUA'
local hs = require "headscope"
local program, folder = arg[1], os.getenv "FIXTURES" .. "/views/"
local function draw(file, view, area, scale, theme, token)
  local words = { ("%q draw %q --view %s --layer 1 --heads 0,1,2 --size %dx%d"):format(program, file, view, area.w, area.h) }
  words[#words + 1] = ("--scale %s --theme %s -o view.png"):format(scale, theme)
  if token then words[#words + 1] = "--token " .. token end
  if token and view == "neuron" then words[#words + 1] = "--expand" end
  assert(os.execute(table.concat(words, " ")))
  return assert(hs.picture "view.png")
end
for _, file in ipairs { "pair", "causal" } do
  for _, scale in ipairs { 1, 1.5, 2 } do
    for _, view in ipairs { "model", "head", "neuron" } do
      for _, token in ipairs { false, 2, 4 } do
        local theme, height = token and "light" or "dark", token == 4 and 240 or 480
        local ui <close> = hs.ui.open { model = folder .. file .. ".safetensors", size = { 900, height }, scale = scale, theme = theme }
        ui:wait()
        ui:command("view." .. view)
        ui:command("head.select", { 0, 1 })
        ui:command "head.all"
        if token then ui:command(view == "neuron" and "neuron.expand" or "token.select", { token }) end
        local area = ui:area()
        assert((ui:find "minimap" ~= nil) == (height == 240 and view ~= "model"), "a minimap")
        local alone = draw(folder .. file .. ".safetensors", view, area, scale, theme, token)
        local top = math.floor(area.y * scale)
        local inside = ui:pixels():slice(0, top, top + alone.shape[1])
        local worst = (inside - alone):abs():max()
        assert(worst == 0, ("%s %s at %g, token %s: %g"):format(file, view, scale, token, worst))
      end
    end
  end
end
LUA
expect 0 "the window's view is the drawn one" "$program" run same.lua "$program"

# Two views: the second one's elements carry its prefix, also where the picture is narrow.
draw --view model --beside head --size 500x400 >both.jsonl
grep -q '"id":"thumb.1.2"' both.jsonl && grep -q '"id":"2:query.3"' both.jsonl || wrong "--beside"
grep -q '"id":"2:thumb' both.jsonl && wrong "--beside draws another view"
expect 0 "two views in a figure" "$program" draw "$pair" --view matrix --beside head -o both.svg
# The token strip: of attention from any source, of the rest from a file that has it, else a sentence in its place.
strip() {
  local text=$1
  shift
  expect 0 "draw --strip $*" "$program" draw "$@" --commands strip.jsonl
  in_file strip.jsonl "$text"
}
strip "Entropy of the rows of head 1.0" "$pair" --view head --layer 1 --strip entropy
strip "no residual stream" "$pair" --view matrix --strip norm
"$program" dump novella --text "The doctor asked" --keep all --logits all -o all.safetensors
for name in logprob norm received L3N120; do
  strip '"id":"number.0"' all.safetensors --view head --strip $name
  cp strip.jsonl recorded.jsonl
  strip '"id":"number.0"' novella --text "The doctor asked" --view head --strip $name
  cmp -s strip.jsonl recorded.jsonl || wrong "--strip $name of the model differs from that of its recorded run"
done

# Edits: the picture is that of the edited run, marked and said in the file; numbers beside it are the edited ones.
edited() { "$program" draw novella --text "The doctor asked" "$@"; }
"$program" dump novella --text "The doctor asked" --edit "head 0.1 zero" --edit "pattern 1.2 query 2 key 0 set 0.75" \
  --keep all --logits all -o edited.safetensors
weights() { grep -o '"xxh3":"[^"]*"' "$1"; }
for view in model head matrix neuron; do
  expect 0 "draw --edit --view $view" edited --view $view --layer 1 --heads 2 --token 2 --edit "head 0.1 zero" \
    --edit="pattern 1.2 query 2 key 0 set 0.75" --commands edited.jsonl
  expect 0 "its record" "$program" draw edited.safetensors --view $view --layer 1 --heads 2 --token 2 --commands record.jsonl
  expect 0 "unedited" edited --view $view --layer 1 --heads 2 --token 2 --commands clean.jsonl
  weights edited.jsonl >one
  [ -s one ] || wrong "draw --view $view: expected weights" edited.jsonl
  weights record.jsonl | cmp -s - one || wrong "draw --edit --view $view differs from the recorded run"
  cmp -s edited.jsonl clean.jsonl && wrong "draw --edit --view $view is the picture without edits"
done
expect 0 "a figure" edited --view matrix --edit "head 0.1 zero" -o edited.svg
in_file edited.svg 'head 0.1 zero'
strip "Log-probability" novella --text "The doctor asked" --edit "head 0.1 zero" --view head --strip logprob
grep '"id":"number' strip.jsonl >one
strip "Log-probability" edited.safetensors --view head --strip logprob
grep '"id":"number' strip.jsonl | cmp -s - one || wrong "--strip logprob of the edited model differs from its recorded run"

# Classes of tokens: those that ship, or a file's.
expect 0 "draw --classes default" "$program" draw novella --text "She asked the doctor" --view head --classes default \
  --commands classes.jsonl
in_file classes.jsonl '"id":"legend"'
in_file classes.jsonl occupation
echo 'return {{name = "verbs", words = {"asked"}}}' >mine.lua
expect 0 "draw --classes FILE" "$program" draw novella --text "She asked the doctor" --view matrix --classes mine.lua \
  --commands classes.jsonl
in_file classes.jsonl verbs

# Two runs and their difference: the same numbers as of the runs alone.
she="The doctor asked the nurse a question. She" he="The doctor asked the nurse a question. He"
novella() { "$program" draw novella --commands - "$@" 2>err || wrong "draw novella $*" err; }
alone() { novella --view head --layer 3 --heads 4 --text "$1" | grep -o '"weights":.*' | head -1; }
novella --view head --layer 3 --heads 4 --text "$she" --compare "$he" >both.jsonl
[ "$(grep -o '"weights":.*' both.jsonl)" = "$(alone "$she"; alone "$he")" ] || wrong "--compare"
novella --view head --layer 3 --heads 4 --text "$she" --compare "$he" --difference >difference.jsonl
grep -q '"text":"·She/·He"' difference.jsonl || wrong "--difference pairs the pronouns"
grep -q '"id":"2:' difference.jsonl && wrong "--difference alone shows one view"
novella --view model --beside head --text "$she" --compare "$he" --difference >beside.jsonl
grep -q '"id":"thumb.1.2"' beside.jsonl && grep -q '"text":"second − this"' beside.jsonl || wrong "--beside --difference"
expect 0 "a difference in a figure" "$program" draw novella --view matrix --text "$she" --compare "$he" --difference -o difference.pdf
expect 0 "a file with itself" "$program" draw "$pair" --view head --with "$pair" --difference -o same.png

# Misuse is 2 and names the valid range; what the work refuses is 1. No file stays behind.
misuse() {
  local text=$1
  shift
  expect 2 "draw $*" "$program" draw "$@"
  one_error
  in_file err "$text"
}
misuse "--view" "$pair" -o x.png
misuse "model, head, neuron or matrix" "$pair" --view heads -o x.png
misuse "--beside: expected model, head, neuron or matrix, found heads" "$pair" --view head --beside heads -o x.png
misuse "--difference: expected it beside --compare or --with" "$pair" --view head --difference -o x.png
misuse "-o F.png" "$pair" --view head
misuse "-o F.png" "$pair" --view head -o x.png --commands x.jsonl
misuse "1x1 to" "$pair" --view head -o x.png --size 0x400
misuse "1x1 to" "$pair" --view head -o x.png --size 400
misuse "1x1 to" "$pair" --view head -o x.png --size 400x300x2
misuse "1x1 to" "$pair" --view head -o x.png --size 99999x99999
misuse "0.5 to 4" "$pair" --view head -o x.png --scale 5
misuse "0.5 to 4" "$pair" --view head -o x.png --scale nan
misuse "dark or light" "$pair" --view head -o x.png --theme pink
misuse "number, contribution, weight or distance" "$pair" --view neuron -o x.png --sort size
misuse "shown, faded or hidden" "$pair" --view neuron -o x.png --rest gone
misuse "1 to 1024" "$pair" --view neuron -o x.png --top 0
misuse "0 to 3" "$pair" --view neuron -o x.png --dimension 4
misuse "--frobnicate" "$pair" --view head -o x.png --frobnicate
misuse "-o: expected a file's name" "$pair" --view head -o -
[ ! -e ./- ] || wrong "a file named -"
misuse "--text: expected none beside a recorded file" "$pair" --view head -o x.png --text "another"
misuse "--pair: expected the recorded" "$pair" --view head -o x.png --text "the cat" --pair "another"
misuse "--bos" "$pair" --view head -o x.png --bos
misuse "--pair" novella --view head -o x.png --pair b

refused() {
  local text=$1
  shift
  expect 1 "draw $*" "$program" draw "$@"
  one_error
  in_file err "$text"
}
misuse "layer: expected 0 to 1, found 2" "$pair" --view head -o x.png --layer 2
misuse "--layer" "$pair" --view head -o x.png --layer -1
misuse "head: expected 0 to 2, found 3" "$pair" --view head -o x.png --heads 0,3
misuse "--heads" "$pair" --view head -o x.png --heads 0,,1
misuse "token: expected 0 to 7, found 8" "$pair" --view head -o x.png --token 8
misuse "no-classes.lua" "$pair" --view head -o x.png --classes no-classes.lua
echo 'return {{words = {}}}' >nameless.lua
misuse "nameless.lua: [1].name" "$pair" --view head -o x.png --classes nameless.lua
misuse "strip: expected logprob" "$pair" --view head -o x.png --strip ranks
misuse "layer: expected 0 to 1, found 2" "$pair" --view head -o x.png --strip L2N0
misuse "copying: it needs weights of the model" "$pair" --view head -o x.png --where "copying > 1"
misuse "--where: filter:1:" novella --view model -o x.png --text "a b" --where "previous >"
misuse "expected all, aa, ab, ba or bb" "$pair" --view head -o x.png --filter cc
misuse "expected all, found ab" "$causal" --view head -o x.png --filter ab
refused "head 9.9 zero: layer: expected 0 to 5, found 9" novella --view head --text a -o x.png --edit "head 9.9 zero"
refused "--edit: head 2.4 token 9 zero: token: expected 0 to" novella --view head --text a -o x.png --edit "head 2.4 token 9 zero"
misuse "--edit: expected a model to run, found a recorded file" "$pair" --view head -o x.png --edit "head 0.0 zero"
refused "no/such" no/such --view head -o x.png --text a
refused "/no/such/x.png" "$pair" --view head -o /no/such/x.png
refused "/no/such/x.jsonl" "$pair" --view head --commands /no/such/x.jsonl
refused "--text" novella --view head -o x.png --text ""
refused "--text" novella --view head -o x.png
refused "512" novella --view head -o x.png --text "$(printf 'word %.0s' $(seq 1000))"
refused "token type" novella --view head -o x.png --text a --pair b
printf 'not a file of tensors' >broken.safetensors
refused "broken.safetensors" broken.safetensors --view head -o x.png
[ ! -e x.png ] || wrong "a picture stayed behind"

# A disk that fills up: no half a file.
mkdir full
for target in "-o full/y.png" "--commands full/y.jsonl"; do
  (trap '' XFSZ; ulimit -f 1; exec "$program" draw "$pair" --view model $target) >out 2>err
  [ $? = 1 ] || wrong "draw $target on a full disk" out err
  one_error
  in_file err "found: File too large"
  [ -z "$(ls full)" ] || wrong "draw $target left on a full disk: $(ls full)"
done

expect 1 "the window without a display" "$program"
one_error
in_file err "display"
exit $failed
