-- What a window keeps from one start to the next: every field, there and back.
local hs = require "headscope"
package.path = arg[0]:match "^(.*/)" .. "?.lua;" .. package.path
local t = require "window"
local files = require "files"
local kept = require "kept"
local check, equal, list = t.check, t.equal, t.list
local fresh, read, write, open, saved = kept.fresh, kept.read, kept.write, kept.open, kept.saved
local with, says, same, again, novella = kept.with, kept.says, kept.same, kept.again, kept.novella

check("a first start is as it was", function()
  local dir = fresh()
  local ui, plain = open(dir), hs.ui.open():wait()
  same(ui:state(), plain:state(), "state")
  equal(ui:pixels().shape[2], 1280, "width")
  equal(says(ui, "state.json"), nil, "a word of it")
end)

check("nothing is written without a folder to write to", function()
  local dir = fresh()
  hs.ui.open():wait():close()
  equal(read(dir .. "/state.json"), nil, "state")
end)

check("text, layer, heads, token, threshold, sink, view, theme, scale, size", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command "view.head"
  ui:command("head.select", { 3, 4 })
  ui:command("head.toggle", 1)
  ui:command("head.toggle", 5)
  ui:command("token.select", 2)
  ui:command("threshold.set", 0.05)
  ui:command "sink.toggle"
  ui:command "theme.toggle"
  ui:command("scale.set", 1.5)
  local after = again(ui, dir)
  local state = after:state()
  list(state.heads, { 1, 3, 5 }, "heads")
  equal(state.head, 5, "the selected head")
  equal(state.layer, 4, "layer")
  equal(state.text, novella.text, "text")
  list(after:pixels().shape, { 900, 1350, 3 }, "pixels")
  again(after, dir):close()
end)

check("the selected head among several, where it is not the last", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 5, 1 })
  ui:command("head.toggle", 2)
  ui:command("head.toggle", 0)
  equal(again(ui, dir):state().head, 0, "head")
end)

check("all heads, one of them selected", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 2, 3 })
  ui:command "head.all"
  local after = again(ui, dir)
  equal(#after:state().heads, 6, "heads")
end)

check("an open panel, and heads that were turned on after it", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.open", { 1, 4 })
  ui:command("head.toggle", 2)
  list(again(ui, dir):state().panels[1], { 1, 4 }, "panel")
end)

check("the neuron view, expanded", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command "view.neuron"
  ui:command("neuron.expand", 3)
  local state = again(ui, dir):state()
  equal(state.expanded, true, "expanded")
  equal(state.token, 3, "token")
end)

check("pins in their order, the palette and the weights of lines", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("pin.toggle", { "key", 3 })
  ui:command("pin.toggle", { "query", 1 })
  ui:command("pin.toggle", { "key", 0 })
  ui:command "palette.toggle"
  ui:command "lines.bertviz"
  local state = again(ui, dir):state()
  local pins = {}
  for i, pin in ipairs(state.pins) do pins[i] = pin.side .. pin.token end
  list(pins, { "key3", "query1", "key0" }, "pins")
  equal(state.palette, "safe", "palette")
  equal(state.lines, "bertviz", "lines")
end)

check("pinned panels in their order and at their places", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.open", { 3, 2 })
  ui:command("panel.pin", { 3, 2 })
  ui:command("head.open", { 1, 4 })
  ui:command("panel.move", { 1, 4, 30, 40 })
  ui:command("head.open", { 5, 0 })
  local before = ui:find "panel.1.4"
  local after = again(ui, dir)
  local panels = after:state().panels
  list(panels[1], { 3, 2 }, "the first")
  list(panels[2], { 1, 4 }, "the second")
  list(panels[3], { 5, 0 }, "the one that follows the selection")
  local now = after:find "panel.1.4"
  equal(now.x, before.x, "x")
  equal(now.y, before.y, "y")
end)

check("picked heads in their order, off or on", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 2, 3 })
  for _, head in ipairs { { 5, 0 }, { 1, 4 }, { 0, 1 } } do ui:command("pick.add", head) end
  ui:command("pick.toggle", { 1, 4 })
  ui:command("pick.add", { 5, 0 })
  local state, found = again(ui, dir):state(), {}
  for i, pick in ipairs(state.picks) do found[i] = ("%d.%d %s"):format(pick.layer, pick.head, pick.on) end
  list(found, { "5.0 true", "1.4 false", "0.1 true" }, "picks")
  equal(state.layer, 5, "layer")
  equal(state.head, 0, "head")
end)

check("zoom and place of the matrix view", function()
  local dir = fresh()
  local ui = open(dir, { text = ("The cat saw the dog. "):rep(12), size = { 700, 500 } })
  ui:command "view.matrix"
  ui:command("zoom", 3)
  ui:command("scroll", { 200, 333 })
  local scroll = ui:state().scroll
  equal(scroll.x > 0 and scroll.y > 0, true, "scrolled")
  local after = again(ui, dir):state()
  equal(after.zoom, 3, "zoom")
  equal(after.scroll.x, scroll.x, "x")
  equal(after.scroll.y, scroll.y, "y")
end)

check("zoom and place of the head view", function()
  local dir = fresh()
  local ui = open(dir, { text = ("The cat saw the dog. "):rep(20), size = { 700, 500 } })
  ui:command "view.head"
  ui:command("zoom", 0.5)
  ui:command("scroll", { 0, 333 })
  local before = ui:find "query.40"
  local after = again(ui, dir)
  equal(after:state().head_zoom, 0.5, "zoom")
  equal(after:state().scroll.y, 333, "y")
  equal(after:find("query.40").h, before.h, "pitch")
end)

check("zoom and place of the neuron view", function()
  local dir = fresh()
  local ui = open(dir, { text = ("The cat saw the dog. "):rep(20), size = { 700, 500 } })
  ui:command "view.neuron"
  ui:command("zoom", 1.5)
  ui:command("scroll", { 0, 333 - ui:state().scroll.y })
  local after = again(ui, dir)
  equal(after:state().head_zoom, 1.5, "zoom")
  equal(after:state().scroll.y, 333, "y")
  equal(after:find("query.12").h, 39, "pitch")
end)

check("how far the head view is scrolled", function()
  local dir = fresh()
  local ui = open(dir, { text = ("The cat saw the dog. "):rep(20), size = { 700, 500 } })
  ui:command "view.head"
  ui:command("scroll", { 0, 777 })
  equal(again(ui, dir):state().scroll.y, 777, "y")
end)

check("a recorded pair with its filter", function()
  local dir = fresh()
  local ui = open(dir, { model = t.fixtures .. "pair.safetensors" })
  ui:command("filter.set", "ab")
  ui:command("token.select", 1)
  local after = again(ui, dir)
  equal(after:state().filter, "ab", "filter")
  equal(after:state().token, 1, "token")
end)

check("BOS, and a token of the text that it stands before", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command "bos.toggle"
  ui:wait()
  ui:command("token.select", 3)
  local state = again(ui, dir):state()
  equal(state.bos, true, "bos")
  equal(state.token, 3, "token")
end)

--- A small BERT with words of its own: it takes two sentences.
local function bert()
  local model = fresh()
  assert(os.execute(("mkdir -p %s && cp '%s'/tiny/bert/* %s/"):format(model, os.getenv "FIXTURES", model)))
  local words = { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "dog", "a", "mouse" }
  write(model .. "/vocab.txt", table.concat(words, "\n") .. "\n")
  return model
end

check("two sentences of a model that takes them", function()
  local dir = fresh()
  local ui = open(dir, { model = bert(), text = "the cat", pair = "the dog" })
  equal(ui:state().error, nil, "error")
  ui:command("filter.set", "ba")
  local after = again(ui, dir)
  equal(after:state().pair, "the dog", "pair")
  equal(again(after, dir, { text = "the cat", pair = "the dog" }):state().filter, "ba", "filter")
end)

check("a text that is asked for comes without the saved second sentence", function()
  local dir = fresh()
  open(dir, { model = bert(), text = "the cat", pair = "the dog" }):close()
  local ui = open(dir, { text = "a mouse" })
  equal(ui:state().pair, nil, "pair")
  ui:close()
  open(dir, { text = "the cat", pair = "the dog" }):close()
  ui = open(dir, { model = "novella" })
  equal(ui:state().error, nil, "error of a model that takes no second sentence")
  equal(ui:state().text, "the cat", "text")
end)

check("a window closed before anything is shown leaves the saved state as it was", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 2, 1 })
  ui:close()
  local before = read(dir .. "/state.json")
  hs.ui.open({ state_dir = dir }):close()
  equal(read(dir .. "/state.json"), before, "state")
end)

check("it is written after each run, and leaves no other file", function()
  local dir = fresh()
  local ui = open(dir)
  ui:command("text.set", "A second sentence")
  ui:command "run"
  ui:wait()
  equal(saved(dir).text, "A second sentence", "text")
  local files = io.popen("ls -A " .. dir):read "a"
  equal(files, "state.json\n", "files")
end)

t.finish()
