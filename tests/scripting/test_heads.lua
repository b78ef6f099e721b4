-- How heads are drawn: previewed under the mouse, with line weights as in BertViz, in colours for the colour-blind.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local check, equal, list = w.check, w.equal, w.list
local lines, head_view = w.lines, w.head_view

local CHANNEL = 1 / 255 -- a step of a colour

check("a hovered tile previews its head alone, and nothing stays", function()
  local ui <close> = head_view()
  w.leave(ui)
  local rest = w.frame(ui)
  w.move(ui, "tile.1")
  equal(ui:state().preview, 1)
  equal(#lines(ui).planes, 1)
  equal(lines(ui).planes[1].color, "#ff7f0eff")
  equal(lines(ui).planes[1].gain, 1)
  list(ui:state().heads, { 0, 1, 2 })
  ui:step(1)
  assert(w.says(ui, "Click: this head on or off"), "the tooltip")
  w.leave(ui)
  equal(ui:state().preview, nil)
  equal(w.frame(ui), rest)
end)

check("a head that is off is previewed too; a click ends the preview until the mouse comes again", function()
  local ui <close> = head_view()
  ui:command("head.toggle", { 2 })
  w.move(ui, "tile.2")
  equal(lines(ui).planes[1].color, "#2ca02cff")
  w.click(ui, "tile.2")
  equal(ui:state().preview, nil)
  equal(#lines(ui).planes, 3, "what the click did shows")
  w.leave(ui)
  w.move(ui, "tile.2")
  equal(#lines(ui).planes, 1)
end)

check("lines as in BertViz: weight over the number of heads, alone or not", function()
  local ui <close> = head_view()
  w.leave(ui)
  local rest = w.frame(ui)
  equal(ui:state().lines, "sqrt")
  ui:key "w"
  equal(ui:state().lines, "bertviz")
  w.near(lines(ui).planes[1].gain, 1 / 3, CHANNEL, "at rest")
  w.move(ui, "query.2")
  w.near(lines(ui).planes[1].gain, 1 / 3, CHANNEL, "alone")
  w.click(ui, "tile.0")
  w.leave(ui)
  w.near(lines(ui).planes[1].gain, 1 / 2, CHANNEL, "two heads")
  w.click(ui, "tile.0")
  w.leave(ui)
  ui:command "lines.bertviz"
  equal(w.frame(ui), rest)
end)

check("the safe palette holds in every view, and black gives way to the text's colour", function()
  local ui <close> = head_view()
  equal(ui:state().palette, "standard")
  ui:key "c"
  equal(ui:state().palette, "safe")
  for head, color in ipairs { "#e69f00ff", "#56b4e9ff", "#009e73ff" } do
    equal(lines(ui).planes[head].color, color)
    equal(w.fills(ui, "tile." .. head - 1)[1].fill, color, "tile")
  end
  ui:key "1"
  equal(lines(ui).planes[1].color, "#e69f00ff")
  equal(lines(ui).planes[4].color, "#56b4e9ff", "layer 1")
  ui:command "palette.toggle"
  equal(lines(ui).planes[1].color, "#1f77b4ff")
  local many <close> = w.open "minilm-pair"
  many:command "palette.toggle"
  many:key "2"
  many:key "a"
  equal(w.fills(many, "tile.7")[1].fill, "#e6e8ecff")
  many:key "t"
  equal(w.fills(many, "tile.7")[1].fill, "#1a1d23ff")
end)

w.finish()
