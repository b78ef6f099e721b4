#!/usr/bin/env bash
# The direction of the house, read from the #include lines: engine <- render <- scripting; Lua only in
# scripting, SDL only in render.
set -u
cd "$1" || exit 1
bad=0
forbid() { # ROOM PATTERN WHY
  local found
  found=$(grep -nE "#include *[<\"]$2" "$1"/*.c "$1"/*.h)
  [ -z "$found" ] && return
  echo "$1: $3"
  echo "$found"
  bad=1
}
for room in engine render scripting; do
  ls "$room"/*.c "$room"/*.h >/dev/null || exit 1
done
forbid engine '(lua|lauxlib|lualib)\.h' 'the engine does not know Lua'
forbid render '(lua|lauxlib|lualib)\.h' 'render does not know Lua'
forbid engine 'SDL' 'the engine does not know SDL'
forbid scripting 'SDL' 'scripting reaches SDL through render'
forbid engine '(render|scripting)/' 'the engine stands on nothing above it'
forbid render 'scripting/' 'render stands on the engine alone'
exit $bad
