-- Panels of the model view: one follows the selection, pinned ones stay, are moved and closed.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local w = require "window"
local raises = require "raises"
local check, equal = w.check, w.equal

--- Open panels as "0.1 1.2".
local function panels(ui)
  local found = {}
  for i, panel in ipairs(ui:state().panels) do found[i] = panel[1] .. "." .. panel[2] end
  return table.concat(found, " ")
end

local function says_dot(ui, id, dot)
  local r = ui:find(id)
  for _, command in ipairs(w.drawn(ui, "text")) do
    local x, y, width, height = table.unpack(command.rect)
    if command.text == dot and x == r.x and y == r.y and width == r.w and height == r.h then return true end
  end
  return false
end

check("a pinned panel stays while the next one opens beside it", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.0.1")
  assert(says_dot(ui, "panel.0.1.pin", "○"))
  local before = ui:find "panel.0.1"
  w.click(ui, "panel.0.1.pin")
  assert(says_dot(ui, "panel.0.1.pin", "●"))
  equal(panels(ui), "0.1")
  equal(ui:find("panel.0.1").x, before.x, "where it was")
  ui:command("head.open", { 1, 0 })
  equal(panels(ui), "0.1 1.0")
  ui:command("head.open", { 1, 2 })
  equal(panels(ui), "0.1 1.2", "the other one follows")
  assert(ui:find "panel.0.1" and ui:find "panel.1.2" and not ui:find "panel.1.0")
end)

check("a thumbnail whose panel is pinned is only selected, and has no second panel", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.open", { 0, 1 })
  ui:command("panel.pin", { 0, 1 })
  ui:command("head.open", { 1, 1 })
  ui:command("head.open", { 0, 1 })
  equal(panels(ui), "0.1")
  equal(ui:state().layer, 0)
  ui:command("head.open", { 1, 1 })
  ui:key "up"
  equal(panels(ui), "0.1", "nor when the panel comes there with the selection")
  ui:key "down"
  equal(panels(ui), "0.1 1.1")
  ui:key "up"
  ui:command("panel.close", { 0, 1 })
  equal(panels(ui), "")
end)

check("panels of one column do not hide each other, and stay where they are when they are pinned", function()
  local ui <close> = w.open("minilm-pair", { size = { 1280, 800 }, dock = false })
  local function hidden(a, b)
    local w2 = math.min(a.x + a.w, b.x + b.w) - math.max(a.x, b.x)
    local h2 = math.min(a.y + a.h, b.y + b.h) - math.max(a.y, b.y)
    return w2 > 0 and h2 > 0 and w2 * h2 / (a.w * a.h) or 0
  end
  local function place(id)
    for _, command in ipairs(w.drawn(ui, "rect")) do
      if command.id == id then
        local x, y, width, height = table.unpack(command.rect)
        return { x = x, y = y, w = width, h = height }
      end
    end
    error("no " .. id)
  end
  ui:command("head.open", { 5, 11 })
  local first = place "panel.5.11"
  ui:command("panel.pin", { 5, 11 })
  ui:command("head.open", { 3, 11 })
  local second = place "panel.3.11"
  equal(place("panel.5.11").x, first.x)
  assert(hidden(first, second) < 0.5, "the first can be read")
  ui:command("panel.pin", { 3, 11 })
  equal(place("panel.3.11").x, second.x, "pinned where it is")
  ui:command("head.open", { 4, 11 })
  local third = place "panel.4.11"
  assert(hidden(first, third) < 0.5 and hidden(second, third) < 0.5)
  local area = ui:area()
  for _, panel in ipairs { first, second, third } do
    assert(panel.x >= area.x and panel.x + panel.w <= area.x + area.w)
  end
end)

check("a panel is dragged by its frame, is pinned by that, and stays inside the view", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "thumb.0.1")
  local from, area = ui:find "panel.0.1", ui:area()
  local x, y = from.x + 40, from.y + 20
  ui:move(x, y)
  ui:press(x, y)
  equal(panels(ui), "0.1")
  assert(says_dot(ui, "panel.0.1.pin", "○"), "a press alone does nothing")
  ui:move(x + 30, y + 50)
  ui:release(x + 30, y + 50)
  local to = ui:find "panel.0.1"
  equal(to.x, from.x + 30)
  equal(to.y, from.y + 50)
  assert(says_dot(ui, "panel.0.1.pin", "●"))
  ui:move(x + 60, y + 80)
  equal(ui:find("panel.0.1").x, to.x, "let go")
  ui:command("panel.move", { 0, 1, -1000, 5000 })
  local r = ui:find "panel.0.1"
  equal(r.x, area.x)
  equal(r.y + r.h, area.y + area.h)
  ui:resize(640, 400)
  r, area = ui:find "panel.0.1", ui:area()
  assert(r.x >= area.x and r.x + r.w <= area.x + area.w and r.y >= area.y, "also in a smaller window")
end)

check("a panel is closed by its cross, others by Escape, the last one first", function()
  local ui <close> = w.open "pair.safetensors"
  for head = 0, 2 do
    ui:command("head.open", { 0, head })
    ui:command("panel.move", { 0, head, 310 * head, 20 })
  end
  ui:command("head.open", { 1, 0 })
  equal(panels(ui), "0.0 0.1 0.2 1.0")
  ui:key "escape"
  equal(panels(ui), "0.0 0.1 0.2")
  w.click(ui, "panel.0.1.close")
  equal(panels(ui), "0.0 0.2")
  ui:key "escape"
  equal(panels(ui), "0.0")
  ui:key "escape"
  equal(panels(ui), "")
end)

check("a panel that is pinned no longer follows the selection again", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.open", { 0, 1 })
  ui:command("panel.pin", { 0, 1 })
  ui:command("panel.pin", { 0, 1 })
  equal(panels(ui), "0.1")
  ui:key "down"
  equal(panels(ui), "1.1")
end)

check("a double-click on a thumbnail goes down with the pinned panels kept", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.open", { 0, 2 })
  ui:command("panel.move", { 0, 2, 900, 400 })
  w.click(ui, "thumb.0.2", { clicks = 2 })
  equal(ui:state().view, "head")
  equal(panels(ui), "0.2")
end)

check("tokens of every panel are hovered and pinned together", function()
  local ui <close> = w.open "pair.safetensors"
  ui:command("head.open", { 0, 0 })
  ui:command("panel.move", { 0, 0, 0, 0 })
  ui:command("head.open", { 1, 2 })
  w.move(ui, "panel.0.0.query.3")
  local drawn = w.drawn(ui, "attention")
  equal(#drawn, 3)
  equal(drawn[2].only_row, 3)
  equal(drawn[3].only_row, 3)
end)

check("what is no panel is refused, and there are at most eight", function()
  local ui <close> = w.open "minilm-pair"
  raises("found none of head 0.1", ui.command, ui, "panel.pin", { 0, 1 })
  raises("found none of head 0.1", ui.command, ui, "panel.close", { 0, 1 })
  raises("0 to 5", ui.command, ui, "panel.move", { 6, 0, 0, 0 })
  for head = 0, 8 do
    ui:command("head.open", { 0, head })
    if head < 8 then ui:command("panel.pin", { 0, head }) end
  end
  raises("at most 8", ui.command, ui, "panel.pin", { 0, 8 })
  raises("finite", ui.command, ui, "panel.move", { 0, 8, 0 / 0, 0 })
  equal(#ui:state().panels, 9)
  ui:command("model.open", { w.fixtures .. "pair.safetensors" })
  ui:wait()
  equal(panels(ui):match "0%.[3-8]", nil, "those that a smaller model lacks are gone")
end)

w.finish()
