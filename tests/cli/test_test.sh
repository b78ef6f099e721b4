# `headscope test`: passes, failures and what they say, goldens, other models' goldens, files that end early, JUnit.
. "$(dirname "$0")/lib.sh"
exec </dev/null
summary() { [ "$(tail -n 1 out)" = "$1" ] || wrong "expected the last line '$1' in:" out err; }
head_of() { printf 'local t = require "headscope.test"\nlocal hs = require "headscope"\n'; }

mkdir good mixed mixed/below
head_of >good/good.lua
cat >>good/good.lua <<'E2'
local model = assert(hs.load "novella")
t.test("a tensor", function() t.near(model:run("The doctor"):attention(), t.golden "pattern") end)
t.test("a table", function() t.equal({ 1, { x = "y" }, true }, t.golden "table") end)
t.test("a picture", function()
  local ui <close> = hs.ui.open { model = "minilm-pair", size = { 640, 400 } }
  t.image(ui:wait(), t.golden "picture")
end)
t.test("failures", function()
  t.fails(function() error "a bad thing" end, "bad")
  t.fails(function() return hs.load "no such model" end, "expected a model")
  t.fails(function() t.fails(function() end, "x") end, "expected a failure, found none")
  t.fails(function() t.golden "../x" end, "expected a name")
  t.fails(function() t.test(1, print) end, "expected a name")
end)
t.test("numbers that are none", function()
  local n, i = 0 / 0, math.huge
  t.near(hs.tensor { n, i, -i, 1 }, hs.tensor { n, i, -i, 1 })
  t.fails(function() t.near(hs.tensor { n, 1 }, hs.tensor { 0, 1 }) end, "1 of 2 numbers")
  t.fails(function() t.near(hs.tensor { i, 1 }, hs.tensor { -i, 1 }) end, "deviation is inf at %[0%]")
  t.near(n, n)
  t.fails(function() t.near(n, 1) end, "expected 1, found")
end)
E2

expect 1 "no goldens yet" "$program" test good
in_file out "expected good/good.goldens/pattern.safetensors, found nothing; --bless records it"
summary "2 passed, 3 failed"
expect 0 "blessing" "$program" test good/good.lua --bless
summary "5 passed, 0 failed"
expect 0 "as recorded" "$program" test good -j 3 --junit good.xml
summary "5 passed, 0 failed"
in_file good.xml '<testsuite name="good/good.lua" tests="5" failures="0"'
expect 0 "as a script" "$program" run good/good.lua

# A tolerance is relative to the largest number; the message says where and how much.
head_of >mixed/numbers.lua
cat >>mixed/numbers.lua <<'E2'
t.test("within", function() t.near(hs.tensor { 0, 3000.2 }, hs.tensor { 0.2, 3000 }, 1e-4) end)
t.test("beyond", function() t.near(hs.tensor { { 0, 1 }, { 2, 3.5 } }, hs.tensor { { 0, 1 }, { 2, 3 } }, 0.1) end)
t.test("shapes", function() t.near(hs.zeros { 2, 3 }, hs.zeros { 3, 2 }) end)
t.test("deep <&>", function() print "said aside"; t.equal({ a = { 1, 2 } }, { a = { 1, 3 } }) end)
t.test("more", function() t.equal({ a = 1, b = 2 }, { a = 1 }) end)
E2
cp mixed/numbers.lua mixed/below/again.lua
echo 'print "no test"' >mixed/script.lua
expect 1 "failures" "$program" test mixed --junit mixed.xml
summary "2 passed, 8 failed"
in_file out "the largest deviation is 0.5 at [1, 1]: expected 3, found 3.5; 1 of 4 numbers deviate by more than 0.3"
in_file out "expected a tensor [3, 2], found a tensor [2, 3]"
in_file out 'value["a"][2]: expected 3, found 2'
in_file out 'value["b"]: expected nothing, found 2'
in_file out "mixed/numbers.lua:7:"
in_file out "said aside"
in_file mixed.xml 'name="deep &lt;&amp;&gt;"'
expect 1 "a filter" "$program" test mixed --filter "below/again.lua: be"
summary "0 passed, 1 failed"

# Whatever bytes a name and a message have, the file goes on and the XML is well-formed.
mkdir hostile
head_of >hostile/hostile.lua
cat >>hostile/hostile.lua <<'E2'
t.test("bad \xff\n9 passed, 0 failed\27[31m \u{FFFF} ]]>", function() t.equal("\xed\xa0\x80", "\xfe") end)
t.test("a table", function() error { 5 } end)
t.test("\0", function() end)
E2
expect 1 "hostile bytes" "$program" test hostile --junit hostile.xml
summary "1 passed, 2 failed"
in_file out 'hostile.lua: bad \xFF\n9 passed, 0 failed\x1B[31m'
in_file out 'expected "\xFE", found "\xED\xA0\x80"'
in_file out "an error that is a table"
in_file hostile.xml 'name="bad \xFF\n9 passed, 0 failed\x1B[31m ? ]]&gt;"'
in_file hostile.xml 'name="\x00"'

# A golden of another model is refused, and so is one that was tampered with.
sed -i 's/"novella"/"other"/' good/good.lua
cp -r "$HEADSCOPE_HOME/models/novella" other
printf '%s' '{"pattern":{"other":"0123456789abcdef"}}' >good/good.goldens/models.json
sed -i 's/hs.load "other"/hs.load ".\/other"/' good/good.lua
expect 1 "another model" "$program" test good
in_file out "golden pattern: expected it to be of this model, found one recorded from other with hash 0123456789abcdef"
printf 'no picture' >good/good.goldens/picture.png
printf '{' >good/good.goldens/table.json
expect 1 "tampered" "$program" test good
in_file out "good/good.goldens/picture.png"
in_file out "good/good.goldens/table.json"

# Of another kind than what was recorded, nothing at all, or a file that says something else.
mkdir kinds
head_of >kinds/kinds.lua
cat >>kinds/kinds.lua <<'E2'
local changed = os.getenv "CHANGED"
t.test("kind", function() t.near(changed and 5 or hs.zeros { 2 }, t.golden "kind") end)
t.test("false", function() t.equal(false, t.golden "no") end)
E2
expect 0 "kinds" "$program" test kinds --bless
expect 0 "a golden that is false" "$program" test kinds
CHANGED=1 expect 1 "another kind" "$program" test kinds
in_file out "golden kind: expected a tensor (kinds/kinds.goldens/kind.safetensors), found a number, text or table"
CHANGED=1 expect 0 "recorded anew" "$program" test kinds --bless
[ ! -e kinds/kinds.goldens/kind.safetensors ] || wrong "the old golden is still there"
echo '{"no":5}' >kinds/kinds.goldens/models.json
expect 1 "models that are none" "$program" test kinds --filter false
in_file out "kinds/kinds.goldens/models.json: no: expected hashes of models, found a number"
echo 5 >kinds/kinds.goldens/models.json
expect 1 "no object" "$program" test kinds --filter false
in_file out "kinds/kinds.goldens/models.json: "

# What differs in a picture is left behind.
head_of >picture.lua
cat >>picture.lua <<'E2'
t.test("red", function() t.image(hs.zeros { 4, 5, 3 } + (arg[0] == "picture.lua" and 9 or 0), t.golden "red") end)
E2
expect 0 "a picture is recorded" "$program" test picture.lua --bless
sed -i 's/and 9/and 12/' picture.lua
expect 1 "a picture differs" "$program" test picture.lua --out left
in_file out "golden red: 20 pixels differ, by up to 3; see left/red.difference.png"
lua 'assert(hs.picture("left/red.difference.png")[0][0][0] == 255)
assert(hs.picture("left/red.found.png")[3][4][2] == 12)'

# A file that ends early, or does not begin, is one failure, and the others go on.
head_of | tee ends.lua dies.lua >breaks.lua
echo 't.test("one", function() end) os.exit(0)' >>ends.lua
echo 'os.execute("kill -9 $PPID")' >>dies.lua
echo 'error "at once"' >>breaks.lua
echo 'this is no Lua' >syntax.lua
expect 1 "files that end early" "$program" test ends.lua dies.lua breaks.lua syntax.lua picture.lua -j 2
in_file out "expected to reach the end of the file, found exit 0 before"
in_file out "breaks.lua:3: at once"
in_file out "syntax.lua:1:"
summary "1 passed, 5 failed"

expect 1 "nothing there" "$program" test nowhere.lua
in_file err "nowhere.lua"
cat >forged.lua <<'LUA'
local t = require "headscope.test"
for _, line in ipairs { "5", '{"a":1}', "[1]", "{", '{"done":1}' } do print("\1" .. line) end
t.test("honest", function() t.equal(1, 1) end)
LUA
expect 0 "lines like those that tell of tests" "$program" test forged.lua
in_file out "1 passed, 0 failed"
expect 1 "no tests" "$program" test other
in_file err "expected tests, found none"
expect 2 "no path" "$program" test
expect 2 "an unknown option" "$program" test good --blessed
expect 0 "help" "$program" test --help
in_file out "usage: headscope test"

lua 'assert(hs.save_tensors("t.safetensors", { b = hs.tensor { 1, 2 }, a = hs.zeros { 2, 2 } }, { why = "a\0b" }))
local tensors, _, notes = hs.tensors "t.safetensors"
assert(tensors.b[1] == 2 and tensors.a.shape[2] == 2 and notes.why == "a\0b")
assert(not pcall(hs.save_tensors, "u.safetensors", { x = 1 }) and not hs.tensors "u.safetensors")
local done, message = hs.save_tensors("no/such/folder.safetensors", {})
assert(not done and message:find "no/such")
assert(not pcall(hs.save_picture, "x.png", hs.zeros { 2, 2 }) and not pcall(hs.save_picture, "x.png", hs.zeros { 0, 2, 3 }))
assert(hs.make_folder "made" and hs.make_folder "made" and not hs.make_folder "t.safetensors")
assert(table.concat(hs.files "mixed", " ") == "below/ numbers.lua script.lua")
assert(select(2, hs.files "nowhere"):find "nowhere: expected a folder")'
expect 1 "a file that is not there" "$program" test nowhere.lua
one_error
in_file err "nowhere.lua: expected a test file or a folder of them, found: No such file or directory"
exit $failed
