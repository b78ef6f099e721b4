-- Files that a test reads and writes, and folders of its own.
local M = {}

--- All that is in a file; nil where there is none.
function M.read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read "a"
end

function M.write(path, content)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(content))
end

local given = {}

--- A path at which there is nothing, with this ending, or none.
function M.name(ending)
  local path = os.tmpname()
  os.remove(path)
  path = path .. (ending or "")
  given[#given + 1] = path
  return path
end

--- Removes whatever is left at the paths that were given.
function M.sweep()
  if #given > 0 then os.execute("rm -rf " .. table.concat(given, " ")) end
end

--- A path at which there is nothing, and a value that removes whatever is there when it goes out of scope.
function M.free(ending)
  local path = M.name(ending)
  return path, setmetatable({}, { __close = function() os.execute("rm -rf " .. path) end })
end

--- The same, of an empty folder.
function M.folder()
  local path, gone = M.free()
  assert(os.execute("mkdir " .. path))
  return path, gone
end

return M
