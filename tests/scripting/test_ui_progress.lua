-- What takes its time says so after 200 ms, and can be ended; the debug overlay; what an input method composes.
local hs = require "headscope"
package.path = os.getenv "HEADSCOPE_HOME" .. "/tests/scripting/?.lua;" .. package.path
local w = require "window"
local equal, check = w.equal, w.check

local long = ("A long text that takes a while. "):rep(25)

check("progress goes with the job that it told of", function()
  local ui <close> = w.open("novella", { text = "a b" })
  ui:command("text.set", { long })
  ui:command "run"
  ui:step(0.3)
  ui:pixels()
  ui:command "progress.cancel"
  ui:wait()
  equal(ui:state().busy, false)
  equal(ui:find "cancel", nil)
  equal(ui:find "progress", nil)
  assert(w.says(ui, "stopped") or w.says(ui, "226 tokens"), "stopped, or over already")
end)

check("an opening that is cancelled leaves what was there, or is over already", function()
  local folder = os.getenv "HEADSCOPE_HOME" .. "/models/novella"
  local ui <close> = w.open("novella", { text = "a b" })
  for _ = 1, 20 do
    ui:command("model.open", { folder })
    ui:key "escape"
    ui:wait()
    local state = ui:state()
    equal(state.busy, false)
    equal(state.error, nil)
    assert(state.model == "novella" or state.model == folder, state.model)
    assert(ui:find "thumb.0.0", "the old picture, or the new one")
  end
  w.type_and_run(ui, "One two three")
  equal(ui:state().error, nil)
  assert(ui:find "thumb.0.0")
end)

check("an example that is chosen in the field runs without it, and one Escape ends that", function()
  local ui <close> = w.open("novella", { text = "a b" })
  w.click(ui, "text")
  ui:key "ctrl+e"
  ui:key "end"
  ui:key "enter"
  equal(ui:state().focus, nil)
  ui:key "escape"
  ui:wait()
  equal(ui:state().busy, false)
  equal(ui:state().error, nil)
end)

check("the first opening cancelled leaves a window that says what to do, and opens another", function()
  local ui <close> = hs.ui.open { model = "novella", text = "a b" }
  ui:command "run.cancel"
  ui:wait()
  equal(ui:state().busy, false)
  equal(ui:state().error, nil)
  local opened = ui:find "thumb.0.0" or w.says(ui, "Type a sentence") -- before it was cancelled
  assert(opened or w.says(ui, "No model is open"), "cancelled, and what to do")
  ui:command("model.open", { "novella" })
  ui:wait()
  equal(ui:state().error, nil)
  assert(ui:find "thumb.0.0")
end)

check("the button ends a script of the console", function()
  local ui <close> = w.open("novella", { text = "a b" })
  ui:command("console.run", { "while true do end" })
  equal(ui:find "cancel", nil)
  ui:step(0.3)
  assert(ui:find "cancel" and w.says(ui, "a script runs"))
  w.click(ui, "cancel")
  ui:wait()
  equal(ui:console().running, false)
  equal(ui:find "cancel", nil)
  local lines = ui:console().lines
  assert(lines[2].kind == "error" and lines[2].text:find "stopped")
end)

check("the overlay is off, comes with F3, and makes no frame by itself", function()
  local ui <close> = w.open("pair.safetensors")
  local before = w.frame(ui)
  equal(ui:find "overlay", nil)
  ui:key "f3"
  assert(ui:find "overlay")
  for _, word in ipairs { "frame", "commands", "glyphs", "arena", "pictures", "Lua" } do assert(w.says(ui, word), word) end
  local shown = w.frame(ui)
  ui:step(5)
  equal(w.frame(ui), shown)
  ui:key "f3"
  equal(w.frame(ui), before)
end)

check("the overlay counts the commands of the frame below it", function()
  local ui <close> = w.open("pair.safetensors")
  local n = #ui:frame()
  ui:key "f3"
  assert(w.says(ui, tostring(n)), n)
  ui:command("console.run", { "1" })
  ui:wait()
  local lua = false
  for _, command in ipairs(w.drawn(ui, "text")) do lua = lua or (command.text:find "MB$" and command.text ~= "0.00 MB") end
  assert(lua)
end)

local function underlines(ui)
  local n = 0
  for _, command in ipairs(w.drawn(ui, "rect")) do if command.rect[4] == 1 and command.rect[3] > 3 and command.rect[3] < 200 then n = n + 1 end end
  return n
end

check("what is composed shows at the caret, underlined, and is no text yet", function()
  for _, field in ipairs { "text", "find", "palette", "console" } do
    local ui <close> = w.open("novella", { text = "ab", size = { 1280, 800 } })
    if field == "find" then ui:key "ctrl+f" elseif field == "palette" then ui:key "f1" elseif field == "console" then ui:key "ctrl+`" else w.click(ui, "text") end
    ui:key "ctrl+a"
    ui:type "ab"
    ui:key "left"
    local before = underlines(ui)
    ui:compose "xyz"
    assert(w.says(ui, "axyzb"), field)
    assert(underlines(ui) > before, field .. " is underlined")
    equal(ui:state().text, "ab")
    ui:compose "xyzw"
    assert(w.says(ui, "axyzwb"), field)
    ui:type "Q"
    assert(w.says(ui, "aQb") and not w.says(ui, "xyz"), field)
    ui:compose "xyz"
    ui:compose ""
    assert(w.says(ui, "aQb"), field)
    equal(underlines(ui), before, field)
    ui:compose "xyz"
    ui:key "left"
    assert(w.says(ui, "aQb"), "moving the caret ends it")
    ui:key "ctrl+z"
    assert(w.says(ui, "ab") and not w.says(ui, "Q"), "one step for what was typed")
  end
end)

check("outside of a field nothing is composed, and a click ends it", function()
  local ui <close> = w.open("novella", { text = "ab cd" })
  ui:key "escape"
  ui:compose "1234"
  equal(ui:state().view, "model")
  w.click(ui, "text")
  ui:key "end"
  ui:compose "xyz"
  local r = ui:find "text"
  ui:click(r.x + 10, r.y + 14)
  assert(w.says(ui, "ab cd") and not w.says(ui, "xyz"))
  ui:type "Q"
  equal(ui:state().text, "Qab cd")
end)

w.finish()
