-- Opening, running, failing: what happens around the worker.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises
local type_and_run = w.type_and_run

check("at first start it shows the first sentence of the shipped model", function()
  local ui <close> = hs.ui.open {}
  equal(ui:state().model, "novella")
  equal(ui:state().text, "The doctor asked the nurse a question. She")
  ui:wait()
  local state = ui:state()
  equal(state.busy, false)
  equal(state.error, nil)
  equal(state.view, "model")
  assert(ui:find "thumb.5.5" and not ui:find "thumb.6.0")
  local model = assert(hs.load "novella")
  local pattern = model:run(state.text):get "pattern"
  local best = pattern:diagonal(-1):mean(-1)
  equal(#state.heads, 1)
  equal(best:at(state.layer, state.heads[1]), best:max())
  assert(w.says(ui, "novella · 6 layers × 6 heads · 9 tokens · "))
end)

check("without a model there are no heads", function()
  local ui <close> = w.open "no such model"
  equal(ui:find "tile.0", nil)
  assert(ui:state().error:find "no such model")
end)

check("a typed sentence runs with Enter, and the keys go back to the view", function()
  local ui <close> = w.open "novella"
  type_and_run(ui, "The cat sat on the mat")
  equal(ui:state().text, "The cat sat on the mat")
  equal(ui:state().error, nil)
  equal(ui:state().focus, nil)
  ui:key "2"
  assert(w.says(ui, "·cat") and w.says(ui, "·mat"))
end)

check("the end of a typed line is the Enter key", function()
  local ui <close> = w.open "novella"
  w.click(ui, "text")
  ui:key "ctrl+a"
  ui:type "Three short words\n"
  ui:wait()
  equal(ui:state().text, "Three short words")
  equal(ui:state().focus, nil)
  assert(ui:find "thumb.0.0" and not ui:state().error)
  ui:type "\n"
  equal(ui:state().view, "head", "without a field it goes down the scales")
end)

check("the Run button runs, too, and the selection survives", function()
  local ui <close> = w.open "novella"
  ui:command("head.select", { 3, 4 })
  ui:command("text.set", { "He asked her" })
  w.click(ui, "run")
  ui:wait()
  equal(ui:state().layer, 4)
  list(ui:state().heads, { 3 })
  ui:key "2"
  assert(w.says(ui, "·her"))
end)

check("what is drawn is what the model computes", function()
  local ui <close> = w.open "novella"
  type_and_run(ui, "It was a dark night")
  ui:key "2"
  ui:command("head.select", { 1, 2 })
  local row = hs.load("novella"):run("It was a dark night"):attention(2, 1):select(0, 4)
  w.move(ui, "query.4")
  ui:step(1)
  local best = row:argmax()
  assert(w.says(ui, ("0.%04.0f"):format(row:at(best) * 10000)), "the tooltip's number")
end)

check("a newer text replaces an older one that still runs", function()
  local ui <close> = w.open "novella"
  for i = 1, 20 do
    ui:command("text.set", { "word " .. i .. (" and so on"):rep(i) })
    ui:command "run"
  end
  ui:command("text.set", { "The end" })
  ui:command "run"
  ui:wait()
  equal(ui:state().busy, false)
  equal(ui:state().error, nil)
  ui:key "2"
  assert(ui:find "query.1" and not ui:find "query.2")
end)

check("while a text runs the old picture answers", function()
  local ui <close> = w.open "novella"
  ui:key "2"
  ui:command("text.set", { ("A long text that takes a while. "):rep(25) })
  ui:command "run"
  w.move(ui, "query.3")
  local hover = ui:state().hover
  assert(ui:find "query.12" or hover and hover.token == 3, "the old picture, of nine tokens, or the new one already")
  ui:wait()
end)

check("Escape stops what runs, the old picture stays", function()
  local ui <close> = w.open "novella"
  ui:command("text.set", { ("A long text that takes a while. "):rep(25) })
  ui:command "run"
  ui:key "escape"
  ui:wait()
  equal(ui:state().busy, false)
  equal(ui:state().error, nil)
end)

check("a text beyond the context is refused with both numbers, the old picture stays", function()
  local ui <close> = w.open "novella"
  local before = w.drawn(ui, "attention")[1].planes[1].weights.xxh3
  type_and_run(ui, ("word "):rep(1000))
  local message = ui:state().error
  assert(message and message:find "^%d%d%d%d tokens; this model reads 512$", message)
  assert(ui:find "error" and w.says(ui, message:sub(1, 20)))
  equal(w.drawn(ui, "attention")[1].planes[1].weights.xxh3, before)
  w.click(ui, "details")
  assert(#w.drawn(ui, "text") > 0)
  ui:key "escape"
  ui:key "escape"
  equal(ui:state().error, nil)
  equal(ui:find "error", nil)
  type_and_run(ui, "Short again")
  equal(ui:state().error, nil)
end)

check("a model whose first text fails is there for the next one", function()
  for _, text in ipairs { ("word "):rep(700), "\xff" } do
    local ui <close> = w.open("novella", { text = text })
    assert(ui:state().error)
    type_and_run(ui, "The cat sat on the mat")
    equal(ui:state().error, nil)
    assert(ui:find "thumb.5.5")
    local model = assert(hs.load "novella")
    local best = model:run("The cat sat on the mat"):get "pattern":diagonal(-1):mean(-1)
    equal(best:at(ui:state().layer, ui:state().heads[1]), best:max(), "the first picture's head")
  end
  local ui <close> = w.open("novella", { pair = "no second sentences here" })
  assert(ui:state().error:find("pair", 1, true))
  type_and_run(ui, "The cat sat on the mat")
  equal(ui:state().error, nil)
end)

check("of a text that is too long the beginning or the end can be run", function()
  local long = {}
  for i = 1, 600 do long[i] = "word" .. i end
  for _, part in ipairs { "first", "last" } do
    local ui <close> = w.open "novella"
    type_and_run(ui, table.concat(long, " "))
    assert(ui:find(part) and w.says(ui, "First 512") and w.says(ui, "Last 512"))
    w.click(ui, part)
    ui:wait()
    equal(ui:state().error, nil)
    assert(w.says(ui, "512 tokens"))
    local text = ui:state().text
    equal(text:find("word1 word2", 1, true) == 1, part == "first")
    equal(text:find "word600$" ~= nil, part == "last")
    equal(ui:find(part), nil)
  end
end)

check("ctrl+S writes the view as a picture, without bars and without the mouse", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  ui:key "2"
  w.leave(ui)
  local area = ui:area()
  local path <const>, gone <close> = files.free()
  local rest = ui:pixels():slice(0, area.y, area.y + area.h)
  w.move(ui, "query.3")
  ui:command("figure.save", { path })
  equal((assert(hs.picture(path)) - rest):abs():max(), 0)
  assert(w.says(ui, "wrote " .. path))
  raises("/no/such", ui.command, ui, "figure.save", { "/no/such/a.png" })
  assert(w.says(ui, "/no/such"))
end)

check("an error goes away with the next run that works", function()
  local ui <close> = w.open "novella"
  type_and_run(ui, "")
  assert(ui:state().error, "empty text is refused")
  type_and_run(ui, "Something")
  equal(ui:state().error, nil)
end)

check("no model: the window says how to choose one, until one is", function()
  local ui <close> = hs.ui.open { model = "no such model", text = "One two" }
  ui:wait()
  assert(ui:state().error)
  assert(w.says(ui, "No model is open", true) and not w.says(ui, "or choose an example", true))
  ui:key "2"
  assert(w.says(ui, "No model is open", true), "in every view")
  ui:command("model.open", { "novella" })
  ui:wait()
  assert(ui:find "query.0" and not w.says(ui, "No model is open", true))
  ui:command("model.open", { "no such model" })
  ui:wait()
  assert(ui:state().error and ui:find "query.0", "the old picture stays")
end)

check("no text: the window says what to do", function()
  local ui <close> = hs.ui.open { model = "novella", text = "" }
  ui:wait()
  equal(ui:state().error, nil)
  assert(w.says(ui, "Type a sentence and press Enter"))
  equal(ui:find "thumb.0.0", nil)
  type_and_run(ui, "Now there is one")
  assert(ui:find "thumb.0.0")
end)

check("a model that is not there is an error in the window, not a dead one", function()
  local ui <close> = hs.ui.open { model = "no/such", text = "x" }
  ui:wait()
  assert(ui:state().error:find "no/such")
  ui:key "2"
  ui:key "down"
  ui:key "enter"
  ui:command("model.open", { "novella" })
  ui:wait()
  equal(ui:state().error, nil)
  equal(ui:state().model, "novella")
end)

check("opening what cannot be opened keeps the model that is there", function()
  local ui <close> = w.open "novella"
  ui:drop "/no/such/place"
  ui:wait()
  assert(ui:state().error)
  equal(ui:state().model, "novella")
  assert(ui:find "thumb.5.5")
  type_and_run(ui, "It still runs")
  equal(ui:state().error, nil)
end)

check("a dropped recorded run opens with its own text", function()
  local ui <close> = w.open "novella"
  ui:drop(w.fixtures .. "pair.safetensors")
  ui:wait()
  equal(ui:state().error, nil)
  equal(ui:state().text, "the cat")
  equal(ui:state().pair, "a longer")
  assert(ui:find "filter")
  ui:key "ctrl+enter"
  ui:wait()
  assert(ui:state().error:find "recorded", "it cannot run another text")
  assert(ui:find "thumb.1.2")
end)

check("a recorded run given with another text says that it has its own", function()
  local note = "a recorded run has its own text"
  local ui <close> = w.open("pair.safetensors", { text = "something else" })
  equal(ui:state().text, "the cat")
  equal(ui:state().error, nil)
  assert(w.says(ui, note))
  local same <close> = w.open("pair.safetensors", { text = "the cat" })
  local none <close> = w.open "pair.safetensors"
  assert(not w.says(same, note) and not w.says(none, note))
end)

check("a recorded run without queries and keys opens in all views", function()
  local ui <close> = w.open "pattern_only.safetensors"
  local path <const>, gone <close> = files.free()
  for _, key in ipairs { "1", "2", "3" } do
    ui:key(key)
    assert(ui:image(path))
  end
end)

check("the model's drop-down lists what ships and opens it", function()
  local ui <close> = w.open "causal.safetensors"
  w.click(ui, "model")
  local found
  for i = 0, 15 do
    local r = ui:find("model." .. i)
    if not r then break end
    for _, command in ipairs(w.drawn(ui, "text")) do
      local inside = command.rect[2] >= r.y and command.rect[2] < r.y + r.h and command.rect[1] < r.x + r.w
      if command.text == "novella" and inside and command.rect[1] >= r.x then found = i end
    end
  end
  assert(found, "novella is listed")
  w.click(ui, "model." .. found)
  ui:wait()
  equal(ui:state().model, "novella")
  assert(ui:find "thumb.5.5")
end)

check("a long sentence that nobody edits ends in an ellipsis inside its field", function()
  local ui <close> = w.open("novella", { text = ("word "):rep(100) })
  local field = ui:find "text"
  local found
  for _, command in ipairs(w.drawn(ui, "text")) do
    if command.text:find "^word word" then found = command end
  end
  assert(found.rect[1] + found.rect[3] <= field.x + field.w - 8 and found.ellipsis ~= false)
end)

check("BOS goes in front when it is asked for, and the status line says so", function()
  local ui <close> = w.open "novella"
  assert(w.says(ui, "9 tokens") and w.says(ui, "BOS off"))
  ui:key "b"
  ui:wait()
  assert(w.says(ui, "10 tokens") and w.says(ui, "BOS on"))
  equal(ui:state().bos, true)
  ui:key "b"
  ui:wait()
  assert(w.says(ui, "9 tokens"))
end)

check("a shorter text keeps the selection where it fits", function()
  local ui <close> = w.open "novella"
  ui:key "2"
  w.click(ui, "query.8")
  type_and_run(ui, "Two words")
  equal(ui:state().token, nil)
  assert(ui:find "query.1" and not ui:find "query.8")
end)

w.finish()
