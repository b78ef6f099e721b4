-- Finalizers run whenever Lua allocates, also in the middle of a call into C, and may close the very object
-- that the call works on. The answer is then complete, or an error that says what is closed.
local hs = require "headscope"
local tiny = os.getenv "FIXTURES" .. "/tiny/"

-- a collector that runs a whole cycle at nearly every allocation
collectgarbage("incremental", 1, 1000, 1)

--- Calls `f` with a fresh object of `make` many times, and closes it when the collector first runs.
local function closed_meanwhile(make, f)
  local answers, errors = 0, 0
  for _ = 1, 60 do
    local object = make()
    setmetatable({}, { __gc = function() object:close() end })
    local ok, message = pcall(f, object)
    if ok then
      answers = answers + 1
    else
      assert(tostring(message):find "closed", message)
      errors = errors + 1
    end
  end
  return answers, errors
end

local gpt2 = assert(hs.load(tiny .. "gpt2"))
local function new_run()
  return gpt2:run({ 1, 2, 3, 4, 5, 6 }, { keep = { "pattern", "resid_post" }, logits = "all" })
end
local function new_model() return assert(hs.load "novella") end

local total = 0
for _, use in ipairs {
  function(run) return #run.tokens + #run.pieces + #run.ids + #run.token_types end,
  function(run) return run.text .. tostring(run) end,
  function(run) return #run:names() end,
  function(run) return run:token(3).text end,
  function(run) return run:get "resid_post" * 2 end,
  function(run) return run:attention { layer = 1, head = 2 }:sum(-1) end,
  function(run) return run:logits(-1):topk(3) end,
  function(run) return run:attention(1, 2):places(0.1, 1, 0, 3) end,
  function(run) return run:attention(1, 2):eigenvalues() end,
} do
  total = total + select(2, closed_meanwhile(new_run, use))
end
closed_meanwhile(function()
  return gpt2:run({ 1, 2, 3 }, { edits = { "head 0.1 zero", { at = "resid_pre1", op = "patch", from = gpt2:run({ 1, 2, 3 }, { keep = "all" }) } } })
end, function(run) return run.edits[2].from:get "resid_pre1" * 2 end)
closed_meanwhile(function() return gpt2:run({ 1, 2, 3 }, { keep = "all" }) end, function(run)
  local edits = { { at = "resid_pre1", token = -1, op = "patch", from = run }, { pattern = "0.1", op = "mean" } }
  return gpt2:run({ 1, 2, 3 }, { keep = "all", edits = edits, base = run }):get "z"
end)
assert(total > 0, "no finalizer ran in the middle of a call: this test tests nothing")

for _, use in ipairs {
  function(model) return model.config.n_layers, #model.special_ids, model.name .. model.path end,
  function(model) return model:encode("The doctor asked", { bos = true, special = false }) end,
  function(model) return model:decode { 1, 2, 3 } end,
  function(model) return #model:weights(), model:weight "W_Q3" * 2 end,
  function(model) return model:run("The doctor", { keep = { "pattern", "q0" }, logits = false, bos = true }) end,
  function(model) return model:run({ 1, 2, 3, 4 }, { keep = "pattern" }) end,
} do
  closed_meanwhile(new_model, use)
end

-- a finalizer that takes an option away while it is read
for _ = 1, 60 do
  local options = { keep = { "pattern" }, bos = true }
  setmetatable({}, { __gc = function() options.keep[1], options.keep, options.bos = nil, nil, nil end })
  pcall(gpt2.run, gpt2, { 1, 2, 3 }, options)
  local edit = { head = { layer = 1, head = 2 }, op = "scale", value = 2 }
  local edits = { "head 0.1 zero", edit }
  setmetatable({}, { __gc = function() edits[1], edit.head.layer, edit.head, edit.op = nil, nil, nil, nil end })
  pcall(gpt2.run, gpt2, { 1, 2, 3 }, { edits = edits })
end
