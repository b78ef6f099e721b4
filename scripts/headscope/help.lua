--- What the module's functions are, read from scripts/meta: hs.help prints it, scripts/api.lua writes docs/api.md.
local _, path = ...

local M = {}

---@class headscope.Entry a function, or a type with its fields
---@field owner string "run"
---@field name string "attention"; the owner for a type
---@field call string "run:attention(layer, head)"
---@field doc string[] lines of prose
---@field example string[] lines of Lua
---@field params { name: string, type: string, doc: string }[]
---@field returns { type: string, doc: string }[]
---@field fields { name: string, type: string, doc: string }[]

local function entry() return { doc = {}, example = {}, params = {}, returns = {}, fields = {} } end

--- "string|nil rest of the line" into the type and the rest: a type may hold blanks in brackets or after ":" and ",".
local function split_type(text)
  local depth, at = 0, 1
  while at <= #text do
    local c = text:sub(at, at)
    if c:find "[{(<%[]" then depth = depth + 1 end
    if c:find "[})>%]]" then depth = depth - 1 end
    if c == " " and depth == 0 and not text:sub(at - 1, at - 1):find "[,:]" then break end
    at = at + 1
  end
  return text:sub(1, at - 1):gsub("headscope%.", ""), text:sub(at + 1)
end

--- "name type doc" at the end of a list.
local function add_named(values, text)
  local name, rest = text:match "^(%S+)%s+(.*)$"
  local type, doc = split_type(rest or "")
  values[#values + 1] = { name = name or text, type = type, doc = doc }
end

local TAGS = {
  param = function(into, text) add_named(into.params, text) end,
  field = function(into, text) add_named(into.fields, text) end,
  ["return"] = function(into, text)
    local type, doc = split_type(text)
    table.insert(into.returns, { type = type, doc = doc })
  end,
}

--- Adds a comment's line to what it is about.
local function take_comment(into, line)
  local tag, text = line:match "^@(%w+)%s*(.*)$"
  if TAGS[tag] then return TAGS[tag](into, text) end
  if tag then return end
  if line:find "^ ```" then
    into.inside = line == " ```lua"
  else
    table.insert(into.inside and into.example or into.doc, (line:gsub("^ ", "")))
  end
end

local function read_file(file, entries)
  local now = entry()
  for line in io.lines(file) do
    local comment, variable = line:match "^%-%-%-(.*)$", line:match "^local ([%w_]+) = {}"
    local owner, mark, name, words = line:match "^function ([%w_]+)([.:])([%w_]+)(%b())"
    if comment then
      take_comment(now, comment)
    elseif variable then
      now.owner, now.name, now.call = variable, variable, variable
      entries[#entries + 1] = now
      now = entry()
    elseif owner then
      now.owner, now.name, now.call = owner, name, owner .. mark .. name .. words
      entries[#entries + 1] = now
      now = entry()
    elseif line == "" then
      now = entry()
    end
  end
end

--- All entries in the order of the files: a type, then its functions.
---@return headscope.Entry[]
function M.entries()
  local hs, entries = require "headscope", {}
  if not io then error("hs.help reads files, which a sandbox does not", 0) end
  local folder = path:gsub("headscope/help%.lua$", "meta/")
  local files = assert(hs.files(folder))
  table.sort(files, function(a, b) return a == "headscope.lua" and b ~= a or (b ~= "headscope.lua" and a < b) end)
  for _, file in ipairs(files) do read_file(folder .. file, entries) end
  return entries
end

--- Every name with its first line, a type above its functions.
local function list(entries)
  for _, e in ipairs(entries) do
    local is_type = e.name == e.owner
    print(is_type and ("\n%s"):format(e.call) or ("  %-44s %s"):format(e.call, e.doc[1] or ""))
  end
  print '\nhs.help "run.attention" says more. A function gives nil and a message when the world is at fault (a file that'
  print "is missing), and raises when the caller is (a wrong type, an index out of range)."
end

local function print_values(title, values)
  for i, value in ipairs(values) do
    print(("  %-8s%s"):format(i == 1 and title or "", table.concat({ value.name, value.type, value.doc }, "  "):match "^(.-)%s*$"))
  end
end

local function show(e)
  print(e.call)
  for _, line in ipairs(e.doc) do print("  " .. line) end
  print_values("takes", e.params)
  for i, value in ipairs(e.returns) do print(("  %-8s%s  %s"):format(i == 1 and "gives" or "", value.type, value.doc)) end
  print_values("has", e.fields)
  for i, line in ipairs(e.example) do print(("  %-8s%s"):format(i == 1 and "example" or "", line)) end
end

--- Prints what there is to say about a function or a type: "run.attention", "attention", "run"; without a name, all.
---@param name? string
function M.help(name)
  local entries, found = M.entries(), false
  if name == nil then return list(entries) end
  local wanted = tostring(name):gsub(":", ".")
  for _, e in ipairs(entries) do
    local full = e.name == e.owner and e.name or e.owner .. "." .. e.name
    if wanted == full or wanted == e.name or wanted == "hs." .. full or (e.name ~= e.owner and wanted == e.owner) then
      if found then print() end
      show(e)
      found = true
    end
  end
  if not found then error(("hs.help: expected a name that hs.help() lists, found %s"):format(name), 0) end
end

return M
