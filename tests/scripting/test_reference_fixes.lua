-- What is to be better than in the reference, as far as it belongs to no single view.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w, ref = require "window", require "reference"
local check, equal = w.check, w.equal

--- The tooltip over an element, after its time.
local function tip(ui, id)
  w.move(ui, id)
  ui:step(0.35)
  for _, text in ipairs(w.drawn(ui, "text")) do
    if text.text:match "^%d+%.%d+  " then return text.text end
  end
  error("no tooltip over " .. id)
end

check("fix: numbers are shown, and they are the recorded ones: head, neuron and matrix view", function()
  local pattern, queries, keys = ref.pattern(2, 11), ref.queries(2, 11), ref.keys(2, 11)
  local ui <close> = ref.open("matrix", 2)
  ref.only(ui, 11)
  local cell = ('2.11  q13 "would" → k12 "she"  %.4f'):format(pattern:at(13, 12))
  equal(tip(ui, "cell.13.12"), cell)
  ui:key "2"
  local best = pattern[13]:argmax()
  equal(tip(ui, "query.13"), ('2.11  q13 "would" → k%d "[CLS]"  %.4f'):format(best, pattern:at(13, best)))
  ui:key "3"
  local from = pattern:select(1, 12):argmax()
  equal(tip(ui, "key.12"), ('2.11  q%d "be" → k12 "she"  %.4f'):format(from, pattern:at(from, 12)))
  ui:command("neuron.expand", { 13 })
  local d = assert(math.tointeger(tonumber(tip(ui, "strip.qk.12"):match "%[(%d+)%]")))
  local q, k = queries:at(13, d), keys:at(12, d)
  equal(tip(ui, "strip.qk.12"), ("2.11  q13[%d] × k12[%d] = %.4f × %.4f = %.4f"):format(d, d, q, k, q * k))
end)

check("fix: arguments are checked, and a refusal names what is expected", function()
  local ui <close> = ref.open("head", 2)
  local before = w.frame(ui)
  for _, try in ipairs {
    { "layer.set", 6, "0 to 5" }, { "layer.set", -1, "0 to 5" }, { "layer.set", 0.5, "0 to 5" },
    { "head.select", 12, "0 to 11" }, { "head.toggle", 12, "0 to 11" }, { "token.select", 20, "0 to 19" },
    { "filter.set", "xx", "all, aa, ab, ba or bb" }, { "theme.set", "blue", "dark or light" },
    { "threshold.set", 2, "0 to 1" }, { "scale.set", 0, "0.5 to 4" },
  } do
    local ok, message = pcall(ui.command, ui, try[1], { try[2] })
    assert(not ok and message:find("expected " .. try[3], 1, true), try[1] .. ": " .. tostring(message))
  end
  equal(w.frame(ui), before, "nothing changed")
end)

check("fix: tokens of bytes are decoded, spaces and line ends can be seen", function()
  local ui <close> = ref.novella("naïve café\nthe end", "head")
  local shown = {}
  for i = 0, 30 do
    local cell = ui:find("query." .. i)
    for _, text in ipairs(w.drawn(ui, "text")) do
      local r = text.rect
      if cell and r[2] == cell.y and r[1] >= cell.x and r[1] < cell.x + cell.w then shown[#shown + 1] = text.text end
    end
  end
  local all = table.concat(shown, "|")
  assert(#shown > 4 and not all:find "Ġ" and not all:find "Ã", "shown as " .. all)
  assert(all:find "·c" and all:find "↵" and all:find "é", "shown as " .. all)
end)

check("fix: long inputs scroll, and only what shows is drawn", function()
  local model = assert(hs.load "novella")
  local words = {}
  for i = 1, 120 do words[i] = "the doctor asked" end
  local short <close>, commands = ref.novella("The doctor asked the nurse a question, and she said that", "head"), {}
  local long <close> = ref.novella(table.concat(words, " "), "head")
  assert(#model:encode(table.concat(words, " ")) > 300, "a long text")
  for _, view in ipairs { "head", "neuron", "matrix", "model" } do
    for _, ui in ipairs { short, long } do
      ui:command("view." .. view)
      commands[ui] = #ui:frame()
    end
    assert(commands[long] < commands[short] + 250, ("%s: %d draw commands for the long text, %d for the short"):format(view,
      commands[long], commands[short]))
    assert(long:area().h <= 720)
  end
  long:command "view.head"
  equal(long:find "query.300", nil)
  long:key "end"
  assert(long:find("query." .. #model:encode(table.concat(words, " ")) - 1), "the last token, scrolled to")
end)

check("keep: queries are left of keys in every view that has columns", function()
  local ui <close> = ref.open("head", 2)
  for _, view in ipairs { "head", "neuron" } do
    ui:command("view." .. view)
    assert(ui:find("query.0").x < ui:find("key.0").x, view)
  end
  ui:command "neuron.open"
  assert(ui:find("query.0").x < ui:find("strip.q.0").x and ui:find("strip.q.0").x < ui:find("strip.k.0").x)
  assert(ui:find("strip.k.0").x < ui:find("key.0").x)
end)

check("keep: one selection in all views", function()
  local ui <close> = ref.open("model", 0)
  w.click(ui, "thumb.3.8")
  for key, view in pairs { ["2"] = "head", ["3"] = "neuron", ["4"] = "matrix" } do
    ui:key(key)
    local state = ui:state()
    equal(state.view, view)
    equal(state.layer, 3)
    equal(state.head, 8)
    equal(#state.heads, 1)
  end
end)

w.finish()
