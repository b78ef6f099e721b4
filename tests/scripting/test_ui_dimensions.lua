-- The dimensions of a head: their order, the first and the rest, one over all tokens, values; and that the numbers
-- shown are those of Hugging Face's own model.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises

local function file(name)
  local handle <close> = assert(io.open(os.getenv "FIXTURES" .. name))
  return handle:read "a"
end
local truth = hs.json.decode(file "/novella/neuron.json")

--- The head of the recorded numbers, computed for their query.
local function shipped(options)
  options = options or {}
  options.text, options.dock = truth.text, false
  local ui = w.open("novella", options)
  ui:command "view.neuron"
  ui:command("layer.set", { truth.layer })
  ui:command("head.select", { truth.head })
  ui:command("neuron.expand", { truth.query })
  return ui
end

local function expanded(name)
  local ui = w.neuron_view(name)
  ui:command("neuron.expand", { 2 })
  return ui
end

--- What the tooltip says; it is drawn last.
local function tip(ui)
  ui:step(1)
  local texts = w.drawn(ui, "text")
  return texts[#texts].text
end

--- On element `place` of `n` in a strip.
local function point(ui, id, place, n)
  local r = assert(ui:find(id), id)
  ui:move(r.x + r.w * (place + 0.5) / n, r.y + 3)
end

local function close(found, expected, what)
  local bound = 1e-4 * math.max(1, math.abs(expected)) + 5e-5
  if math.abs(found - expected) > bound then
    error(("%s: expected %.6f, found %.6f"):format(what, expected, found), 2)
  end
end

local function numbers(text)
  local found = {}
  for number in text:gmatch "[-+]?%d+%.%d%d%d+" do found[#found + 1] = tonumber(number) end
  return found
end

--- The dimensions as they stand, from left to right.
local function standing(ui, n)
  local places = {}
  for d = 0, n - 1 do
    local r = ui:find("dim." .. d)
    if r then places[#places + 1] = { x = r.x, d = d } end
  end
  table.sort(places, function(a, b) return a.x < b.x end)
  local order = {}
  for i, place in ipairs(places) do order[i] = place.d end
  return order
end

--- By magnitude, the largest first; equal ones by number.
local function sorted(scores)
  local order = {}
  for d = 1, #scores do order[d] = d - 1 end
  table.sort(order, function(a, b)
    local x, y = math.abs(scores[a + 1]), math.abs(scores[b + 1])
    return x > y or (x == y and a < b)
  end)
  return order
end

check("dimensions: q, k, v, their product, the dot and the weight are Hugging Face's", function()
  local ui <close> = shipped()
  ui:command "neuron.values"
  local q, n = truth.q[truth.query + 1], #truth.q[1]
  for _, key in ipairs { 0, 3, 8 } do
    local k, v, dot = truth.k[key + 1], truth.v[key + 1], 0
    for d = 1, n do dot = dot + q[d] * k[d] end
    for _, d in ipairs { 0, 12, 31 } do
      point(ui, "strip.k." .. key, d, n)
      close(numbers(tip(ui))[1], k[d + 1], "k")
      point(ui, "strip.qk." .. key, d, n)
      local product = numbers(tip(ui))
      close(product[3], q[d + 1] * k[d + 1], "product")
      point(ui, "strip.v." .. key, d, n)
      local value = numbers(tip(ui))
      close(value[1], v[d + 1], "v")
      close(value[3], v[d + 1] * truth.weights[key + 1], "weighted")
    end
    w.move(ui, "dot." .. key)
    local sums = numbers(tip(ui))
    close(sums[1], dot, "dot")
    close(sums[2], dot / math.sqrt(n), "scaled")
    w.move(ui, "weight." .. key)
    close(numbers(tip(ui))[1], truth.weights[key + 1], "weight")
  end
  point(ui, "strip.q." .. truth.query, 7, n)
  close(numbers(tip(ui))[1], q[8], "q")
end)

check("dimensions: the sum of weighted values is what the model computes with", function()
  local ui <close> = shipped()
  ui:key "v"
  for d = 0, #truth.z - 1 do
    point(ui, "strip.z", d, #truth.z)
    close(numbers(tip(ui))[1], truth.z[d + 1], "z " .. d)
  end
end)

check("dimensions: contribution, weight and correlation with distance are what they say", function()
  local ui <close> = shipped()
  for d = 0, #truth.q[1] - 1 do
    w.move(ui, "dim." .. d)
    local found = numbers(tip(ui))
    close(found[1], truth.scores.contribution[d + 1], "contribution of " .. d)
    close(found[2], truth.scores.weight[d + 1], "weight of " .. d)
    assert(math.abs(found[3] - truth.scores.distance[d + 1]) <= 6e-4, "distance of " .. d)
  end
end)

check("dimensions: sorted as their scores are, with their own numbers, and the headings say so", function()
  local ui <close> = shipped()
  w.leave(ui)
  local all = standing(ui, 32)
  for d = 0, 31 do equal(all[d + 1], d) end
  for _, order in ipairs { "contribution", "weight", "distance" } do
    ui:key "d"
    equal(ui:state().dimension_order, order)
    list(standing(ui, 32), sorted(truth.scores[order]), order)
    assert(w.says(ui, "by " .. order), order)
    assert(w.says(ui, "q × k by " .. order))
  end
  ui:key "d"
  equal(ui:state().dimension_order, "number")
  raises("expected number, contribution, weight or distance", ui.command, ui, "dimension.order", { "colour" })
end)

check("dimensions: all but the first are faded, then hidden", function()
  local ui <close> = shipped()
  w.leave(ui)
  local before = #w.drawn(ui, "cells")
  ui:key "h"
  equal(ui:state().dimension_rest, "faded")
  equal(#w.drawn(ui, "cells"), 2 * before)
  assert(w.says(ui, "8 of 32 dimensions lit"))
  ui:command("dimension.top", { 3 })
  w.click(ui, "dim.rest")
  equal(ui:state().dimension_rest, "hidden")
  w.leave(ui)
  local best, shown = sorted(truth.scores.contribution), standing(ui, 32)
  local first = { best[1], best[2], best[3] }
  table.sort(first)
  list(shown, first, "in the order of numbers")
  assert(w.says(ui, "3 of 32 dimensions"))
  equal(w.drawn(ui, "cells")[1].values.shape[1], 3)
  ui:command("dimension.select", { best[20] })
  equal(#standing(ui, 32), 4, "the selected one stays")
  raises("expected 1 to 1024", ui.command, ui, "dimension.top", { 0 })
  raises("expected shown, faded or hidden", ui.command, ui, "dimension.rest", { "gone" })
end)

check("dimensions: one more or fewer is among the first, down to one and up to all", function()
  local ui <close> = expanded()
  ui:key "h"
  w.leave(ui)
  ui:command("dimension.top", { 2 })
  ui:key "shift+up"
  equal(ui:state().dimension_top, 3)
  assert(w.says(ui, "3 of 4 dimensions lit"))
  for _ = 1, 5 do ui:key "shift+up" end
  equal(ui:state().dimension_top, 4)
  for _ = 1, 9 do ui:key "shift+down" end
  equal(ui:state().dimension_top, 1)
end)

check("dimensions: a click on an element shows it for all tokens, another takes it away", function()
  local ui <close> = expanded()
  local n = 4
  point(ui, "strip.k.5", 1, n)
  local x, y = w.centre(ui, "strip.k.5")
  ui:click(x - ui:find "strip.k.5".w / 8, y)
  equal(ui:state().dimension, 1)
  equal(ui:state().token, 2, "the query stays")
  list(ui:state().pins, {}, "nothing is pinned")
  for i = 0, 7 do assert(ui:find("dim.q." .. i) and ui:find("dim.k." .. i), "every token") end
  assert(ui:find "dim.at.7" and not ui:find "dim.at.8", "every distance")
  w.move(ui, "dim.k.5")
  local recorded = hs.tensors(w.fixtures .. "pair.safetensors")[("blocks.%d.attn.hook_k"):format(ui:state().layer)]
  close(numbers(tip(ui))[1], recorded:at(5, ui:state().head, 1), "k of token 5")
  ui:click(x - ui:find "strip.k.5".w / 8, y)
  equal(ui:state().dimension, nil)
  equal(ui:find "dim.q.0", nil)
end)

check("dimensions: a click on another query's element selects both", function()
  local ui <close> = expanded()
  w.click(ui, "strip.q.4")
  equal(ui:state().token, 4)
  equal(ui:state().dimension, 2)
end)

check("dimensions: a double-click goes down to one, and stays there", function()
  local ui <close> = expanded()
  for _, id in ipairs { "strip.k.5", "strip.qk.1", "strip.q.4", "dim.1", "dim.1" } do
    w.click(ui, id, { clicks = 2 })
    assert(ui:state().dimension, id)
    assert(ui:find "dim.q.0", "over all tokens")
  end
  equal(ui:state().dimension, 1)
  equal(ui:state().token, 4)
end)

check("dimensions: the products by distance are the mean over all pairs", function()
  local ui <close> = shipped()
  ui:command("dimension.select", { 12 })
  local sum, n = 0, 0
  for i = 4, #truth.q do
    sum, n = sum + truth.q[i][13] * truth.k[i - 3][13], n + 1
  end
  w.move(ui, "dim.at.3")
  close(numbers(tip(ui))[1], sum / n, "at distance 3")
  assert(tip(ui):find("the mean of " .. n, 1, true))
  assert(w.says(ui, ("q × k by distance, r = %.3f"):format(truth.scores.distance[13])))
end)

check("dimensions: Enter goes down to the one that matters most, Backspace back up", function()
  local ui <close> = shipped()
  w.leave(ui)
  ui:key "enter"
  equal(ui:state().dimension, sorted(truth.scores.contribution)[1])
  ui:key "backspace"
  equal(ui:state().dimension, nil)
  equal(ui:state().view, "neuron")
  equal(ui:state().token, truth.query, "the selection is kept")
  w.move(ui, "dim.20")
  ui:key "enter"
  equal(ui:state().dimension, 20, "the one under the mouse")
  ui:key "escape"
  equal(ui:state().dimension, nil)
  equal(ui:state().expanded, true)
  ui:key "backspace"
  equal(ui:state().view, "head")
end)

check("dimensions: arrows go along the order that shows, and change the head elsewhere", function()
  local ui <close> = shipped()
  w.leave(ui)
  ui:command("dimension.order", { "weight" })
  local order = sorted(truth.scores.weight)
  ui:key "shift+right"
  equal(ui:state().dimension, order[1])
  ui:key "right"
  ui:key "right"
  equal(ui:state().dimension, order[3])
  ui:key "left"
  equal(ui:state().dimension, order[2])
  equal(ui:state().head, truth.head)
  ui:key "left"
  ui:key "left"
  equal(ui:state().dimension, order[1], "the first stays")
  w.click(ui, "dim.close")
  ui:key "left"
  equal(ui:state().head, truth.head - 1)
end)

check("dimensions: the pane leaves room for the selected token, and scrolling goes to the last", function()
  local ui <close> = shipped { size = { 640, 400 } }
  ui:command("dimension.select", { 3 })
  assert(ui:find("query." .. truth.query), "the selected token shows")
  ui:key "home"
  equal(ui:find("query." .. truth.query), nil)
  ui:key "end"
  local row, bar = ui:find("query." .. truth.query), ui:find "dim.q.0"
  assert(row and row.h == 26 and row.y + row.h <= bar.y, "whole, above the pane")
end)

check("dimensions: values are a column beside the weights, and say where they are not known", function()
  local ui <close> = shipped()
  equal(ui:find "strip.v.0", nil)
  w.click(ui, "values")
  equal(ui:state().values, true)
  assert(ui:find "strip.v.8" and ui:find "strip.z" and w.says(ui, "Value v"))
  w.click(ui, "values")
  equal(ui:state().values, false)
  local without <close> = expanded()
  without:key "v"
  assert(w.says(without, "This source has no values:"))
  equal(without:find "strip.v.0", nil)
end)

check("dimensions: collapsing leaves the dimension; a part of a pair has its own", function()
  local ui <close> = expanded()
  ui:command("dimension.select", { 3 })
  ui:command("filter.set", { "ab" })
  equal(ui:state().dimension, 3)
  assert(ui:find "dim.q.3" and not ui:find "dim.q.4")
  assert(ui:find "dim.at.7", "from the first of A to the last of B")
  ui:key "e"
  equal(ui:state().dimension, nil)
  raises("expected 0 to 3", ui.command, ui, "dimension.select", { 4 })
end)

check("dimensions: without queries and keys there are none", function()
  local ui <close> = w.neuron_view "pattern_only.safetensors"
  ui:key "shift+right"
  ui:key "d"
  ui:key "enter"
  equal(ui:state().dimension, nil)
  raises("nothing shown", ui.command, ui, "dimension.select", { 0 })
end)

check("dimensions: what is set comes back with the next window", function()
  local folder <const>, gone <close> = files.free()
  do
    local ui <close> = shipped { state_dir = folder }
    ui:command("dimension.order", { "distance" })
    ui:command("dimension.rest", { "faded" })
    ui:command("dimension.top", { 5 })
    ui:command("dimension.select", { 30 })
    ui:command("neuron.values", { true })
  end
  local ui <close> = hs.ui.open { state_dir = folder }
  ui:wait()
  local state = ui:state()
  equal(state.dimension_order, "distance")
  equal(state.dimension_rest, "faded")
  equal(state.dimension_top, 5)
  equal(state.dimension, 30)
  equal(state.values, true)
end)

check("numbers of three figures keep apart above the vectors, from the hovered and the selected one too", function()
  local path <const>, gone <close> = files.free ".safetensors"
  local even = hs.zeros { 2, 1, 128 }
  assert(hs.save_tensors(path, { ["blocks.0.attn.hook_pattern"] = hs.zeros { 1, 2, 2 } + 0.5,
    ["blocks.0.attn.hook_q"] = even, ["blocks.0.attn.hook_k"] = even },
    { tokens = hs.json.encode { "a", "b" }, text = "ab", causal = "false" }))
  local ui <close> = hs.ui.open { model = path, size = { 1280, 800 }, dock = false }
  ui:wait()
  ui:command "view.neuron"
  ui:command("neuron.expand", { 0 })
  local function numbers()
    local first, last, found = ui:find "strip.q.0", nil, {}
    for _, command in ipairs(w.drawn(ui, "text")) do
      local middle = command.rect[1] + command.rect[3] / 2
      if command.text:find "^%d+$" and command.size == 11 and command.rect[2] < first.y and command.rect[2] > 80
        and middle > first.x and middle < first.x + first.w then
        assert(not last or middle - last >= 21 + 4, "three figures and a gap")
        last = middle
        found[command.text] = true
      end
    end
    return found
  end
  assert(numbers()["0"])
  ui:command("hover", { "dim.101" })
  assert(numbers()["101"])
  ui:command("dimension.select", { 98 })
  ui:command("hover", { "dim.50" })
  assert(numbers()["98"] and numbers()["50"])
end)

w.finish()
