--- Findings kept as tests: `headscope test FILE.lua` runs them. A test file begins with
---
---   local t = require "headscope.test"
---
--- and calls t.test for each thing it claims. Run as an ordinary script the same file stops at the first claim that
--- does not hold.
local hs = require "headscope"

local apart = require "headscope.apart"
local differ = require "headscope.differ"
local golden = require "headscope.golden"

local M = {}

---@class headscope.GoldenName
local GoldenName = {}
GoldenName.__index = GoldenName

---@class headscope.TestSession
---@field goldens headscope.Goldens
---@field filter? string
---@field out string folder for what failing pictures leave behind
---@field report fun(result: {name: string, seconds: number, message?: string})

local function stop_at_failure(result)
  if result.message then error(result.name .. ": " .. result.message, 0) end
end

---@type headscope.TestSession
local session = { goldens = golden.new(arg and arg[0] or "test.lua", false), out = "test-results", report = stop_at_failure }

--- Begins a test file; for `headscope test`.
---@param options {file: string, bless?: boolean, filter?: string, out: string, report: function}
function M.begin(options)
  session = {
    goldens = golden.new(options.file, options.bless or false),
    filter = options.filter,
    out = options.out,
    report = options.report,
  }
end

--- Goldens recorded from now on belong to this model, beside those loaded by hs.load and shown by hs.ui.open.
---@param model headscope.Model
function M.model(model) session.goldens.hashes[model.name] = model.hash end

--- A recorded file stands for the model that it was recorded from.
local function note_shown(name)
  local model = hs.load(name)
  if model then return M.model(model) end
  local _, _, notes = hs.tensors(name)
  if notes and notes.model and notes.hash then session.goldens.hashes[notes.model] = notes.hash end
end

local load = hs.load

function hs.load(...)
  local model, message = load(...)
  if model then M.model(model) end
  return model, message
end

if hs.ui then -- there is none in a sandbox
  local open = hs.ui.open
  function hs.ui.open(options, ...)
    if type(options) == "table" and type(options.model) == "string" then note_shown(options.model) end
    return open(options, ...)
  end
end

--- The message, and of the traceback what is the test file's own.
local function explain(message)
  if not debug then return tostring(message) end
  local trace = debug.traceback("", 2):gsub("\n\t%[C%]: in function 'xpcall'.*", ""):gsub("\n\t%[C%]: in function 'error'", "")
  local own = trace:gsub("\n\t[^\n]*scripts/headscope/[^\n]*", ""):gsub("^\nstack traceback:$", "")
  return apart.words(message) .. own
end

--- Makes a claim: `body` runs, and an error in it is a failure.
---@param name string
---@param body fun()
function M.test(name, body)
  if type(name) ~= "string" then error("t.test: expected a name, found " .. type(name), 2) end
  if type(body) ~= "function" then error(name .. ": expected a function, found " .. type(body), 2) end
  if session.filter and not (session.goldens.file .. ": " .. name):find(session.filter, 1, true) then return end
  local start = os.clock()
  local ok, message = xpcall(body, explain)
  session.report { name = name, seconds = os.clock() - start, message = not ok and message or nil }
end

--- Names a recorded value, which `headscope test --bless` records.
---@param name string letters, digits, spaces and . _ -
---@return headscope.GoldenName
function M.golden(name)
  if type(name) ~= "string" or not name:find "^[%w][%w%._ -]*$" or name == "models" then
    error("t.golden: expected a name of letters, digits, spaces and . _ -, not models, found " .. differ.show(name), 2)
  end
  return setmetatable({ name = name }, GoldenName)
end

local function expected_of(expected, found, is_picture)
  if getmetatable(expected) ~= GoldenName then return expected, "value" end
  return session.goldens:expected(expected.name, found, is_picture), "golden " .. expected.name
end

local function compare(found, expected, tolerance)
  local wanted, what = expected_of(expected, found)
  local difference = differ.difference(found, wanted, tolerance, what)
  if difference then error(difference, 3) end
end

--- Numbers, tensors, or tables of them are equal within a tolerance: at most the tolerance times the larger of 1 and
--- the largest expected number of that tensor.
---@param found any
---@param expected any or a golden
---@param tolerance? number default 1e-4
function M.near(found, expected, tolerance) compare(found, expected, tolerance or 1e-4) end

--- Values are equal: tables by their contents, tensors number by number.
---@param found any
---@param expected any or a golden
function M.equal(found, expected) compare(found, expected, 0) end

--- A function raises an error, or returns nil and a message, in which the Lua pattern occurs.
---@param body fun(): ...
---@param pattern string
function M.fails(body, pattern)
  local ok, result, returned = pcall(body)
  if ok and (result ~= nil or returned == nil) then error("expected a failure, found none", 2) end
  local message = apart.words(ok and returned or result)
  if not message:find(pattern) then
    error(("expected a failure with %q in its message, found %q"):format(pattern, message), 2)
  end
end

--- The pixels of a window's views: the bars around them say how long a run took.
local function picture_of(view)
  if differ.is_tensor(view) then return view end
  local scale, area = view:state().scale, view:area()
  local function pixel(x) return math.floor(x * scale + 0.5) end
  local rows = view:pixels():slice(0, pixel(area.y), pixel(area.y + area.h))
  return rows:slice(1, pixel(area.x), pixel(area.x + area.w))
end

--- The expected picture, darkened, with what differs in red.
local function difference_picture(distance, expected, tolerance)
  local differs = distance:gt(tolerance):reshape(expected.shape[1], expected.shape[2], 1)
  return hs.where(differs, hs.tensor { { { 255, 40, 40 } } }, expected * 0.35)
end

--- What a window shows between its bars, or a tensor [height, width, 3] from 0 to 255, is the recorded picture. Where it is not, NAME.found.png
--- and NAME.difference.png are left in the folder of results.
---@param view headscope.Ui|headscope.Tensor
---@param expected headscope.GoldenName
---@param tolerance? number how much a channel of a pixel may differ, default 0
function M.image(view, expected, tolerance)
  local found = picture_of(view)
  local wanted, what = expected_of(expected, found, true)
  if found.shape[1] ~= wanted.shape[1] or found.shape[2] ~= wanted.shape[2] then
    error(differ.difference(found, wanted, 0, what), 2)
  end
  local distance = (found - wanted):abs():max(2)
  local differing = distance:gt(tolerance or 0):sum()
  if differing == 0 then return end
  local path = session.out .. "/" .. what:gsub("^golden ", "")
  assert(hs.make_folder(session.out))
  assert(hs.save_picture(path .. ".found.png", found))
  assert(hs.save_picture(path .. ".difference.png", difference_picture(distance, wanted, tolerance or 0)))
  error(("%s: %d pixels differ, by up to %d; see %s.difference.png"):format(what, differing, distance:max(), path), 2)
end

return M
