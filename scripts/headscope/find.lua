--- Probes by path or by name: of the user's folder first, then those that ship.
local apart = require "headscope.apart"
local probes = require "headscope.probe"

local _, file = ... -- as require gives it to a module
local scripts = file:match "^(.*)/headscope/find%.lua$"

--- Where a probe of that name may lie.
local function places(name)
  if name:find "/" or name:find "%.lua$" then return { name } end
  local data = os.getenv "XDG_DATA_HOME" or (os.getenv "HOME" or "") .. "/.local/share"
  return { data .. "/headscope/probes/" .. name .. ".lua", scripts .. "/probes/" .. name .. ".lua" }
end

--- Raises, without a position, where there is none or the file returns something else.
---@param name string
---@return headscope.Probe probe
---@return string path
return function(name)
  local tried = places(name)
  for _, path in ipairs(tried) do
    local allowed, chunk, message = pcall(loadfile, path, "t", apart.environment())
    if not allowed and #tried == 1 then error(chunk, 0) end
    if allowed and (chunk or not message:find "^cannot open") then
      if not chunk then error(message:find(path, 1, true) and message or path .. ": " .. message, 0) end
      local probe = apart.call(apart.place_of(chunk) or path .. ":1: ", chunk)
      if not probes.is(probe) then
        error(path .. ": expected it to return hs.probe{...}, found " .. type(probe), 0)
      end
      return probe, path
    end
  end
  error(("%s: expected a probe, found none in %s"):format(name, table.concat(tried, ", ")), 0)
end
