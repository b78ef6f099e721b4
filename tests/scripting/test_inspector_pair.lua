-- What the inspector says of a query and a key, of a dimension of theirs, and of the same pair in two runs.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local inspected = require "inspected"
local w = require "window"

local open, sections, number, columns = inspected.open, inspected.sections, inspected.number, inspected.columns
local text = inspected.text
local model = assert(hs.load "novella")
local run = model:run(text)

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

w.finish()
