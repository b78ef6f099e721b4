-- Every Lua example of README.md, docs/lua.md, docs/probes.md and docs/scan.md runs, and gives what the page says it
-- gives.
local root = os.getenv "HEADSCOPE_HOME"

local function read(page)
  local file <close> = assert(io.open(root .. "/" .. page, "rb"))
  return file:read "a"
end

--- Examples that return a probe are files of their own.
local function is_probe(source) return source:find "return hs.probe" end

--- The page with lines of theirs blank.
local function without_probes(text)
  return (text:gsub("```lua\n(.-)```", function(source)
    return is_probe(source) and "\n" .. source:gsub("[^\n]", "") or nil
  end))
end

--- A page as one Lua program whose lines keep their numbers: what is not an example is blank. Behind `-->` of a
--- line stands what it prints.
local function program(page)
  local lines, expected, inside = {}, {}, false
  for line in without_probes(read(page)):gmatch "([^\n]*)\n" do
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

--- Those that return a probe do.
local function check_probes(page)
  local found = 0
  for source in read(page):gmatch "```lua\n(.-)```" do
    if is_probe(source) then
      local probe = assert(load(source, "@" .. page, "t"))()
      assert(require("headscope.probe").is(probe), page .. ": expected a probe")
      found = found + 1
    end
  end
  assert(found >= 2, page .. ": too few examples")
end

check_probes "docs/probes.md"
check("docs/probes.md", 1)
check("README.md", 1)
check("docs/lua.md", 10)
check("docs/scan.md", 2)
