#!/usr/bin/env bash
# docs/house.md is true: each name in the tables of the rooms stands for files that are there, and each file of a
# room is on one row. Rooms hold C, those under scripts/ Lua.
set -u
cd "$1" || exit 1
bad=0
room= kind=
named=0
files=
while IFS= read -r line; do
  case $line in
  '## scripts/'*/) room=${line#\#\# } kind=lua ;;
  '## '*/) room=${line#\#\# } kind='[ch]' ;;
  '## '*) room= ;;
  '| `'*)
    [ -n "$room" ] || continue
    names=${line#*\`}
    set -f # a name's star is for compgen, not for this line
    for name in ${names%%\`*}; do
      named=$((named + 1))
      found=$(compgen -G "$room$name.$kind") || { echo "docs/house.md: $room$name: expected a file of that name, found none"; bad=1; }
      files+=$found$'\n'
    done
    set +f
    ;;
  esac
done <docs/house.md
[ $named -gt 50 ] || { echo "docs/house.md: expected the files of three rooms, found $named names"; bad=1; }
while read -r times file; do
  [ "$times" -eq 2 ] || { echo "docs/house.md: $file: expected it on one row, found it on $((times - 1))"; bad=1; }
done < <({ printf '%s' "$files" | grep .; compgen -G '*/*.[ch]' | grep -E '^(engine|render|scripting)/'; compgen -G 'scripts/headscope/*.lua'; } | sort | uniq -c)
exit $bad
