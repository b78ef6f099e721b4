-- States that nobody should have written: kept aside under a number, and the window starts afresh and says so;
-- folders that cannot be, models that are gone, texts of any kind.
local hs = require "headscope"
package.path = arg[0]:match "^(.*/)" .. "?.lua;" .. package.path
local t = require "window"
local kept = require "kept"
local check, equal = t.check, t.equal
local fresh, read, write, open = kept.fresh, kept.read, kept.write, kept.open
local saved, with, says, novella = kept.saved, kept.with, kept.says, kept.novella

local good = [["version": 1, "model": "novella", "text": "The cat"]]
local bad = {
  ["nothing at all"] = "",
  ["no JSON"] = "state!",
  ["bytes"] = "\0\1\2\255",
  ["cut off"] = [[{ "version": 1, "model": "nov]],
  ["a list"] = "[1]",
  ["no version"] = [[{ "text": "The cat" }]],
  ["a newer version"] = [[{ "version": 2, "text": "The cat" }]],
  ["a version below the first"] = [[{ "version": 0, "text": "The cat" }]],
  ["a key twice"] = "{" .. good .. [[, "text": "x" }]],
  ["a number for a text"] = [[{ "version": 1, "text": 5 }]],
  ["a text for a number"] = "{" .. good .. [[, "layer": "2" }]],
  ["a layer below 0"] = "{" .. good .. [[, "layer": -1 }]],
  ["a huge layer"] = "{" .. good .. [[, "layer": 1e300 }]],
  ["a head beyond all"] = "{" .. good .. [[, "heads": [256] }]],
  ["heads that are no list"] = "{" .. good .. [[, "heads": 3 }]],
  ["a threshold above 1"] = "{" .. good .. [[, "threshold": 1.5 }]],
  ["a size of 0"] = "{" .. good .. [[, "width": 0 }]],
  ["a huge size"] = "{" .. good .. [[, "height": 1e9 }]],
  ["a scale of 0"] = "{" .. good .. [[, "scale": 0 }]],
  ["no view"] = "{" .. good .. [[, "view": "none" }]],
  ["a pin of no side"] = "{" .. good .. [=[, "pins": [["left", 1]] }]=],
  ["a pin that is none"] = "{" .. good .. [[, "pins": [3] }]],
  ["a pin before the first token"] = "{" .. good .. [=[, "pins": [["key", -1]] }]=],
  ["no palette"] = "{" .. good .. [[, "palette": "grey" }]],
  ["no weights of lines"] = "{" .. good .. [[, "lines": 3 }]],
  ["no theme"] = "{" .. good .. [[, "theme": "pink" }]],
  ["a long filter"] = "{" .. good .. [[, "filter": "]] .. ("a"):rep(1000) .. [[" }]],
  ["a NUL in a text"] = [[{ "version": 1, "text": "a\u0000b" }]],
  ["a panel of one number"] = "{" .. good .. [[, "panel": [1] }]],
  ["a panel of large numbers"] = "{" .. good .. [[, "panel": [1, 4294967296] }]],
  ["a pinned panel of three numbers"] = "{" .. good .. [=[, "pinned_panels": [[1, 2, 3]] }]=],
  ["a pinned panel twice"] = "{" .. good .. [=[, "pinned_panels": [[1, 2], [1, 2]] }]=],
  ["pinned panels that are no list"] = "{" .. good .. [[, "pinned_panels": 1 }]],
  ["a zoom below 1"] = "{" .. good .. [[, "zoom": 0.5 }]],
  ["rows higher than there are"] = "{" .. good .. [[, "head_zoom": 3.5 }]],
  ["a place of one number"] = "{" .. good .. [[, "scroll": [1] }]],
  ["a place before the start"] = "{" .. good .. [[, "scroll": [0, -1] }]],
  ["a recent model that is none"] = "{" .. good .. [[, "recent": ["novella", 5] }]],
  ["an input that is none"] = "{" .. good .. [[, "history": ["x"] }]],
  ["depth"] = "{" .. good .. [[, "x": ]] .. ("["):rep(5000) .. ("]"):rep(5000) .. "}",
}
for name, text in pairs(bad) do
  check("kept aside: " .. name, function()
    local dir = with(text)
    local ui = open(dir)
    equal(ui:state().text, "The doctor asked the nurse a question. She", "text")
    equal(ui:state().error, nil, "error")
    assert(says(ui, "kept as state.json.1.bad"), "the status line's word of it")
    equal(read(dir .. "/state.json.1.bad"), text, "what is kept")
    ui:close()
    equal(saved(dir).version, 1, "the new file")
  end)
end

check("what is kept aside is numbered, and nothing is written over", function()
  local dir = with "first"
  open(dir):close()
  write(dir .. "/state.json", "second")
  write(dir .. "/state.json.2.bad", "mine")
  local ui = open(dir)
  assert(says(ui, "kept as state.json.3.bad"), "the status line's word of it")
  equal(read(dir .. "/state.json.1.bad"), "first", "1")
  equal(read(dir .. "/state.json.2.bad"), "mine", "2")
  equal(read(dir .. "/state.json.3.bad"), "second", "3")
  ui:command "run"
  equal(says(ui:wait(), "kept as"), nil, "its word after another run")
end)

check("unknown keys are left alone, absent ones are as on a first start", function()
  local dir = with("{" .. good .. [[, "later": { "a": [1, null] } }]])
  local ui = open(dir)
  equal(ui:state().text, "The cat", "text")
  equal(ui:state().view, "model", "view")
  equal(says(ui, ".bad"), nil, "a word of it")
  equal(read(dir .. "/state.json.1.bad"), nil, "what is kept")
end)

check("numbers that do not fit the model are as on a first start", function()
  local dir = with("{" .. good .. [[, "layer": 77, "head": 3, "heads": [200], "token": 999, "filter": "zz",
    "expanded": true, "panel": [50, 50], "view": "head", "threshold": 0.25 }]])
  local ui = open(dir)
  local state = ui:state()
  equal(state.error, nil, "error")
  equal(state.token, nil, "token")
  equal(state.filter, "all", "filter")
  equal(#state.panels, 0, "panels")
  equal(state.layer < 6 and #state.heads >= 1, true, "layer and heads")
  equal(state.view, "head", "view")
  equal(state.threshold, 0.25, "threshold")
  ui:pixels()
end)

check("a model that is gone: the shipped one, and the status line says so", function()
  local dir = with [[{ "version": 1, "model": "/nowhere/at/all", "text": "The cat", "layer": 2, "theme": "light" }]]
  local ui = open(dir)
  local state = ui:state()
  equal(state.model, "novella", "model")
  equal(state.error, nil, "error")
  equal(state.text, "The cat", "text")
  equal(state.theme, "light", "theme")
  assert(says(ui, "opened novella instead"), "the status line's word of it")
  assert(says(ui, "/nowhere/at/all"), "which one is gone")
  ui:close()
  equal(saved(dir).model, "novella", "saved")
end)

check("a model that was asked for and is not there is an error", function()
  local dir = fresh()
  open(dir, novella):close()
  local before = read(dir .. "/state.json")
  local ui = open(dir, { model = "/nowhere/at/all" })
  equal(ui:state().error:find("/nowhere/at/all", 1, true) ~= nil, true, "error")
  ui:close()
  equal(read(dir .. "/state.json"), before, "state")
end)

check("a folder that cannot be: the window works and says so", function()
  local file = fresh()
  open(file):close()
  local ui = open(file .. "/state.json/deeper", novella)
  equal(ui:state().error, nil, "error")
  equal(ui:state().text, novella.text, "text")
  assert(says(ui, "not saved"), "the status line's word of it")
  ui:close()
  equal(saved(file).version, 1, "the file in the way")
end)

check("a folder in the file's place is kept aside", function()
  local dir = fresh()
  open(dir .. "/state.json"):close()
  local ui = open(dir)
  assert(says(ui, "kept as state.json.1.bad"), "the status line's word of it")
  ui:close()
  equal(saved(dir).version, 1, "the new file")
  equal(saved(dir .. "/state.json.1.bad").version, 1, "what is kept")
end)

check("texts of any kind come back", function()
  for _, text in ipairs { "", "  two  spaces ", 'quotes " and \\', "日本語 עברית 👩‍🔬", ("word "):rep(60) } do
    local dir = fresh()
    local ui = open(dir, { text = text })
    ui:close()
    equal(open(dir):state().text, text, "text")
  end
end)

check("text that is no UTF-8 is not kept, everything else is", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command "theme.toggle"
  ui:command("text.set", "\xff\xfe")
  ui:close()
  equal(open(dir):state().theme, "light", "theme")
end)

check("a long history is bounded", function()
  local dir = fresh()
  local inputs = {}
  for i = 1, 400 do inputs[i] = { text = "input " .. i } end
  local state = { version = 1, model = "novella", text = "The cat", history = inputs }
  local ui = open(with(hs.json.encode(state)))
  ui:close()
  open(dir):close()
  write(dir .. "/state.json", hs.json.encode(state))
  open(dir):close()
  equal(#saved(dir).history, 50, "inputs")
  equal(saved(dir).history[50].text, "The cat", "the newest")
end)

t.finish()
