-- Heads filtered by what probes say of them: headless, in all views, kept, and what goes wrong.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

local text = "The doctor asked the nurse a question. She"
local model = assert(hs.load "novella")
local run = model:run(text)
local previous = run:attention():diagonal(-1):mean(-1)

--- The heads for which a function of layer and head holds.
local function heads(holds)
  local found = {}
  for layer = 0, model.config.n_layers - 1 do
    for head = 0, model.config.n_heads - 1 do
      if holds(layer, head) then found[#found + 1] = layer .. "." .. head end
    end
  end
  return found
end

local expected = heads(function(layer, head) return previous:at(layer, head) > 0.3 and layer < 5 end)
local EXPRESSION = "previous > 0.3 and layer < 5"

local function open(options)
  options = options or {}
  options.text, options.probes_dir = options.text or text, "/nonexistent"
  return hs.ui.open(options):wait()
end

local function filter(ui, expression)
  ui:command("heads.filter", { expression })
  return ui:wait():state()
end

check("what a run of ids has not kept is asked of the same ids, edited alike", function()
  local ids = { 5, 9, 200, 3, 77, 12, 44, 8, 100 }
  assert(#model:encode(model:decode(ids)) ~= #ids)
  local from <close> = model:run({ 1, 2, 3, 4, 5, 6, 7, 8, 9 }, { keep = "z" })
  local edits = { { at = "z1", op = "patch", from = from }, "pattern 3.4 mean" }
  local all <close> = model:run(ids, { keep = "all", edits = edits })
  local short <close> = model:run(ids, { edits = edits })
  local wanted, found = hs.filter(all, "attribution > 0.1"), hs.filter(short, "attribution > 0.1")
  assert(wanted:sum() > 0)
  equal(found:eq(wanted):min(), 1.0)
end)

check("and of the same token types", function()
  local folder <const>, gone <close> = w.bert_folder()
  local bert <close> = assert(hs.load(folder))
  local function norms(keep)
    local one <close> = bert:run({ 2, 5, 6, 7, 3 }, { token_types = { 0, 1, 0, 1, 0 }, keep = keep })
    local scores = {}
    hs.filter(one, function(at) scores[#scores + 1] = at.norm_first end)
    return table.concat(scores, " ")
  end
  equal(norms "pattern", norms { "pattern", "v" })
end)

check("headless: an expression or a function gives a mask and the heads", function()
  local mask, names = hs.filter(run, EXPRESSION)
  w.list(names, expected)
  assert(#names > 0 and #names < 36)
  equal(mask:sum(), #names)
  w.list(mask.shape, { 6, 6 })
  for _, name in ipairs(names) do
    local layer, head = name:match "(%d+)%.(%d+)"
    equal(mask:at(math.tointeger(layer), math.tointeger(head)), 1.0)
  end
  w.list(select(2, hs.filter(run, function(at) return at.previous > 0.3 and at.layer < 5 end)), expected)
  w.list(select(2, hs.filter(run, "head == 2 and math.abs(layer - 3) <= 1")), { "2.2", "3.2", "4.2" })
  equal(hs.filter(run, "induction > 2"):sum(), 0.0, "a probe with texts of its own")
  equal(hs.filter(run, " "):sum(), 36.0, "nothing asked: all heads, as in the window")
end)

check("a tooltip names a head that passes, and where none does and all are only dimmed, one that is on", function()
  local ui <close> = open { dock = false }
  ui:command "view.head"
  ui:command("layer.set", { 2 })
  ui:command "head.all"
  w.move(ui, "query.8")
  local _, strongest = run:attention(2):select(1, 8):max(1):topk(1)
  local named = "2." .. math.tointeger(strongest:at(0))
  equal(w.tooltip(ui):match "^%S+", named)
  filter(ui, "head ~= " .. named:sub(3))
  assert(w.tooltip(ui):match "^2%.%d" and w.tooltip(ui):match "^%S+" ~= named, w.tooltip(ui))
  filter(ui, "head > 9")
  equal(w.tooltip(ui):match "^%S+", named)
end)

check("the model view outlines what the head view draws: of hidden heads only the selected one", function()
  local ui <close> = open { dock = false }
  ui:command "view.model"
  ui:command("head.select", { 1, 2 })
  ui:command "head.all"
  local function outlined()
    local found = {}
    for head = 0, 5 do
      local r = ui:find("thumb.2." .. head)
      for _, box in ipairs(w.drawn(ui, "rect")) do
        local x, y = box.rect[1] - r.x, box.rect[2] - r.y
        if box.stroke and box.stroke_width == 2 and x >= 0 and x <= 2 and y >= 0 and y <= 2 then found[#found + 1] = head end
      end
    end
    return found
  end
  w.list(outlined(), { 0, 1, 2, 3, 4, 5 })
  filter(ui, "head > 3")
  w.list(outlined(), { 0, 1, 2, 3, 4, 5 }, "dimmed ones are drawn")
  ui:command "heads.hide"
  w.list(outlined(), { 1, 4, 5 })
end)

check("headless: what is wrong is said", function()
  raises("filter:1: unexpected symbol", hs.filter, run, "previous >")
  for _, deep in ipairs { ("("):rep(250) .. "1" .. (")"):rep(250), ("not "):rep(250) .. "1", ("{"):rep(250) .. ("}"):rep(250) } do
    raises("filter: expected an expression that is nested at most some 190 deep", hs.filter, run, deep)
  end
  raises("filter: nosuch: expected a probe, found none", hs.filter, run, "nosuch > 1")
  raises("loss: expected a probe of heads, found one of kind token", hs.filter, run, "loss > 1")
  raises("expected an expression or a function, found a number", hs.filter, run, 5)
  raises("hs.filter: expected a run, found model novella", hs.filter, model, "layer > 1")
  raises("a filter sets nothing", hs.filter, run, "(function() x = 1 end)()")
end)

check("in the window: the same heads, after Enter in the field", function()
  local ui <close> = open()
  w.click(ui, "where")
  ui:type(EXPRESSION)
  equal(ui:state().where, nil, "not while it is typed")
  ui:key "enter"
  local state = ui:wait():state()
  equal(state.where, EXPRESSION)
  w.list(state.passing, expected)
  assert(w.says(ui, ("%d of 36"):format(#expected)))
  filter(ui, "")
  equal(ui:state().where, nil)
  equal(ui:state().passing, nil)
end)

--- Opacity of the first plane of the thumbnails, by head.
local function gains(ui)
  local found = {}
  for _, command in ipairs(w.drawn(ui, "attention")) do
    for _, plane in ipairs(command.planes) do found[#found + 1] = plane.gain end
  end
  return found
end

check("the model view dims the others, or leaves them out", function()
  local ui <close> = open()
  equal(#gains(ui), 36)
  filter(ui, EXPRESSION)
  local lit, dim = 0, 0
  for _, gain in ipairs(gains(ui)) do
    if gain == 1 then lit = lit + 1 else dim = dim + 1 end
  end
  equal(lit, #expected)
  equal(dim, 36 - #expected)
  ui:command "heads.hide"
  equal(#gains(ui), #expected)
end)

check("head and matrix view draw those that pass; what shows none says so", function()
  local ui <close> = open()
  filter(ui, EXPRESSION)
  ui:command("heads.hide", { true })
  ui:command("layer.set", { 3 })
  ui:key "2"
  ui:key "a"
  local in_layer = heads(function(layer, head) return layer == 3 and previous:at(3, head) > 0.3 end)
  equal(#w.lines(ui).planes, #in_layer)
  ui:key "4"
  equal(#w.drawn(ui, "heatmap"), #in_layer)
  ui:command("layer.set", { 5 })
  assert(w.says(ui, "no head here passes the filter"))
  ui:key "2"
  assert(w.says(ui, "no head here passes the filter"))
  ui:key "3"
  assert(w.lines(ui), "the selected head still shows")
  ui:command("heads.hide", { false })
  ui:key "2"
  equal(#w.lines(ui).planes, 6)
end)

check("numbers about several heads are about those that pass", function()
  local ui <close> = open()
  local layer, mean = 3, 0
  local pass = heads(function(at, head) return at == layer and previous:at(at, head) > 0.3 end)
  assert(#pass > 1 and #pass < 6)
  for _, name in ipairs(pass) do mean = mean + run:attention(name):sum(0) / #pass end
  ui:command("layer.set", { layer })
  ui:key "2"
  ui:key "a"
  ui:command("strip.set", { "received" })
  ui:command "inspector.toggle"
  ui:command("token.select", { 4 })
  local all = run:attention(layer):mean(0):sum(0)
  assert((ui:strip() - all):abs():max() < 1e-5)
  for _, hides in ipairs { false, true } do
    ui:command("heads.hide", { hides })
    filter(ui, "previous > 0.3")
    local numbers, title = ui:strip()
    assert((numbers - mean):abs():max() < 1e-5, title)
    assert(title:find(("mean of %d heads of layer 3"):format(#pass)), title)
    assert(w.says(ui, ("Looks at, mean of %d heads"):format(#pass)))
  end
  filter(ui, "previous > 0.3 and head == " .. pass[1]:match "%d+$")
  equal(select(2, ui:strip()), "Attention received from head " .. pass[1])
  filter(ui, "previous > 2")
  equal((ui:strip()), nil)
  equal(select(2, ui:strip()), "no head here passes the filter")
  assert(w.says(ui, "Looks at: no head passes the filter"))
end)

check("it does not sort merged heads, and says so", function()
  local ui <close> = open()
  filter(ui, "previous > 0.3")
  assert(w.says(ui, "of 36"))
  ui:command("aggregate.set", { "heads" })
  ui:wait()
  assert(w.says(ui, "not of merged heads"))
  equal(ui:state().passing, nil)
  ui:command("aggregate.set", { "none" })
  ui:wait()
  assert(w.says(ui, "of 36"))
end)

check("it follows the text, and a parameter of its probe", function()
  local ui <close> = open()
  filter(ui, "first > 0.5")
  local other = "Ann told Bob that she would come back to the house."
  w.type_and_run(ui, other)
  w.list(ui:state().passing, select(2, hs.filter(model:run(other), "first > 0.5")))
end)

check("errors stand at the field, and everything shows", function()
  local ui <close> = open()
  local state = filter(ui, "previous > and")
  assert(state.where_error:find "^filter:1: unexpected symbol near 'and'", state.where_error)
  assert(w.says(ui, "filter:1: unexpected symbol"))
  equal(state.passing, nil)
  equal(filter(ui, "nosuch > 1").where_error, "filter: expected layer, head or the id of a probe, found nosuch")
  equal(filter(ui, ("("):rep(120) .. "1" .. (")"):rep(120)).where_error, nil)
  ui:command("heads.filter", { "(function() while true do end end)()" })
  for _ = 1, 20 do ui:state() end
  ui:key "escape"
  equal(ui:wait():state().where_error, "filter: stopped")
  equal(filter(ui, EXPRESSION).where_error, nil)
  raises("expected at most 255 bytes", ui.command, ui, "heads.filter", { ("x"):rep(256) })
end)

check("it is kept with the window, and in figures", function()
  local folder <const>, gone <close> = files.free()
  do
    local ui <close> = open { state_dir = folder }
    filter(ui, EXPRESSION)
    ui:command "heads.hide"
    ui:command("figure.save", { folder .. "/f.png" })
    ui:wait()
  end
  local again <close> = hs.ui.open { state_dir = folder }:wait()
  equal(again:state().where, EXPRESSION)
  equal(again:state().where_hides, true)
  w.list(again:state().passing, expected)
  local figure <close> = assert(hs.ui.open { figure = folder .. "/f.png" }):wait()
  w.list(figure:state().passing, expected)
  equal(figure:state().where_hides, true)
end)

w.finish()
