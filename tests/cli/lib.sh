# What the tests of the command line share. Each runs in a folder of its own; `failed` is its exit code.
set -u
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

wrong() {
  echo "$1"
  shift
  for file; do echo "--- $file"; cat "$file"; done
  failed=1
}

# expect CODE WHAT COMMAND…: runs it and leaves its output in `out` and `err`; stdin comes from the caller.
expect() {
  local code=$1 what=$2
  shift 2
  "$@" >out 2>err
  local got=$?
  [ "$got" = "$code" ] || wrong "$what: expected exit $code, found $got" out err
}

# in_file FILE TEXT: the text stands in it.
in_file() { grep -qF -e "$2" -- "$1" || wrong "expected '$2' in:" "$1"; }
empty() { [ ! -s "$1" ] || wrong "expected nothing in:" "$1"; }
# One line on stderr that begins with the program's name, nothing on stdout.
one_error() {
  empty out
  [ "$(wc -l <err)" = 1 ] && grep -q '^headscope' err || wrong "expected one line of error in:" err
}

# lua TEXT [ARGS…]: runs Lua text with `hs` at hand; its asserts are the test's.
lua() {
  local text=$1
  shift
  printf 'local hs = require "headscope"\n%s\n' "$text" >check.lua
  "$program" run check.lua "$@" >lua.out 2>&1 || wrong "Lua check failed:" lua.out check.lua
}
