-- Places that probes tell: rows of the dock that lead to a head, a query and a key; what is no place.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local docked = require "docked"
local files = require "files"
local w = require "window"
local check, equal, ids, raises = w.check, w.equal, w.ids, w.raises
local folder, write = files.folder, files.write

local text, model, open = docked.text, docked.model, docked.open

--- The edges of a probe that ships, or of fields of one.
local function edges_of(fields, input) return hs.probe(fields):ask(model, { text = input or text }).rows end

local EDGES = { id = "edges", kind = "edge", weight = { 0.9, 1 }, distance = { 1 } }

local function write_edges(path)
  write(path .. "/edges.lua",
    'return require "headscope".probe { id = "edges", kind = "edge", weight = { 0.9, 1 }, distance = { 1 } }')
end

local function at_place(ui, edge)
  local state = ui:state()
  equal(state.layer .. "." .. state.head, edge.layer .. "." .. edge.head)
  w.list(state.heads, { edge.head })
  equal(state.token, edge.query)
  equal(#state.pins, 1)
  equal(state.pins[1].side .. " " .. state.pins[1].token, "key " .. edge.key)
end

check("an edge is a row: a click, the keys, or a command goes to its head, query and key", function()
  local path <const>, done <close> = folder()
  write_edges(path)
  local ui <close> = open { probes_dir = path, probe = "edges", split = true }
  local edges, rows = edges_of(EDGES), ids(ui, "place")
  assert(#edges > 3 and #rows >= 3)
  ui:command("pin.toggle", { "key", 5 })
  w.click(ui, "place.2")
  at_place(ui, edges[3])
  ui:command("focus.set", { "place.0" })
  ui:key "down"
  equal(ui:state().focus, "place.1")
  ui:key "enter"
  at_place(ui, edges[2])
  ui:command("place.go", { edges[4].layer, edges[4].head, edges[4].query, edges[4].key })
  at_place(ui, edges[4])
  ui:command("place.go", { 0, -1 })
  equal(ui:state().layer, 0)
  equal(ui:state().token, edges[4].query, "what is not said stays")
  raises("query: expected 0 to 8, found 9", ui.command, ui, "place.go", { 1, 1, 9, 0 })
  raises("head: expected 0 to 5, found 6", ui.command, ui, "place.go", { 1, 6 })
  raises("layer: expected 0 to 5, found -2", ui.command, ui, "place.go", { -2, 1 })
  equal(ui:state().layer, 0, "a refusal changes nothing")
end)

check("a place that the shown part lacks brings the whole; one among words is at its word", function()
  local bert <const>, gone <close> = w.bert_folder()
  local ui <close> = open { model = bert, text = "hello world", pair = "the second hello" }
  ui:command("filter.set", { "aa" })
  ui:command("place.go", { 0, 1, 2, 1 })
  equal(ui:state().filter, "aa")
  ui:command("place.go", { 0, 1, 6, 1 })
  equal(ui:state().filter, "all")
  at_place(ui, { layer = 0, head = 1, query = 6, key = 1 })
  ui:command("filter.set", { "ba" })
  ui:command("place.go", { 0, 0, 6, 1 })
  equal(ui:state().filter, "ba")
  equal(ui:state().token, 2)
  local long = "Unbelievable questions were asked"
  local words <close> = open { text = long }
  local n = model:run(long).n_tokens
  assert(n > 4, "words of several pieces")
  words:command "words.toggle"
  words:wait()
  words:command("place.go", { 1, 2, n - 1, n - 2 })
  equal(words:state().token, 3)
  equal(words:state().pins[1].token, 2)
end)

check("a session goes to a place without the probe", function()
  local path <const>, done <close> = folder()
  local edge, place = edges_of(EDGES)[2], '"place.go", { %d, %d, %d, %d }'
  write(path .. "/session.lua", ([[
local hs = require "headscope"
local ui = hs.ui.open { model = "novella", text = "%s" }
ui:wait()
ui:command("view.head")
ui:command(]] .. place .. [[)
return ui
]]):format(text, edge.layer, edge.head, edge.query, edge.key))
  local ui <close> = open { text = "something else" }
  ui:drop(path .. "/session.lua")
  ui:wait()
  at_place(ui, edge)
end)

check("rows of runs are places where they name a layer or a position; so are dimensions of heads", function()
  local ui <close> = open { probe = "massive_dimensions" }
  assert(w.says(ui, "position"), "a title above")
  ui:command("focus.set", { "place.3" })
  ui:key "enter"
  equal(ui:state().layer, 1)
  assert(ui:state().token >= 0)
  ui:command("probe.set", { "distance_dimensions" })
  ui:wait()
  assert(w.says(ui, "4.1 d31"), "layer, head and dimension")
  w.click(ui, "place.0")
  equal(ui:state().layer .. "." .. ui:state().head, "4.1")
  ui:command("probe.set", { "composition" })
  ui:wait()
  assert(w.says(ui, "from"))
  equal(#ids(ui, "place"), 0, "two heads are no place")
end)

check("places in a text of a probe's own lead to its head; rows that are no places stay text", function()
  local path <const>, done <close> = folder()
  write(path .. "/own.lua", [[
return require "headscope".probe { id = "own", kind = "edge", weight = { 0.9, 1 }, heads = { "4.1" }, seeds = 1,
  input = function(model) return "The doctor asked" end }]])
  write(path .. "/mixed.lua", [[
return require "headscope".probe { id = "mixed", kind = "run", score = function()
  return { { layer = 1, head = 2 }, { layer = 1.5, head = "x", position = -7 }, "words", { layer = math.maxinteger } } end }]])
  local ui <close> = open { probes_dir = path, probe = "own" }
  ui:command("token.select", { 7 })
  w.click(ui, "place.0")
  equal(ui:state().layer .. "." .. ui:state().head, "4.1")
  equal(ui:state().token, 7)
  equal(#ui:state().pins, 0)
  ui:command("probe.set", { "mixed" })
  ui:wait()
  assert(w.says(ui, "Answer"))
  equal(#ids(ui, "place"), 0)
end)

w.finish()
