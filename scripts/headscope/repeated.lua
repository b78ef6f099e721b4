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

local function refuse(what, expected, found)
  error(("hs.repeated: %s: expected %s, found %s"):format(what, expected, found), 0)
end

local function check(model, n, seed, bos)
  if type(model) ~= "userdata" then refuse("model", "a model", model) end
  if type(n) ~= "number" or not math.tointeger(n) or n < 1 then refuse("n", "a whole number from 1", n) end
  if type(seed) ~= "number" or not math.tointeger(seed) then refuse("seed", "a whole number", seed) end
  if bos ~= nil and math.type(bos) ~= "integer" then refuse("bos", "an id", bos) end
end

--- `n` random tokens given twice, after `bos` where one is given.
---@param model headscope.Model
---@param n integer
---@param seed integer
---@param bos? integer id
---@return integer[] ids
function M.ids(model, n, seed, bos)
  check(model, n, seed, bos)
  local ids, random, out = plain_ids(model), M.generator(seed), { bos }
  local start = #out
  for i = 1, n do
    out[start + i] = ids[random(#ids) + 1]
    out[start + i + n] = out[start + i]
  end
  return out
end

--- The parameters of a probe that asks about such blocks.
M.PARAMS = { n = { 32, min = 2, max = 512 }, prepend_bos = false }

--- The text of such a probe. Its usual n gives way to a shorter context.
---@param model headscope.Model
---@param p {n: integer, prepend_bos: boolean}
---@param seed integer
---@return integer[] ids
function M.input(model, p, seed)
  local config, bos, n = model.config, nil, p.n
  if p.prepend_bos then
    bos = config.bos_token_id or error(model.name .. ": prepend_bos: expected a model with a BOS token, found none", 0)
  end
  local most = (config.n_ctx - (bos and 1 or 0)) // 2
  if n == M.PARAMS.n[1] then n = math.min(n, most) end
  return M.ids(model, n, seed, bos)
end

--- The length of a block of such a text, and where the first copy starts.
---@param run headscope.Run
---@param p {prepend_bos: boolean}
---@return integer n
---@return integer start
function M.block(run, p)
  local start = p.prepend_bos and 1 or 0
  return (run.n_tokens - start) // 2, start
end

return M
