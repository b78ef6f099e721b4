-- Windows with a dock and no probes of the user's, and what the probes should say.
local hs = require "headscope"

local M = {}

M.text = "The doctor asked the nurse a question. She"
M.model = assert(hs.load "novella")

--- A probe with the id "mine": the mean of a diagonal, "-1" the token before.
M.MINE = [[
local hs = require "headscope"
return hs.probe { id = "mine", name = "Mine", kind = "head",
  score = function(run) return run:attention():diagonal(%s):mean(-1) end }
]]

function M.open(options)
  options = options or {}
  options.text = options.text or M.text
  options.probes_dir = options.probes_dir or "/nonexistent"
  return hs.ui.open(options):wait()
end

--- The numbers of a head probe as a table.
function M.score(id, input, options)
  local probe = dofile(arg[0]:match "(.*/)" .. "../../scripts/probes/" .. id .. ".lua")
  options = options or {}
  options.text = input
  return probe:ask(M.model, options).mean
end

--- The element of the best of them.
function M.best(scores)
  local width, top = scores.shape[2], scores:contiguous():reshape(-1):argmax()
  return ("rank.%d.%d"):format(top // width, top % width)
end

return M
