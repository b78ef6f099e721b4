-- The inspector: its numbers against those of runs and of transformers, where it lies, what the mouse does with it.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local inspected = require "inspected"
local w = require "window"

local open, sections, number = inspected.open, inspected.sections, inspected.number
local text = inspected.text
local model = assert(hs.load "novella")
local run = model:run(text)

w.check("a token in numbers", function()
  local ui <close> = open()
  ui:command("token.select", { 8 })
  local token = sections(ui).Token
  local expected = hs.tensors(os.getenv "FIXTURES" .. "/novella/readings.safetensors").log_probability[7]
  w.equal(token.title, "Token 8")
  w.equal(token.text, "·She")
  w.equal(token.piece, run.pieces[9])
  w.equal(token.id, tostring(run.ids[9]))
  w.equal(token.bytes, "38 to 42")
  w.equal(token.sentence, "A")
  w.equal(token.class, nil)
  w.equal(math.abs(token["log-probability"] - expected) < 2e-4, true, "log-probability")
  w.equal(math.abs(token.probability - math.exp(expected)) < 2e-4, true, "probability")
  ui:key "u"
  w.equal(sections(ui).Token.class, "pronoun")
  ui:command("token.select", { 0 })
  w.equal(sections(ui).Token["log-probability"], nil, "nothing precedes the first")
end)

w.check("what heads give a token, and take from it", function()
  local ui <close> = open()
  ui:command("head.select", { 4, 2 })
  ui:command("head.toggle", { 1 })
  ui:command("token.select", { 6 })
  local mean = (run:attention(2, 1) + run:attention(2, 4)) / 2
  local all = sections(ui)
  local looks, by
  for _, section in ipairs(all) do
    if section.title == "Looks at, mean of 2 heads" then looks = section end
    if section.title == "Looked at by, mean of 2 heads" then by = section end
  end
  local values, places = mean[6]:topk(5)
  for i = 1, 5 do
    local k = math.tointeger(places[i - 1])
    w.equal(looks[i][1]:match "^k(%d+)", tostring(k), "key " .. i)
    w.equal(looks[i][2], number(values[i - 1]))
  end
  local column = mean:select(1, 6)
  values, places = column:topk(3)
  w.equal(#by, 3, "only tokens behind it look at it")
  for i = 1, 3 do
    w.equal(by[i][1]:match "^q(%d+)", tostring(math.tointeger(places[i - 1])), "query " .. i)
    w.equal(by[i][2], number(values[i - 1]))
  end
end)

w.check("a neuron of the token strip in numbers", function()
  local ui <close> = open()
  ui:command("strip.set", { "L3N120" })
  ui:command("token.select", { 6 })
  ui:wait()
  local post = model:run(text, { keep = { "post" } }):get "post3":select(1, 120):contiguous()
  local found = sections(ui).Activation
  w.equal(found.title, "Activation of neuron L3N120")
  w.equal(found["the selected token"], number(post:at(6)))
  w.equal(found.mean, number(post:mean()))
  w.equal(found[4][1]:match "^q(%d)", tostring(math.tointeger(post:abs():argmax())))
end)

w.check("a head in numbers", function()
  local ui <close> = open()
  ui:command("head.select", { 3, 4 })
  local head, p = sections(ui).Head, run:attention(4, 3)
  w.equal(head.title, "Head 4.3")
  w.equal(head["entropy of row"], number(p:entropy(-1):mean()))
  w.equal(head["to first token"], number(p:select(1, 0):sum() / 9))
  w.equal(head["to previous"], number(p:diagonal(-1):mean()))
  local values, places = p:contiguous():reshape { 81 }:topk(5)
  for i = 1, 5 do
    local at = math.tointeger(places[i - 1])
    w.equal(head[3 + i][1]:match "^q(%d+)", tostring(at // 9), "edge " .. i)
    w.equal(head[3 + i][1]:match "→ k(%d+)", tostring(at % 9), "edge " .. i)
    w.equal(head[3 + i][2], number(values[i - 1]))
  end
end)

w.check("the next tokens are those of transformers", function()
  local ui <close> = open()
  local expected = hs.tensors(os.getenv "FIXTURES" .. "/novella/readings.safetensors")
  for _, token in ipairs { 3, 8 } do
    ui:command("token.select", { token })
    local list = sections(ui).Next
    w.equal(#list, 10)
    for i = 1, 10 do
      local id = math.tointeger(expected.guess_ids[token][i - 1])
      w.equal(list[i][1], (model:decode { id }:gsub("^ ", "·")), "guess " .. i)
      w.equal(math.abs(list[i][2] - expected.guess_probabilities[token][i - 1]) < 1e-4, true, "probability " .. i)
    end
  end
  ui:command "token.clear"
  w.equal(sections(ui).Next.title, 'Next after "·She"', "without a selection behind the last token")
end)

w.check("a model of both directions says why it predicts nothing", function()
  local ui <close> = open { model = "minilm-pair", text = false }
  local list = sections(ui).Next
  w.equal(list[1][1]:find "both directions" ~= nil, true)
  ui:command("filter.set", { "ab" })
  ui:command("token.select", { 3 })
  w.equal(sections(ui).Token.title, "Token 3")
  w.equal(#sections(ui).Looks, 5, "keys of the other sentence")
  ui:command("filter.set", { "ba" })
  ui:command("token.select", { 0 })
  w.equal(sections(ui).Token.title, "Token 10")
  w.equal(sections(ui).Token.sentence, "B")
end)

w.check("numbers stand whole beside the bars", function()
  local lamp <const> = "The old lamp hung over the door. The old lamp hung over the"
  local ui <close> = hs.ui.open { text = lamp, size = { 1280, 2000 } }:wait()
  local letter <const> = 6.65 -- of DejaVu Sans Mono 11
  ui:key "2"
  ui:key "i"
  ui:command("strip.set", { "logprob" })
  ui:wait()
  local panel, wide = ui:find "inspector", 0
  for _, command in ipairs(w.drawn(ui, "text")) do
    if command.font == "mono" and command.rect[1] > panel.x then
      wide = math.max(wide, #command.text)
      assert(utf8.len(command.text) * letter <= command.rect[3], command.text)
    end
  end
  assert(wide >= #"-10.2961", "one with two places is among them")
end)

w.check("it lies right of the views, or over them where the window is narrow", function()
  local ui <close> = hs.ui.open { text = text, size = { 1280, 800 } }:wait()
  local before = ui:area()
  w.equal(ui:find "inspector", nil, "folded at first")
  ui:key "i"
  local panel, area = ui:find "inspector", ui:area()
  w.equal(panel.w, 264)
  w.equal(panel.x + panel.w, 1280)
  w.equal(area.w, before.w - 264)
  w.equal(panel.x, area.x + area.w)
  w.equal(ui:state().inspector, true)
  ui:resize(959, 600)
  panel = ui:find "inspector"
  w.equal(panel.x, 959 - 264)
  w.equal(ui:area().w, 959, "floats")
  ui:resize(640, 400)
  ui:resize(1, 1)
  ui:pixels()
  ui:resize(1280, 800)
  ui:key "i"
  w.equal(ui:find "inspector", nil)
  w.equal(ui:area().w, before.w)
end)

w.check("it scrolls, and swallows the mouse", function()
  local ui <close> = open { size = { 700, 400 } }
  ui:command("token.select", { 8 })
  local panel = ui:find "inspector"
  local function last()
    for i = 95, 0, -1 do
      if ui:find("inspector." .. i) then return i end
    end
  end
  local shown = last()
  ui:move(panel.x + 100, panel.y + 100)
  for _ = 1, 20 do ui:wheel(0, -1) end
  w.equal(last() > shown, true, "later rows show")
  w.equal(ui:state().scroll.y, 0, "the view does not scroll")
  ui:click(panel.x + 4, panel.y + 2)
  w.equal(ui:state().token, 8, "no click goes through")
end)

w.check("a row is its token", function()
  local ui <close> = open()
  ui:command("head.select", { 4, 3 })
  ui:command("token.select", { 8 })
  local row
  for i = 0, 40 do
    if ui:find("inspector." .. i) then row = i break end
  end
  w.click(ui, "inspector." .. row)
  local pin = ui:state().pins[1]
  w.equal(pin.side, "key")
  w.equal(pin.token, run:attention(3, 4)[8]:argmax())
end)

w.check("another text and another layer change it", function()
  local ui <close> = open()
  w.type_and_run(ui, "She asked the doctor")
  ui:wait()
  local list = sections(ui).Next
  w.equal(list.title, 'Next after "·doctor"')
  local p = model:run("She asked the doctor"):logits():softmax(0)
  w.equal(math.abs(list[1][2] - p:max()) < 1e-4, true)
  ui:command("layer.set", { 0 })
  w.equal(sections(ui).Head.title:match "Head (%d)", "0")
end)

w.check("it is saved, and not in figures", function()
  local folder <const>, gone <close> = files.folder()
  local one = open { state_dir = folder }
  one:close()
  local two <close> = hs.ui.open { state_dir = folder }:wait()
  w.equal(two:state().inspector, true)
  w.equal(two:find "inspector" ~= nil, true)
  local file = folder .. "/f.png"
  two:command("figure.save", { file })
  local three <close> = hs.ui.open { figure = file }:wait()
  w.equal(three:state().inspector, false)
  w.equal(three:area().w, two:area().w, "the view alone")
end)

w.check("nothing is shown: it says so", function()
  local ui <close> = hs.ui.open { text = "", size = { 1280, 800 } }:wait()
  ui:key "i"
  ui:command "inspector.copy"
  w.equal(ui:clipboard(), "Nothing is shown yet.\n")
end)

w.finish()
