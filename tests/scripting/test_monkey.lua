-- A monkey acts on windows, from a seed that is printed: headscope run test_monkey.lua [ACTS [SEED [trace]]]. After
-- each batch everything that is selected must be there, and Escape must lead back to where plain keys reach the view.
-- It may write figures and scripts: run it in a folder of its own.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local monkey = require "monkey"

local probes <const>, gone <close> = require("files").folder()

local acts, seed = math.tointeger(arg[1]) or 3000, math.tointeger(arg[2]) or 20261125
local traces = arg[3] == "trace"
local batch, batches_a_window = 25, 12
local fixtures = os.getenv "FIXTURES" .. "/views/"

math.randomseed(seed)

local files = {
  fixtures .. "pair.safetensors", fixtures .. "causal.safetensors", "minilm-pair", "novella",
  arg[0], "/", "", "no such file", "/dev/null", "\u{4f60}\u{597d}.png", fixtures .. "../tiny",
}

local function tell(...)
  if not traces then return end
  local parts = {}
  for i, value in ipairs { ... } do parts[i] = type(value) == "string" and ("%q"):format(value) or tostring(value) end
  io.stderr:write(table.concat(parts, " "), "\n")
end

--- Does what was chosen, told before.
local function act(doing, ...)
  tell(...)
  doing()
end

local function open()
  local model = monkey.pick { "minilm-pair", "novella", fixtures .. "pair.safetensors", fixtures .. "causal.safetensors" }
  local options = { model = model, size = monkey.pick { { 1280, 800 }, { 640, 400 }, { 300, 200 } },
    scale = monkey.pick { 1, 1, 2 }, theme = monkey.pick { "dark", "light" }, probes_dir = probes }
  tell("open", model, options.size[1], options.scale)
  return hs.ui.open(options)
end

-- What must hold -------------------------------------------------------------------------------------------------

local function within(value, low, high, what)
  if not (value >= low and value <= high) then error(("%s: expected %s to %s, found %s"):format(what, low, high, value), 0) end
end

local function whole(value, n, what)
  if math.type(value) ~= "integer" then error(what .. ": expected a whole number, found " .. tostring(value), 0) end
  within(value, 0, n - 1, what)
end

--- Rows and columns of the weights that the head view draws; nil where it draws none. What is selected belongs to
--- the first of two runs.
local function shape(ui)
  pcall(ui.command, ui, "compare.close")
  ui:command "view.head"
  for _, command in ipairs(ui:frame()) do
    if command.kind == "attention" and #command.planes > 0 then return table.unpack(command.planes[1].weights.shape) end
  end
end

--- Layers and heads of what is shown, as the status line says: a model whose first run was cancelled has its name in
--- the field already, over the run before.
local function shown_size(ui)
  for _, command in ipairs(ui:frame()) do
    local layers, heads = (command.text or ""):match "(%d+) layers × (%d+) heads"
    if layers then return { math.tointeger(layers), math.tointeger(heads) } end
  end
end

--- Without a source there are no heads.
local function check_heads(state, size)
  if #state.heads == 0 then return end
  whole(state.layer, size[1], "layer")
  whole(state.head, size[2], "head")
  for i, head in ipairs(state.heads) do
    whole(head, size[2], "heads")
    assert(i == 1 or head > state.heads[i - 1], "heads are in order, each once")
  end
  for _, panel in ipairs(state.panels) do
    whole(panel[1], size[1], "panel's layer")
    whole(panel[2], size[2], "panel's head")
  end
end

local function check_tokens(state, rows, columns)
  if state.token then whole(state.token, rows, "token") end
  for _, pin in ipairs(state.pins) do whole(pin.token, pin.side == "query" and rows or columns, "pin") end
end

--- Every rectangle of the frame is made of numbers.
local function check_frame(ui)
  for _, command in ipairs(ui:frame()) do
    for _, number in ipairs(command.rect or {}) do within(number, -1e9, 1e9, command.kind .. " rectangle") end
  end
end

local function check(ui)
  local state = ui:state()
  local size = not state.busy and shown_size(ui)
  within(state.threshold, 0, 1, "threshold")
  within(state.zoom, 1, 1024, "zoom")
  within(state.head_zoom, 0.001, 3, "zoom of the head view")
  within(state.scale, 0.1, 8, "scale")
  within(state.scroll.x, 0, 1e7, "scroll")
  within(state.scroll.y, 0, 1e7, "scroll")
  check_frame(ui)
  if size then check_heads(state, size) end
  return state
end

--- Escape leaves whatever there is, a pop-up, a field, a panel at each press (nine panels at most); then keys reach
--- the view.
local function leave(ui)
  for _ = 1, 20 do ui:key "escape" end
  local state = ui:state()
  for _, name in ipairs { "focus", "error", "token" } do
    assert(state[name] == nil, "after Escape: " .. name .. " is " .. tostring(state[name]))
  end
  assert(not state.busy and #state.pins == 0, "after Escape: nothing runs, nothing is pinned")
  assert(state.view ~= "model" or #state.panels == 0, "after Escape: no panel is open")
  for key, view in pairs { ["4"] = "matrix", ["2"] = "head" } do
    ui:key(key)
    assert(ui:state().view == view, "after Escape: the key " .. key .. " reaches the view")
  end
end

local function after_batch(ui)
  ui:wait()
  ui:resize(1280, 800)
  local state = check(ui)
  ui:pixels()
  leave(ui)
  local rows, columns = shape(ui)
  if not rows then return end
  assert(#state.heads > 0, "at least one head is on")
  check_tokens(state, rows, columns)
end

-- The acts -------------------------------------------------------------------------------------------------------

local function play(ui, waits)
  local world = { commands = ui:commands(), files = files }
  for i = 1, batch do
    if i % 5 == 1 then world.drawn = monkey.elements(ui) end
    act(monkey.next_act()(ui, world))
    if waits then ui:wait() end
    if math.random(10) == 1 then ui:pixels() end
  end
end

local ui
local function go_on(i)
  if i % batches_a_window == 1 then
    if ui then ui:close() end
    ui = open()
  end
  play(ui, i % 2 == 0)
  after_batch(ui)
end

print(("%d acts from seed %d"):format(acts, seed))
for i = 1, acts // batch do
  local ok, message = xpcall(go_on, debug.traceback, i)
  if not ok then
    io.stderr:write(("FAILED in batch %d of seed %d: %s\n"):format(i, seed, message))
    os.exit(1)
  end
end
