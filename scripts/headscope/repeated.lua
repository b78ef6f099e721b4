--- Random tokens given twice: what a head that looks for earlier copies is tried on.
local M = {}

--- Whole numbers from 0 to n-1, the same for a seed on every machine (splitmix64).
---@param seed integer
---@return fun(n: integer): integer
function M.generator(seed)
  local state = seed
  return function(n)
    state = state + 0x9E3779B97F4A7C15
    local z = state
    z = (z ~ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ~ (z >> 27)) * 0x94D049BB133111EB
    return ((z ~ (z >> 31)) >> 1) % n
  end
end

--- The ids that blocks are drawn from: all but special tokens. Raises where there is none.
---@param model headscope.Model
---@return integer[]
local function plain_ids(model)
  local special, ids = {}, {}
  for _, id in ipairs(model.special_ids) do special[id] = true end
  for id = 0, model.config.d_vocab - 1 do
    if not special[id] then ids[#ids + 1] = id end
  end
  if #ids == 0 then error(model.name .. ": vocabulary: expected a token that is not special, found none", 0) end
  return ids
end

--- `n` random tokens given twice, after `bos` where one is given.
---@param model headscope.Model
---@param n integer
---@param seed integer
---@param bos? integer id
---@return integer[] ids
function M.ids(model, n, seed, bos)
  if not math.tointeger(n) or n < 1 then
    error(("hs.repeated: n: expected a whole number from 1, found %s"):format(n), 0)
  end
  if not math.tointeger(seed) then
    error(("hs.repeated: seed: expected a whole number, found %s"):format(seed), 0)
  end
  local ids, random, out = plain_ids(model), M.generator(seed), { bos }
  local start = #out
  for i = 1, n do
    out[start + i] = ids[random(#ids) + 1]
    out[start + i + n] = out[start + i]
  end
  return out
end

return M
