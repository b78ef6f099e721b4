--- One sentence with places in it, over lists of words: what a model does with every combination.
local hs = require "headscope"
local answer = require "headscope.answer"

local M = {}

local TOKENS, PROMPTS = 512, 256 -- of a pass: enough for its products to be fast

local OPTIONS = { score = "function", keep = "table", logits = "string", bos = "boolean", edits = "table" }

local function refuse(what, expected, found)
  error(("hs.contrast: %s: expected %s, found %s"):format(what, expected, found), 0)
end

--- The slots of a template in the order in which they first stand in it.
local function names_in(template)
  local names, seen = {}, {}
  for name in template:gmatch "{([%w_]+)}" do
    if not seen[name] then names[#names + 1] = name end
    seen[name] = true
  end
  if #names == 0 then refuse("template", "a slot such as {word}", ("%q"):format(template)) end
  return names, seen
end

local function check(template, slots, options)
  if type(template) ~= "string" then refuse("template", "a text", type(template)) end
  if type(slots) ~= "table" then refuse("slots", "lists of words by slot", type(slots)) end
  local names, seen = names_in(template)
  for name, words in pairs(slots) do
    if not seen[name] then refuse("slots", "{" .. table.concat(names, "}, {") .. "}", tostring(name)) end
    if type(words) ~= "table" or #words == 0 then refuse(name, "a list of words", type(words)) end
    for i, word in ipairs(words) do
      if type(word) ~= "string" then refuse(("%s[%d]"):format(name, i), "a text", type(word)) end
    end
  end
  for _, name in ipairs(names) do
    if not slots[name] then refuse("slots", "words for {" .. name .. "}", "none") end
  end
  if type(options) ~= "table" then refuse("options", "a table", type(options)) end
  for name, value in pairs(options) do
    if not OPTIONS[name] then refuse("options", "score, keep, logits, bos or edits", tostring(name)) end
    if type(value) ~= OPTIONS[name] then refuse(name, "a " .. OPTIONS[name], type(value)) end
  end
  return names
end

--- Calls `visit` with the words of each combination, the last slot's changing fastest.
local function each(names, slots, visit, chosen, i)
  chosen, i = chosen or {}, i or 1
  if i > #names then return visit(chosen) end
  for _, word in ipairs(slots[names[i]]) do
    chosen[names[i]] = word
    each(names, slots, visit, chosen, i + 1)
  end
end

local function last_logits(run) return run:logits() end

--- A score as a tensor, whose shape must be that of the first.
local function checked(score, first, prompt)
  if type(score) == "number" then score = hs.tensor { score } end
  local shape = answer.is_tensor(score) and score.shape
  if not shape then refuse("score of " .. ("%q"):format(prompt), "a number or a tensor", type(score)) end
  if first and table.concat(first.shape, ", ") ~= table.concat(shape, ", ") then
    refuse("score of " .. ("%q"):format(prompt), ("the shape of the first, [%s]"):format(table.concat(first.shape, ", ")),
      ("[%s]"):format(table.concat(shape, ", ")))
  end
  return hs.tensor(score) -- a view would keep all of the pass
end

--- Calls `visit` with the run of each prompt, several of them computed in one pass.
local function run_all(model, prompts, options, visit)
  local wanted = { keep = options.keep, logits = options.logits, bos = options.bos, edits = options.edits }
  local pass, tokens = {}, 0
  for i, prompt in ipairs(prompts) do
    pass[#pass + 1], tokens = prompt, tokens + #model:encode(prompt)
    if tokens >= TOKENS or #pass == PROMPTS or i == #prompts then
      local first = i - #pass
      for k, run in ipairs(model:runs(pass, wanted)) do visit(first + k, run) end
      pass, tokens = {}, 0
    end
  end
end

---@class headscope.Prompts
---@field axes string[] names of the slots, one an axis
---@field words string[][] of each slot
---@field prompts string[] in the order of the tensor

--- What a model does with a template over lists of words, as one tensor [slot, slot, …, the score's own axes].
---@param model headscope.Model
---@param template string
---@param slots table<string, string[]>
---@param options? table
---@return headscope.Tensor
---@return headscope.Prompts
function M.new(model, template, slots, options)
  options = options or {}
  local names = check(template, slots, options)
  local about, scores, shape = { axes = names, words = {}, prompts = {} }, {}, {}
  for i, name in ipairs(names) do
    about.words[i] = slots[name]
    shape[i] = #slots[name]
  end
  local number = false
  each(names, slots, function(chosen) about.prompts[#about.prompts + 1] = template:gsub("{([%w_]+)}", chosen) end)
  run_all(model, about.prompts, options, function(i, run)
    local score = (options.score or last_logits)(run)
    number = type(score) == "number"
    scores[i] = checked(score, scores[1], about.prompts[i])
  end)
  if not number then table.move(scores[1].shape, 1, scores[1].rank, #shape + 1, shape) end
  return hs.stack(scores):reshape(shape), about
end

return M
