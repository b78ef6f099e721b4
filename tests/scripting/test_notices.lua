-- What the window says: notices and errors in full, copied; BOS in the status line; where the focus goes, with a
-- ring, forwards and backwards.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local files = require "files"
local w = require "window"
local check, equal, list = w.check, w.equal, w.list

--- What is set in the type of tracebacks and notices, inside an element.
local function texts_in(ui, id)
  local r, found = ui:find(id), {}
  for _, command in ipairs(w.drawn(ui, "text")) do
    local x, y = command.rect[1], command.rect[2]
    local inside = x >= r.x and y >= r.y and x < r.x + r.w and y < r.y + r.h
    if inside and command.font == "mono" and x == r.x + 8 then found[#found + 1] = command.text end
  end
  return found
end

--- A window that says a notice which is too long for its place.
local function long_notice(options)
  local ui = w.open("pair.safetensors", options)
  local path = files.name(("-a-long-name"):rep(12) .. ".png")
  ui:command("figure.save", { path })
  os.remove(path)
  return ui, "wrote " .. path
end

check("a long notice is read whole at a click, and copied", function()
  local ui <close>, said = long_notice { size = { 640, 400 } }
  equal(ui:find "details.copy", nil)
  w.click(ui, "notice")
  local shown = table.concat(texts_in(ui, "error"))
  assert(shown:gsub(" ", ""):find(said:gsub(" ", ""), 1, true), shown)
  w.click(ui, "details.copy")
  equal(ui:clipboard(), said)
  ui:key "escape"
  equal(ui:find "details.copy", nil)
  w.click(ui, "notice")
  w.click(ui, "notice")
  equal(ui:find "details.copy", nil, "a second click")
end)

check("another notice takes the place of what shows in full", function()
  local ui <close> = long_notice()
  w.click(ui, "notice")
  assert(ui:find "details.copy")
  w.click(ui, "copy")
  equal(ui:find "details.copy", nil)
  assert(w.says(ui, "copied the path"))
end)

check("the error bar: one sentence, a red edge, Details in full and copied", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  local name = "/no/model/of/" .. ("this name "):rep(40)
  ui:drop(name)
  ui:wait()
  local bar = ui:find "error"
  equal(bar.h, 28)
  local edge
  for _, command in ipairs(w.drawn(ui, "rect")) do
    local x, y, width, height = table.unpack(command.rect)
    if x == 0 and y == bar.y and width == 4 and height == 28 then edge = command.fill end
  end
  equal(edge, "#ff6b5eff")
  w.click(ui, "details")
  local lines = texts_in(ui, "error")
  assert(#lines > 3, "several lines")
  for _, line in ipairs(lines) do assert(#line * 6.7 < 560, "no line is cut") end
  local whole = table.concat(lines, " "):gsub("%s+", "")
  assert(whole:find(ui:state().error:gsub("%s+", ""), 1, true), whole)
  w.click(ui, "details.copy")
  equal(ui:clipboard(), ui:state().error)
  ui:key "escape"
  assert(ui:find "error" and not ui:find "details.copy", "one rung")
  ui:key "escape"
  equal(ui:state().error, nil)
  assert(not pcall(ui.command, ui, "details.copy"))
end)

check("more lines than there is room scroll", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  ui:drop("/no/" .. ("x "):rep(500))
  ui:wait()
  ui:resize(200, 180)
  ui:command "error.details"
  local function first() return texts_in(ui, "error")[1] end
  local before = first()
  assert(before:find "^/no/x")
  ui:command("details.scroll", { 2 })
  assert(first() ~= before)
  ui:command("details.scroll", { 1e300 })
  assert(ui:pixels())
  local r = ui:find "error"
  ui:move(r.x + 10, r.y + 10)
  ui:wheel(0, 1000)
  equal(first(), before)
end)

check("BOS is said and switched where the model has one", function()
  local ui <close> = w.open("novella", { text = "The cat" })
  assert(w.says(ui, "BOS off"))
  w.click(ui, "bos")
  ui:wait()
  equal(ui:state().bos, true)
  assert(w.says(ui, "BOS on") and w.says(ui, "3 tokens"))
  ui:key "b"
  ui:wait()
  equal(ui:state().bos, false)
  ui:drop(w.fixtures .. "pair.safetensors")
  ui:wait()
  equal(ui:find "bos", nil, "a recorded run is what it is")
  local bert, remove <close> = w.bert_folder()
  ui:drop(bert)
  ui:wait()
  equal(ui:find "bos", nil)
  assert(not w.says(ui, "BOS"), "no token, no word")
end)

--- The elements in the order of a key, until the view has the keys again.
local function walk(ui, key)
  local order = {}
  for _ = 1, 100 do
    ui:key(key)
    local focus = ui:state().focus
    if not focus then return order end
    order[#order + 1] = focus
  end
  error "no end"
end

--- Whether a line of accent, two pixels wide, goes around the middle of an element, as far as it shows.
local function has_ring(ui, id)
  local r = assert(ui:find(id) or ui:find("2:" .. id), id .. " does not show")
  local x, y = r.x + r.w / 2, r.y + r.h / 2
  for _, command in ipairs(w.drawn(ui, "rect")) do
    local left, top, width, height = table.unpack(command.rect)
    local around = left <= x and top <= y and left + width >= x and top + height >= y
    local near = width <= r.w + 16 and height <= math.max(r.h, 28) + 16
    if command.stroke == "#4aa8ffff" and command.stroke_width == 2 and around and near then return true end
  end
end

local places = {
  ["a recorded pair"] = function() return w.open "pair.safetensors" end,
  ["the smallest window"] = function() return w.open("minilm-pair", { size = { 640, 400 } }) end,
  ["a split"] = function()
    local ui = w.open "pair.safetensors"
    ui:command "view.split"
    return ui
  end,
  ["an error"] = function()
    local ui = w.open "novella"
    ui:command("text.set", { ("word "):rep(600) })
    ui:command "run"
    return ui:wait()
  end,
  ["a figure that was written"] = function() return (long_notice()) end,
}
for name, open in pairs(places) do
  check("every control in turn shows a ring, and back: " .. name, function()
    local ui <close> = open()
    local forwards = walk(ui, "tab")
    local backwards = {}
    for i, id in ipairs(walk(ui, "shift+tab")) do backwards[#forwards + 1 - i] = id end
    list(backwards, forwards, "shift+tab")
    assert(#forwards > 10)
    for _, id in ipairs(forwards) do
      ui:key "tab"
      equal(ui:state().focus, id)
      assert(has_ring(ui, id), id .. " has no ring")
    end
    ui:key "tab"
    for _, command in ipairs(w.drawn(ui, "rect")) do
      assert(not (command.stroke == "#4aa8ffff" and command.stroke_width == 2 and command.rect[2] < 80), "a ring is left")
    end
  end)
end

check("Tab goes from left to right, bar by bar", function()
  local ui <close> = w.open("minilm-pair", { size = { 1280, 800 } })
  local before
  for _, id in ipairs(walk(ui, "tab")) do
    local r = ui:find(id)
    assert(not before or r.y > before.y + before.h or r.x >= before.x, id)
    before = r
  end
end)

check("tiles that do not fit are reached, and come into sight", function()
  local ui <close> = w.open("minilm-pair", { size = { 640, 400 } })
  equal(ui:find "tile.11", nil)
  ui:command("focus.set", "tile.0")
  for head = 1, 11 do
    ui:key "tab"
    equal(ui:state().focus, "tile." .. head)
    assert(ui:find("tile." .. head), "in sight")
  end
  ui:key "tab"
  equal(ui:state().focus, "filter")
  ui:command("tiles.scroll", { -1000 })
  ui:key "shift+tab"
  equal(ui:state().focus, "tile.11")
  ui:key "space"
  equal(ui:state().heads[2], 11)
end)

check("an error and a search can be put away with the mouse alone", function()
  local ui <close> = w.open("novella", { text = "The cat sat" })
  ui:command("model.open", { "nothing of that name" })
  ui:wait()
  assert(ui:find "error")
  w.click(ui, "error.close")
  equal(ui:state().error, nil)
  equal(ui:find "error", nil)
  w.click(ui, "options")
  w.click(ui, "options.find")
  ui:type "cat"
  equal(ui:state().focus, "find")
  w.click(ui, "find.close")
  equal(ui:find "find", nil)
  equal(ui:state().focus, nil)
  assert(ui:find "thumb.0.0")
end)

w.finish()
