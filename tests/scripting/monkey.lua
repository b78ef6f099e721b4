-- A monkey at the window: what it can do, each thing a function of a window. It rolls dice of its own, so that a seed
-- gives the same acts everywhere, and knows the window only by what a person sees of it: elements, keys, commands.
local M = {}

local sizes = { 0, 1, 2, 7, 39, 40, 160, 333, 400, 640, 641, 800, 1280 }
local numbers = { 0, 1, -1, 2, 3, 5, 11, 12, 0.5, 0.05, 1e9, -1e9, 1e300, 1 / 0, -1 / 0, 0 / 0, 2 ^ 31, -2 ^ 31, 2 ^ 53 }
local words = {
  "", "a", " ", "The doctor asked the nurse.", "ab", "all", "query", "key", "dark", "light", "linear", "sqrt",
  "tile.3", "thumb.1.2", "layer", "filter", "model", "text", "pair", "find", "options", "nonsense", "2:query.1",
  "\u{4f60}\u{597d}", "\u{5e9}\u{5dc}\u{5d5}\u{5dd}", "\u{645}\u{631}\u{62d}\u{628}\u{627}", "\u{928}\u{92e}\u{938}\u{94d}\u{924}\u{947}",
  "\u{1f469}\u{200d}\u{1f4bb}", "e\u{301}\u{302}", "\u{202e}abc", "\t", "\xff\xfe", "\xe2\x82", ("x"):rep(300),
  "0,1,2", "*doctor*", "5.10", "L2H3", "1e999", "-0",
  "head 2.1 zero", "pattern 0.1 query 2 key 1 set 0.9; neuron 0.3 token 1 mean", "q1 head 0 dim 3 scale -1", "resid_pre1 zero",
  "pattern 1.2 query 40 set 1e30", "zero", "scale 0.5", "set -1e38",
}
local names = {
  "escape", "escape", "enter", "tab", "shift+tab", "space", "backspace", "delete", "up", "down", "left", "right",
  "home", "end", "pageup", "pagedown", "plus", "minus", "0", "1", "2", "3", "4", "?", "/", ".", ",", "[", "]", "\\",
  "f1", "f3", "f5", "f11", "shift+enter", "shift+left", "shift+right", "shift+up", "shift+down", "shift+home",
  "shift+end", "ctrl+enter", "ctrl+plus", "ctrl+minus", "ctrl+left", "ctrl+right", "ctrl+shift+p", "ctrl+`",
  "ctrl+space", "ctrl+backspace", "ctrl+delete", "ctrl+shift+left", "ctrl+shift+z", "alt+left", "nonsense", "",
}
for letter in ("abcdefghijklmnopqrstuvwxyz"):gmatch "." do
  names[#names + 1] = letter
  if letter ~= "q" then names[#names + 1] = "ctrl+" .. letter end
end

--- One of a list.
local function pick(list) return list[math.random(#list)] end
M.pick = pick

local function chance(percent) return math.random(100) <= percent end

--- A point: mostly on something that is drawn, else anywhere, outside as well.
local function place(ui, drawn)
  local one = #drawn > 0 and chance(80) and pick(drawn) or nil
  local r = one and ui:find(one)
  if r then return r.x + math.random() * r.w, r.y + math.random() * r.h end
  return math.random(-20, 1300), math.random(-20, 820)
end

--- Ids of what is drawn now, each once.
function M.elements(ui)
  local ids, seen = {}, {}
  for _, command in ipairs(ui:frame()) do
    local id = command.id
    if type(id) == "string" and id ~= "" and not seen[id] then
      seen[id] = true
      ids[#ids + 1] = id
    end
  end
  return ids
end

local function some_text()
  if chance(60) then return pick(words) end
  local parts = {}
  for i = 1, math.random(12) do parts[i] = utf8.char(chance(50) and math.random(32, 126) or math.random(0xA0, 0xD7FF)) end
  return table.concat(parts)
end

--- What may stand for a text: no NUL bytes, which Lua's side refuses by itself.
local function some_value()
  local kind = math.random(10)
  if kind <= 6 then return chance(70) and math.random(0, 14) or pick(numbers) end
  if kind <= 9 then return some_text() end
  return chance(50)
end

local function some_arguments(n)
  local list = {}
  for i = 1, chance(90) and n or math.random(0, 3) do list[i] = some_value() end
  return list
end

-- Files are written and models left only where the test means it.
local avoided = { ["window.close"] = true }

--- The acts, each with how often it comes: chosen first, done by the function that they return, so that what crashes
--- can be told before. `world`: {drawn, commands, files}.
M.acts = {
  { 30, function(ui, world)
    local x, y = place(ui, world.drawn)
    return function() ui:move(x, y) end, "move", x, y
  end },
  { 30, function(ui, world)
    local x, y = place(ui, world.drawn)
    local options = { clicks = chance(75) and 1 or math.random(2, 3), shift = chance(10), ctrl = chance(10) }
    if chance(8) then options.button = pick { "right", "middle" } end
    return function() ui:click(x, y, options) end, "click", x, y, options.clicks, options.button
  end },
  { 8, function(ui, world)
    local x, y = place(ui, world.drawn)
    return function()
      ui:press(x, y, { clicks = math.random(3) })
      for _ = 1, math.random(0, 4) do ui:move(place(ui, world.drawn)) end
      if chance(80) then ui:release(place(ui, world.drawn)) end
    end, "drag", x, y
  end },
  { 25, function(ui)
    local name = pick(names)
    return function() ui:key(name) end, "key", name
  end },
  { 8, function(ui)
    local text = some_text()
    if chance(10) then text = text .. "\n" end
    return function() ui:type(text) end, "type", text
  end },
  { 10, function(ui)
    local dx, dy = pick { 0, 0, 1, -1, 1000 }, pick { 1, -1, 3, -3, 0.25, 1e6, -1e6, 0 }
    local held = { shift = chance(15), ctrl = chance(25) }
    return function() ui:wheel(dx, dy, held) end, "wheel", dx, dy
  end },
  { 25, function(ui, world)
    local command = pick(world.commands)
    if avoided[command.name] then return function() end, "nothing" end
    local arguments = some_arguments(#command.parameters)
    return function()
      local ok, message = pcall(ui.command, ui, command.name, arguments)
      assert(ok or type(message) == "string" and #message > 0, "a refusal says why")
    end, "command", command.name, table.unpack(arguments)
  end },
  { 3, function(ui)
    local w, h = pick(sizes), pick(sizes)
    return function() pcall(ui.resize, ui, w, h) end, "resize", w, h
  end },
  { 1, function(ui, world)
    local file = pick(world.files)
    return function() ui:drop(file) end, "drop", file
  end },
  { 6, function(ui)
    local seconds = pick { 0, 0.1, 0.35, 2 }
    return function() ui:step(seconds) end, "step", seconds
  end },
  { 3, function(ui)
    return function() ui:wait() end, "wait"
  end },
}

local total = 0
for _, act in ipairs(M.acts) do total = total + act[1] end

--- One of the acts, as often as it should come.
function M.next_act()
  local left = math.random(total)
  for _, act in ipairs(M.acts) do
    left = left - act[1]
    if left <= 0 then return act[2] end
  end
end

return M
