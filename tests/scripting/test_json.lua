-- hs.json: text to values and back.
local hs = require "headscope"
local json = hs.json

local function is(found, expected)
  if found ~= expected then error(("expected %s, found %s"):format(expected, found), 2) end
end

local function fails(pattern, value)
  local ok, message = pcall(json.encode, value)
  if ok then error("expected an error, found none", 2) end
  if not message:find(pattern) then error(("expected %q, found %q"):format(pattern, message), 2) end
end

local function rejects(pattern, text)
  local value, message = json.decode(text)
  is(value, nil)
  if not message:find(pattern) then error(("expected %q, found %q"):format(pattern, message), 2) end
end

-- Writing
is(json.encode(1), "1")
is(json.encode(1.0), "1.0")
is(json.encode(-0.0), "-0.0")
is(json.encode(0.1), "0.1")
is(json.encode(1 / 3), "0.3333333333333333")
is(json.encode(1e300), "1e+300")
is(json.encode(math.mininteger), "-9223372036854775808")
is(json.encode(true), "true")
is(json.encode(json.null), "null")
is(json.encode {}, "[]")
is(json.encode(json.object {}), "{}")
is(json.encode(json.object { a = 1 }), '{"a":1}')
is(json.encode { 1, { 2, "x" }, false }, '[1,[2,"x"],false]')
is(json.encode { b = 1, a = { c = json.null }, ab = 2 }, '{"a":{"c":null},"ab":2,"b":1}')
is(json.encode 'é "\\/\n\t\0\1\127', '"é \\"\\\\/\\n\\t\\u0000\\u0001\127"')
is(json.encode(hs.tensor { { 0.1, 2 }, { -3, 1e-20 } }), "[[0.1,2.0],[-3.0,1e-20]]")
is(json.encode { x = hs.zeros(2, 0) }, '{"x":[[],[]]}')
for _, value in ipairs { 0.1, 1 / 3, 5e-324, math.pi, 123456789.125, 2 ^ 53 + 2.0 } do
  is(json.decode(json.encode(value)), value)
end
local x = hs.tensor { 1 / 3, 16777217, 1e-45, 3.4028235e38 }
is((hs.tensor(json.decode(json.encode(x))):eq(x)):sum(), 4.0)

-- What JSON does not have
fails("finite number", 0 / 0)
fails("finite number", { math.huge })
fails("finite number", hs.tensor { 1, -math.huge })
fails("found function", print)
fails("found userdata", io.stdout)
fails("found a table with a key of type number", { [2] = 1 })
fails("found a table with a key of type number", { 1, nil, 3 })
fails("with a key of type number", { 1, a = 2 })
fails("with a key of type boolean", { [true] = 2 })
for _, text in ipairs { "\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", "\x80" } do
  fails("expected UTF%-8", text)
end
fails("offset 2", "ab\xff")
fails("expected UTF%-8", { ["\xff"] = 1 })
local inside = { { a = {} } }
inside[1].a.b = inside
fails("a table inside itself", inside)
local shared = {}
is(json.encode { shared, shared }, "[[],[]]")
local deep = {}
for _ = 1, 300 do deep = { deep } end
fails("at most 256 levels", deep)

-- Reading
is(json.decode " 7 ", 7)
is(math.type(json.decode "7"), "integer")
is(math.type(json.decode "7.0"), "float")
is(json.decode '"\\u00e9\\u0000\\ud83d\\ude00"', "é\0😀")
is(json.decode "null", json.null)
local value = json.decode '{"a": [1, 2.5, null, {}, []], "b": false}'
is(value.a[2], 2.5)
is(value.a[3], json.null)
is(value.b, false)
is(#value.a, 5)
is(json.encode(value), '{"a":[1,2.5,null,{},[]],"b":false}')
rejects("line 2", '{"a":\n}')
rejects("JSON", "")
rejects("JSON", "[1, 2")
rejects("JSON", "[1] x")
rejects("JSON", "NaN")
rejects("duplicate", '{"a":1,"a":2}')
rejects("JSON", '"\xff"')
rejects("JSON", '"\\ud800"')
rejects("big integer", "9223372036854775808")
rejects("256 levels", ("["):rep(257) .. ("]"):rep(257))
rejects("depth", ("["):rep(100000))
is(#json.decode(("["):rep(256) .. ("]"):rep(256)), 1)
is(pcall(json.decode, 7), false)
