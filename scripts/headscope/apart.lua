--- Somebody's file with Lua, kept apart: it has libraries of its own, so that what it does to them is gone with it, and what
--- goes wrong in it is said with the place in the file, "mine.lua:7: …".
local M = {}

local function copy(of)
  local made = {}
  for key, value in pairs(of) do made[key] = value end
  return made
end

--- Globals for one file: nothing that it puts there, or takes away, is seen by another.
---@return table
function M.environment()
  local env, modules = copy(_G), {}
  for name, value in pairs(env) do
    if type(value) == "table" then env[name] = copy(value) end
  end
  env._G = env
  env.debug = debug and { traceback = debug.traceback, getinfo = debug.getinfo }
  env.os.exit = function() error("os.exit: a probe cannot end the program", 2) end
  function env.load(chunk, name, mode, ...) return load(chunk, name, mode, select("#", ...) > 0 and ... or env) end
  function env.require(name)
    if not modules[name] then
      local module = require(name)
      modules[name] = type(module) == "table" and setmetatable(copy(module), getmetatable(module)) or module
    end
    return modules[name]
  end
  return env
end

--- What was raised, as a text.
---@param raised any
---@return string
function M.words(raised)
  if type(raised) == "string" then return raised end
  local ok, words = pcall(tostring, raised)
  local has_words = type(raised) == "table" and (getmetatable(raised) or {}).__tostring
  return ok and has_words and words or "an error that is a " .. type(raised)
end

--- Where the function `level` levels up is in its file, "mine.lua:7: "; "" where that is not known.
---@param level integer 1: who called this
---@return string
function M.here(level) return select(2, pcall(error, "", level + 2)) end

--- Where a function begins, in the same way; a sandbox does not know.
---@param body any
---@return string?
function M.place_of(body)
  local info = debug and type(body) == "function" and debug.getinfo(body, "S")
  return info and info.linedefined > 0 and ("%s:%d: "):format(info.short_src, info.linedefined) or nil
end

--- A message that names a line of the file that `place` names; others get `place` in front.
local function placed(message, place)
  local file = place:match "^(.*):%d+: $"
  return file and not message:find(file .. ":", 1, true) and place .. message or message
end

--- The message with the line of the file that was running, as far as the stack knows.
local function locate(raised, place)
  local message, file = M.words(raised), place:match "^(.*):%d+: $"
  for level = 3, 40 do
    local info = file and debug and debug.getinfo(level, "Sl")
    if not info then break end
    if info.short_src == file and info.currentline > 0 then
      return placed(message, ("%s:%d: "):format(file, info.currentline))
    end
  end
  return placed(message, place)
end

--- Calls something of somebody's file; what it raises begins with a line of that file, at least with `place`.
---@param place string "mine.lua:7: "
---@param call function
---@return any ... what it returns
function M.call(place, call, ...)
  local found = table.pack(xpcall(call, function(raised) return locate(raised, place) end, ...))
  if found[1] then return table.unpack(found, 2, found.n) end
  error(placed(M.words(found[2]), place), 0) -- what runs out of memory asks no handler
end

return M
