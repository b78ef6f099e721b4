# Every example of docs/cli.md runs and exits 0; every picture that a page shows is there.
. "$(dirname "$0")/lib.sh"
exec </dev/null
headscope() { "$program" "$@"; }

awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$HEADSCOPE_HOME/docs/cli.md" >examples
[ "$(wc -l <examples)" -ge 8 ] || wrong "expected examples, found:" examples
while IFS= read -r line; do
  eval "$line" >out 2>err || wrong "failed: $line" err
  [ ! -s err ] || wrong "expected no words on stderr from: $line" err
done <examples
[ -s run.safetensors ] && [ -s all.safetensors ] || wrong "expected two files"

for page in "$HEADSCOPE_HOME"/README.md "$HEADSCOPE_HOME"/docs/*.md; do
  grep -o '!\[[^]]*\]([^)]*)' "$page" | sed 's/.*(\(.*\))/\1/' | while IFS= read -r picture; do
    [ -s "$(dirname "$page")/$picture" ] || echo "$page: $picture"
  done
done >missing
empty missing
exit $failed
