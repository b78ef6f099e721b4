# headscope scan: the same bytes for any number of threads; what a probe finds in each line alone, by its kind; lines of
# a result opened in the window.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/scan.sh"

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

# --- tokens before the first that counts, whatever the score says of them

cat > late.lua <<'EOF'
return require "headscope".probe { id = "late", kind = "token", from = 2, score = function(run)
  return -require "headscope".range(run.n_tokens)
end }
EOF
expect 0 "tokens from the third" scan late.lua novella --text a.txt --top 50 -o late.jsonl
lua 'local found = hs.json.decode(assert(hs.read "late.jsonl"))
assert(#found.top > 5)
for _, place in ipairs(found.top) do assert(place.token >= 2 and place.score == -place.token) end'
exit $failed
