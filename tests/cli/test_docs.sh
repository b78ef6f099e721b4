# Every example of docs/cli.md and docs/scan.md runs and exits 0, that of docs/tests.md is a test that passes once its
# goldens are recorded; every picture that a page shows is there.
. "$(dirname "$0")/lib.sh"
exec </dev/null
headscope() { "$program" "$@"; }

# The examples of a language in pages of docs/.
examples() {
  local language=$1
  shift
  (cd "$HEADSCOPE_HOME/docs" && awk -v begin='```'"$language" '$0 == begin { inside = 1; next } /^```$/ { inside = 0 } inside' "$@")
}

examples sh cli.md scan.md >examples
[ "$(wc -l <examples)" -ge 8 ] || wrong "expected examples, found:" examples
while IFS= read -r line; do
  eval "$line" >out 2>err || wrong "failed: $line" err
  [ ! -s err ] || wrong "expected no words on stderr from: $line" err
done <examples
[ -s run.safetensors ] && [ -s all.safetensors ] || wrong "expected two files"
[ -s previous.jsonl ] || wrong "expected the result of a scan"

examples lua tests.md >kept.lua
expect 1 "a test without goldens" "$program" test kept.lua
expect 0 "recording them" "$program" test kept.lua --bless
expect 0 "comparing with them" "$program" test kept.lua
in_file out "1 passed, 0 failed"

expect 0 "the reference as JSON" "$program" run "$HEADSCOPE_HOME/scripts/api.lua" --json
mv out api.json
lua 'local entries = hs.json.decode(io.open("api.json"):read "a")
assert(#entries > 100 and entries[2].call == "hs.load(name)" and #entries[2].doc > 0)'

for page in "$HEADSCOPE_HOME"/README.md "$HEADSCOPE_HOME"/docs/*.md; do
  grep -o '!\[[^]]*\]([^)]*)' "$page" | sed 's/.*(\(.*\))/\1/' | while IFS= read -r picture; do
    [ -s "$(dirname "$page")/$picture" ] || echo "$page: $picture"
  done
done >missing
empty missing
exit $failed
