# The view as a picture on the clipboard, by a program in PATH: which one, what it gets, and what is said where it is
# missing, fails or never ends. $1 is the program.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
mkdir tools few none moment
export TMPDIR=$folder/moment
cat >tools/fake <<'SH'
#!/bin/bash
echo "$(basename "$0") $*" >>calls
cat >got.png
[ ! -e fails ] || exit 3
[ ! -e hangs ] || exec sleep 100
# What keeps the clipboard stays behind.
sleep 5 &
SH
chmod +x tools/fake

cat >copy.lua <<'LUA'
local hs = require "headscope"
local ui <close> = hs.ui.open { model = arg[1] }:wait()
ui:command "view.head"
local ok, message = pcall(ui.command, ui, "copy.picture")
ui:wait()
for _, command in ipairs(ui:frame()) do
  if command.text and command.text:find "picture" then print(command.text) end
end
if not ok then print(message) end
for line in io.popen("ps -o stat= --ppid $PPID"):lines() do
  if line:find "^Z" then print "a zombie" end
end
ui:command("figure.save", { "saved.png" })
LUA
# copies: the window with the fake programs in front of everything else.
copies() { PATH=$1 expect 0 "copy with $1" "$program" run copy.lua "$FIXTURES/views/pair.safetensors"; }
system=$PATH

# --- by what the desktop is
cp tools/fake tools/wl-copy && cp tools/fake tools/xclip
WAYLAND_DISPLAY=wayland-0 copies "$folder/tools:$system"
[ "$(cat calls)" = "wl-copy --type image/png" ] || wrong "expected wl-copy" calls
in_file out "copied the picture, by wl-copy"
cmp -s got.png saved.png || wrong "the picture is not the figure"
lacks_file() { ! grep -qF -- "$2" "$1" || wrong "$2 in $1" "$1"; }
lacks_file out zombie
rm calls
WAYLAND_DISPLAY= copies "$folder/tools:$system"
[ "$(cat calls)" = "xclip -selection clipboard -t image/png -i" ] || wrong "expected xclip" calls
[ -z "$(ls moment)" ] || wrong "files of a moment are left"

# --- only one of them is there; so are what the fake calls, and ps
rm tools/xclip calls
for name in basename cat ps sh sleep; do ln -s "$(command -v $name)" few/; done
WAYLAND_DISPLAY= copies "$folder/tools:$folder/few"
in_file calls wl-copy

# --- it fails, it never ends
touch fails
WAYLAND_DISPLAY=w copies "$folder/tools:$system"
in_file out "wl-copy: expected it to take the picture, found that it ended with 3"
rm fails
touch hangs
WAYLAND_DISPLAY=w copies "$folder/tools:$system"
in_file out "expected it to take the picture in 3 seconds"
lacks_file out zombie
rm hangs

# --- neither is there; ps is
ln -s "$(command -v ps)" "$(command -v sh)" none/
copies "$folder/none"
in_file out "expected wl-copy or xclip to take the picture, found neither"
exit $failed
