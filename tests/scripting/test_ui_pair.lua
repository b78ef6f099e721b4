-- Sentence pairs in the window: where the second one is shown, run and dropped.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local check, equal = w.check, w.equal

check("a second sentence is folded, and only for models with token types", function()
  local ui <close> = w.open "novella"
  equal(ui:find "pair", nil)
  local folder, remove = w.bert_folder()
  local removed <close> = remove
  local bert <close> = w.open(folder, { text = "hello world" })
  equal(bert:state().error, nil)
  equal(bert:state().pair, nil)
  equal(bert:find "filter", nil)
  w.click(bert, "pair")
  equal(bert:state().focus, "pair")
  bert:type "the second"
  bert:key "enter"
  bert:wait()
  equal(bert:state().error, nil)
  equal(bert:state().pair, "the second")
  assert(bert:find "filter")
  bert:key "2"
  bert:command("filter.set", { "ab" })
  bert:command("pair.set", { "" })
  bert:command "run"
  bert:wait()
  equal(bert:find "filter", nil, "folded again")
  equal(bert:state().filter, "all")
end)

check("a pair can be given at the start", function()
  local folder, remove = w.bert_folder()
  local removed <close> = remove
  local ui <close> = w.open(folder, { text = "hello", pair = "world" })
  equal(ui:state().error, nil)
  equal(ui:state().pair, "world")
  assert(ui:find "filter")
end)

check("an example is a click away and runs, a pair only where the model takes one", function()
  local ui <close> = w.open "novella"
  local field, mark = ui:find "text", ui:find "examples"
  assert(mark.x > field.x and mark.x + mark.w <= field.x + field.w, "at the end of the field")
  w.click(ui, "examples")
  equal(ui:state().focus, nil)
  equal(ui:find "examples.4", nil, "no second sentences here")
  local last = ui:find "examples.3"
  assert(last.x + last.w <= 1280)
  ui:key "escape"
  equal(ui:find "examples.3", nil)
  local model = assert(hs.load "novella")
  for i = 0, 3 do
    ui:key "ctrl+e"
    w.click(ui, "examples." .. i)
    ui:wait()
    equal(ui:state().error, nil, "example " .. i)
    equal(ui:find "examples.0", nil)
    assert(w.says(ui, #model:encode(ui:state().text) .. " tokens"), "it was run")
  end
  local n = #model:encode(ui:state().text)
  assert(n <= 512 and n >= 480, "a page of about 512 tokens, found " .. n)
  local folder, remove = w.bert_folder()
  local removed <close> = remove
  local bert <close> = w.open(folder, { text = "hello" })
  bert:command("menu.open", { "examples" })
  bert:key "up"
  for _ = 1, 4 do bert:key "down" end
  bert:key "enter"
  bert:wait()
  equal(bert:state().error, nil)
  assert(bert:state().pair and bert:find "filter")
  bert:command("menu.open", { "examples" })
  bert:command("menu.choose", { 0 })
  equal(bert:state().pair, nil)
end)

check("an empty second sentence is none", function()
  local ui <close> = w.open("novella", { pair = "" })
  equal(ui:state().error, nil)
  equal(ui:state().pair, nil)
end)

check("another model runs the pair that stands there, or drops it where it takes none", function()
  local folder, remove = w.bert_folder()
  local removed <close> = remove
  local ui <close> = w.open(folder, { text = "hello", pair = "world" })
  ui:drop(folder)
  ui:wait()
  equal(ui:state().pair, "world")
  assert(ui:find "filter", "the pair was run")
  w.click(ui, "pair")
  ui:drop "novella"
  ui:wait()
  equal(ui:state().error, nil)
  equal(ui:state().pair, nil)
  equal(ui:state().focus, nil, "a field that is gone has no focus")
  ui:drop(folder)
  ui:wait()
  equal(ui:state().pair, nil, "what was not run does not stand there")
  equal(ui:find "filter", nil)
end)

w.finish()
