# What a scan refuses: strangers' files, what is no text, no probe, no place for a result.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
exec </dev/null
. "$here/scan.sh"

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
echo 'return require "headscope".probe { id = "far", kind = "edge", weight = { 0.1 }, heads = { "9.9" } }' >far.lua
expect 1 "a head that is none" scan ./far.lua novella --text a.txt -o far.jsonl
in_file err "far.lua:1: heads: layer: expected 0 to 5, found 9"
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
