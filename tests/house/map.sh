#!/usr/bin/env bash
# docs/house.md is true: each name in the tables of the rooms stands for files that are there.
set -u
cd "$1" || exit 1
bad=0
room=
named=0
while IFS= read -r line; do
  case $line in
  '## '*/) room=${line#\#\# } ;;
  '## '*) room= ;;
  '| `'*)
    [ -n "$room" ] || continue
    names=${line#*\`}
    set -f # a name's star is for compgen, not for this line
    for name in ${names%%\`*}; do
      named=$((named + 1))
      compgen -G "$room$name.[ch]" >/dev/null || { echo "docs/house.md: $room$name: expected a file of that name, found none"; bad=1; }
    done
    set +f
    ;;
  esac
done <docs/house.md
[ $named -gt 50 ] || { echo "docs/house.md: expected the files of three rooms, found $named names"; bad=1; }
exit $bad
