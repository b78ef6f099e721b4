-- What the tests of saved states share: folders of their own, and windows opened again.
local hs = require "headscope"
local files = require "files"
local w = require "window"
local equal = w.equal

local folder = files.name()
local n_folders = 0

--- A folder that is not there yet.
local function fresh()
  n_folders = n_folders + 1
  return ("%s/%d"):format(folder, n_folders)
end

local function open(dir, options)
  options = options or {}
  options.state_dir = dir
  return hs.ui.open(options):wait()
end

local function saved(dir) return hs.json.decode(assert(files.read(dir .. "/state.json"), "no state")) end

--- A folder with this text as its state.
local function with(text)
  local dir = fresh()
  open(dir):close()
  files.write(dir .. "/state.json", text)
  return dir
end

local function same(found, expected, what)
  if type(expected) ~= "table" then return equal(found, expected, what) end
  for key, value in pairs(expected) do same(found[key], value, what .. "." .. key) end
  for key in pairs(found) do equal(expected[key] ~= nil, true, what .. "." .. key .. " is expected") end
end

--- Closes the window and opens the next: they are in the same state.
local function again(ui, dir, options)
  local before = ui:state()
  before.focus, before.hover = nil, nil
  ui:close()
  local after = open(dir, options)
  same(after:state(), before, "state")
  return after
end

local novella = { text = "The cat saw the dog. The cat", size = { 900, 600 } }

return {
  fresh = fresh,
  read = files.read,
  write = files.write,
  open = open,
  saved = saved,
  with = with,
  says = w.says,
  same = same,
  again = again,
  folder = folder,
  novella = novella,
}
