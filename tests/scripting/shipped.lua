-- A probe that ships, by its name.
local folder = os.getenv "HEADSCOPE_HOME" .. "/scripts/probes/"

return function(name) return assert(loadfile(folder .. name .. ".lua"))() end
