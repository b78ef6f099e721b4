# headscope scan: the same bytes for any number of threads, the edges and means that a probe finds in each line alone,
# scans that were cut off, cancelled or changed, and everything that is no text, no probe and no result.
. "$(dirname "$0")/lib.sh"
exec </dev/null
export XDG_DATA_HOME=$folder/data
scan() { "$program" scan "$@"; }
same() { cmp -s "$1" "$2" || wrong "expected the same bytes in $1 and $2" "$1" "$2"; }

cat >edge.lua <<'E2'
return require "headscope".probe { id = "pronouns", kind = "edge", weight = { 0.3, 1 }, distance = { 1, 20 },
  query = function(token) return token.text:lower():find "^ ?s?he$" end,
  key = function(token) return token.text:find "%a" end }
E2
for i in 1 2 3 4 5 6 7 8; do
  echo "The doctor number $i asked the nurse a question. She said no, and he went home after $i days."
  echo
  echo "When Mary gave him $i rings he laughed; she did not laugh at all, because it was late and she was tired."
done >a.txt
cat a.txt a.txt >b.txt
printf 'The teacher asked. He answered that she had asked him before' >c.txt

# --- any number of threads

expect 0 "one thread" scan edge.lua novella --text a.txt b.txt c.txt --workers 1 -o one.jsonl
empty out
empty err
[ -s one.jsonl ] || wrong "expected edges"
[ ! -e one.jsonl.scan ] || wrong "expected nothing beside a result that is done"
for n in 2 3; do
  expect 0 "$n threads" scan edge.lua novella --text a.txt b.txt c.txt --workers $n --force -o many.jsonl
  same one.jsonl many.jsonl
done
expect 0 "joined" scan edge.lua novella --join --text b.txt a.txt --workers 1 -o joined.jsonl
expect 0 "joined, three threads" scan edge.lua novella --join --text b.txt a.txt --workers 3 --force -o many.jsonl
same joined.jsonl many.jsonl
expect 0 "means" scan previous novella --text b.txt --workers 1 --top 3 -o means.jsonl
expect 0 "means of three threads" scan previous novella --text b.txt --workers 3 --top 3 --force -o many.jsonl
same means.jsonl many.jsonl

# --- what a probe finds in each line alone

lua 'local find, model = require "headscope.find", hs.load "novella"
local edge, previous = find "./edge.lua", find "previous"
local lines = io.lines "one.jsonl"
local function compare(file, sum)
  local n, offset = 0, 0
  for line in io.lines(file) do
    n = n + 1
    if line ~= "" then
      local edges = edge:ask(model, { text = line }).rows
      table.sort(edges, function(a, b)
        if a.query ~= b.query then return a.query < b.query end
        if a.key ~= b.key then return a.key < b.key end
        if a.layer ~= b.layer then return a.layer < b.layer end
        return a.head < b.head
      end)
      for _, wanted in ipairs(edges) do
        local found = hs.json.decode(lines())
        assert(found.file == file and found.line == n and found.model == "novella")
        assert(found.start == offset and found.stop == offset + #line)
        for _, field in ipairs { "layer", "head", "query", "key", "query_text", "key_text" } do
          assert(found[field] == wanted[field], field)
        end
        assert(math.abs(found.weight - wanted.weight) < 1e-5)
      end
      if sum then sum(previous:ask(model, { text = line }).mean, line) end
    end
    offset = offset + #line + 1
  end
end
compare "a.txt"
local count, total, squares, best, best_line = 0, 0, 0, -1, nil
compare("b.txt", function(mean, line)
  local score = mean[3][4]
  count, total, squares = count + 1, total + score, squares + score ^ 2
  if score > best + 1e-6 then best, best_line = score, line end
end)
compare "c.txt"
assert(lines() == nil)
local i = 0
for line in io.lines "means.jsonl" do
  local head = hs.json.decode(line)
  assert(head.layer == i // 6 and head.head == i % 6 and head.count == count and #head.top == 3)
  if i == 22 then
    assert(math.abs(head.mean - total / count) < 1e-5)
    assert(math.abs(head.spread - ((squares - total ^ 2 / count) / (count - 1)) ^ 0.5) < 1e-4)
    assert(math.abs(head.top[1].score - best) < 1e-5)
    local place, file = head.top[1], io.open "b.txt"
    file:seek("set", place.start)
    assert(file:read(place.stop - place.start) == best_line)
  end
  i = i + 1
end
assert(i == 36)
-- the same from Lua
local totals = assert(hs.scan("./edge.lua", model, { text = { "a.txt", "b.txt", "c.txt" }, out = "lua.jsonl", workers = 2 }))
assert(totals.sequences == 49 and totals.passed_over == 0 and totals.found > 0)
local nothing, message = hs.scan("./edge.lua", model, { text = "nowhere.txt", out = "lua2.jsonl" })
assert(nothing == nil and message:find "^nowhere.txt: expected a text file", message)
assert(not pcall(hs.scan, "./edge.lua", model, { text = "a.txt" }) and not pcall(hs.scan, "./edge.lua", model, {}))
assert(not pcall(hs.scan, "./edge.lua", model, { text = "a.txt", out = "x", threads = 2 }))'
same one.jsonl lua.jsonl

# --- lines open in the window
cat >shows.lua <<'E2'
local hs, name, number, other = require "headscope", ...
local function shows(window, file, n)
  local i, wanted = 0, nil
  for line in io.lines(file) do
    i = i + 1
    if i == n then wanted = hs.json.decode(line) end
  end
  local place, state = wanted.file and wanted or wanted.top[1], window:state()
  assert(state.error == nil, state.error)
  assert(state.model == "novella" and state.view == "head" and state.layer == wanted.layer)
  assert(#state.heads == 1 and state.heads[1] == wanted.head, hs.json.encode(state.heads))
  local text = assert(io.open(place.file))
  text:seek("set", place.start)
  assert(state.text == text:read(place.stop - place.start))
  if wanted.query then
    assert(state.token == wanted.query and #state.pins == 1 and state.pins[1].token == wanted.key)
    assert(window:find("query." .. wanted.query) and window:find("key." .. wanted.key))
  end
end
local window = hs.ui.open({ figure = name .. ":" .. number, size = { 1280, 800 } }):wait()
shows(window, name, tonumber(number))
window:command("model.open", other .. ":7")
window:wait()
shows(window, other, 7)
window:close()
E2
expect 0 "an edge, then a head in the window" "$program" run shows.lua one.jsonl 9 means.jsonl
expect 0 "the last edge, by a path" "$program" run shows.lua "$folder/one.jsonl" "$(wc -l <one.jsonl)" ./one.jsonl
mkdir -p elsewhere
(cd elsewhere && expect 1 "a line that is not there" "$program" open ../one.jsonl:100000)
in_file elsewhere/err "../one.jsonl:100000: expected a line of a scan's result, found none"
sed 's/"start":0,"stop":[0-9]*/"start":0,"stop":99999/' one.jsonl | head -1 >wrong.jsonl
expect 1 "a text that has changed" "$program" open wrong.jsonl:1
in_file err "a.txt: expected the text that wrong.jsonl:1 is about, found another"
for line in '[]' '{' '{"file":1}' '{"file":"a.txt","model":"novella","start":5,"stop":2}' \
  '{"file":"a.txt","model":"novella","start":0,"stop":9,"layer":"x"}' '{"top":[]}' '"a"'; do
  echo "$line" >wrong.jsonl
  expect 1 "no line of a scan: $line" "$program" open wrong.jsonl:1
  one_error
  in_file err "wrong.jsonl:1: "
done

# --- lines of windows of a joined file are those of their queries
lua 'for line in io.lines "joined.jsonl" do
  local edge = hs.json.decode(line)
  local file = io.open(edge.file)
  file:seek("set", edge.start)
  local text = file:read(edge.stop - edge.start)
  local model = MODEL or hs.load "novella"
  MODEL = model
  local _, _, places = model:encode(text)
  local before = edge.start + places[edge.query + 1].start
  file:seek "set"
  local _, ends = file:read(before):gsub("\n", "")
  assert(edge.line == ends + 1, line)
end'

# --- kinds

cat >token.lua <<'E2'
local hs = require "headscope"
return hs.probe { id = "received", kind = "token", score = function(run) return run:attention(0, 0):sum(0) end }
E2
cat >run.lua <<'E2'
return require "headscope".probe { id = "length", kind = "run", keep = {}, params = { n = 2 },
  score = function(run, p) return run.n_tokens * p.n end }
E2
cat >neuron.lua <<'E2'
return require "headscope".probe { id = "largest", kind = "neuron", keep = { "post" },
  score = function(run) return run:get "post":max(1) end }
E2
expect 0 "tokens" scan token.lua novella --text a.txt --workers 2 -o token.jsonl
[ "$(wc -l <token.jsonl)" = 1 ] || wrong "expected one line" token.jsonl
in_file token.jsonl '"token_text":"The"'
expect 0 "losses" scan loss novella --text c.txt -o loss.jsonl
lua 'local said = hs.json.decode(io.read "a")
local loss = require "headscope.logits".loss(hs.load "novella":run(io.open "c.txt":read "a", { logits = "all" }))
assert(said.count == loss.shape[1] and math.abs(said.mean - loss:mean()) < 1e-4 and #said.top == 10)' <loss.jsonl
expect 0 "runs" scan run.lua novella --text c.txt --set n=3 -o run.jsonl
lua 'local said = hs.json.decode(io.read "a")
assert(said.score == 3 * hs.load "novella":run(io.open "c.txt":read "a").n_tokens and said.line == 1)' <run.jsonl
expect 0 "neurons" scan neuron.lua novella --text c.txt --top 1 -o neuron.jsonl
lua 'local n, config = 0, hs.load "novella".config
for line in io.lines "neuron.jsonl" do
  local neuron = hs.json.decode(line)
  assert(neuron.layer == n // config.d_mlp and neuron.neuron == n % config.d_mlp and neuron.count == 1)
  n = n + 1
end
assert(n == config.n_layers * config.d_mlp)'
# --- scores against the mean over all sequences, which is gathered first
expect 0 "variability" scan variability novella --text b.txt c.txt --set n=12 --workers 1 -o vary.jsonl
expect 0 "variability, three threads" scan variability novella --text b.txt c.txt --set n=12 --workers 3 --force -o many.jsonl
same vary.jsonl many.jsonl
lua 'local model, all, sum, n = hs.load "novella", {}, 0, 12
for _, file in ipairs { "b.txt", "c.txt" } do
  for line in io.lines(file) do
    if line ~= "" then
      local pattern = model:run(line, { keep = "pattern" }):attention()
      assert(pattern.shape[3] >= n)
      all[#all + 1] = hs.tensor(pattern:slice(2, 0, n):slice(3, 0, n))
    end
  end
end
local wanted = require "headscope.measures".variability(all)
for line in io.lines "vary.jsonl" do
  local head = hs.json.decode(line)
  assert(head.count == #all and math.abs(head.mean - wanted[head.layer][head.head]) < 1e-5)
end'
head -c 300 vary.jsonl >part.jsonl
expect 0 "it is gathered again" scan variability novella --text b.txt c.txt --set n=12 --resume -o part.jsonl
same vary.jsonl part.jsonl
gathers() {
  echo "local hs = require 'headscope' return hs.probe { id = 'x', kind = 'run', keep = {},
    gather = function(run) $1 end, score = function(run, p, mean) return mean[0] end }" >gathers.lua
}
gathers 'return hs.zeros { 1 } + run.n_tokens'
expect 0 "a mean length" scan ./gathers.lua novella --text c.txt c.txt a.txt -o gathered.jsonl
lua 'local sum, n, last = 0, 0, nil
for line in io.lines "gathered.jsonl" do
  local found = hs.json.decode(line)
  local file = io.open(found.file)
  file:seek("set", found.start)
  sum, n, last = sum + #hs.load "novella":encode(file:read(found.stop - found.start)), n + 1, found.score
end
assert(n == 18 and math.abs(last - sum / n) < 1e-4)'
gathers 'return hs.zeros { run.n_tokens }'
expect 1 "another shape" scan ./gathers.lua novella --text a.txt -o none.jsonl
one_error
in_file err "a.txt: line 3: gather: expected tensors of one shape, "
gathers 'return nil'
expect 1 "nothing to gather" scan ./gathers.lua novella --text a.txt -o none.jsonl
in_file err "gather: expected a sequence of which it takes something, found none"
touch nothing.txt
expect 0 "no sequences" scan ./gathers.lua novella --text nothing.txt -o nothing.jsonl
gathers 'return 3'
expect 1 "no tensor" scan ./gathers.lua novella --text a.txt -o none.jsonl
in_file err "probe x: gather: expected a tensor of numbers or nil, found a number"

expect 0 "the heaviest edges" scan edge.lua novella --text a.txt --top 5 --workers 3 -o top.jsonl
lua 'local all, top = {}, {}
for line in io.lines "one.jsonl" do
  local edge = hs.json.decode(line)
  if edge.file == "a.txt" then all[#all + 1] = edge.weight end
end
for line in io.lines "top.jsonl" do top[#top + 1] = hs.json.decode(line) end
table.sort(all, function(a, b) return a > b end)
assert(#top == 5)
for i, edge in ipairs(top) do
  assert(edge.weight >= all[5] and (i == 1 or edge.start >= top[i - 1].start))
end'

# --- going on

for part in 0 700 9001; do
  head -c $part one.jsonl >part.jsonl
  expect 0 "cut off after $part bytes" scan edge.lua novella --text a.txt b.txt c.txt --resume -o part.jsonl
  same one.jsonl part.jsonl
done
{ head -c 700 one.jsonl; echo mine; } >part.jsonl
cp part.jsonl before.jsonl
expect 1 "another's result" scan edge.lua novella --text a.txt b.txt c.txt --resume -o part.jsonl
one_error
in_file err "part.jsonl: line 5: expected what this scan finds, found another's"
same part.jsonl before.jsonl

# --- what is there already is nobody's to write over

cp one.jsonl before.jsonl
expect 1 "a result that is done" scan edge.lua novella --text a.txt -o one.jsonl
one_error
in_file err "one.jsonl: holds something already: expected another name, --resume to check it and go on, or --force"
same one.jsonl before.jsonl
echo mine >mine.txt
for probe in edge.lua previous token.lua; do
  expect 1 "a file of somebody's" scan $probe novella --text a.txt -o mine.txt
  in_file err "mine.txt: holds something already"
  expect 1 "and on top of it" scan $probe novella --text c.txt --resume -o mine.txt
  one_error
  in_file err "mine.txt: line 1: expected what this scan finds, found another's; nothing was changed"
  [ "$(cat mine.txt)" = mine ] && [ ! -e mine.txt.scan ] || wrong "expected the file as it was" mine.txt
done
expect 2 "both" scan edge.lua novella --text a.txt --resume --force -o mine.txt
one_error
expect 0 "anew" scan edge.lua novella --text a.txt --force -o mine.txt
expect 0 "as before" scan edge.lua novella --text a.txt -o fresh.jsonl
same mine.txt fresh.jsonl
lua 'local model = hs.load "novella"
local nothing, message = hs.scan("./edge.lua", model, { text = "c.txt", out = "mine.txt" })
assert(nothing == nil and message:find "mine.txt: holds something already", message)
assert(not pcall(hs.scan, "./edge.lua", model, { text = "c.txt", out = "mine.txt", force = true, resume = true }))
assert(hs.scan("./edge.lua", model, { text = "c.txt", out = "mine.txt", force = true }).sequences == 1)'
for bytes in 0 1 500; do # totals that were cut
  head -c $bytes means.jsonl >part.jsonl
  expect 0 "totals cut after $bytes bytes" scan previous novella --text b.txt --top 3 --resume -o part.jsonl
  same means.jsonl part.jsonl
done
sed 's/"count":32/"count":31/' means.jsonl >part.jsonl
cp part.jsonl before.jsonl
expect 1 "other totals" scan previous novella --text b.txt --top 3 --resume -o part.jsonl
in_file err "part.jsonl: line 1: expected what this scan finds"
same part.jsonl before.jsonl

# --- a scan that fails on its way keeps what it found, and goes on when the cause is gone
cat a.txt b.txt >d.txt
for probe in edge.lua "$HEADSCOPE_HOME/scripts/probes/previous.lua"; do
  rm -f cut.jsonl
  cp c.txt e.txt
  # a probe is opened when its files were looked at and none was read
  sed "s/^return/if io.open 'trap' then os.rename('e.txt', 'gone.txt') end\nreturn/" "$probe" >held.lua
  expect 0 "whole" scan ./held.lua novella --text d.txt e.txt c.txt --workers 2 --force -o whole.jsonl
  : >trap
  expect 1 "a file that vanishes" scan ./held.lua novella --text d.txt e.txt c.txt --workers 1 -o cut.jsonl
  rm trap
  in_file err "e.txt: expected the file that was there before"
  [ -s cut.jsonl.scan ] || wrong "expected cut.jsonl.scan"
  expect 1 "an unfinished scan is not written over" scan ./held.lua novella --text d.txt gone.txt c.txt -o cut.jsonl
  in_file err "cut.jsonl: holds an unfinished scan"
  expect 1 "other files" scan ./held.lua novella --text d.txt gone.txt c.txt --resume -o cut.jsonl
  in_file err "cut.jsonl.scan: text: expected"
  expect 1 "another probe" scan token.lua novella --text d.txt gone.txt c.txt --resume -o cut.jsonl
  in_file err "cut.jsonl.scan: probe: expected"
  mv gone.txt e.txt
  cp cut.jsonl cut2.jsonl
  cp cut.jsonl.scan cut2.jsonl.scan
  expect 0 "it goes on" scan ./held.lua novella --text d.txt e.txt c.txt --resume --workers 3 -o cut.jsonl
  same whole.jsonl cut.jsonl
  truncate -s 900 cut2.jsonl
  expect 0 "it goes on where a part was lost" scan ./held.lua novella --text d.txt e.txt c.txt --resume -o cut2.jsonl
  same whole.jsonl cut2.jsonl
  : >cut2.jsonl.scan # left behind
  expect 1 "half a state beside a result" scan ./held.lua novella --text d.txt e.txt c.txt -o cut2.jsonl
  in_file err "cut2.jsonl: holds an unfinished scan"
  expect 0 "anew" scan ./held.lua novella --text d.txt e.txt c.txt --force -o cut2.jsonl
  same whole.jsonl cut2.jsonl
  [ ! -e cut2.jsonl.scan ] || wrong "expected nothing beside it"
  echo '{"probe":' >cut.jsonl.scan
  expect 1 "half a state" scan ./held.lua novella --text d.txt e.txt c.txt --resume -o cut.jsonl
  in_file err "cut.jsonl.scan: "
  echo '{}' >cut.jsonl.scan
  expect 1 "no state" scan ./held.lua novella --text d.txt e.txt c.txt --resume -o cut.jsonl
  in_file err "cut.jsonl.scan: probe: expected"
  rm cut.jsonl.scan
done

# --- Ctrl+C, in a probe that never ends; two scans into one file
echo 'return require "headscope".probe { id = "far", kind = "edge", weight = { 0.1 }, heads = { "9.9" } }' >far.lua
expect 1 "a head that is none" scan ./far.lua novella --text a.txt -o far.jsonl
in_file err "far.lua:1: heads: layer: expected 0 to 5, found 9"
echo 'return require "headscope".probe { id = "long", kind = "run", keep = {}, score = function()
  local file = io.open("begun", "w") file:close() while true do pcall(error) end end }' >long.lua
"$program" scan long.lua novella --text a.txt -o long.jsonl >out 2>err &
pid=$!
while [ ! -e begun ] && kill -0 $pid; do sleep 0.05; done
expect 1 "two scans into one file" scan edge.lua novella --text a.txt -o long.jsonl
one_error
in_file err "long.jsonl: expected a file of its own, found one that another scan writes"
kill -INT $pid
wait $pid
[ $? = 1 ] || wrong "cancelled: expected exit 1" err
[ ! -e long.jsonl ] || wrong "expected no file where nothing was found"

# --- strangers' probes
expect 0 "a probe that ships, in a sandbox" scan previous novella --text a.txt --sandbox -o box.jsonl
expect 1 "a file in a sandbox" scan edge.lua novella --text a.txt --sandbox -o none.jsonl
in_file err "edge.lua: expected a file in a folder that may be read (--allow), found another"
expect 0 "an allowed one" scan edge.lua novella --text a.txt --sandbox --allow . --force -o box.jsonl
echo 'local hs = require "headscope" hs.scan("previous", hs.load "novella", { text = "a.txt", out = "none.jsonl" })' >escape.lua
expect 1 "a scan from a sandbox" "$program" run --sandbox --allow . escape.lua
in_file err "headscope.scan is not to be had in a sandbox"

# --- what is no text

printf 'He said that she slept.\nbad \xff line\nbin\0ary\nShe said that he slept.\n' >bad.txt
expect 0 "lines that are no text" scan edge.lua novella --text bad.txt -o bad.jsonl
in_file err "bad.txt: line 2: passed over: expected UTF-8, found another byte at byte 28"
in_file err "bad.txt: line 3: passed over: expected UTF-8, found NUL at byte 38"
in_file bad.jsonl '"line":4'
head -c 20000 "$program" >binary.txt
expect 1 "a program" scan edge.lua novella --text binary.txt -o none.jsonl
[ ! -e none.jsonl ] || wrong "expected no result of a program"
[ "$(wc -l <err)" -le 7 ] || wrong "expected few words about many lines" err
: >empty.txt
expect 0 "an empty file" scan edge.lua novella --text empty.txt -o empty.jsonl
empty empty.jsonl
expect 0 "an empty file, totals" scan previous novella --text empty.txt --force -o empty.jsonl
[ "$(grep -c '"mean":null,"spread":null,"count":0,"top":\[\]' empty.jsonl)" = 36 ] || wrong "expected no means in:" empty.jsonl
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "he and she %d ", i % 10 }' >line.txt
expect 0 "a long line" scan run.lua novella --text line.txt --workers 2 -o line.jsonl
lua 'local at = 0
for line in io.lines "line.jsonl" do
  local window = hs.json.decode(line)
  assert(window.line == 1 and window.start == at and window.score <= 2 * 128 * 8)
  at = window.stop
end
local file = io.open "line.txt"
assert(at == file:seek "end")'

# --- what cannot be done

expect 1 "no such file" scan edge.lua novella --text nowhere.txt -o none.jsonl
one_error
in_file err "nowhere.txt: expected a text file, found: No such file or directory"
expect 1 "a folder" scan edge.lua novella --text . -o none.jsonl
in_file err ".: expected a text file, found a folder"
cp a.txt own.txt
ln -s own.txt linked.txt
expect 1 "a result that is a text" scan previous novella --text a.txt linked.txt -o own.txt
one_error
in_file err "own.txt: expected a file for the result, found a text that is read"
cmp -s a.txt own.txt || wrong "expected the text as it was"
[ ! -e own.txt.scan ] || wrong "expected nothing beside it"
expect 1 "no such probe" scan nothing novella --text a.txt -o none.jsonl
in_file err "nothing: expected a probe, found none in"
expect 1 "no such model" scan edge.lua nowhere --text a.txt -o none.jsonl
expect 1 "a probe with texts of its own" scan induction novella --text a.txt -o none.jsonl
in_file err "probe induction: input: expected none, since a scan reads files"
expect 1 "a result that cannot be" scan edge.lua novella --text a.txt -o nowhere/none.jsonl
in_file err "nowhere/none.jsonl: expected a file that can be written"
expect 1 "an unknown parameter" scan run.lua novella --text a.txt --set m=3 -o none.jsonl
in_file err "probe length: params: expected one of n, found m"
echo 'return require "headscope".probe { id = "x", kind = "head", score = function(run) return run.n_tokens.x end }' >breaks.lua
expect 1 "a score that fails" scan breaks.lua novella --text empty.txt a.txt -o none.jsonl
one_error
in_file err "a.txt: line 1: breaks.lua:1: attempt to index"
echo 'return require "headscope".probe { id = "x", kind = "head", score = function(run) return run:attention():sum(-1):log():sum(-1) * 0 + 1 / 0 end }' >infinite.lua
expect 1 "a score without end" scan infinite.lua novella --text a.txt -o none.jsonl
in_file err "probe x: score: expected finite numbers"
echo 'return require "headscope".probe { id = "x", kind = "edge", weight = { 0.1 }, query = function() error "no" end }' >breaks.lua
expect 1 "a predicate that fails" scan breaks.lua novella --text a.txt -o none.jsonl
in_file err "a.txt: line 1: breaks.lua:1: no"
[ ! -e none.jsonl ] || wrong "expected no file of scans that found nothing"
{ yes "She said that he slept." | head -4000; echo "No!"; } >late.txt
echo 'return require "headscope".probe { id = "x", kind = "edge", weight = { 0 }, query = function(token) return token.text == "!" and error "no" end }' >late.lua
expect 1 "nothing found, and then an error" scan late.lua novella --text late.txt -o late.jsonl
in_file err "late.txt: line 4001: late.lua:1: no; what was found before is in late.jsonl"
[ -e late.jsonl ] && [ -e late.jsonl.scan ] || wrong "expected an empty result, and beside it what resumes it"
echo '{}' >late.jsonl.scan
expect 1 "nothing to go on from" scan late.lua novella --text late.txt -o late.jsonl --resume
[ -z "$(grep "goes on" err)" ] || wrong "expected no promise to go on" err
expect 2 "no text" scan edge.lua novella -o none.jsonl
expect 2 "no files behind --text" scan edge.lua novella --text -o none.jsonl
expect 2 "no result" scan edge.lua novella --text a.txt
expect 2 "no model" scan edge.lua --text a.txt -o none.jsonl
expect 2 "no threads" scan edge.lua novella --text a.txt --workers 0 -o none.jsonl
expect 2 "half a place" scan edge.lua novella --text a.txt --top 1.5 -o none.jsonl
expect 0 "help" scan --help
in_file out "headscope scan PROBE.lua MODEL [options]"
exit $failed
