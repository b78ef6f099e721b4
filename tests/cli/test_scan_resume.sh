# Scans that were cut off, cancelled or changed, and results that are there already.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/scan.sh"

expect 0 "edges" scan edge.lua novella --text a.txt b.txt c.txt -o one.jsonl
expect 0 "means" scan previous novella --text b.txt --top 3 -o means.jsonl

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
exit $failed
