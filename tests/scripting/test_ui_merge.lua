-- Attention put together before it is shown: heads, layers, rollout, words, and the rest without the sink.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local copied = require("numbers").copied
local files = require "files"
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises

local expected = assert(hs.tensors(os.getenv "FIXTURES" .. "/merged.safetensors"))

local function assert_numbers(ui, name, ...)
  local tensor = expected[name]
  for _, i in ipairs { ... } do tensor = tensor:select(0, i) end
  local rows = copied(ui)
  rows = #rows > tensor.shape[1] and { table.unpack(rows, 2) } or rows
  equal(#rows, tensor.shape[1], name)
  for i, row in ipairs(rows) do
    for j, number in ipairs(row) do
      assert(math.abs(number - tensor:at(i - 1, j - 1)) < 1e-6, ("%s: %d, %d"):format(name, i, j))
    end
  end
end

local function open(view)
  local ui = w.open "pair.safetensors"
  ui:key(view or "2")
  return ui
end

check("heads of a layer become one, with the numbers that NumPy has", function()
  local ui <close> = open()
  ui:command("aggregate.set", { "heads" })
  ui:command("layer.set", { 1 })
  assert_numbers(ui, "pair.heads.mean", 1)
  list(ui:state().merged, { 0, 1, 2 })
  list(ui:state().heads, { 0 })
  ui:command("aggregate.by", { "max" })
  assert_numbers(ui, "pair.heads.max", 1)
  equal(#w.lines(ui).planes, 1)
end)

check("layers, everything, and the rollout too", function()
  local ui <close> = open()
  ui:command("aggregate.set", { "layers" })
  ui:command("head.select", { 2 })
  assert_numbers(ui, "pair.layers.mean", 2)
  ui:command("aggregate.set", { "all" })
  assert_numbers(ui, "pair.all.mean")
  ui:command("aggregate.set", { "rollout" })
  ui:command("layer.set", { 1 })
  assert_numbers(ui, "pair.rollout", 1)
end)

check("the selection comes back", function()
  local ui <close> = open()
  ui:command("head.select", { 2, 1 })
  ui:command("head.toggle", { 0 })
  for _, what in ipairs { "heads", "all", "layers", "rollout", "none" } do ui:command("aggregate.set", { what }) end
  list(ui:state().heads, { 0, 2 })
  equal(ui:state().layer, 1)
  equal(ui:state().aggregate, "none")
end)

check("the heads that are on, by tiles, in and out", function()
  local ui <close> = open()
  ui:command("head.select", { 0, 0 })
  ui:command("head.toggle", { 2 })
  ui:command("aggregate.set", { "selected" })
  list(ui:state().merged, { 0, 2 })
  assert_numbers(ui, "pair.two_heads.mean", 0)
  w.click(ui, "tile.1")
  list(ui:state().merged, { 0, 1, 2 })
  assert_numbers(ui, "pair.heads.mean", 0)
  w.click(ui, "tile.1", { clicks = 2 })
  list(ui:state().merged, { 1 })
  w.click(ui, "tile.1")
  list(ui:state().merged, { 1 }, "the last one stays")
  ui:key "a"
  list(ui:state().merged, { 0, 1, 2 })
  ui:command("aggregate.set", { "rollout", "0,2" })
  list(ui:state().merged, { 0, 2 })
end)

check("the model view has one column, or one row, with its name", function()
  local ui <close> = open "1"
  ui:command("aggregate.set", { "heads" })
  assert(ui:find "thumb.1.0" and not ui:find "thumb.1.1" and w.says(ui, "mean"))
  w.click(ui, "thumb.1.0")
  assert(w.says(ui, "Layer 1, mean of heads"))
  ui:command("aggregate.set", { "layers" })
  assert(ui:find "thumb.0.2" and not ui:find "thumb.1.0" and w.says(ui, "Head 0, mean of layers"))
  ui:command("aggregate.set", { "rollout" })
  assert(w.says(ui, "rollout"))
end)

check("tooltips and the matrix view say what it is", function()
  local ui <close> = open "4"
  ui:command("aggregate.set", { "heads" })
  ui:command("layer.set", { 1 })
  assert(w.says(ui, "1.mean"))
  w.move(ui, "cell.2.1")
  ui:step(1)
  assert(w.says(ui, '1.mean  q2 "cat" → k1 "the"'))
end)

check("the neuron view says why there is nothing to expand", function()
  local ui <close> = w.open("pair.safetensors", { size = { 1280, 800 } })
  ui:key "3"
  ui:key "]"
  ui:key "m"
  assert(w.says(ui, "Words have no queries and keys"))
  ui:key "m"
  ui:command("aggregate.set", { "heads" })
  assert(w.says(ui, "no queries and keys of its own"))
end)

check("words: tokens, pins and the selection go with their pieces", function()
  local ui <close> = open()
  ui:command("token.select", { 6 })
  ui:command("pin.toggle", { "key", 5 })
  ui:command("pin.toggle", { "key", 6 })
  ui:key "m"
  equal(ui:state().words, true)
  equal(ui:state().token, 5)
  equal(#ui:state().pins, 1)
  assert(w.says(ui, "longer") and not ui:find "query.7")
  assert_numbers(ui, "pair.words", ui:state().layer, ui:state().head)
  ui:key "m"
  equal(ui:state().token, 5, "the word's first")
end)

check("filters cut words, and survive", function()
  local ui <close> = open()
  ui:command("filter.set", { "bb" })
  ui:key "m"
  equal(ui:state().filter, "bb")
  assert(ui:find "query.2" and not ui:find "query.3")
  ui:key "m"
  assert(ui:find "query.3")
end)

check("without the sink rows sum to 1 only where that is asked for, and the chip says so", function()
  local ui <close> = w.open("pair.safetensors", { size = { 1280, 700 } })
  ui:command("head.select", { 1, 1 })
  ui:key "f"
  w.move(ui, "sink")
  ui:step(1)
  assert(w.says(ui, "not renormalised"))
  ui:key "n"
  assert_numbers(ui, "pair.renormalised", 1, 1)
  assert(w.says(ui, "renormalised · Show"))
  ui:key "f"
  local sum = 0
  for _, number in ipairs(copied(ui)[3]) do sum = sum + number end
  assert(math.abs(sum - 1) < 1e-5 and not w.says(ui, "renormalised"))
end)

check("much is merged beside the window", function()
  local text = ("the doctor asked the nurse a question, "):rep(40)
  local ui <close> = hs.ui.open { text = text, size = { 900, 600 } }
  ui:wait()
  ui:key "1"
  ui:command("aggregate.set", { "rollout" })
  equal(ui:state().aggregate, "rollout")
  ui:wait()
  ui:command("layer.set", { 5 })
  local rows = copied(ui)
  assert(#rows > 250)
  local sum = 0
  for _, number in ipairs(rows[#rows]) do sum = sum + number end
  assert(math.abs(sum - 1) < 1e-4, sum)
  w.type_and_run(ui, "A new text.")
  equal(ui:state().aggregate, "rollout")
  equal(#w.lines(ui).planes, 6)
end)

check("the status line says what is put together and what share is hidden", function()
  local ui <close> = w.open("pair.safetensors", { size = { 1280, 700 } })
  ui:command("head.select", { 1, 1 })
  ui:key "f"
  ui:command("threshold.set", { 0.1 })
  local weights = w.weights("pair.safetensors", 1, 1)
  local shown, n = 0, weights.shape[1]
  for i = 0, n - 1 do
    for j = 0, n - 1 do
      local weight = weights:at(i, j)
      if weight >= 0.1 and j ~= 3 and j ~= 7 then shown = shown + weight end
    end
  end
  assert(w.says(ui, ("%.0f %% of 1.1 hidden"):format(100 * (1 - shown / n))))
  ui:key "a"
  assert(w.says(ui, "of layer 1 hidden"))
  ui:command("aggregate.set", { "heads" })
  ui:key "m"
  assert(w.says(ui, "mean of 3 heads · words"))
  ui:command("aggregate.set", { "rollout" })
  assert(w.says(ui, "rollout over 3 heads"))
  ui:key "f"
  ui:command("threshold.set", { 0 })
  assert(not w.says(ui, "hidden"))
end)

check("the hidden share is that of the heads that the view shows, and names them", function()
  local ui <close> = w.open("pair.safetensors", { size = { 1280, 700 }, dock = false })
  ui:command("threshold.set", { 0.2 })
  local function expect(heads, name)
    local shown, all = 0, 0
    for _, head in ipairs(heads) do
      local weights = w.weights("pair.safetensors", head[1], head[2])
      all, shown = all + weights:sum(), shown + (weights * weights:ge(0.2)):sum()
    end
    local said = ("%.0f %% of %s hidden"):format(100 * (1 - shown / all), name)
    assert(w.says(ui, said), ("expected %s, found %s"):format(said, tostring(w.says(ui, "hidden"))))
  end
  ui:key "2"
  ui:command("head.select", { 1, 1 })
  ui:key "a"
  expect({ { 1, 0 }, { 1, 1 }, { 1, 2 } }, "layer 1")
  ui:command("head.toggle", { 0 })
  expect({ { 1, 1 }, { 1, 2 } }, "2 heads of layer 1")
  local head = ui:state().head
  ui:key "3"
  expect({ { 1, head } }, "1." .. head)
  ui:command("heads.filter", { "head ~= " .. head })
  ui:wait()
  expect({ { 1, head } }, "1." .. head)
  ui:key "2"
  expect({ { 1, 3 - head } }, "1." .. 3 - head)
  ui:command "heads.hide"
  ui:command("heads.filter", { "head > 2" })
  ui:wait()
  assert(not w.says(ui, "hidden"), "no head, no share")
  ui:command "heads.clear"
  for _, head in ipairs { { 0, 2 }, { 1, 0 } } do ui:command("pick.add", head) end
  expect({ { 0, 2 }, { 1, 0 } }, "2 heads")
  ui:command("pick.toggle", { 0, 2 })
  expect({ { 1, 0 } }, "1.0")
end)

check("the share is that of the run or the difference that keys act on, and comes first in a small window", function()
  local ui <close> = hs.ui.open { model = "novella", text = "The doctor asked the nurse. She", size = { 640, 400 } }
  ui:wait()
  ui:key "2"
  ui:command("head.select", { 4, 3 })
  ui:command("compare.text", { "The doctor asked the nurse. He" })
  ui:wait()
  ui:command("threshold.set", { 0.1 })
  local shares = {}
  for _, shown in ipairs { "run", "second", "difference" } do
    ui:command("shown.set", { shown })
    for _, command in ipairs(w.drawn(ui, "text")) do
      shares[shown] = shares[shown] or command.text:match "^(%d+) %% of 3%.4 hidden · novella"
    end
    assert(shares[shown] and ui:find "bos", shown)
  end
  assert(shares.run ~= shares.difference)
end)

check("what cannot be is refused and says what can", function()
  local ui <close> = open()
  raises("expected none, heads, selected, layers, all or rollout, found some", ui.command, ui, "aggregate.set", { "some" })
  raises("expected numbers of 0 to 2 such as 1,3, found 5", ui.command, ui, "aggregate.set", { "heads", "5" })
  raises("expected numbers", ui.command, ui, "aggregate.set", { "heads", "1,,2" })
  raises("expected mean or max, found sum", ui.command, ui, "aggregate.by", { "sum" })
  equal(ui:state().aggregate, "none")
end)

check("a figure keeps it, and so does the saved state", function()
  local folder <const>, gone <close> = files.folder()
  local figure = folder .. "/f.png"
  do
    local ui <close> = w.open("pair.safetensors", { state_dir = folder })
    ui:key "2"
    ui:command("aggregate.set", { "heads", "0,2" })
    ui:command("aggregate.by", { "max" })
    ui:key "m"
    ui:key "f"
    ui:key "n"
    ui:command("token.select", { 5 })
    ui:command("figure.save", { figure })
  end
  local function holds(ui)
    local state = ui:wait():state()
    equal(state.aggregate, "heads")
    list(state.merged, { 0, 2 })
    equal(state.by, "max")
    equal(state.words and state.renormalise and state.sink_hidden, true)
    equal(state.token, 5)
  end
  local again <close> = hs.ui.open { state_dir = folder }
  holds(again)
  local drawn <close> = hs.ui.open { figure = figure }
  holds(drawn)
end)

w.finish()
