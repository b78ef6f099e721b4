-- Token strips of two runs beside each other: each has its own run's numbers, the difference the second's less the
-- first's, and their cells are the tokens of their own view.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local files = require "files"
local w = require "window"
local check, equal = w.check, w.equal

local SHE, HE = "The doctor asked the nurse a question. She", "The old doctor asked the nurse a question. He"
local NEGATIVE, POSITIVE = "#ff6318", "#2090dd"

local model = assert(hs.load "novella")
local runs = { [SHE] = model:run(SHE, { keep = "all" }), [HE] = model:run(HE, { keep = "all" }) }

--- The head view on both texts; `what` in their strips.
local function open(what)
  local ui = hs.ui.open { model = "novella", text = SHE, size = { 1280, 800 }, dock = false }
  ui:wait()
  ui:key "2"
  ui:command("head.select", { 4, 3 })
  ui:command("compare.text", { HE })
  ui:wait()
  if what then ui:command("strip.set", { what }) end
  return ui:wait()
end

local function close_to(found, expected, what)
  equal(#found, #expected, what)
  local off = (found - expected):abs():max()
  if not (off <= 1e-4 * math.max(1, expected:abs():max())) then error(what .. " differs by " .. off, 2) end
end

local function show_difference(ui)
  ui:command("split.side", { "right" })
  ui:command("shown.set", { "difference" })
end

local function point(ui, id) ui:move(w.centre(ui, id)) end

check("every number above the second view is the second run's", function()
  local ui <close> = open()
  local numbers = {
    entropy = function(run) return run:attention(3)[4]:entropy(-1) end,
    received = function(run) return run:attention(3)[4]:sum(0) end,
    norm = function(run) return run:get("resid_post3"):norm(-1) end,
    L3N120 = function(run) return run:get("post3"):select(1, 120) end,
  }
  for name, number in pairs(numbers) do
    ui:command("strip.set", { name })
    ui:wait()
    close_to(ui:strip(), number(runs[SHE]), name .. " of the first")
    close_to(ui:strip(1), number(runs[SHE]), name .. " of the first")
    close_to(ui:strip(2), number(runs[HE]), name .. " of the second")
    equal(select(2, ui:strip(1)), select(2, ui:strip(2)))
  end
  w.raises("expected 1 or 2", ui.strip, ui, 3)
end)

check("log-probabilities of the second run are those of its own text", function()
  local ui <close> = open "logprob"
  local ids, logits = model:encode(HE), model:run(HE, { logits = "all" }):logits()
  local found = ui:strip(2)
  equal(#found, 10)
  for i = 1, 9 do
    local expected = logits[i - 1]:softmax(0):log()[ids[i + 1]]
    equal(math.abs(found[i] - expected) < 1e-4, true, "token " .. i)
  end
end)

check("each strip lies above its view, over its own tokens", function()
  local ui <close> = open "entropy"
  local left, right = ui:find "strip", ui:find "2:strip"
  equal(left.y, right.y)
  equal(left.h, right.h)
  equal(left.x + left.w <= right.x, true)
  equal(ui:find "number.9", nil, "nine tokens at the left")
  equal(ui:find("2:number.9") ~= nil, true, "ten at the right")
  point(ui, "2:number.9")
  equal(w.tooltip(ui), ('q9 "·He"  %.4g'):format(ui:strip(2)[9]))
  point(ui, "number.8")
  equal(w.tooltip(ui), ('q8 "·She"  %.4g'):format(ui:strip(1)[8]))
end)

check("the difference is the second's number less the first's, in two colours", function()
  local ui <close> = open "entropy"
  local first, second = ui:strip(1), ui:strip(2)
  show_difference(ui)
  local found, title = ui:strip(2)
  equal(title, "Difference: Entropy of the rows of head 3.4")
  equal(#found, 10)
  for i = 0, 9 do
    local number = found[i]
    if i == 1 then
      equal(number ~= number, true, "·old is in one text only")
    else
      equal(math.abs(number - (second[i] - first[math.max(i - 1, 0)])) < 1e-6, true, "place " .. i)
    end
  end
  local cells, first_cell = nil, ui:find "2:number.0"
  for _, command in ipairs(ui:frame()) do
    if command.kind == "cells" and command.rect[1] == first_cell.x then cells = command end
  end
  equal(cells.positive:sub(1, 7), POSITIVE)
  equal(cells.negative:sub(1, 7), NEGATIVE)
  point(ui, "2:number.9")
  equal(w.tooltip(ui), ('q9 "·She/·He"  %.4g → %.4g  %+.4g'):format(first[8], second[9], found[9]))
  point(ui, "2:number.1")
  equal(w.tooltip(ui):find("no number", 1, true) ~= nil, true)
end)

check("a neuron's difference waits for both runs", function()
  local ui <close> = open()
  show_difference(ui)
  ui:command("strip.set", { "L2N7" })
  ui:wait()
  local first, second = runs[SHE]:get("post2"):select(1, 7), runs[HE]:get("post2"):select(1, 7)
  equal(math.abs(ui:strip(2)[9] - (second[9] - first[8])) < 1e-5, true)
  ui:command("strip.set", { "L2N8" })
  ui:command("strip.set", { "L2N7" })
  ui:wait()
  equal(math.abs(ui:strip(2)[9] - (second[9] - first[8])) < 1e-5, true, "asked for again")
end)

check("a click on a cell is the first run's token", function()
  local ui <close> = open "entropy"
  w.click(ui, "2:number.2")
  equal(ui:state().token, 1, "·doctor")
  w.click(ui, "2:number.1")
  equal(ui:state().token, 1, "·old is nothing of the first text")
  ui:command("strip.set", { "received" })
  w.click(ui, "2:number.4")
  local pins = ui:state().pins
  equal(pins[#pins].side .. pins[#pins].token, "key3")
end)

check("a press on the second strip makes its view the active one and opens its list there", function()
  local ui <close> = open "entropy"
  local strip = ui:find "2:strip"
  ui:click(strip.x + 30, strip.y + 10)
  equal(ui:state().active, 2)
  equal(ui:find("strip.2").x >= strip.x, true, "below its title")
  w.click(ui, "strip.2")
  equal(ui:state().strip, "norm")
end)

check("one strip where both views show the same", function()
  local ui <close> = open "entropy"
  ui:command("split.side", { "right" })
  ui:command("shown.set", { "run" })
  equal(ui:find "2:strip", nil)
  equal(ui:find("strip").w, 1280.0, "above both")
  close_to(ui:strip(2), ui:strip(1), "the same")
  ui:command "compare.close"
  equal(ui:find "2:number.0", nil)
end)

check("one view that shows the second run has its numbers", function()
  local ui <close> = open "entropy"
  ui:command("shown.set", { "second" })
  ui:command "view.split"
  close_to(ui:strip(), runs[HE]:attention(3)[4]:entropy(-1), "entropy")
  equal(ui:find("number.9") ~= nil, true)
end)

check("a script's numbers are the first text's", function()
  local ui <close> = open()
  ui:strip("mine", hs.tensor { 1, 2, 3, 4, 5, 6, 7, 8, 9 })
  equal(ui:strip(1)[8], 9.0)
  equal(select(2, ui:strip(2)), "these numbers are the first text's")
end)

check("words have differences, too", function()
  local ui <close> = open "norm"
  show_difference(ui)
  ui:command "words.toggle"
  ui:wait()
  local found, title = ui:strip(2)
  equal(title, "Difference: Norm of the residual stream after layer 3")
  equal(#found < 11, true)
  equal(found[0] == 0.0, true, "the first word is the same in both")
end)

check("why the second run has no numbers is said above it", function()
  local ui <close> = w.open "minilm-pair"
  ui:key "2"
  ui:command("compare.open", { "minilm-pair" })
  ui:command("strip.set", { "L0N1" })
  ui:wait()
  equal(select(2, ui:strip(2)):find "blocks.0.mlp.hook_post" ~= nil, true)
  show_difference(ui)
  equal(select(2, ui:strip(2)):find "blocks.0.mlp.hook_post" ~= nil, true)
end)

check("a figure holds and restores both", function()
  local file <const>, gone <close> = files.free ".png"
  local ui <close> = open "logprob"
  local expected = ui:strip(2)
  ui:command("figure.save", { file })
  ui:wait()
  local again <close> = hs.ui.open { figure = file }:wait()
  close_to(again:strip(2):slice(0, 1, 10), expected:slice(0, 1, 10), "log-probability")
end)

w.finish()
