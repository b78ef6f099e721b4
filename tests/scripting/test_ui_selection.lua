-- What all views share: one selection, the way down and up, what is hidden and how much is drawn.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal, list = w.check, w.equal, w.list
local lines, weights, head_view = w.lines, w.weights, w.head_view

check("Enter goes down the scales and Backspace up, with the selection kept", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.select", { 1, 1 })
  ui:key "enter"
  equal(ui:state().view, "head")
  w.click(ui, "query.6")
  w.leave(ui)
  ui:key "enter"
  equal(ui:state().view, "neuron")
  equal(ui:state().expanded, true)
  equal(ui:state().token, 6)
  ui:key "backspace"
  equal(ui:state().view, "head")
  equal(ui:state().token, 6)
  ui:key "backspace"
  equal(ui:state().view, "model")
  list(ui:state().heads, { 1 })
  equal(ui:state().layer, 1)
end)

check("a double-click on a query goes down to its row", function()
  local ui <close> = head_view()
  w.click(ui, "query.6", { clicks = 2 })
  equal(ui:state().view, "neuron")
  equal(ui:state().expanded, true)
  equal(ui:state().token, 6)
end)

check("the view's tabs and keys choose the view", function()
  local ui <close> = w.open "pair.safetensors"
  for _, view in ipairs { "head", "neuron", "model" } do
    w.click(ui, "tab." .. view)
    equal(ui:state().view, view)
    equal(ui:state().views[1], view)
    equal(#ui:state().views, 1)
  end
  for key, view in pairs { ["1"] = "model", ["2"] = "head", ["3"] = "neuron" } do
    ui:key(key)
    equal(ui:state().view, view)
  end
end)

check("hiding the separators leaves them out of every view", function()
  local ui <close> = w.open "pair.safetensors"
  assert(w.says(ui, "[SEP] takes"))
  w.click(ui, "sink")
  equal(ui:state().sink_hidden, true)
  list(lines(ui).skip, { 3, 7 })
  ui:key "f"
  equal(ui:state().sink_hidden, false)
end)

check("the chip's share is the mean weight of the first token", function()
  local ui <close> = w.open "causal.safetensors"
  local sum = 0
  for layer = 0, 1 do
    for head = 0, 2 do sum = sum + weights("causal.safetensors", layer, head):select(1, 0):mean() end
  end
  assert(w.says(ui, ("Token 0 takes %d %%"):format(math.floor(sum / 6 * 100 + 0.5))))
end)

check("the threshold's slider drags from 0 to 1, and keys move it", function()
  local ui <close> = w.open "pair.safetensors"
  local r = ui:find "threshold"
  equal(ui:state().threshold, 0)
  ui:press(r.x + r.w / 2, r.y + r.h / 2)
  local middle = ui:state().threshold
  assert(middle > 0 and middle < 1)
  equal(ui:state().focus, nil)
  ui:move(r.x + r.w + 300, r.y)
  equal(ui:state().threshold, 1)
  ui:move(r.x - 300, r.y + 200)
  equal(ui:state().threshold, 0)
  ui:release(r.x, r.y)
  ui:move(r.x + r.w, r.y)
  equal(ui:state().threshold, 0, "after the release")
  ui:click(r.x + 0.9 * r.w, r.y + r.h / 2)
  assert(ui:state().threshold > 0.5 and ui:state().threshold < 1)
  ui:click(r.x + 1, r.y + 1)
  equal(ui:state().threshold, 0)
  ui:key "."
  assert(ui:state().threshold > 0)
  assert(math.abs(lines(ui).threshold - ui:state().threshold) < 1e-3)
  ui:key ","
  equal(ui:state().threshold, 0)
end)

check("the first start selects the head that looks most at the previous token", function()
  local ui <close> = w.open "causal.safetensors"
  local best, layer, head = -1, nil, nil
  for l = 0, 1 do
    for h = 0, 2 do
      local mean = weights("causal.safetensors", l, h):diagonal(-1):mean()
      if mean > best then best, layer, head = mean, l, h end
    end
  end
  equal(ui:state().view, "model")
  equal(ui:state().layer, layer)
  list(ui:state().heads, { head })
end)

w.finish()
