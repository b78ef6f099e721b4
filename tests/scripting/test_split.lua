-- Two views beside each other: where they are, which of them keys act on, one selection, and what of it lasts.
local hs = require "headscope"
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local files = require "files"
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises

local function split(options)
  options = options or {}
  options.split = true
  return w.open("pair.safetensors", options)
end

local function views(ui, expected, active)
  list(ui:state().views, expected, "views")
  equal(ui:state().active, active, "active")
  equal(ui:state().view, expected[active], "view")
end

check("the button and the key show two views, or one", function()
  local ui <close> = w.open "pair.safetensors"
  equal(ui:state().split, false)
  w.click(ui, "split")
  views(ui, { "model", "head" }, 1)
  local left, right, splitter = ui:find "view", ui:find "2:view", ui:find "splitter"
  equal(splitter.w, 8)
  equal(left.x + left.w, splitter.x)
  equal(right.x, splitter.x + splitter.w)
  equal(math.floor((1280 - ui:find("dock").w - 8) * 0.6), left.w, "the model view's share")
  ui:key "\\"
  views(ui, { "model" }, 1)
  equal(ui:find "2:view", nil)
  equal(ui:find "splitter", nil)
end)

check("another view than the model view stays, at the right", function()
  local ui <close> = w.open "pair.safetensors"
  ui:key "4"
  ui:key "\\"
  views(ui, { "model", "matrix" }, 2)
  ui:key "\\"
  views(ui, { "matrix" }, 1)
end)

check("keys act on the view that was pressed last, and it is marked", function()
  local ui <close> = split()
  local function marked()
    for _, command in ipairs(ui:frame()) do
      if command.fill == "#4aa8ffff" and command.rect[2] == ui:area().y and command.rect[4] == 2 then
        return command.rect[1], command.rect[3]
      end
    end
  end
  local x, width = marked()
  equal(x, ui:find("view").x)
  equal(width, ui:find("view").w)
  ui:key "3"
  views(ui, { "neuron", "head" }, 1)
  local right = ui:find "2:view"
  ui:click(right.x + 5, right.y + right.h - 5)
  views(ui, { "neuron", "head" }, 2)
  equal(marked(), right.x)
  ui:key "4"
  views(ui, { "neuron", "matrix" }, 2)
  ui:key "|"
  views(ui, { "neuron", "matrix" }, 1)
  w.click(ui, "tab.model")
  views(ui, { "model", "matrix" }, 1)
  ui:command("split.side", { "right" })
  equal(ui:state().active, 2)
  raises("expected left or right, found up", ui.command, ui, "split.side", { "up" })
end)

check("elements of the right view carry its prefix, and answer", function()
  local ui <close> = split()
  equal(ui:find "query.3", nil, "the model view has no query")
  equal(ui:find "2:thumb.0.0", nil)
  w.move(ui, "2:query.3")
  local hover = ui:state().hover
  equal(hover.side .. hover.token .. hover.view, "query32")
  w.click(ui, "2:query.3")
  equal(ui:state().token, 3)
  local ids = {}
  for _, command in ipairs(ui:frame()) do ids[command.id or ""] = true end
  assert(ids["2:query.3"] and not ids["query.3"])
end)

check("a thumbnail selects its head on both sides, without a panel", function()
  local ui <close> = split()
  w.click(ui, "thumb.1.2")
  local state = ui:state()
  equal(state.layer .. "." .. state.head, "1.2")
  list(state.heads, { 2 })
  equal(#state.panels, 0)
  ui:key "\\"
  w.click(ui, "thumb.1.1")
  equal(#ui:state().panels, 1, "a view alone opens it")
end)

check("a token hovered on one side is lit on the other", function()
  local ui <close> = split()
  ui:key "4"
  views(ui, { "matrix", "head" }, 1)
  w.move(ui, "query.4")
  equal(w.lines(ui).only_row, 4)
  w.move(ui, "2:key.2")
  local lit
  local r = ui:find "key.2"
  for _, command in ipairs(ui:frame()) do
    lit = lit or command.text and command.turned and command.color == "#4aa8ffff" and command.rect[1] + command.rect[3] / 2
  end
  assert(lit and lit > r.x and lit < r.x + r.w, "the key's label in the matrix")
end)

check("the splitter is dragged, moved by keys, and put back", function()
  local ui <close> = split()
  local r = ui:find "splitter"
  ui:press(r.x + 4, r.y + 50)
  ui:move(400, r.y + 60)
  ui:release(400, r.y + 60)
  equal(ui:find("splitter").x, 396)
  ui:move(4, r.y + 60)
  equal(ui:find("splitter").x, 396, "only while it is held")
  ui:command("focus.set", { "splitter" })
  local before = ui:state().share
  ui:key "right"
  assert(math.abs(ui:state().share - before - 0.02) < 1e-6)
  ui:key "left"
  ui:key "left"
  assert(ui:state().share < before)
  ui:key "escape"
  w.click(ui, "splitter", { clicks = 2 })
  equal(ui:state().share, 0.6)
  for _ = 1, 40 do ui:command "split.less" end
  equal(ui:state().share, 0.1)
  raises("expected 0.1 to 0.9, found 0.95", ui.command, ui, "split.share", { 0.95 })
end)

check("a narrow window shows the active one", function()
  local ui <close> = split { size = { 959, 500 } }
  views(ui, { "model" }, 1)
  equal(ui:state().split, true)
  equal(ui:find "split", nil)
  ui:key "|"
  list(ui:state().views, { "head" })
  assert(ui:find "query.0", "alone it has no prefix")
  ui:resize(960, 500)
  views(ui, { "model", "head" }, 2)
end)

check("the wheel scrolls the view under the mouse", function()
  local ui <close> = w.open("minilm-pair", { split = true, size = { 1100, 400 } })
  w.move(ui, "2:view")
  ui:wheel(0, -2)
  equal(ui:state().active, 1)
  ui:key "|"
  equal(ui:state().scroll.y, 144)
end)

check("down goes to the side that shows the next scale, up back, and the selection stays", function()
  local ui <close> = split()
  w.click(ui, "thumb.1.2", { clicks = 2 })
  views(ui, { "model", "head" }, 2)
  ui:key "]"
  ui:key "enter"
  views(ui, { "model", "neuron" }, 2)
  equal(ui:state().expanded, true)
  ui:key "backspace"
  views(ui, { "model", "head" }, 2)
  ui:key "backspace"
  views(ui, { "model", "head" }, 1)
  local state = ui:state()
  equal(state.layer .. "." .. state.head .. " " .. state.token, "1.2 0")
end)

check("double-click on a token of the right side goes down there", function()
  local ui <close> = split()
  w.click(ui, "2:query.5", { clicks = 2 })
  views(ui, { "model", "neuron" }, 2)
  equal(ui:state().token, 5)
end)

check("Tab goes through the controls of both, once around", function()
  local ui <close> = split()
  local seen, n = {}, 0
  for _ = 1, 60 do
    ui:key "tab"
    local focus = ui:state().focus
    if not focus then break end
    assert(not seen[focus], focus)
    seen[focus], n = n + 1, n + 1
  end
  assert(seen.split and seen.splitter and seen["tab.matrix"] and seen["tile.0"])
  equal(seen.split, seen["tab.matrix"] + 1)
end)

check("two views of one kind scroll together and zoom each where the mouse is", function()
  local ui <close> = split()
  ui:key "4"
  ui:key "|"
  ui:key "4"
  w.move(ui, "2:cell.3.2")
  ui:wheel(0, 3, { ctrl = true })
  assert(ui:state().zoom > 1)
  local left, right = ui:find "cell.3.2", ui:find "2:cell.3.2"
  assert(left and right)
end)

check("what a figure shows of two views is opened again", function()
  local file <const>, gone <close> = files.free ".svg"
  do
    local ui <close> = split { size = { 1280, 700 } }
    ui:command("split.share", { 0.5 })
    ui:command("split.side", { "right" })
    ui:key "4"
    ui:command("figure.save", { file })
  end
  local ui <close> = hs.ui.open { figure = file }
  ui:wait()
  views(ui, { "model", "matrix" }, 2)
  equal(ui:state().share, 0.5)
end)

check("a figure of two views shows both again, also where panels left them little room", function()
  local file <const>, gone <close> = files.free ".png"
  do
    local ui <close> = split { size = { 1000, 700 } }
    ui:command "inspector.toggle"
    assert(ui:find "inspector" and #ui:state().views == 2)
    ui:command("figure.save", { file })
  end
  local ui <close> = hs.ui.open { figure = file }
  ui:wait()
  equal(#ui:state().views, 2)
end)

check("the state of two views lasts", function()
  local folder <const>, gone <close> = files.free()
  do
    local ui <close> = split { state_dir = folder }
    ui:command("split.share", { 0.25 })
    ui:key "3"
    ui:key "|"
    ui:key "4"
  end
  do
    local ui <close> = hs.ui.open { state_dir = folder }
    ui:wait()
    views(ui, { "neuron", "matrix" }, 2)
    equal(ui:state().share, 0.25)
    ui:key "\\"
  end
  local ui <close> = hs.ui.open { state_dir = folder }
  ui:wait()
  views(ui, { "matrix" }, 1)
end)

check("what an empty view says is whole in each half, in as many lines as it needs", function()
  local sentence = "Type a sentence and press Enter, or choose an example."
  local function said(ui)
    local lines = { "", "" }
    for _, command in ipairs(w.drawn(ui, "text")) do
      if command.size == 15 then
        local side = command.rect[1] < ui:find "splitter".x and 1 or 2
        lines[side] = lines[side] .. (lines[side] == "" and "" or " ") .. command.text
      end
    end
    return lines
  end
  local ui <close> = hs.ui.open { model = "novella", text = "", split = true, size = { 1280, 600 } }
  list(said(ui:wait()), { sentence, sentence })
  ui:resize(960, 400)
  list(said(ui), { sentence, sentence })
  ui:command("split.share", { 0.25 })
  list(said(ui), { sentence, sentence })
end)

w.finish()
