--- What a probe says about a run that is there already, and about others like it.
local recorded = require "headscope.recorded"

local M = {}

--- Whether a run has all that a probe looks at.
local function suffices(run, probe)
  for _, name in ipairs(probe.keep) do
    if name == "logits" or name == "all" or not pcall(run.get, run, name) then return false end
  end
  return true
end

--- Whether an error says that a run lacks what another one of the same input would have.
local function wants_more(message)
  if type(message) ~= "string" then return false end
  return message:find("was not kept", 1, true) or message:find("were not asked for", 1, true)
end

--- Whether two lists of numbers are the same.
local function same(a, b) return table.concat(a, " ") == table.concat(b, " ") end

--- The input of a run, to be run once more: its text, or its ids where a text does not lead to them.
local function input_of(run)
  local options = { pair = run.pair, bos = run.bos }
  local ok, ids, types = pcall(run.model.encode, run.model, run.text, options)
  if not ok or not same(ids, run.ids) or not same(types, run.token_types) then
    return { ids = run.ids, token_types = run.token_types }
  end
  options.text = run.text
  return options
end

--- Of the run itself, where the probe can look at that; else of one of its own, of the same input with the same edits. A score that
--- wants more than it said, such as logits, gets that, too; any other error of its is final.
---@param probe headscope.Probe
---@param model? headscope.Model nil of a recorded run
---@param run headscope.Run
---@param params? table<string, number|boolean>
---@param describe? fun(message: any): any what becomes of an error where it is raised
---@return headscope.ProbeResult
function M.ask(probe, model, run, params, describe)
  if run.recorded then return recorded.ask(probe, run, params) end
  if probe.input then return probe:ask(model, { params = params }) end
  if suffices(run, probe) then
    local more = false
    local function handle(message)
      more = wants_more(message)
      return describe and describe(message) or message
    end
    local ok, result = xpcall(probe.ask, handle, probe, model, { run = run, params = params })
    if ok then return result end
    if not more then error(result, 0) end
  end
  local again = input_of(run)
  again.edits, again.params = run.edits, params
  return probe:ask(model, again)
end

return M
