-- Every Lua example of README.md, docs/lua.md and docs/scan.md runs, and gives what the page says it gives.
local root = os.getenv "HEADSCOPE_HOME"

--- A page as one Lua program whose lines keep their numbers: what is not an example is blank. Behind `-->` of a
--- line stands what it prints.
local function program(page)
  local lines, expected, inside = {}, {}, false
  for line in io.lines(root .. "/" .. page) do
    if line:find "^```" then
      inside, line = line == "```lua", ""
    end
    lines[#lines + 1] = inside and line or ""
    expected[#lines] = inside and line:match "%-%->%s(.*)$" or nil
  end
  return table.concat(lines, "\n"), expected
end

--- Runs a page's examples; at least `least` of its lines must have said what they print.
local function check(page, least)
  local source, expected = program(page)
  local printed, checked = {}, 0
  local environment = setmetatable({}, { __index = _G })
  function environment.print(...)
    local words = table.pack(...)
    for i = 1, words.n do words[i] = tostring(words[i]) end
    printed[debug.getinfo(2, "l").currentline] = table.concat(words, "\t")
  end
  assert(load(source, "@" .. page, "t", environment))()
  for line, text in pairs(expected) do
    assert(printed[line] == text, ("%s:%d: expected '%s', found '%s'"):format(page, line, text, printed[line]))
    checked = checked + 1
  end
  assert(checked >= least, page .. ": too few examples say what they print")
end

--- Every example of a page is a file of its own, which returns a probe.
local function check_probes(page)
  local file <close> = assert(io.open(root .. "/" .. page, "rb"))
  local found = 0
  for source in file:read("a"):gmatch "```lua\n(.-)```" do
    local probe = assert(load(source, "@" .. page, "t"))()
    assert(require("headscope.probe").is(probe), page .. ": expected every example to return a probe")
    found = found + 1
  end
  assert(found >= 2, page .. ": too few examples")
end

check_probes "docs/probes.md"
check("README.md", 1)
check("docs/lua.md", 10)
check("docs/scan.md", 2)
