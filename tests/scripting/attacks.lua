-- What a stranger's script might try in a sandbox: tests/cli/test_sandbox.sh runs it with `--sandbox --allow OPEN`,
-- and words that say where a secret lies and which folder is open. An attack that gives something has worked.
local hs = require "headscope"
local secret, open = arg[1], arg[2]
local attacks = {}

--- The value at a path of names from the globals; nil where it ends early.
local function reach(path)
  local value = _G
  for name in path:gmatch "[^.]+" do
    local ok, found = pcall(function() return value[name] end)
    value = ok and found or nil
    if value == nil then return nil end
  end
  return value
end

for _, name in ipairs { "io", "debug", "package.cpath", "hs.ui", "package.loaded.io", "package.loaded.debug", "dofile" } do
  attacks["find " .. name] = function() return reach(name) end
end
for _, call in ipairs {
  "os.execute", "os.remove", "os.rename", "os.exit", "os.tmpname", "os.setlocale", "package.loadlib",
  "package.searchpath", "string.dump", "require 'io'.open", "require 'debug'.getregistry", "io.open", "io.popen",
} do
  attacks["call " .. call] = function()
    local f = assert(load("return " .. call))()
    f("true", secret)
    return "called"
  end
end
function attacks.environment() return os.getenv "HOME" end

-- code
function attacks.bytecode() return load("\27Lua\x54\0\x19\x93\r\n\x1a\n") end
function attacks.bytecode_in_pieces()
  local pieces, i = { "\27", "Lua" }, 0
  return load(function()
    i = i + 1
    return pieces[i]
  end, "=x", "b")
end
function attacks.bytecode_file()
  assert(hs.save_tensors(open .. "/x.lua", { a = hs.zeros { 1 } }))
  return loadfile(open .. "/x.lua", "b")
end
function attacks.bytecode_by_require()
  package.path = open .. "/bytecode"
  return require "bytecode"
end
function attacks.native_code() return require "native" end
function attacks.other_searchers() return #package.searchers > 2 end
function attacks.searcher_for_anything() return package.searchers[2]("../../../../../../etc/hostname") == "function" end
function attacks.other_path()
  package.path = secret
  return require "anything"
end
function attacks.other_preload()
  package.loaded.headscope = nil
  return require("headscope").ui
end

-- files
local function reads(path)
  return pcall(loadfile, path) and path
    or pcall(hs.tensors, path) and path
    or pcall(hs.picture, path) and path
    or pcall(hs.files, path) and path
    or pcall(hs.load, path) and hs.load(path)
end
local function writes(path)
  return pcall(hs.save_tensors, path, { a = hs.zeros { 1 } })
    or pcall(hs.save_picture, path, hs.zeros { 1, 1, 3 })
    or pcall(hs.make_folder, path)
end
local folder = secret:match "^(.*)/"
function attacks.read_secret() return reads(secret) end
function attacks.read_its_folder() return reads(folder) end
function attacks.read_by_dots() return reads(open .. "/../" .. secret:match "[^/]+$") end
function attacks.read_by_link() return reads(open .. "/link") end
function attacks.read_by_folder_link() return reads(open .. "/out/secret.lua") end
function attacks.read_beside() return reads(open .. "er/secret.lua") end
function attacks.read_process() return reads "/proc/self/environ" end
function attacks.read_root() return reads "/" end
function attacks.read_nothing() return pcall(loadfile) end
function attacks.read_cut_off() return pcall(hs.tensors, open .. "/x\0/../../" .. secret) end
function attacks.write_secret() return writes(secret) end
function attacks.write_beside() return writes(folder .. "/new") end
function attacks.write_by_dots() return writes(open .. "/../new") end
function attacks.write_by_link() return writes(open .. "/link") end
function attacks.write_by_dangling_link() return writes(open .. "/nowhere") end
function attacks.write_into_the_program() return writes(package.path:match "^(.-)/%?" .. "/new.lua") end
function attacks.write_the_folder_above() return writes(open .. "/new/..") end
function attacks.model_elsewhere() return pcall(hs.load, secret:match "^(.*)/") end

-- what shipped code uses is changed, and then called
function attacks.string_metatable()
  local strings = getmetatable("").__index
  local seen
  local match, find = strings.match, strings.find
  strings.match = function(...)
    for i = 1, select("#", ...) do
      local value = select(i, ...)
      if type(value) == "table" and value.open then seen = value end
    end
    return match(...)
  end
  strings.find = strings.match
  pcall(hs.probe, { id = "x", kind = "run", score = print })
  strings.match, strings.find = match, find
  return seen
end
function attacks.changed_require()
  local mine, seen = require, nil
  require = function(name)
    seen = reach "io" or reach "debug"
    return mine(name)
  end
  pcall(hs.repeated, hs.load "novella", 2, 1)
  require = mine
  return seen
end
function attacks.global_metatable()
  setmetatable(_G, { __index = function(_, name) return rawget(package.loaded, name) end })
  local found = io or debug
  setmetatable(_G, nil)
  return found
end
function attacks.box_metatable()
  local mt = getmetatable(hs.zeros { 1 })
  return type(mt) == "table" and mt
end
function attacks.own_box() return pcall(setmetatable, hs.zeros { 1 }, {}) end
function attacks.environment_of_a_chunk() return load("return io", "=x", "t", setmetatable({}, { __index = _ENV }))() end
function attacks.error_handler()
  local _, found = xpcall(error, function() return reach "debug.getregistry" or reach "io" end)
  return found
end
function attacks.coroutine_inside()
  return coroutine.wrap(function() return reach "io" or reach "debug" or pcall(os.exit, 0) end)()
end
function attacks.finalizer()
  local found
  setmetatable({}, { __gc = function() found = reach "io" or reach "debug" or pcall(loadfile, secret) end })
  collectgarbage()
  return found
end
function attacks.closing()
  local found
  do
    local x <close> = setmetatable({}, { __close = function() found = reach "io" or reach "debug" end })
  end
  return found
end
function attacks.sorting() -- a function of the script's that C calls
  local found
  table.sort({ 1, 2, 3 }, function(a, b)
    found = found or reach "io" or reach "debug"
    return a < b
  end)
  return found
end

-- memory
function attacks.long_string() return ("x"):rep(1 << 31) end
function attacks.doubled_string()
  local s = "xxxxxxxx"
  while true do s = s .. s end
end
function attacks.many_strings()
  local t = {}
  while true do t[#t + 1] = ("x"):rep(1 << 20) .. #t end
end
function attacks.packed() return string.pack("s", ("x"):rep(1 << 29)):rep(8) end
function attacks.joined() return table.concat({}, ("x"):rep(1 << 26), 1, 64) end
function attacks.large_tensor() return hs.zeros { 1 << 20, 1 << 20 } end
function attacks.many_tensors()
  local t = {}
  while true do t[#t + 1] = hs.zeros { 1 << 20 } end
end
function attacks.deep_stack()
  local function deeper() return 1 + deeper() end
  return deeper()
end
function attacks.deep_coroutines()
  local function deeper() return coroutine.wrap(deeper)() end
  return deeper()
end

local names, failed = {}, 0
for name in pairs(attacks) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  local ok, found = pcall(attacks[name])
  collectgarbage()
  if ok and found then
    print(("%s worked: %s"):format(name, tostring(found)))
    failed = failed + 1
  end
end
print(("%d attacks, %d worked"):format(#names, failed))
