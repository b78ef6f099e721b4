# Files that may not be read: who runs the tests as root becomes nobody for it, with a copy of the program.
. "$(dirname "$0")/lib.sh"
exec </dev/null
chmod 755 "$folder"
cp "$program" nobodys
mkdir -p home/scripts home/models
cp -r "$FIXTURES/tiny/gpt2" model
chmod -R a+rX .
export HEADSCOPE_HOME=$folder/home
as_nobody=()
[ "$(id -u)" != 0 ] || as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)

expect 0 "all can be read" "${as_nobody[@]}" ./nobodys info model
for file in config.json model.safetensors; do
  chmod 000 "model/$file"
  expect 1 "$file cannot be read" "${as_nobody[@]}" ./nobodys info model
  one_error
  in_file err "model/$file"
  in_file err "Permission denied"
  chmod 644 "model/$file"
done
echo 'print "read"' >script.lua
chmod 000 script.lua
expect 1 "a script" "${as_nobody[@]}" ./nobodys run script.lua
in_file err "script.lua: expected a readable script, found: Permission denied"
exit $failed
