# headscope encode and decode: JSON lines in and out, there and back, and lines that are wrong.
. "$(dirname "$0")/lib.sh"

cat >texts <<"E2"
"The doctor asked the nurse a question. She"
""
"na\u00efve \ud83d\ude00 \u0000 end"
"<|endoftext|> two\n\nlines   "
E2
expect 0 "encode" "$program" encode novella <texts
empty err
mv out encoded
lua '
local lines = {}
for line in io.lines "encoded" do lines[#lines + 1] = hs.json.decode(line) end
assert(#lines == 4)
local text = "The doctor asked the nurse a question. She"
local model = assert(hs.load "novella")
for i, id in ipairs(model:encode(text)) do assert(lines[1].ids[i] == id) end
for _, line in ipairs(lines) do
  for _, key in ipairs { "ids", "token_types", "tokens", "pieces", "offsets" } do
    assert(type(line[key]) == "table" and #line[key] == #line.ids, key)
  end
end
local joined = {}
for i, range in ipairs(lines[1].offsets) do joined[i] = text:sub(range[1] + 1, range[2]) end
assert(table.concat(joined) == text and table.concat(lines[1].tokens) == text)
assert(#lines[2].ids == 0)
assert(lines[4].ids[1] == model.config.bos_token_id and lines[4].tokens[1] == "<|endoftext|>")
-- what decode reads next
local ids = assert(io.open("ids", "w"))
for _, line in ipairs(lines) do ids:write(#line.ids == 0 and "[]" or hs.json.encode(line.ids), "\n") end
ids:close()
'
expect 0 "decode" "$program" decode novella <ids
empty err
mv out decoded
lua '
local function read(name)
  local out = {}
  for line in io.lines(name) do out[#out + 1] = hs.json.decode(line) end
  return out
end
local texts, decoded = read "texts", read "decoded"
assert(#texts == 4 and #decoded == 4)
for i, text in ipairs(texts) do assert(text == decoded[i], i) end
'

expect 0 "--bos" "$program" encode novella --bos < <(printf '"a b"\n')
in_file out '"ids":[4095,'
in_file out '[0,0]'
expect 0 "a pair" "$program" encode novella < <(printf '["a", "b"]\n')
in_file out '"token_types":[0,1]'
in_file out '"offsets":[[0,1],[0,1]]'

# Some languages split lines at these, too: none stands in an answer as it is.
expect 0 "line ends of Unicode" "$program" encode novella < <(printf '"a\\u2028b\\u2029\\u00e2\\u2020\\u0085\\u00c2"\n')
sed 's/^.*"ids":\(\[[0-9,]*\]\).*$/\1/' out >ids
expect 0 "and back" "$program" decode novella <ids
[ "$(cat out)" = '"a\u2028b\u2029â†\u0085Â"' ] || wrong "expected escaped line ends:" out

# Lines that are wrong: the number is named, answers before them are out.
bad() {
  expect 1 "bad line $1" "$program" encode novella < <(printf '"fine"\n%s\n"never reached"\n' "$1")
  [ "$(wc -l <out)" = 1 ] || wrong "expected the first answer only:" out
  [ "$(wc -l <err)" = 1 ] || wrong "expected one line of error:" err
  in_file err "line 2: expected ${2:-}"
}
bad 'no JSON'
bad '7' 'a string or [string, string], found 7'
bad ''
bad '["a"]' 'a string or [string, string], found an array'
bad '["a", "b", "c"]'
bad '["a", 1]'
bad '{"text": "a"}'
bad '"unfinished'
bad '"\ud800"'
bad "$(printf '"\377"')"
bad "$(head -c 5000 /dev/zero | tr '\0' '[')"
for line in '7' '"a"' '[1.5]' '[-1]' '[99999999999]' '[4096]' '["1"]' '{}' '[1' ''; do
  expect 1 "bad ids $line" "$program" decode novella < <(printf '[1]\n%s\n[2]\n' "$line")
  in_file err "line 2"
  [ "$(wc -l <out)" = 1 ] || wrong "expected the first answer only:" out
done
expect 1 "a string for an id" "$program" decode novella < <(printf '["1"]\n')
in_file err 'stdin: line 1: expected an id, found "1"'
expect 0 "the last line" "$program" encode novella < <(printf '"no newline at the end"')
[ "$(wc -l <out)" = 1 ] || wrong "one line:" out
expect 0 "no lines" "$program" encode novella </dev/null
empty out
expect 1 "no tokenizer" "$program" encode "$FIXTURES/tiny/gpt2" </dev/null
one_error
expect 2 "an unknown option" "$program" encode novella --special </dev/null
one_error
exit $failed
