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

check("inputs and models, the oldest inputs first, the newest model first", function()
  local dir = fresh()
  local ui = open(dir, { text = "one" })
  for _, text in ipairs { "two", "three", "two" } do
    ui:command("text.set", text)
    ui:command "run"
    ui:wait()
  end
  ui:command("model.open", t.fixtures .. "pair.safetensors")
  ui:wait():close()
  local now, texts = saved(dir), {}
  for i, input in ipairs(now.history) do texts[i] = input.text end
  list(texts, { "one", "three", "two" }, "inputs")
  equal(now.recent[1]:match "[^/]*$", "pair.safetensors", "recent model")
  equal(now.recent[2], "novella", "the one before")
  ui = open(dir)
  ui:close()
  list(saved(dir).recent, now.recent, "recent models, again")
  equal(#saved(dir).history >= 3, true, "inputs, again")
end)

check("recent models are in the drop-down", function()
  local dir = fresh()
  local ui = open(dir, { model = t.fixtures .. "causal.safetensors" })
  ui:command("menu.open", "model")
  assert(says(ui, "causal.safetensors"), "the open one")
  ui:close()
  ui = open(dir, { model = "novella" })
  ui:command("menu.open", "model")
  assert(says(ui, "causal.safetensors"), "the one before")
end)

check("of the long path of a recent model its end shows", function()
  local deep <const>, gone <close> = files.folder()
  local path = deep .. "/a folder of a rather long name/and another one in it"
  assert(os.execute(("mkdir -p '%s' && cp '%spair.safetensors' '%s/run.safetensors'"):format(path, t.fixtures, path)))
  local ui = open(fresh(), { model = path .. "/run.safetensors" })
  ui:command("menu.open", "model")
  assert(says(ui, "…/and another one in it/run.safetensors"), "from the beginning of a name on")
  ui:close()
end)

check("what is asked for wins", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 3, 4 })
  ui:command("token.select", 5)
  ui:command "theme.toggle"
  ui:close()
  ui = open(dir, { text = "Another sentence of words", theme = "dark", size = { 700, 500 }, scale = 2 })
  local state = ui:state()
  equal(state.text, "Another sentence of words", "text")
  equal(state.token, nil, "a token of the other text")
  equal(state.layer, 4, "layer of the same model")
  equal(state.theme, "dark", "theme")
  list(ui:pixels().shape, { 1000, 1400, 3 }, "size")
end)

check("another model takes the text, not the heads of the first", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 5, 5 })
  ui:close()
  ui = open(dir, { model = t.fixtures .. "causal.safetensors" })
  equal(ui:state().error, nil, "error")
  local plain = hs.ui.open({ model = t.fixtures .. "causal.safetensors" }):wait():state()
  equal(ui:state().layer, plain.layer, "layer")
  equal(ui:state().head, plain.head, "head")
end)

-- Written out as a script.

local function saved_session(ui)
  local path, gone = files.free ".lua"
  ui:command("session.save", { path })
  return path, gone
end

check("a window's session is written as a script that ends in the same picture", function()
  local ui <close> = t.open("pair.safetensors", { size = { 900, 600 }, theme = "light" })
  for _, id in ipairs { "tile.0", "tab.head", "query.2" } do t.click(ui, id) end
  ui:key "4"
  ui:key "\\"
  ui:move(t.centre(ui, "key.1"))
  ui:move(t.centre(ui, "query.1"))
  local before = ui:pixels()
  local path, gone <close> = saved_session(ui)
  local again <close> = dofile(path)
  equal(before:eq(again:pixels()):min(), 1, "every pixel")
  same(again:state(), ui:state(), "state")
  local text = read(path)
  assert(not text:find '"hover"[^\n]*\n[^\n]*"hover"', "of what the mouse only passed over nothing")
  assert(not text:find("session.save", 1, true), "it does not write itself")
end)

check("of a window that runs a model, restored from its state, or opened from a figure", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("view.head")
  ui:command("head.select", { 3, 2 })
  ui:command("text.set", { "She saw the dog" })
  ui:command "run"
  ui:command("token.select", { 2 })
  ui:close()
  local picture <const>, gone <close> = files.free ".png"
  for _, how in ipairs { "state", "figure" } do
    local next <close> = hs.ui.open(how == "state" and { state_dir = dir } or { figure = picture }):wait()
    next:key "]"
    if how == "state" then next:command("figure.save", { picture }) end
    local path, done <close> = saved_session(next)
    local again <close> = dofile(path)
    local found, expected = again:state(), next:state()
    for _, key in ipairs { "view", "layer", "head", "token", "text", "theme", "model", "dock" } do equal(found[key], expected[key], how .. " " .. key) end
  end
end)

check("a session that cannot be written is refused, and the status line says so", function()
  local ui <close> = t.open "pair.safetensors"
  t.raises("/no/such/session.lua", ui.command, ui, "session.save", { "/no/such/session.lua" })
  assert(t.says(ui, "/no/such/session.lua", true))
  ui:key "f1"
  local path, gone <close> = files.free ".lua"
  ui:type("session.save " .. path)
  ui:key "enter"
  assert(t.says(ui, "wrote " .. path, true) and read(path):find "return ui")
  equal(dofile(path):find "palette", nil, "where it was asked for is closed again")
end)

kept.remove()
t.finish()
