--- What a probe says about a run that is there already, and about others like it.
local M = {}

--- Whether a run has all that a probe looks at.
local function suffices(run, probe)
  for _, name in ipairs(probe.keep) do
    if name == "logits" or name == "all" or not pcall(run.get, run, name) then return false end
  end
  return true
end

--- Of the run itself, where the probe can look at that; else of one of its own, of the same text. A score that wants
--- more than it said, such as logits, gets that, too.
---@param probe headscope.Probe
---@param model headscope.Model
---@param run headscope.Run
---@param params? table<string, number|boolean>
---@return headscope.ProbeResult
function M.ask(probe, model, run, params)
  if probe.input then return probe:ask(model, { params = params }) end
  if suffices(run, probe) then
    local ok, result = pcall(probe.ask, probe, model, { run = run, params = params })
    if ok then return result end
  end
  return probe:ask(model, { text = run.text, pair = run.pair, bos = run.bos, params = params })
end

return M
