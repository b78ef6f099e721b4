-- Every Lua example of docs/lua.md runs, and gives what the page says it gives.
local root = os.getenv "HEADSCOPE_HOME"
local page = root .. "/docs/lua.md"

--- The page as one Lua program whose lines keep their numbers: what is not an example is blank.
local function program()
  local lines, expected, inside = {}, {}, false
  for line in io.lines(page) do
    if line:find "^```" then
      inside, line = line == "```lua", ""
    end
    lines[#lines + 1] = inside and line or ""
    expected[#lines] = inside and line:match "%-%->%s(.*)$" or nil
  end
  return table.concat(lines, "\n"), expected
end

local source, expected = program()
local printed, checked = {}, 0

local environment = setmetatable({}, { __index = _G })
function environment.print(...)
  local words = table.pack(...)
  for i = 1, words.n do words[i] = tostring(words[i]) end
  printed[debug.getinfo(2, "l").currentline] = table.concat(words, "\t")
end

assert(load(source, "@docs/lua.md", "t", environment))()
for line, text in pairs(expected) do
  assert(printed[line] == text, ("docs/lua.md:%d: expected '%s', found '%s'"):format(line, text, printed[line]))
  checked = checked + 1
end
assert(checked >= 10)
