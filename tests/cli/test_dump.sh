# headscope dump: what is in the file, read back by Lua and compared with a run; misuse; nothing half-written.
. "$(dirname "$0")/lib.sh"
exec </dev/null
gpt2=$FIXTURES/tiny/gpt2
bert=$FIXTURES/tiny/bert

expect 0 "a text" "$program" dump novella --text "The doctor asked" -o text.safetensors
empty out
empty err
expect 0 "ids, everything" "$program" dump "$gpt2" --ids 5,6,7,8 --keep all --logits all -o all.safetensors
expect 0 "names" "$program" dump "$gpt2" --ids 5,6,7,8 --keep pattern1,blocks.0.mlp.hook_post --logits last -o some.safetensors
expect 0 "token types" "$program" dump "$bert" --ids 1,2,3,4 --token-types 0,0,1,1 --keep all -o bert.safetensors
lua '
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local text = hs.tensors "text.safetensors"
local model <close> = assert(hs.load "novella")
local run <close> = model:run "The doctor asked"
assert(count(text) == 3 * 6 and not text.logits)
for _, name in ipairs(run:names()) do
  assert(text[name]:eq(run:get(name)):min() == 1, name)
end
local gpt2 <close> = assert(hs.load(arg[1]))
local all, some = hs.tensors "all.safetensors", hs.tensors "some.safetensors"
local full <close> = gpt2:run({ 5, 6, 7, 8 }, { keep = "all", logits = "all" })
assert(count(all) == #full:names() + 1)
for _, name in ipairs(full:names()) do
  assert(#all[name].shape == #full:get(name).shape)
  assert(all[name]:eq(full:get(name)):min() == 1, name)
end
assert(all.logits:eq(full:logits()):min() == 1)
assert(count(some) == 3 and some["blocks.1.attn.hook_pattern"] and some["blocks.0.mlp.hook_post"])
-- another number of rows may take another kernel: the last bits differ
assert(#some.logits.shape == 1 and (some.logits - full:logits(-1)):abs():max() < 1e-4)
local bert <close> = assert(hs.load(arg[2]))
local pair <close> = bert:run({ 1, 2, 3, 4 }, { token_types = { 0, 0, 1, 1 }, keep = "all" })
local file = hs.tensors "bert.safetensors"
assert(file.hook_token_type_embed:eq(pair:get "hook_token_type_embed"):min() == 1)
assert(file.logits:eq(pair:logits()):min() == 1)
' "$gpt2" "$bert"

expect 0 "spaces in a list" "$program" dump "$gpt2" --ids "5, 6, 7, 8" --keep all --logits all -o spaced.safetensors
cmp -s all.safetensors spaced.safetensors || wrong "spaces between ids gave another file"

# The header's JSON names the notes; its length is the first eight bytes.
header() { tail -c +9 "$1" | head -c "$(od -An -t u8 -N 8 "$1" | tr -d ' ')"; }
header text.safetensors >header.json
lua '
local file <close> = assert(io.open "header.json")
local notes = hs.json.decode(file:read "a").__metadata__
local model <close> = assert(hs.load "novella")
local run <close> = model:run "The doctor asked"
assert(notes.text == run.text and notes.pair == nil)
for note, list in pairs { ids = run.ids, token_types = run.token_types, tokens = run.tokens, pieces = run.pieces } do
  local found = hs.json.decode(notes[note])
  assert(#found == #list, note)
  for i, value in ipairs(list) do assert(found[i] == value, note) end
end
local offsets = hs.json.decode(notes.offsets)
assert(offsets[2][1] == run:token(1).start and offsets[2][2] == run:token(1).stop)
assert(hs.json.decode(notes.sentences)[1] == 0)
assert(notes.bos == "false" and notes.causal == "true")
assert(notes.model == "novella" and notes.hash == model.hash and notes.version == hs.version)
'

# A model without a head accepts the option and has no logits to write.
expect 0 "no head" "$program" dump "$FIXTURES/tiny/bert-bare" --ids 1,2,3 --keep q --logits all -o bare.safetensors
lua 'local file = hs.tensors "bare.safetensors"
assert(file["blocks.0.attn.hook_q"] and not file.logits)'

misuse() {
  local text=$1
  shift
  expect 2 "$text" "$program" dump "$@"
  one_error
  in_file err "$text"
}
misuse "--text or --ids" "$gpt2" -o x.safetensors
misuse "--text or --ids" "$gpt2" --text a --ids 1 -o x.safetensors
misuse "-o" "$gpt2" --ids 1,2
misuse "--logits" "$gpt2" --ids 1,2 --logits some -o x.safetensors
misuse "--ids" "$gpt2" --ids 1,x -o x.safetensors
misuse "--token-types" "$gpt2" --ids 1,2 --token-types 0 -o x.safetensors
misuse "--pair" "$gpt2" --ids 1,2 --pair b -o x.safetensors
misuse "MODEL" --ids 1,2 -o x.safetensors

expect 0 "edits" "$program" dump novella --text "The doctor asked" --edit "head 2.4 zero" \
  --edit="pattern 3.4 query 2 key 1 set 0.5" -o edited.safetensors
lua '
local found, _, notes = hs.tensors "edited.safetensors"
local model <close> = assert(hs.load "novella")
local texts = { "head 2.4 zero", "pattern 3.4 query 2 key 1 set 0.5" }
local run <close> = model:run("The doctor asked", { edits = texts })
assert(notes.edits == hs.json.encode(texts), notes.edits)
assert(select(3, hs.tensors "text.safetensors").edits == nil)
for _, name in ipairs(run:names()) do assert(found[name]:eq(run:get(name)):min() == 1, name) end
'
expect 0 "a recorded run that is edited" "$program" draw edited.safetensors --view head --layer 3 -o edited.png

refused() {
  local text=$1
  shift
  expect 1 "$text" "$program" dump "$@"
  one_error
  in_file err "$text"
  [ -z "$(ls -A | grep 'x\.safe')" ] || wrong "a file was left behind"
}
refused "--edit: head 9.9 zero: layer: expected 0 to 2, found 9" "$gpt2" --ids 1,2 --edit "head 9.9 zero" -o x.safetensors
refused "head 0.0 token 2 zero: token: expected 0 to 1, found 2" "$gpt2" --ids 1,2 --edit "head 0.0 token 2 zero" -o x.safetensors
refused "nothing" "$gpt2" --ids 1,2 --keep nothing -o x.safetensors
refused "211" "$gpt2" --ids 1,211 -o x.safetensors
refused "40" "$gpt2" --ids "$(seq -s , 0 40)" -o x.safetensors
refused "no/such" "$gpt2" --ids 1,2 -o no/such/x.safetensors
refused "tokenizer" "$gpt2" --text abc -o x.safetensors
refused "text" novella --text "" -o x.safetensors
refused "UTF-8" novella --text "$(printf 'a\377')" -o x.safetensors
exit $failed
