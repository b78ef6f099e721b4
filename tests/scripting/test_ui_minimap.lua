-- The minimap of what scrolls: where the mouse on it goes, what it tells; and the zoom of rows.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"

local long = ("The doctor asked the nurse a question. "):rep(25)

local function open(options) return w.typed(long, options) end

--- How many texts of the frame have this.
local function said(ui, text)
  local n = 0
  for _, command in ipairs(ui:frame()) do
    if command.text and command.text:find(text, 1, true) then n = n + 1 end
  end
  return n
end

--- The heat map in the minimap, as the frame has it.
local function received(ui, map)
  for _, command in ipairs(ui:frame()) do
    local r = command.rect
    if command.kind == "heatmap" and r[1] >= map.x and r[1] + r[3] <= map.x + map.w then return command end
  end
end

w.check("only what scrolls has one", function()
  local short <close> = open { text = "The doctor asked the nurse" }
  for _, key in ipairs { "2", "3", "4" } do
    short:key(key)
    w.equal(short:wait():find "minimap", nil, "short, " .. key)
  end
  local ui <close> = open()
  local map, area = ui:find "minimap", ui:area()
  w.equal(map.x + map.w, area.x + area.w, "at the right edge")
  ui:key "3"
  assert(ui:wait():find "minimap", "neuron view")
  ui:key "4"
  w.equal(ui:wait():find "minimap", nil, "matrix view")
  for _ = 1, 6 do ui:key "=" end
  map = ui:find "minimap"
  assert(map.x < area.x + 112 and map.y < area.y + 96, "in the corner")
  ui:key "1"
  w.equal(ui:wait():find "minimap", nil, "model view")
end)

w.check("a press and a drag go there", function()
  local ui <close> = open()
  local map = ui:find "minimap"
  ui:press(map.x + 7, map.y + map.h / 2)
  local n = #(assert(hs.load "novella"):encode(long))
  local row = ui:find("query." .. n // 2)
  assert(math.abs(row.y + row.h / 2 - map.y - map.h / 2) <= 24, "the middle of the text is in the middle")
  ui:move(map.x - 200, map.y + map.h + 60)
  local last = ui:state().scroll.y
  ui:move(map.x + 7, map.y - 50)
  w.equal(ui:state().scroll.y, 0, "above it is the first")
  ui:release(map.x + 7, map.y - 50)
  ui:key "end"
  w.equal(ui:wait():state().scroll.y, last, "its end was the end")
  ui:move(map.x + 7, map.y + 5)
  w.equal(ui:state().scroll.y, last, "let go")
  w.equal(#ui:state().pins, 0, "nothing was pinned")
end)

w.check("in the matrix it goes both ways", function()
  local ui <close> = open { size = { 1000, 700 } }
  ui:key "4"
  for _ = 1, 10 do ui:key "=" end
  local map = ui:find "minimap"
  ui:click(map.x + map.w / 4, map.y + 3 * map.h / 4)
  local n = #(assert(hs.load "novella"):encode(long))
  local cell = ui:find(("cell.%d.%d"):format(3 * n // 4, n // 4))
  local area = ui:area()
  assert(math.abs(cell.x - area.x - 112 - (area.w - 112) / 2) <= 2 * cell.w, "across")
  assert(math.abs(cell.y - area.y - 96 - (area.h - 96) / 2) <= 2 * cell.h, "down")
end)

w.check("each of two views has its own", function()
  local ui <close> = open { size = { 1280, 700 } }
  ui:key "1"
  ui:command "view.split"
  ui:command("split.side", { "right" })
  ui:key "3"
  ui:wait()
  w.equal(ui:find "minimap", nil, "the model view has none")
  local map = ui:find "2:minimap"
  ui:command("split.side", { "left" })
  ui:click(map.x + 3, map.y + map.h - 2)
  local state = ui:wait():state()
  w.equal(state.view, "neuron", "it is the active one")
  assert(state.scroll.y > 0, "scrolled")
end)

w.check("the mouse on it tells the token and what that receives", function()
  local ui <close> = open { size = { 640, 400 } }
  local map = ui:find "minimap"
  ui:move(map.x + 5, map.y + 1)
  ui:step(0.5)
  w.equal(said(ui, "receives"), 1, "tooltip")
  assert(said(ui, "k0 ") == 1, "the first token")
end)

w.check("it shows what the chosen heads, the second run and the difference have", function()
  local ui <close> = open { size = { 1280, 700 } }
  local map = ui:find "minimap"
  local seen = { [received(ui, map).values.xxh3] = "at first" }
  local function another(what)
    local hash = received(ui:wait(), ui:find "minimap" or ui:find "2:minimap").values.xxh3
    assert(not seen[hash], what .. " is as " .. tostring(seen[hash]))
    seen[hash] = what
  end
  ui:command("layer.set", { 1 })
  another "another layer"
  ui:command "head.all"
  another "all heads"
  ui:command("head.toggle", { 2 })
  another "all but one"
  ui:command("pick.add", { 4, 2 })
  another "a head of another layer"
  ui:command "pick.clear"
  ui:command("aggregate.set", { "heads" })
  another "heads put together"
  ui:command("aggregate.set", { "none" })
  ui:command("compare.text", { (long:gsub("nurse", "clerk")) })
  ui:wait()
  ui:command("shown.set", { "second" })
  another "the second run"
  ui:command("shown.set", { "difference" })
  another "the difference"
end)

w.check("a figure has it as the window does", function()
  local ui <close> = open { size = { 700, 420 } }
  ui:command("scroll", { 0, 1000 })
  local file <const>, gone <close> = files.free ".png"
  local area = ui:area()
  ui:command("figure.save", { file })
  local figure = assert(hs.picture(file))
  local view = ui:pixels():slice(0, area.y, area.y + area.h):slice(1, area.x, area.x + area.w)
  w.equal((figure - view):abs():max(), 0, "pixels")
end)

-- --- zoom

w.check("the wheel with ctrl enlarges the row under the mouse", function()
  local ui <close> = open()
  ui:command("scroll", { 0, 1500 })
  w.move(ui, "query.75")
  local before = ui:find "query.75"
  ui:wheel(0, 2, { ctrl = true })
  local after = ui:find "query.75"
  assert(after.h > before.h, "higher")
  assert(math.abs(after.y + after.h / 2 - before.y - before.h / 2) <= 1, "in place")
  w.equal(ui:state().hover.token, 75)
  ui:key "0"
  w.equal(ui:find("query." .. 75).h, before.h, "as at first")
  w.equal(ui:state().head_zoom, 1.0)
  local ok, message = pcall(ui.command, ui, "zoom", { 0 })
  assert(not ok and message:find "more than 0", message)
end)

w.check("z shows the whole text, and leads back", function()
  local ui <close> = open()
  local n = #(assert(hs.load "novella"):encode(long))
  local before = ui:find "query.0"
  ui:command("scroll", { 0, 2000 })
  ui:key "z"
  assert(ui:find "query.0" and ui:find("query." .. n - 1) and ui:find("key." .. n - 1), "all tokens")
  w.equal(ui:find "minimap", nil, "there is nothing more")
  w.equal(ui:state().scroll.y, 0.0)
  w.move(ui, "key.90")
  w.equal(ui:state().hover.token, 90)
  w.click(ui, "query.101")
  w.equal(ui:state().token, 101)
  ui:key "]"
  w.equal(ui:state().token, 102)
  ui:key "z"
  w.equal(ui:find("query.102").h, before.h)
end)

--- The middle of a token's row.
local function middle(ui, id)
  local r = ui:find(id)
  return r.y + r.h / 2
end

for _, expanded in ipairs { false, true } do
  local state = expanded and "expanded" or "collapsed"
  w.check("the neuron view, " .. state .. ": the wheel with ctrl enlarges the row under the mouse", function()
    local ui <close> = open()
    ui:key "3"
    if expanded then ui:command("neuron.expand", { 75 }) end
    local height = ui:find("query." .. 75) and ui:find("query." .. 75).h or 26
    ui:command("scroll", { 0, 75 * 26 - 100 - ui:state().scroll.y })
    w.move(ui, "query.75")
    local at = middle(ui, "query.75")
    ui:wheel(0, 2, { ctrl = true })
    assert(ui:find("query.75").h > height, "higher")
    assert(math.abs(middle(ui, "query.75") - at) <= 1, "in place")
    w.equal(ui:state().hover.token, 75)
    if expanded then assert(ui:find("strip.q.75").h > 20, "and its vector") end
    ui:wheel(0, -5, { ctrl = true })
    assert(ui:find("query.75").h < height, "lower")
    assert(math.abs(middle(ui, "query.75") - at) <= 2, "in place")
    ui:key "0"
    w.equal(ui:find("query.75").h, height, "as at first")
  end)
end

w.check("the neuron view: z shows the whole text, expanded as well, and leads back", function()
  local ui <close> = open()
  local n = #(assert(hs.load "novella"):encode(long))
  ui:key "3"
  ui:key "z"
  assert(ui:find "query.0" and ui:find("query." .. n - 1) and ui:find("key." .. n - 1), "all tokens")
  w.equal(ui:find "minimap", nil)
  w.equal(ui:find "expand.3", nil, "no control has room")
  w.click(ui, "query.101")
  w.equal(ui:state().token, 101)
  ui:key "enter"
  w.equal(ui:state().expanded, true)
  local function whole()
    w.equal(ui:find "minimap", nil)
    assert(ui:find "strip.q.0" and ui:find("strip.k." .. n - 1) and ui:find "strip.qk.101", "all vectors")
  end
  whole()
  w.equal(ui:find "strip.qk.102", nil, "masked")
  w.move(ui, "strip.qk.100")
  ui:step(1)
  assert(w.tooltip(ui):find("q101[", 1, true) and w.tooltip(ui):find("k100[", 1, true), w.tooltip(ui))
  w.equal(ui:state().hover.token, 100)
  ui:resize(1600, 600)
  ui:command "neuron.values"
  whole()
  assert(ui:find("strip.z").h > 8, "the values' sum")
  ui:key "z"
  w.equal(ui:state().head_zoom, 1.0)
  assert(ui:find "expand.101" and ui:find "minimap")
  ui:key "z"
  whole()
end)

w.check("rows of the head and the neuron view are enlarged together; a figure has them so", function()
  local ui <close> = open()
  ui:key "2"
  ui:command("zoom", { 2 })
  ui:key "3"
  w.equal(ui:find("query.0").h, 52.0)
  ui:command("neuron.expand", { 4 })
  ui:key "="
  local file <const>, gone <close> = files.free ".png"
  ui:command("figure.save", { file })
  local again <close> = assert(hs.ui.open { figure = file }):wait()
  w.equal(again:state().view, "neuron")
  w.equal(again:state().head_zoom, 2.5)
  w.equal(again:find("query.4").h, ui:find("query.4").h)
end)

w.check("a text that fits never gets smaller", function()
  local ui <close> = open { text = "The doctor asked the nurse", size = { 1000, 600 } }
  local before = ui:pixels()
  for _, key in ipairs { "minus", "z", "minus" } do ui:key(key) end
  w.equal((ui:pixels() - before):abs():max(), 0, "pixels")
  ui:key "3"
  before = ui:pixels()
  for _, key in ipairs { "minus", "z", "minus", "z", "0" } do ui:key(key) end
  w.equal((ui:pixels() - before):abs():max(), 0, "pixels of the neuron view")
end)

w.finish()
