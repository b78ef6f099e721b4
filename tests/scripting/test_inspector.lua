-- The inspector: its numbers against those of runs and of transformers, where it lies, what the mouse does with it.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"

local text = "The doctor asked the nurse a question. She"
local model = assert(hs.load "novella")
local run = model:run(text)

local function open(options)
  options = options or {}
  if options.text == nil then options.text = text end
  options.text = options.text or nil
  options.size = options.size or { 1280, 800 }
  local ui = hs.ui.open(options):wait()
  ui:key "2"
  ui:key "i"
  return ui:wait()
end

local titles = { Token = true, Looks = true, Looked = true, Head = true, Next = true, Edge = true, Dimension = true,
  Activation = true }

--- What is copied: sections by their headings, each a list of {label, value} and a table from label to value.
local function sections(ui)
  ui:command "inspector.copy"
  local found, section = {}, nil
  for line in ui:clipboard():gmatch "[^\n]+" do
    local label, value = line:match "^(.-)\t(.*)$"
    if not label and titles[line:match "^%a*"] then
      section = { title = line }
      found[#found + 1] = section
      found[line:match "^%a+"] = found[line:match "^%a+"] or section
    else
      section[#section + 1] = { label or line, value }
      if label then section[label] = value end
    end
  end
  return found
end

local function number(x) return ("%.4f"):format(x) end

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

--- "a\tb\tc" as its columns.
local function columns(value)
  local found = {}
  for part in value:gmatch "[^\t]+" do found[#found + 1] = part end
  return found
end

local function dot(a, b) return (a * b):sum() end

w.check("an edge in numbers: the selected query and the pinned key", function()
  local ui <close> = open()
  local kept = model:run(text, { keep = { "pattern", "q", "k", "v" } })
  ui:command("head.select", { 4, 3 })
  ui:command("token.select", { 8 })
  ui:command("pin.toggle", { "key", 4 })
  w.leave(ui)
  local edge, row = sections(ui).Edge, kept:attention(3, 4)[8]
  w.equal(edge.title, "Edge, head 3.4")
  w.equal(edge[1][1], 'q8 "·She" → k4 "·nurse"')
  w.equal(edge.weight, number(row:at(4)))
  w.equal(edge["rank in row"], ("%d of 9"):format(1 + row:gt(row:at(4)):sum()))
  w.equal(edge["share of row"], number(row:at(4) / row:sum()))
  w.equal(edge.distance, "4")
  local q, k, v = kept:get "q3"[8][4], kept:get "k3"[4][4], kept:get "v3"[4][4]
  w.equal(edge["q · k / √d"], number(dot(q, k) / math.sqrt(#q)))
  w.equal(edge["weight × |v|"], number(row:at(4) * v:norm()))
end)

w.check("an edge without a pinned key: the strongest; of a key alone: the query that gives it most", function()
  local ui <close> = open()
  ui:command("head.select", { 2, 1 })
  w.leave(ui)
  w.equal(sections(ui).Edge[1][1]:find "^Point at a token" ~= nil, true, "nothing is selected")
  ui:command("token.select", { 6 })
  local row, p = run:attention(1, 2)[6], run:attention(1, 2)
  w.equal(sections(ui).Edge[1][1]:match "k(%d+)", tostring(math.tointeger(row:argmax())))
  w.equal(sections(ui).Edge["rank in row"], "1 of 7", "a query sees what is behind it")
  ui:command "token.clear"
  w.move(ui, "key.3")
  w.equal(sections(ui).Edge[1][1]:match "^q(%d+)", tostring(math.tointeger(p:select(1, 3):argmax())))
end)

w.check("an edge is what the mouse is on: a cell of one head of several, a token of a panel", function()
  local ui <close> = open()
  ui:key "4"
  ui:command("head.select", { 1, 2 })
  ui:command("head.toggle", { 4 })
  w.move(ui, "cell.5.3.4")
  local edge = sections(ui).Edge
  w.equal(edge.title, "Edge, head 2.4")
  w.equal(edge.weight, number(run:attention(2, 4):at(5, 3)))
  ui:key "1"
  ui:command("head.open", { 4, 0 })
  ui:command("token.select", { 7 })
  w.move(ui, "panel.4.0.key.2")
  w.equal(sections(ui).Edge.title, "Edge, head 4.0")
  w.equal(sections(ui).Edge.weight, number(run:attention(4, 0):at(7, 2)))
end)

w.check("an edge to a key behind the query's back says that it cannot be seen", function()
  local ui <close> = open()
  ui:command("token.select", { 2 })
  ui:command("pin.toggle", { "key", 5 })
  w.leave(ui)
  local edge = sections(ui).Edge
  w.equal(edge.weight, "0.0000")
  w.equal(edge["rank in row"], nil)
  w.equal(edge[3][1], "The query cannot see this key.")
end)

--- Everything that the section of the edge says, as one text.
local function edge_says(ui)
  local said = {}
  for _, line in ipairs(sections(ui).Edge) do said[#said + 1] = line[1] end
  return table.concat(said, " ")
end

w.check("an edge says what was not kept, by the entry of keep", function()
  local scores, values = 'the run has to keep "q" and "k"', 'the run has to keep "v"'
  for file, missing in pairs { ["pattern_only.safetensors"] = true, ["causal.safetensors"] = false } do
    local ui <close> = open { model = w.fixtures .. file, text = false }
    ui:command("token.select", { 1 })
    w.equal(sections(ui).Edge["q · k / √d"] == nil, missing, file)
    w.equal(edge_says(ui):find(scores, 1, true) ~= nil, missing, file)
    w.equal(edge_says(ui):find(values, 1, true) ~= nil, true, file)
  end
  local merged <close> = open()
  merged:command("aggregate.set", { "heads" })
  merged:wait()
  merged:command("token.select", { 6 })
  w.equal(edge_says(merged):find("no queries and keys of its own", 1, true) ~= nil, true)
end)

w.check("an edge of two sentences has a distance in the whole, and a share of its part", function()
  local ui <close> = open { model = "minilm-pair", text = false }
  ui:command("filter.set", { "ab" })
  ui:command("head.select", { 3, 2 })
  ui:command("token.select", { 2 })
  ui:command("pin.toggle", { "key", 1 })
  w.leave(ui)
  local ab = sections(ui).Edge
  ui:command("filter.set", { "all" })
  local all = sections(ui).Edge
  w.equal(ab.weight, all.weight)
  w.equal(ab.distance, all.distance)
  assert(tonumber(ab["share of row"]) > tonumber(all["share of row"]), "its part is less than the row")
  w.equal(all["share of row"], all.weight)
end)

w.check("a dimension in numbers: of the pair, and over all tokens", function()
  local ui <close> = open()
  local kept = model:run(text, { keep = { "q", "k" } })
  ui:command("head.select", { 4, 3 })
  w.equal(sections(ui).Dimension, nil, "none is chosen")
  ui:command("neuron.expand", { 8 })
  ui:command("dimension.select", { 29 })
  w.move(ui, "key.1")
  local found, q, k = sections(ui).Dimension, kept:get "q3":select(1, 4), kept:get "k3":select(1, 4)
  local products = q[8] * k[1]
  w.equal(found.title, "Dimension 29, head 3.4")
  w.equal(found["q8[29]"], number(q[8]:at(29)))
  w.equal(found["k1[29]"], number(k[1]:at(29)))
  w.equal(found.product, number(products:at(29)))
  w.equal(math.abs(found["share of q · k"] - products:at(29) / products:sum()) < 2e-4, true, "share")
  w.equal(found.rank, ("%d of 32"):format(1 + products:abs():gt(math.abs(products:at(29))):sum()))
  w.equal(found["mean of q"], number(q:select(1, 29):mean()))
  w.equal(math.abs(found["std of k"] - k:select(1, 29):contiguous():std()) < 0.06, true, "std")
  local xs, ds = {}, {}
  for i = 0, 8 do
    for j = 0, i do xs[#xs + 1], ds[#ds + 1] = q[i]:at(29) * k[j]:at(29), i - j end
  end
  w.equal(math.abs(found["r (distance)"] - hs.tensor(xs):correlation(hs.tensor(ds))) < 2e-4, true, "correlation")
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

w.check("a comparison: the numbers of both runs side by side, of tokens that stand for each other", function()
  local ui <close> = open()
  local he = "The tall doctor asked the nurse a question. He"
  local other = model:run(he, { keep = { "pattern", "q", "k", "v" } })
  ui:command("head.select", { 4, 3 })
  ui:command("compare.text", { he })
  ui:wait()
  ui:command("token.select", { 8 })
  ui:command("pin.toggle", { "key", 4 })
  w.leave(ui)
  local all = sections(ui)
  local edge, a, b = all.Edge, run:attention(3, 4), other:attention(3, 4)
  w.equal(edge[2][1], 'q9 "·He" → k5 "·nurse"')
  w.list(columns(edge[3][2]), { "first", "second", "diff." })
  w.list(columns(edge.weight), { number(a:at(8, 4)), number(b:at(9, 5)), ("%+.4f"):format(b:at(9, 5) - a:at(8, 4)) })
  w.equal(columns(edge.distance)[2], "4")
  local norm = b:at(9, 5) * other:get "v3"[5][4]:norm()
  w.equal(columns(edge["weight × |v|"])[2], number(norm))
  w.equal(columns(all.Head["entropy of row"])[2], number(b:entropy(-1):mean()))
  w.equal(columns(all.Looks[2][2])[2] ~= "–", true)
  local log_p, likely = columns(all.Token["log-probability"]), other:logits():softmax(0)
  local before = model:run(he:sub(1, -4)):logits():softmax(0)
  w.equal(math.abs(log_p[2] - math.log(before:at(other.ids[10]))) < 2e-4, true, "how likely He was")
  w.equal(math.abs(columns(all.Next[2][2])[2] - likely:at(model:encode " was"[1])) < 2e-4, true, "what follows He")
  w.equal(all.Next[2][1], "·was")
  w.equal(#all.Next > 11, true, "what only the second run expects stands below")
  w.equal(columns(all.Next[#all.Next][2])[1], "–")
  ui:command("dimension.select", { 3 })
  local q = other:get "q3"[9][4]:at(3)
  w.equal(columns(sections(ui).Dimension["q8[3]"])[2], number(q))
  w.move(ui, "2:query.1")
  w.equal(sections(ui).Edge[1][1]:match "^q(%d+)", "8", "a token that only the second has is no other pair")
  ui:command "compare.close"
  w.equal(#columns(sections(ui).Edge.weight), 1)
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
  local folder = os.tmpname()
  os.remove(folder)
  local one = open { state_dir = folder }
  one:close()
  local two <close> = hs.ui.open { state_dir = folder }:wait()
  w.equal(two:state().inspector, true)
  w.equal(two:find "inspector" ~= nil, true)
  local file = os.tmpname() .. ".png"
  two:command("figure.save", { file })
  local three <close> = hs.ui.open { figure = file }:wait()
  w.equal(three:state().inspector, false)
  w.equal(three:area().w, two:area().w, "the view alone")
  os.remove(file)
end)

w.check("nothing is shown: it says so", function()
  local ui <close> = hs.ui.open { text = "", size = { 1280, 800 } }:wait()
  ui:key "i"
  ui:command "inspector.copy"
  w.equal(ui:clipboard(), "Nothing is shown yet.\n")
end)

w.finish()
