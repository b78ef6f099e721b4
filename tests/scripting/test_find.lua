-- Tokens that are looked for, and found as words whatever their pieces.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local check, equal = w.check, w.equal

check("ctrl+F finds tokens: typing selects the next that matches, Enter goes on, Escape puts it away", function()
  local ui <close> = w.open "novella"
  ui:key "2"
  ui:key "ctrl+f"
  equal(ui:state().focus, "find")
  ui:type "S"
  equal(ui:state().token, 2, "·asked")
  assert(w.says(ui, "1 of 4"), "which of how many")
  ui:type "h"
  equal(ui:state().token, 8, "·She, whatever the case")
  ui:key "backspace"
  ui:key "enter"
  equal(ui:state().token, 2, "around the end")
  ui:key "enter"
  equal(ui:state().token, 4, "·nurse")
  ui:key "shift+enter"
  equal(ui:state().token, 2)
  ui:type "zzz"
  equal(ui:state().token, 2, "no match changes nothing")
  assert(w.says(ui, "none"))
  ui:key "escape"
  equal(ui:find "find", nil)
  equal(ui:state().focus, nil)
  equal(ui:state().token, 2)
end)

check("words are found whatever their pieces, from the token on that they begin in", function()
  local function found(ui, sought, token, places)
    ui:command "find.close"
    ui:command "token.clear"
    ui:key "ctrl+f"
    ui:key "ctrl+a"
    ui:type(sought)
    equal(ui:state().token, token, sought)
    assert(w.says(ui, token and "1 of " .. places or "none"), sought)
  end
  local text = "Na\u{ef}ve, \u{1f642} She said\nNo unbelievable \u{1f642}."
  local model = assert(hs.load "novella")
  local run, starts = model:run(text), {}
  for i = run.n_tokens - 1, 0, -1 do
    local it = run:token(i)
    for byte = it.start, it.stop - 1 do starts[byte] = i end
  end
  local function at(words) return starts[text:find(words, 1, true) - 1] end
  local ui <close> = w.open("novella", { text = text })
  ui:key "2"
  found(ui, "unbelievable", at "unbel", 1)
  found(ui, "BELIEV", at "believ", 1)
  found(ui, "na\u{cf}ve", 0, 1)
  found(ui, "\u{1f642}", at "\u{1f642}", 2)
  found(ui, "she said", at "She", 1)
  found(ui, "\u{b7}said", at "said", 1)
  found(ui, "believing", nil)
  ui:command "words.toggle"
  ui:wait()
  local word
  for i = 0, run.n_tokens - 1 do
    local y = ui:find("query." .. i) and ui:find("query." .. i).y
    for _, command in ipairs(w.drawn(ui, "text")) do
      if command.text == "\u{b7}unbelievable" and command.rect[2] == y then word = i end
    end
  end
  found(ui, "unbelievable", word, 1)
  assert(word and word < at "unbel")
  local pair <close> = w.open "minilm-pair"
  pair:key "2"
  found(pair, "said she", 11, 1)
  found(pair, "[sep]", 9, 2)
  pair:command("filter.set", { "bb" })
  found(pair, "question", nil)
  local record <close> = w.open "encoder_decoder.safetensors"
  record:key "2"
  found(record, "wonderful", 3, 1)
end)

check("a token that is found shows with what stands around it", function()
  local text = ("one two three four five six seven eight nine ten "):rep(20) .. "needle " .. ("eleven twelve "):rep(40)
  local ui <close> = w.open("novella", { text = text, size = { 900, 600 } })
  ui:key "2"
  ui:key "ctrl+f"
  ui:type " need"
  local token = ui:state().token
  assert(token > 80, "far below")
  assert(ui:find("query." .. token - 3) and ui:find("query." .. token + 3))
  ui:key "escape"
  ui:key "1"
  w.click(ui, "thumb.0.0")
  ui:key "["
  assert(ui:find("panel.0.0.query." .. token - 1), "in a panel, too")
  ui:key "]"
  ui:key "4"
  local around = 0
  for _, box in ipairs(w.drawn(ui, "rect")) do
    local thin = box.rect[3] > 300 and box.rect[4] < 7
    if thin and box.stroke then
      equal(box.stroke_width, 1, "of a thin row the outline, beside it and not on it")
      around = around + 1
    end
  end
  equal(around, 1)
end)

w.finish()
