-- The neuron view: what must happen when somebody acts, a check for each.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal, list = w.check, w.equal, w.list
local lines, neuron_view = w.lines, w.neuron_view

check("neuron: a hovered query keeps its lines, and leaving brings all back", function()
  local ui <close> = neuron_view()
  w.leave(ui)
  local rest = w.frame(ui)
  w.move(ui, "query.2")
  equal(ui:state().hover.token, 2)
  equal(lines(ui).only_row, 2)
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("neuron: a hovered key keeps its column", function()
  local ui <close> = neuron_view()
  w.move(ui, "key.2")
  equal(lines(ui).only_column, 2)
end)

check("neuron: the plus can be seen without hovering, and expands with its token", function()
  local ui <close> = neuron_view()
  w.leave(ui)
  assert(ui:find "expand.3", "a visible control")
  w.click(ui, "expand.3")
  equal(ui:state().expanded, true)
  equal(ui:state().token, 3)
  w.leave(ui)
  equal(ui:state().token, 3, "stays when the mouse leaves")
  assert(ui:find "strip.q.0" and ui:find "strip.k.7" and ui:find "strip.qk.0")
  assert(w.says(ui, "Softmax"))
end)

check("neuron: the minus collapses, back to the picture before", function()
  local ui <close> = neuron_view()
  w.leave(ui)
  local rest = w.frame(ui)
  w.click(ui, "expand.3")
  w.click(ui, "expand.3")
  equal(ui:state().expanded, false)
  w.leave(ui)
  equal(w.frame(ui), rest)
end)

check("neuron: expanded without a token it says so; products appear for the hovered one", function()
  local ui <close> = neuron_view()
  ui:command "neuron.open"
  w.leave(ui)
  assert(w.says(ui, "No token selected"))
  equal(ui:find "strip.qk.0", nil)
  w.move(ui, "query.4")
  assert(not w.says(ui, "No token selected"))
  assert(ui:find "strip.qk.7")
end)

check("neuron: expanded, another token is shown while it is hovered and kept when it is clicked", function()
  local ui <close> = neuron_view()
  w.click(ui, "expand.1")
  w.leave(ui)
  local first = w.frame(ui)
  w.move(ui, "query.5")
  assert(w.frame(ui) ~= first)
  w.leave(ui)
  equal(w.frame(ui), first)
  w.click(ui, "query.5")
  w.leave(ui)
  equal(ui:state().token, 5)
  equal(ui:state().expanded, true)
end)

check("neuron: a causal model shows no products for what comes later", function()
  local ui <close> = neuron_view "causal.safetensors"
  w.click(ui, "expand.2")
  assert(ui:find "strip.qk.2")
  equal(ui:find "strip.qk.3", nil)
  assert(ui:find "strip.k.3" and ui:find "key.3", "their keys and tokens stay")
end)

check("neuron: expansion survives layer, head and part; the hovered token does not", function()
  local ui <close> = neuron_view()
  ui:command("layer.set", { 0 })
  ui:command("head.select", { 0 })
  w.click(ui, "expand.2")
  w.move(ui, "query.3")
  ui:key "down"
  equal(ui:state().expanded, true)
  equal(ui:state().hover, nil)
  ui:key "right"
  equal(ui:state().expanded, true)
  list(ui:state().heads, { 1 })
  ui:command("filter.set", { "aa" })
  equal(ui:state().expanded, true)
  equal(ui:state().token, 2)
end)

check("neuron: a tile chooses the head that is shown", function()
  local ui <close> = neuron_view()
  ui:key "a"
  w.click(ui, "tile.2")
  list(ui:state().heads, { 2 })
end)

check("neuron: only the tile of the head that is shown is lit", function()
  local function fills(ui)
    local found = {}
    for _, command in ipairs(ui:frame()) do
      local head = command.id and command.id:match "^tile%.(%d)$"
      if head and command.fill then found[tonumber(head)] = command.fill end
    end
    return found
  end
  local ui <close> = w.open "pair.safetensors"
  ui:key "2"
  ui:key "a"
  local lit = fills(ui)
  ui:key "3"
  w.leave(ui)
  local shown = fills(ui)
  for head = 0, 2 do equal(shown[head] == lit[head], head == ui:state().head, "tile " .. head) end
end)

check("neuron: a part of the pair has its own queries and keys", function()
  local ui <close> = neuron_view()
  ui:command "neuron.open"
  ui:command("filter.set", { "ab" })
  assert(ui:find "strip.q.3" and ui:find "strip.k.3")
  equal(ui:find "strip.q.4", nil)
  equal(ui:find "strip.k.4", nil)
end)

check("neuron: a narrow window scrolls sideways, with shift or a sideways wheel", function()
  local ui <close> = w.open("pair.safetensors", { size = { 640, 400 } })
  ui:key "3"
  ui:command("neuron.expand", { 2 })
  w.move(ui, "query.2")
  ui:wheel(0, -1, { shift = true })
  local right = ui:state().scroll.x
  assert(right > 0)
  ui:wheel(1, 0)
  assert(ui:state().scroll.x > right)
  ui:wheel(-100, 0)
  equal(ui:state().scroll.x, 0)
end)

w.finish()
