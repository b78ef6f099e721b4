-- The matrix view: what must happen when somebody acts, a check for each.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local files = require "files"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list

local pair = "pair.safetensors"

--- The matrix view of one head of layer 1.
local function matrix_view(head, options)
  local ui = w.open(pair, options)
  ui:key "4"
  ui:command("head.select", { head or 1, 1 })
  return ui
end

--- What a cell's middle must look like: between the panel's colour and the accent.
local function colour(theme, level)
  local panel = theme == "dark" and { 0x1D, 0x20, 0x27 } or { 0xF4, 0xF5, 0xF7 }
  local accent = theme == "dark" and { 0x4A, 0xA8, 0xFF } or { 0x0B, 0x63, 0xC9 }
  local mixed = {}
  for i = 1, 3 do mixed[i] = panel[i] + (accent[i] - panel[i]) * level end
  return mixed
end

local function assert_colour(pixels, x, y, expected, what)
  for i = 1, 3 do
    local found = pixels:at(math.floor(y), math.floor(x), i - 1)
    if math.abs(found - expected[i]) > 1.5 then
      error(("%s: expected about %.1f, found %.1f in channel %d"):format(what, expected[i], found, i), 2)
    end
  end
end

--- Every cell of the view against `level(weight, query, key)`.
local function assert_cells(ui, weights, theme, level)
  local pixels, rows, columns = ui:pixels(), weights.shape[1], weights.shape[2]
  for i = 0, rows - 1 do
    for j = 0, columns - 1 do
      local x, y = w.centre(ui, ("cell.%d.%d"):format(i, j))
      assert_colour(pixels, x, y, colour(theme, level(weights:at(i, j), i, j)), ("cell %d %d"):format(i, j))
    end
  end
end

check("matrix: 4 and its tab show it, Enter and Backspace go down and up", function()
  local ui <close> = w.open(pair)
  ui:key "4"
  equal(ui:state().view, "matrix")
  ui:key "1"
  equal(ui:find "cell.0.0", nil)
  w.click(ui, "tab.matrix")
  equal(ui:state().view, "matrix")
  w.move(ui, "cell.3.2")
  ui:key "enter"
  equal(ui:state().view, "neuron")
  equal(ui:state().token, 3)
  ui:command "view.matrix"
  ui:key "backspace"
  equal(ui:state().view, "model")
end)

check("matrix: a cell's colour is the root of its weight", function()
  for _, theme in ipairs { "dark", "light" } do
    local ui <close> = matrix_view(1, { theme = theme })
    w.leave(ui)
    assert_cells(ui, w.weights(pair, 1, 1), theme, math.sqrt)
  end
end)

check("matrix: the ramp may be linear", function()
  local ui <close> = matrix_view()
  w.leave(ui)
  equal(ui:state().ramp, "sqrt")
  ui:command("ramp.set", { "linear" })
  assert_cells(ui, w.weights(pair, 1, 1), "dark", function(weight) return weight end)
  ui:key "r"
  equal(ui:state().ramp, "sqrt")
  ui:key "r"
  equal(ui:state().ramp, "linear")
  local ok, message = pcall(ui.command, ui, "ramp.set", { "log" })
  assert(not ok and message:find "expected sqrt or linear, found log", message)
end)

check("matrix: the ramp lasts from one start to the next", function()
  local folder <const>, gone <close> = files.free()
  do
    local ui <close> = w.open(pair, { state_dir = folder })
    equal(ui:state().ramp, "sqrt")
    ui:key "4"
    ui:key "r"
  end
  do
    local ui <close> = w.open(pair, { state_dir = folder })
    equal(ui:state().ramp, "linear")
    equal(ui:state().view, "matrix")
  end
end)

check("matrix: threshold and hidden sinks leave cells empty", function()
  local ui <close> = matrix_view()
  ui:command("threshold.set", { 0.125 })
  ui:key "f"
  w.leave(ui)
  local hidden = {}
  for _, command in ipairs(w.drawn(ui, "heatmap")) do
    for _, key in ipairs(command.skip or {}) do hidden[key] = true end
  end
  assert(next(hidden), "keys that are hidden")
  assert_cells(ui, w.weights(pair, 1, 1), "dark", function(weight, _, key)
    return (hidden[key] or weight < 0.125) and 0 or math.sqrt(weight)
  end)
end)

check("matrix: the layer and the head are those of all views", function()
  local ui <close> = matrix_view(1)
  ui:key "up"
  ui:key "right"
  w.leave(ui)
  equal(ui:state().layer, 0)
  list(ui:state().heads, { 2 })
  assert_cells(ui, w.weights(pair, 0, 2), "dark", math.sqrt)
end)

check("matrix: filters of unequal length show their rows and columns", function()
  local folder, remove = w.bert_folder()
  local removed <close> = remove
  local ui <close> = w.open(folder, { text = "hello world the", pair = "second" })
  ui:key "4"
  ui:command("head.select", { 1, 1 })
  local n = { a = 5, b = 2 } -- with the separators
  local whole = assert(hs.load(folder)):run("hello world the", { pair = "second" }):attention(1, 1)
  for _, filter in ipairs { "aa", "ab", "ba", "bb" } do
    ui:command("filter.set", { filter })
    w.leave(ui)
    local from, to = filter:sub(1, 1), filter:sub(2, 2)
    local rows, columns = n[from], n[to]
    local top, left = from == "a" and 0 or 5, to == "a" and 0 or 5
    assert_cells(ui, whole:slice(0, top, top + rows):slice(1, left, left + columns), "dark", math.sqrt)
    equal(ui:find(("cell.%d.0"):format(rows)), nil)
    equal(ui:find(("cell.0.%d"):format(columns)), nil)
    equal(ui:find("query." .. rows), nil)
    equal(ui:find("key." .. columns), nil)
  end
end)

check("matrix: a hovered cell says its number, lights its row and its column", function()
  local ui <close> = matrix_view()
  w.leave(ui)
  local before = ui:pixels()
  w.move(ui, "cell.5.2")
  local hover = ui:state().hover
  equal(hover.side, "query")
  equal(hover.token, 5)
  ui:step(0.2)
  assert(not w.says(ui, "1.1  q5"), "no tooltip yet")
  local changed = (ui:pixels() - before):abs():max(2):gt(0)
  for k = 0, 7 do
    local x, y = w.centre(ui, ("cell.5.%d"):format(k))
    equal(changed:at(math.floor(y), math.floor(x)), 1.0, "row, key " .. k)
    x, y = w.centre(ui, ("cell.%d.2"):format(k))
    equal(changed:at(math.floor(y), math.floor(x)), 1.0, "column, query " .. k)
  end
  local x, y = w.centre(ui, "cell.6.3")
  equal(changed:at(math.floor(y), math.floor(x)), 0.0, "another cell")
  ui:step(0.2)
  assert(w.says(ui, ("%.4f"):format(w.weights(pair, 1, 1):at(5, 2))), "its weight")
  assert(w.says(ui, "1.1  q5"), "its place")
  w.leave(ui)
  equal((ui:pixels() - before):abs():max(), 0.0, "left")
end)

check("matrix: labels answer as in the other views", function()
  local ui <close> = matrix_view()
  w.move(ui, "key.3")
  equal(ui:state().hover.side, "key")
  equal(ui:state().hover.token, 3)
  w.click(ui, "query.4")
  equal(ui:state().token, 4)
end)

check("matrix: a click selects the query, again lets it go, twice goes down", function()
  local ui <close> = matrix_view()
  w.click(ui, "cell.4.1")
  equal(ui:state().token, 4)
  w.leave(ui)
  local cell, outlined = ui:find "cell.4.0", false
  for _, box in ipairs(w.drawn(ui, "rect")) do
    outlined = outlined or (box.stroke and math.abs(box.rect[2] - cell.y) <= 1 and math.abs(box.rect[1] - cell.x) <= 1)
  end
  assert(outlined, "an outline around the row")
  w.click(ui, "cell.4.6")
  equal(ui:state().token, nil)
  w.click(ui, "cell.2.1", { clicks = 2 })
  equal(ui:state().view, "neuron")
  equal(ui:state().token, 2)
  ui:key "4"
  equal(ui:state().token, 2, "kept")
end)

check("matrix: several heads stand side by side, with ids of their own", function()
  local ui <close> = matrix_view()
  ui:key "a"
  w.leave(ui)
  local pixels, places = ui:pixels(), {}
  for head = 0, 2 do
    local weights = w.weights(pair, 1, head)
    for i = 0, 7 do
      local x, y = w.centre(ui, ("cell.%d.%d.%d"):format(i, 7 - i, head))
      assert_colour(pixels, x, y, colour("dark", math.sqrt(weights:at(i, 7 - i))), "head " .. head)
      places[head] = x
    end
  end
  assert(places[0] ~= places[1] and places[1] ~= places[2], "places")
  equal(w.centre(ui, "cell.7.0"), places[ui:state().head], "the selected head's short ids")
  w.move(ui, "cell.3.2.0")
  ui:step(1)
  assert(w.says(ui, ("1.0  q3")), "the tooltip names the head")
  w.click(ui, "cell.3.2.0", { clicks = 2 })
  equal(ui:state().head, 0)
  equal(ui:state().view, "neuron")
  w.click(ui, "tab.matrix")
  w.click(ui, "tile.2")
  list(ui:state().heads, { 0, 2 })
  equal(ui:find "cell.0.0.1", nil)
end)

check("matrix: the wheel with ctrl enlarges what is under the mouse", function()
  local ui <close> = matrix_view(1, { size = { 640, 400 } })
  for _ = 1, 2 do ui:key "=" end
  w.move(ui, "cell.4.4")
  local before = ui:find "cell.4.4"
  ui:wheel(0, 1, { ctrl = true })
  local after = ui:find "cell.4.4"
  assert(after.w > before.w, "larger")
  assert(math.abs(after.x + after.w / 2 - before.x - before.w / 2) <= 2, "in place")
  equal(ui:state().hover.token, 4)
  ui:wheel(0, -1)
  equal(ui:find "cell.4.4".w, after.w, "without ctrl it scrolls")
  assert(ui:state().scroll.y > 0, "scrolled")
  ui:key "0"
  equal(ui:state().zoom, 1.0)
  equal(ui:state().scroll.y, 0.0)
  equal(ui:find "cell.4.4".w < before.w, true)
  local ok, message = pcall(ui.command, ui, "zoom", { 0 })
  assert(not ok and message:find "more than 0", message)
  ui:key "2"
  ui:key "="
  equal(ui:state().zoom, 1.0, "not the matrix view's")
end)

check("matrix: a selected token scrolls into view", function()
  local ui <close> = matrix_view(1, { size = { 640, 400 } })
  for _ = 1, 12 do ui:key "=" end
  ui:command("token.select", { 7 })
  assert(ui:find "query.7", "the last row")
  ui:command("token.select", { 0 })
  assert(ui:find "query.0", "the first row")
end)

check("matrix: 512 tokens are a small frame with every cell at hand", function()
  local ui <close> = hs.ui.open { model = "novella", text = "the" .. (" the"):rep(511) }
  ui:wait()
  ui:key "4"
  assert(not ui:state().error, ui:state().error)
  assert(#ui:frame() < 300, "commands")
  local cell = assert(ui:find "cell.511.200")
  assert(cell.w < 2 and cell.w > 0.5, "all of it shows")
  w.move(ui, "cell.400.200")
  equal(ui:state().hover.token, 400)
  for _ = 1, 20 do ui:wheel(0, 1, { ctrl = true }) end
  assert(ui:find "cell.400.200".w > 20, "enlarged")
  equal(ui:find "cell.0.0", nil)
  assert(#ui:frame() < 300, "commands when enlarged")
  equal(ui:state().hover.token, 400)
end)

check("matrix: which way is which is said in as many words as there is room for", function()
  local wide <close> = w.open("pair.safetensors", { size = { 1280, 800 } })
  wide:key "4"
  assert(w.says(wide, "query ↓ key →"))
  local narrow <close> = w.open("pair.safetensors", { size = { 500, 400 } })
  narrow:key "4"
  assert(w.says(narrow, "q ↓ k →") and not w.says(narrow, "query ↓"))
end)

w.finish()
