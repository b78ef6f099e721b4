--- headscope test: runs test files, each in a process of its own, so that one that ends early or crashes is a failure
--- of that file and of no other.
local hs = require "headscope"

local options = require "headscope.options"

local USAGE = [[
usage: headscope test PATH... [options]

Runs test files: Lua files that use `require "headscope.test"`, or all of those in a folder.

  --bless        records the goldens instead of comparing with them
  --filter TEXT  runs only tests whose "FILE: NAME" holds the text
  -j N           files at a time (default 1)
  --junit FILE   writes the results as JUnit XML, too
  --out FOLDER   where failing pictures are left (default test-results)
  --time SECONDS, --memory BYTES, --sandbox, --allow FOLDERS
                 limits for each file, as those of run; a sandbox has the
                 folder of the test and that of --out]]

local MARK = "\1" -- in front of what a file's own process says of its tests

local parsed = options.parse(USAGE, {
  ["--bless"] = true,
  ["--filter"] = options.text,
  ["-j"] = options.whole(1),
  ["--junit"] = options.text,
  ["--out"] = options.text,
  ["--time"] = options.matching("%d+%.?%d*", "seconds"),
  ["--memory"] = options.matching("%d+%.?%d*[KMGTkmgt]?", "bytes such as 200M or 2G"),
  ["--sandbox"] = true,
  ["--allow"] = options.text,
  ["--one"] = true, -- a file's own process
}, { "PATH..." })
parsed.out = parsed.out or "test-results"
if parsed.allow and not parsed.sandbox then options.fail(2, "--allow: expected it beside --sandbox") end

local SHOWN = { ["\n"] = "\\n", ["\t"] = "\\t" }
local function shown(byte) return SHOWN[byte] or ("\\x%02X"):format(byte:byte()) end

--- A text without what terminals, JSON and XML do not hold: control characters and bytes that are no UTF-8 are written out;
--- `lines` and tabs may stay.
local function readable(text, lines)
  local parts, from = {}, 1
  repeat
    local _, bad = utf8.len(text, from)
    parts[#parts + 1] = text:sub(from, (bad or 0) - 1):gsub(lines and "[^%C\n\t]" or "%c", shown)
    if bad then parts[#parts + 1] = shown(text:sub(bad, bad)) end
    from = (bad or from) + 1
  until not bad
  return table.concat(parts)
end

--- The process of one file: beside what the file prints a line of JSON a test, and one more at its end.
local function run_file(path)
  local function report(result)
    result.name = result.name and readable(result.name)
    result.message = result.message and readable(result.message, true)
    print(MARK .. hs.json.encode(result))
    if io then io.stdout:flush() end -- in a sandbox each line goes out by itself
  end
  arg = { [0] = path }
  require("headscope.test").begin {
    file = path,
    bless = parsed.bless,
    filter = parsed.filter,
    out = parsed.out,
    report = report,
  }
  local chunk, message = loadfile(path)
  local ok = chunk ~= nil
  if chunk then ok, message = xpcall(chunk, debug and debug.traceback or tostring) end
  if not ok then report { name = "the file itself", seconds = 0, message = message } end
  report { done = true }
end

if parsed.one then return run_file(parsed.PATH[1]) end

local function is_test(path)
  local file = io.open(path, "rb")
  local text = file and file:read "a" or ""
  if file then file:close() end
  return text:find("headscope%.test[\"']") ~= nil
end

--- Ends with what io.open says of a file: its name, and why.
local function refuse(path, expected, message)
  options.fail(1, ("%s: expected %s, found: %s"):format(path, expected, message:sub(#path + 3)))
end

--- A file as it is named; of a folder the test files in it and below.
local function collect(path, files, depth)
  local names = hs.files(path)
  if not names then
    local file, message = io.open(path, "rb")
    if not file then refuse(path, "a test file or a folder of them", message) end
    file:close()
    files[#files + 1] = path
    return files
  end
  for _, name in ipairs(names) do
    local inside = path:gsub("/+$", "") .. "/" .. name:gsub("/$", "")
    if name:find "/$" then
      if depth < 16 then collect(inside, files, depth + 1) end
    elseif name:find "%.lua$" and is_test(inside) then
      files[#files + 1] = inside
    end
  end
  return files
end

local function folder_of(path) return path:match "^(.+)/" or (path:find "^/" and "/" or ".") end

--- The words of the limits.
local function limits_for(path)
  local words = {}
  local function add(...) table.move({ ... }, 1, select("#", ...), #words + 1, words) end
  if parsed.time then add("--time", parsed.time) end
  if parsed.memory then add("--memory", parsed.memory) end
  if parsed.sandbox then
    assert(hs.make_folder(parsed.out))
    add("--sandbox", "--allow", folder_of(path) .. ":" .. parsed.out .. (parsed.allow and ":" .. parsed.allow or ""))
  end
  return words
end

local function quoted(word) return "'" .. word:gsub("'", "'\\''") .. "'" end

--- Starts a file's process: this script once more, within the limits.
local function start(path)
  local words = { arg[-1], "run" }
  local function add(list) table.move(list, 1, #list, #words + 1, words) end
  add(limits_for(path))
  add { arg[0], path, "--one", "--out", parsed.out }
  if parsed.bless then add { "--bless" } end
  if parsed.filter then add { "--filter", parsed.filter } end
  for i, word in ipairs(words) do words[i] = quoted(word) end
  return { path = path, pipe = assert(io.popen(table.concat(words, " ") .. " </dev/null 2>&1")) }
end

--- What a line says of a test or of the end of the file, or nil: a script may print anything.
local function result_of(said)
  local result = said and hs.json.decode(said)
  if type(result) ~= "table" then return nil end
  local whole = type(result.name) == "string" and type(result.seconds) == "number"
    and (not result.message or type(result.message) == "string")
  return (whole or result.done == true) and result or nil
end

--- What it said of its tests, whether it came to its end, and the rest of what it printed.
local function read_results(job)
  local tests, done, printed = {}, false, {}
  for line in job.pipe:lines "L" do
    local before, said = line:match("^([^" .. MARK .. "]*)" .. MARK .. "(.*)$")
    local result = result_of(said)
    printed[#printed + 1] = result and before or line
    if result and result.done then
      done = true
    elseif result then
      tests[#tests + 1] = result
    end
  end
  return tests, done, table.concat(printed)
end

--- Waits for a file's process: its tests, and what it printed.
local function finish(job)
  local tests, done, output = read_results(job)
  local _, how, code = job.pipe:close()
  if not done then
    local message = ("expected to reach the end of the file, found %s %d before"):format(how, code)
    tests[#tests + 1] = { name = "the file itself", seconds = 0, message = message }
  end
  return { path = job.path, tests = tests, output = output }
end

local function indented(text) return "  " .. text:gsub("\n", "\n  ") end

--- Prints one file's results; returns how many passed and failed.
local function show(file)
  local passed, failed = 0, 0
  for _, test in ipairs(file.tests) do
    if test.message then
      failed = failed + 1
      print(("FAILED  %s: %s\n%s"):format(file.path, test.name, indented(test.message)))
    else
      passed = passed + 1
      print(("ok      %s: %s  (%.2f s)"):format(file.path, test.name, test.seconds))
    end
  end
  if failed > 0 and file.output ~= "" then print(indented("printed:\n" .. file.output:gsub("\n$", ""))) end
  return passed, failed
end

local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["\n"] = "&#10;" }

--- Text for XML, which does not hold the last two of a plane either.
local function escaped(text)
  return (readable(text, true):gsub("\xEF\xBF[\xBE\xBF]", "?"):gsub('[&<>"\n]', ESCAPES))
end

local function junit_case(path, test)
  local head = ('    <testcase classname="%s" name="%s" time="%.3f"'):format(escaped(path), escaped(test.name), test.seconds)
  if not test.message then return head .. "/>" end
  local first = test.message:match "[^\n]*"
  return ('%s>\n      <failure message="%s">%s</failure>\n    </testcase>'):format(head, escaped(first), escaped(test.message))
end

local function write_junit(path, files)
  local lines = { '<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>" }
  for _, file in ipairs(files) do
    local failures, seconds = 0, 0
    for _, test in ipairs(file.tests) do
      failures, seconds = failures + (test.message and 1 or 0), seconds + test.seconds
    end
    lines[#lines + 1] = ('  <testsuite name="%s" tests="%d" failures="%d" time="%.3f">'):format(
      escaped(file.path),
      #file.tests,
      failures,
      seconds
    )
    for _, test in ipairs(file.tests) do lines[#lines + 1] = junit_case(file.path, test) end
    lines[#lines + 1] = "  </testsuite>"
  end
  lines[#lines + 1] = "</testsuites>\n"
  local out, message = io.open(path, "w")
  if not out then refuse(path, "a file that can be written", message) end
  if not (out:write(table.concat(lines, "\n")) and out:close()) then options.fail(1, path .. ": could not be written") end
end

local paths, files, running = {}, {}, {}
for _, path in ipairs(parsed.PATH or options.fail(2, "expected PATH..., found nothing; see --help")) do
  collect(path, paths, 0)
end
local next_path, passed, failed = 1, 0, 0
for i = 1, #paths do
  while next_path <= #paths and next_path < i + (parsed.j or 1) do
    running[next_path] = start(paths[next_path])
    next_path = next_path + 1
  end
  files[i] = finish(running[i])
  local p, f = show(files[i])
  passed, failed = passed + p, failed + f
  io.stdout:flush()
end
if parsed.junit then write_junit(parsed.junit, files) end
print(("%d passed, %d failed"):format(passed, failed))
if passed + failed == 0 then options.fail(1, "expected tests, found none") end
os.exit(failed == 0)
