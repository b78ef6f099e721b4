--- Recorded values of a test file: FILE.lua has its goldens in the folder FILE.goldens beside it, a file each.
--- Tensors are safetensors files, pictures PNG, everything else JSON. Beside them models.json says which models the
--- values come from, by their hashes: a golden refuses another model's.
local hs = require "headscope"

local differ = require "headscope.differ"

local M = {}

---@class headscope.Goldens
---@field file string
---@field folder string
---@field bless boolean values are recorded instead of compared
---@field hashes table<string, string> hashes of the models that the file has loaded, by their names
local Goldens = {}
Goldens.__index = Goldens

--- The goldens of a test file.
---@param file string
---@param bless boolean
---@return headscope.Goldens
function M.new(file, bless)
  local folder = file:gsub("%.lua$", "") .. ".goldens"
  return setmetatable({ file = file, folder = folder, bless = bless, hashes = {} }, Goldens)
end

local function exists(path) return hs.read(path) ~= nil end

local function read_object(path)
  local decoded, message = hs.json.decode(assert(hs.read(path)))
  if type(decoded) ~= "table" then error(path .. ": " .. (message or "expected an object, found a " .. type(decoded)), 0) end
  return decoded
end

local KINDS = {
  tensor = {
    what = "a tensor",
    ending = ".safetensors",
    save = function(path, value) assert(hs.save_tensors(path, { value = value })) end,
    load = function(path)
      local value = assert(hs.tensors(path)).value
      return value or error(path .. ": value: expected a tensor, found none", 0)
    end,
  },
  picture = {
    what = "a picture",
    ending = ".png",
    save = function(path, value) assert(hs.save_picture(path, value)) end,
    load = function(path) return assert(hs.picture(path)) end,
  },
  value = {
    what = "a number, text or table",
    ending = ".json",
    save = function(path, value) assert(hs.write(path, hs.json.encode { value = value } .. "\n")) end,
    load = function(path)
      local recorded = read_object(path)
      if recorded.value == nil then error(path .. ": value: expected one, found none", 0) end
      return recorded.value
    end,
  },
}

function Goldens:models_path() return self.folder .. "/models.json" end

--- The recorded hashes: name of a golden to name of a model to hash.
function Goldens:recorded_models()
  return exists(self:models_path()) and read_object(self:models_path()) or {}
end

function Goldens:check_models(name)
  local recorded = self:recorded_models()[name] or {}
  if type(recorded) ~= "table" then
    error(("%s: %s: expected hashes of models, found a %s"):format(self:models_path(), name, type(recorded)), 0)
  end
  for model, hash in pairs(recorded) do
    local here = self.hashes[model]
    if here ~= hash then
      error(
        ("golden %s: expected it to be of this model, found one recorded from %s with hash %s, not %s"):format(
          name,
          model,
          hash,
          here or "any that was loaded"
        ),
        0
      )
    end
  end
end

function Goldens:note_models(name)
  local recorded = self:recorded_models()
  recorded[name] = next(self.hashes) and self.hashes or nil
  assert(hs.write(self:models_path(), hs.json.encode(hs.json.object(recorded)) .. "\n"))
end

local function kind_of(value, is_picture)
  if is_picture then return KINDS.picture end
  return differ.is_tensor(value) and KINDS.tensor or KINDS.value
end

--- What is recorded of that name as another kind.
function Goldens:others(name, kind)
  local found = {}
  for _, other in pairs(KINDS) do
    local path = self.folder .. "/" .. name .. other.ending
    if other ~= kind and exists(path) then found[#found + 1] = { what = other.what, path = path } end
  end
  return found
end

--- The recorded value of that name; while blessing `value` is recorded first.
---@param name string
---@param value any what was found
---@param is_picture? boolean
---@return any
function Goldens:expected(name, value, is_picture)
  local kind = kind_of(value, is_picture)
  local path = self.folder .. "/" .. name .. kind.ending
  if self.bless then
    assert(hs.make_folder(self.folder))
    local others = self:others(name, kind)
    if others[1] and not io then -- a sandbox, which deletes nothing
      local asked = "golden %s: expected %s (%s) to be deleted before %s is recorded, found it"
      error(asked:format(name, others[1].what, others[1].path, kind.what), 0)
    end
    kind.save(path, value)
    for _, other in ipairs(others) do os.remove(other.path) end
    self:note_models(name)
  elseif not exists(path) then
    local other = self:others(name, kind)[1]
    if other then error(("golden %s: expected %s (%s), found %s"):format(name, other.what, other.path, kind.what), 0) end
    error(("golden %s: expected %s, found nothing; --bless records it"):format(name, path), 0)
  end
  self:check_models(name)
  return kind.load(path)
end

return M
