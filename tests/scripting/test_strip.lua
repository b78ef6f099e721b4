-- The token strip: its numbers against those of transformers and of runs, what the mouse does with it, what keeps it.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"

local text = "The doctor asked the nurse a question. She"
local fixtures = os.getenv "FIXTURES"

local function open(options) return w.typed(text, options) end

local function close_to(found, expected, tolerance, what)
  if #found ~= #expected then error(("%s: expected %d numbers, found %d"):format(what, #expected, #found), 2) end
  local off = (found - expected):abs():max()
  if not (off <= tolerance * math.max(1, expected:abs():max())) then error(what .. " differs by " .. off, 2) end
end

local model = assert(hs.load "novella")
local run = model:run(text, { keep = "all" })

w.check("log-probabilities are those of transformers", function()
  local ui <close> = open()
  ui:command("strip.set", { "logprob" })
  ui:wait()
  local found, title = ui:strip()
  w.equal(title, "Log-probability of a token given those before it")
  w.equal(found[0] ~= found[0], true, "the first is NaN")
  close_to(found:slice(0, 1, 9), hs.tensors(fixtures .. "/novella/readings.safetensors").log_probability, 1e-4,
    "log-probability")
end)

w.check("every other number is the run's", function()
  local ui <close> = open()
  ui:command("head.select", { 4, 2 })
  ui:command("head.toggle", { 1 })
  local head = ui:state().head
  local patterns = run:attention(2)
  local cases = {
    { "entropy", patterns[head]:entropy(-1), "Entropy of the rows of head 2.1" },
    { "received", (patterns[1] + patterns[4]):sum(0) / 2, "Attention received, mean of 2 heads of layer 2" },
    { "norm", run:get("resid_post2"):norm(-1), "Norm of the residual stream after layer 2" },
    { "L3N120", run:get("post3"):select(1, 120), "Activation of neuron L3N120" },
  }
  for _, case in ipairs(cases) do
    ui:command("strip.set", { case[1] })
    ui:wait()
    local found, title = ui:strip()
    close_to(found, case[2], 1e-5, case[1])
    w.equal(title, case[3])
    w.equal(ui:state().strip, case[1])
  end
  ui:command("strip.set", { "norm" })
  ui:command("layer.set", { 5 })
  ui:wait()
  close_to(ui:strip(), run:get("resid_post5"):norm(-1), 1e-5, "norm of the layer that is selected")
end)

w.check("a neuron follows its name", function()
  local ui <close> = open()
  for _, n in ipairs { 7, 700 } do
    ui:command("strip.set", { "l1n" .. n })
    ui:wait()
    close_to(ui:strip(), run:get("post1"):select(1, n), 1e-5, "neuron " .. n)
  end
end)

w.check("it lies above the head and the matrix view and folds", function()
  local ui <close> = open()
  local before = ui:area()
  w.equal(ui:find "strip", nil, "folded at first")
  ui:key "s"
  ui:wait()
  local strip, area = ui:find "strip", ui:area()
  w.equal(strip.y + strip.h, area.y, "above the view")
  w.equal(area.y + area.h, before.y + before.h, "the view's end stays")
  ui:key "1"
  w.equal(ui:find "strip", nil, "not in the model view")
  w.equal(ui:area().h, before.h)
  ui:key "4"
  w.equal(ui:find("number.8") ~= nil, true, "in the matrix view")
  ui:key "s"
  w.equal(ui:find "strip", nil, "folded")
  w.equal(ui:state().strip, nil)
  ui:command("strip.set", { "entropy" })
  ui:key "s"
  ui:key "s"
  w.equal(ui:state().strip, "entropy", "unfolds what was there")
  ui:command("strip.set", { "none" })
  w.equal(select(2, ui:strip()), "the token strip is folded")
end)

w.check("a cell is its token", function()
  local ui <close> = open()
  ui:command("strip.set", { "entropy" })
  w.click(ui, "number.4")
  local state = ui:state()
  w.equal(state.token, 4)
  w.equal(state.pins[1].side .. state.pins[1].token, "query4")
  w.equal(state.hover.side .. state.hover.token, "query4")
  w.click(ui, "number.4")
  w.equal(ui:state().token, nil)
  ui:command("strip.set", { "received" })
  w.click(ui, "number.2")
  state = ui:state()
  w.equal(state.pins[1].side .. state.pins[1].token, "key2")
  ui:step(1)
  local said
  for _, command in ipairs(ui:frame()) do
    if command.text and command.text:find "^k2 " then said = command.text end
  end
  w.equal(said, ('k2 "·asked"  %.4g'):format((ui:strip())[2]))
end)

w.check("its title is a drop-down", function()
  local ui <close> = open()
  ui:key "s"
  ui:wait()
  local strip = ui:find "strip"
  ui:click(strip.x + 30, strip.y + 10)
  w.click(ui, "strip.3")
  w.equal(ui:state().strip, "received")
  ui:click(strip.x + 30, strip.y + 10)
  ui:key "down"
  ui:key "enter"
  w.equal(ui:state().strip, nil, "the last entry folds it")
end)

w.check("a sink that is hidden has no number", function()
  local ui <close> = open()
  ui:command("strip.set", { "received" })
  ui:key "f"
  local first = (ui:strip())[0]
  w.equal(first ~= first, true)
end)

w.check("a model of both directions says why", function()
  local ui <close> = hs.ui.open { model = "minilm-pair", size = { 900, 600 } }:wait()
  ui:key "2"
  ui:command("strip.set", { "logprob" })
  ui:wait()
  w.equal(select(2, ui:strip()):find "in both directions" ~= nil, true)
  ui:command("strip.set", { "norm" })
  ui:wait()
  w.equal(select(2, ui:strip()), "this recorded run has no residual stream")
  ui:command("strip.set", { "L0N1" })
  ui:wait()
  w.equal(select(2, ui:strip()):find "blocks.0.mlp.hook_post" ~= nil, true)
end)

w.check("under a filter its tokens are those of the part", function()
  local ui <close> = hs.ui.open { model = "minilm-pair", size = { 900, 600 } }:wait()
  ui:key "2"
  ui:command("head.select", { 3, 2 })
  ui:command("strip.set", { "entropy" })
  local whole = ui:strip()
  ui:command("filter.set", { "ba" })
  local part = ui:strip()
  close_to(part, whole:slice(0, #whole - #part, #whole), 0, "entropy of the second sentence")
  ui:command("strip.set", { "received" })
  w.equal(#ui:strip(), #whole - #part, "keys of the first sentence")
end)

w.check("a script's own numbers", function()
  local ui <close> = open()
  local numbers = hs.tensor { 0, 1, -2, 3, 0 / 0, 5, 6, 7, 8.25 }
  ui:strip("surprise", numbers)
  local found, title = ui:strip()
  w.equal(title, "surprise")
  w.equal(found[2], -2.0)
  w.equal(found[4] ~= found[4], true)
  w.equal(found[8], 8.25)
  ui:command("strip.set", { "entropy" })
  ui:command("strip.set", { "surprise" })
  w.equal((ui:strip())[3], 3.0)
  w.type_and_run(ui, "Another text")
  w.equal(ui:state().strip, nil, "they go with their text")
  w.raises("expected logprob, entropy", ui.command, ui, "strip.set", { "surprise" })
  w.raises("expected one for each of 4 tokens, found 9", ui.strip, ui, "surprise", numbers)
  w.raises("expected one of your own", ui.strip, ui, "norm", hs.tensor { 1, 2 })
  w.raises("one axis", ui.strip, ui, "mine", hs.tensor { { 1, 2 } })
  w.raises("found x", ui.command, ui, "strip.numbers", { "mine", "1 x" })
  w.raises("at most 63 bytes", ui.command, ui, "strip.set", { ("x"):rep(64) })
end)

w.check("names that are none are refused, and nothing changes", function()
  local ui <close> = open()
  ui:command("strip.set", { "entropy" })
  w.raises("expected 0 to 5, found 6", ui.command, ui, "strip.set", { "L6N0" })
  w.raises("neuron: expected 0 to 767, found 768", ui.command, ui, "strip.set", { "L0N768" })
  w.raises("found \"rank\"", ui.command, ui, "strip.set", { "rank" })
  w.equal(ui:state().strip, "entropy")
end)

w.check("a neuron that the next model lacks is said to be", function()
  local ui <close> = open()
  ui:command("strip.set", { "L5N7" })
  ui:wait()
  ui:command("model.open", { w.fixtures .. "causal.safetensors" })
  ui:wait()
  ui:wait()
  w.equal(select(2, ui:strip()), "layer: expected 0 to 1, found 5")
end)

w.check("another text has its own numbers", function()
  local ui <close> = open()
  ui:command("strip.set", { "logprob" })
  ui:wait()
  w.type_and_run(ui, "She asked the doctor")
  ui:wait()
  w.equal(#ui:strip(), 4)
  local ids = model:encode "She asked the doctor"
  local logits = model:run("She asked the doctor", { logits = "all" }):logits()
  local expected = logits[0]:softmax(0):log()[ids[2]]
  w.equal(math.abs((ui:strip())[1] - expected) < 1e-4, true, "log-probability of the second token")
end)

w.check("it is saved", function()
  local folder <const>, gone <close> = files.free()
  local first = open { state_dir = folder }
  first:command("strip.set", { "L2N5" })
  first:wait()
  first:close()
  local second <close> = hs.ui.open { state_dir = folder, size = { 900, 600 } }:wait()
  w.equal(second:state().strip, "L2N5")
  close_to(second:strip(), run:get("post2"):select(1, 5), 1e-5, "restored")
end)

w.check("a figure holds and restores it", function()
  local folder <const>, gone <close> = files.folder()
  local ui <close> = open()
  ui:strip("mine", hs.tensor { 1, 2, 3, 4, 0 / 0, 6, 7, 8, 9 })
  local area = ui:area()
  ui:command("figure.save", { folder .. "/f.png" })
  local again <close> = hs.ui.open { figure = folder .. "/f.png" }:wait()
  w.equal(again:state().strip, "mine")
  w.equal((again:strip())[8], 9.0)
  w.equal(again:area().h, area.h, "the same view")
  ui:command("strip.set", { "norm" })
  ui:wait()
  ui:command("figure.save", { folder .. "/f.svg" })
  local third <close> = hs.ui.open { figure = folder .. "/f.svg" }:wait()
  close_to(third:strip(), ui:strip(), 0, "norm")
end)

w.check("it stands in small windows and above long texts", function()
  local ui <close> = open { text = (text .. " "):rep(54), size = { 640, 400 } }
  ui:command("strip.set", { "entropy" })
  local strip, last = ui:find "strip", ui:find(("number.%d"):format(#ui:strip() - 1))
  w.equal(last.x + last.w <= strip.x + strip.w, true, "all cells fit")
  w.equal(last.x + last.w > strip.w - 24, true, "and fill the row")
  ui:resize(1, 1)
  ui:pixels()
  ui:resize(640, 400)
  w.click(ui, ("number.%d"):format(400))
  w.equal(ui:state().token, 400)
  w.equal(ui:find "query.400" ~= nil, true, "scrolled to")
end)

w.finish()
