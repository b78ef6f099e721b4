-- What the window says of itself: each control's tooltip, and the list of keys.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local open = require("keyed").open
local w = require "window"
local check = w.check

check("every control of the bars says what it does, after its time", function()
  local ui <close> = open { size = { 1280, 900 } }
  ui:command("strip.set", { "entropy" })
  ui:key "2"
  ui:key "ctrl+`"
  ui:command("compare.text", { "He" })
  ui:wait()
  local tips = {
    model = "ctrl+m", examples = "ctrl+e", run = "Enter", ["tab.model"] = "Model view", ["tab.matrix"] = "(4)", split = "(\\)",
    layer = "up, down", ["tile.2"] = "on or off", threshold = "not drawn", sink = "share of all weight", options = "(o)",
    help = "(?)", strip = "(s)", bos = "(b)", ["console.close"] = "ctrl+`", ["compare.close"] = "no longer",
    ["shown.second"] = "second run", ["shown.difference"] = "has more", splitter = "double-click",
  }
  for id, part in pairs(tips) do
    local r = ui:find(id) or ui:find("2:" .. id)
    ui:move(r.x + math.min(r.w, 40) / 2, r.y + math.min(r.h, 20) / 2) -- of the strip its title
    assert(not w.says(ui, part), id .. " waits")
    ui:step(0.35)
    assert(w.says(ui, part), id)
    w.leave(ui)
  end
end)

check("the keys: in a small window their lines stay apart, and scroll; any other key puts them away", function()
  local ui <close> = open { size = { 640, 400 } }
  ui:key "?"
  local function lines()
    local found = {}
    for _, command in ipairs(w.drawn(ui, "text")) do
      if command.font == "mono" and command.size == 11 and command.color:find "^#4aa8ff" then
        found[#found + 1] = command.rect
      end
    end
    return found
  end
  local all = lines()
  for i = 2, #all do
    assert(all[i][4] >= 14 and all[i][2] + all[i][4] <= 400, "a whole line")
    assert(all[i][2] >= all[i - 1][2] + 14 or all[i][1] > all[i - 1][1], "below the one before, or beside it")
  end
  assert(w.says(ui, "Model view") and not w.says(ui, "Quit"))
  for _ = 1, 5 do ui:key "pagedown" end
  assert(w.says(ui, "Quit") and w.says(ui, "Keys"))
  ui:wheel(0, 20)
  for _ = 1, 5 do ui:key "pageup" end
  assert(w.says(ui, "Model view"))
  ui:key "x"
  assert(not w.says(ui, "Keys"))
  ui:resize(1280, 800)
  ui:key "?"
  assert(w.says(ui, "Model view") and w.says(ui, "Quit"), "all of them")
  ui:key "down"
  assert(not w.says(ui, "Keys"))
end)

w.finish()
