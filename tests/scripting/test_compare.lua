-- Two runs beside each other and their difference: the paper's pronouns, what stands for what, and what of it lasts.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local compared = require "compared"
local files = require "files"
local w = require "window"
local check, equal, list, raises, says, tooltip = w.check, w.equal, w.list, w.raises, w.says, w.tooltip
local SHE, HE, pronouns = compared.SHE, compared.HE, compared.pronouns
local NEGATIVE, POSITIVE = "#ff6318", "#2090dd"

--- Weights of a head of a text, as the engine says them.
local model = assert(hs.load "novella")
local runs = { [SHE] = model:run(SHE), [HE] = model:run(HE) }
local function attention(text, layer, head) return runs[text]:attention(layer, head) end

check("a second text runs beside the first, the same head on both sides", function()
  local ui <close> = pronouns()
  local state = ui:state()
  list(state.views, { "head", "head" })
  equal(state.second, HE)
  equal(state.shown, "run")
  equal(state.share, 0.5)
  assert(ui:find "query.8" and ui:find "2:query.8")
  assert(says(ui, SHE) and says(ui, HE))
  w.move(ui, "2:query.8")
  local weights = attention(HE, 3, 4)
  equal(tooltip(ui), ('3.4  q8 "·He" → k7 "."  %.4f'):format(weights:at(8, 7)))
end)

check("a token pointed at on one side is lit on the other", function()
  local ui <close> = pronouns()
  w.move(ui, "2:query.8")
  local alone = {}
  for _, command in ipairs(ui:frame()) do
    if command.kind == "attention" then alone[#alone + 1] = command.only_row end
  end
  list(alone, { 8, 8 })
end)

check("the difference is drawn in two colours, and says both numbers", function()
  local ui <close> = pronouns()
  ui:command("split.side", { "right" })
  ui:command("shown.set", { "difference" })
  equal(ui:state().shown, "difference")
  local planes
  for _, command in ipairs(ui:frame()) do
    if command.kind == "attention" then planes = command.planes end
  end
  equal(#planes, 2)
  equal(planes[1].color:sub(1, 7), POSITIVE)
  equal(planes[2].color:sub(1, 7), NEGATIVE)
  equal(planes[1].gain, -planes[2].gain)
  w.click(ui, "2:query.8")
  equal(ui:state().token, 8, "the selection is the first run's")
  w.move(ui, "2:key.7")
  local she, he = attention(SHE, 3, 4):at(8, 7), attention(HE, 3, 4):at(8, 7)
  equal(tooltip(ui), ('3.4  q8 "·She/·He" → k7 "."  %.4f → %.4f  %+.4f'):format(she, he, he - she))
end)

check("on the picture lines of a difference have both colours", function()
  local ui <close> = pronouns()
  ui:command("shown.set", { "difference" })
  ui:key "1"
  local area = assert(ui:find "thumb.4.1")
  local top, left = math.floor(area.y), math.floor(area.x)
  local pixels = ui:pixels():slice(0, top, top + area.h // 1 | 0):slice(1, left, left + area.w // 1 | 0)
  local red, blue = pixels:select(2, 0), pixels:select(2, 2)
  assert((red - blue):max() > 100, "what is less")
  assert((blue - red):max() > 100, "what is more")
end)

check("the neuron view of a difference shows its lines, and says why there is no computation", function()
  local ui <close> = w.open("novella", { text = "She left. He", size = { 1280, 700 } })
  ui:key "3"
  ui:command("compare.text", { "She left. She" })
  ui:wait()
  ui:command("shown.set", { "difference" })
  ui:wait()
  assert(w.says(ui, "A difference has no queries and keys"))
  ui:command("shown.set", { "second" })
  assert(not w.says(ui, "no queries and keys"))
end)

check("the scale of a difference is said, and it is the same for all heads", function()
  local ui <close> = pronouns()
  ui:command("shown.set", { "difference" })
  local most = 0
  for layer = 0, 5 do
    for head = 0, 5 do most = math.max(most, (attention(HE, layer, head) - attention(SHE, layer, head)):abs():max()) end
  end
  assert(says(ui, ("%+.3f"):format(most)), "the legend")
  local function gain()
    for _, command in ipairs(ui:frame()) do
      if command.kind == "attention" then return command.planes[1].gain end
    end
  end
  local before = gain()
  assert(math.abs(before - 1 / most) < 0.01)
  ui:command("head.select", { 1, 0 })
  equal(gain(), before)
end)

check("the matrix view of a difference: the same cells, both numbers", function()
  local ui <close> = pronouns()
  ui:command("shown.set", { "difference" })
  ui:key "4"
  w.move(ui, "cell.8.8")
  local she, he = attention(SHE, 3, 4):at(8, 8), attention(HE, 3, 4):at(8, 8)
  equal(tooltip(ui), ('3.4  q8 "·She/·He" → k8 "·She/·He"  %.4f → %.4f  %+.4f'):format(she, he, he - she))
  ui:key "1"
  w.move(ui, "thumb.4.1")
  local most = (attention(HE, 4, 1) - attention(SHE, 4, 1)):abs():max()
  assert(tooltip(ui):find(("%.4f"):format(most), 1, true), "the largest one of a head: " .. tooltip(ui))
end)

check("tokens that only one text has are shown as such, and said", function()
  local ui <close> = pronouns()
  ui:command("compare.text", { "The old doctor asked the nurse a question. She" })
  ui:wait()
  ui:command("shown.set", { "difference" })
  assert(says(ui, "1 token is in only one"))
  local r = ui:find "query.1"
  local found
  for _, command in ipairs(ui:frame()) do
    if command.kind == "text" and command.text == "+·old" then found = command.rect[2] end
  end
  equal(found, r.y)
  ui:command("token.select", { 1 })
  w.click(ui, "query.1")
  equal(ui:state().token, 1, "what the first run lacks is not selected")
  w.click(ui, "query.2")
  equal(ui:state().token, nil, "·doctor is token 1 of the first run: it lets it go")
  w.move(ui, "key.1")
  ui:key "4"
  w.move(ui, "cell.2.1")
  assert(tooltip(ui):find "only in one of both")
end)

check("the field, the buttons and the keys do the same", function()
  local ui <close> = hs.ui.open { text = SHE }
  ui:wait()
  ui:key "2"
  ui:key "ctrl+d"
  equal(ui:state().focus, "second")
  ui:key "ctrl+a"
  ui:type(HE .. "\n")
  ui:wait()
  equal(ui:state().second, HE)
  equal(ui:state().focus, nil)
  w.click(ui, "shown.difference")
  equal(ui:state().shown, "difference")
  ui:key "x"
  equal(ui:state().shown, "run")
  ui:key "x"
  equal(ui:state().shown, "second")
  ui:key "|"
  equal(ui:state().shown, "second", "what the other side shows")
  w.click(ui, "compare.close")
  equal(ui:state().second, nil)
  equal(ui:find "second", nil)
  equal(ui:find "2:query.8" ~= nil, true, "two views stay")
  raises("expected a second run to show, found none", ui.command, ui, "shown.set", { "difference" })
  raises("expected run, second or difference, found both", ui.command, ui, "shown.set", { "both" })
end)

check("a new first text is compared with the same second one", function()
  local ui <close> = pronouns()
  ui:command("shown.set", { "difference" })
  w.type_and_run(ui, "The nurse asked the doctor a question. She")
  equal(ui:state().second, HE)
  assert(says(ui, "·nurse/·doctor"))
  w.type_and_run(ui, HE)
  assert(says(ui, "+0.000"), "a run and itself")
end)

check("the status line counts the second run", function()
  local ui <close> = pronouns()
  assert(says(ui, "second: 9 tokens, "))
  ui:command "compare.close"
  assert(not says(ui, "second: "))
end)

check("another model of the same shape, a recorded run; other shapes are refused", function()
  local ui <close> = w.open "minilm-pair"
  ui:key "2"
  ui:command("compare.open", { "minilm-pair" })
  ui:wait()
  equal(ui:state().second_model, "minilm-pair")
  equal(ui:state().error, nil)
  ui:command("shown.set", { "difference" })
  ui:command("filter.set", { "ab" })
  assert(ui:find "query.0" and ui:find "2:query.0")
  ui:command("compare.open", { w.fixtures .. "pair.safetensors" })
  ui:wait()
  assert(ui:state().error:find "expected 6 layers of 12 heads", ui:state().error)
  ui:command("compare.text", { "A text" })
  ui:wait()
  assert(ui:state().error:find "found a recorded run", ui:state().error)
end)

check("attention of two sequences is not compared", function()
  local file = "encoder_decoder.safetensors"
  local ui <close> = w.open(file)
  ui:key "2"
  ui:command("compare.open", { w.fixtures .. file })
  ui:wait()
  assert(ui:state().error:find "expected attention inside one sequence, found encoder, decoder, cross")
  assert(ui:find "query.6", "the first picture stays")
end)

check("what cannot be run is an error, and the first picture stays", function()
  local ui <close> = hs.ui.open { text = SHE }
  ui:wait()
  raises("expected a sentence", ui.command, ui, "compare.text", { "" })
  ui:command("compare.open", { "no such model" })
  ui:wait()
  assert(ui:state().error:find "no such model")
  assert(ui:find "thumb.0.0")
  ui:command("compare.text", { ("word "):rep(2000) })
  ui:wait()
  assert(ui:state().error)
  ui:command "compare.close"
  equal(ui:state().second, nil)
end)

check("a figure of a comparison is opened again", function()
  local file <const>, gone <close> = files.free ".png"
  do
    local ui <close> = pronouns()
    ui:command("split.side", { "right" })
    ui:command("shown.set", { "difference" })
    ui:command("figure.save", { file })
  end
  local ui <close> = hs.ui.open { figure = file }
  ui:wait()
  local state = ui:state()
  list(state.views, { "head", "head" })
  equal(state.second, HE)
  equal(state.shown, "difference")
  equal(state.active, 2)
  assert(says(ui, "·She/·He"))
end)

check("a comparison lasts from one start to the next", function()
  local folder <const>, gone <close> = files.free()
  do
    local ui <close> = pronouns { state_dir = folder }
    ui:key "4"
    ui:command("split.side", { "right" })
    ui:command("shown.set", { "difference" })
  end
  do
    local ui <close> = hs.ui.open { state_dir = folder }
    ui:wait()
    local state = ui:state()
    list(state.views, { "matrix", "head" })
    equal(state.second, HE)
    equal(state.shown .. state.active, "difference2")
    ui:command "compare.close"
  end
  local ui <close> = hs.ui.open { state_dir = folder }
  ui:wait()
  equal(ui:state().second, nil)
end)

check("the monkey's way: everything in any order leaves a window", function()
  local ui <close> = hs.ui.open { text = SHE, size = { 700, 420 } }
  ui:wait()
  ui:key "ctrl+d"
  raises("expected a second run to show, found none", ui.command, ui, "shown.set", { "second" })
  ui:command("compare.text", { HE })
  ui:wait()
  for _, view in ipairs { "1", "2", "3", "4" } do
    for _ = 1, 3 do
      ui:key(view)
      ui:key "x"
      ui:image "/dev/null"
      ui:move(300, 300)
      ui:key "enter"
      ui:key "backspace"
    end
  end
  ui:command("model.open", { "minilm-pair" })
  ui:wait()
  assert(ui:state().error)
  raises("expected a second run to show, found none", ui.command, ui, "shown.set", { "difference" })
  ui:pixels()
end)

check("what was refused is not shown: a word says so, and what was there before stays", function()
  local ui <close> = hs.ui.open { text = SHE }
  ui:wait()
  ui:command("compare.open", { "no such model" })
  ui:wait()
  raises("expected a second run to show, found none", ui.command, ui, "shown.set", { "second" })
  raises("expected a second run to show, found none", ui.command, ui, "shown.set", { "difference" })
  w.click(ui, "shown.difference")
  equal(ui:state().shown, "run")
  assert(says(ui, "expected a second run to show, found none"), "a click says it as well")
  ui:command("compare.text", { HE })
  ui:wait()
  equal(ui:state().error, nil)
  ui:command("shown.set", { "difference" })
  ui:command("compare.text", { ("word "):rep(2000) })
  ui:wait()
  assert(ui:state().error)
  ui:command("shown.set", { "second" })
  assert(says(ui, HE), "the run before")
end)

w.finish()
