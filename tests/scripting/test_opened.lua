-- What is opened: by the model menu, by its path, dropped on the window.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal = w.check, w.equal

local folder = files.folder()
assert(os.execute("mkdir " .. folder .. "/figures"))

check("the model menu ends in the question for a path", function()
  local ui <close> = w.open "pair.safetensors"
  w.click(ui, "model")
  local n = 0
  while ui:find("model." .. n + 1) do n = n + 1 end
  assert(w.says(ui, "Open…"))
  w.click(ui, "model." .. n)
  equal(ui:state().focus, "path")
  ui:key "escape"
  ui:key "ctrl+m"
  assert(ui:find "model.0")
end)

check("the model menu has headings, which cannot be chosen: what ships, what was opened lately", function()
  local ui <close> = hs.ui.open { model = "novella", text = "a b", state_dir = folder .. "/state" }
  ui:wait():command("model.open", { w.fixtures .. "pair.safetensors" })
  ui:wait()
  ui:key "ctrl+m"
  local rows, left = {}, ui:find "model.0".x + 8
  for _, command in ipairs(w.drawn(ui, "text")) do
    if command.rect[1] == left then rows[#rows + 1] = command.text end
  end
  local said = table.concat(rows, "\n")
  assert(said:find "Shipped\nminilm%-pair\nnovella\nRecent\n[^\n]*/pair.safetensors\n", said)
  assert(said:find "Elsewhere\nOpen…", said)
  ui:key "home"
  ui:key "enter"
  ui:wait()
  equal(ui:state().model, "minilm-pair", "the first that can be chosen")
  ui:key "ctrl+m"
  local r = ui:find "model.0"
  ui:click(r.x + 20, r.y - 10)
  equal(ui:state().hover, nil, "below a heading")
  equal(ui:state().model, "minilm-pair", "a click on a heading")
  assert(ui:find "model.0", "leaves the list open")
end)

--- A figure of novella, and the window that made it.
local function figure(kind)
  local ui = w.open("novella", { text = "The cat saw the dog" })
  ui:key "4"
  ui:command("head.select", { 2, 4 })
  ui:key "]"
  local path = ("%s/view.%s"):format(folder, kind)
  ui:command("figure.save", { path })
  return ui, path
end

check("a figure that is opened or dropped restores its view", function()
  for _, kind in ipairs { "png", "svg", "pdf" } do
    local made <close>, path = figure(kind)
    local before = made:state()
    local ui <close> = w.open "pair.safetensors"
    if kind == "svg" then
      ui:key "ctrl+o"
      ui:key "ctrl+a"
      ui:type(path)
      ui:key "enter"
    else
      ui:drop(path)
    end
    local now = ui:state()
    local expected = now.busy and w.fixtures .. "pair.safetensors" or before.model
    equal(now.model, expected, "the old picture stays until the run is there")
    ui:wait()
    local after = ui:state()
    for _, key in ipairs { "model", "text", "view", "layer", "head", "token", "error" } do
      equal(after[key], before[key], kind .. ": " .. key)
    end
  end
end)

check("a folder and a recorded run that are dropped are opened", function()
  local bert, remove <close> = w.bert_folder()
  local ui <close> = w.open("novella", { text = "hello world" })
  ui:drop(bert)
  ui:wait()
  equal(ui:state().model, bert)
  equal(ui:state().error, nil)
  ui:drop(w.fixtures .. "pair.safetensors")
  ui:wait()
  equal(ui:state().model, w.fixtures .. "pair.safetensors")
end)

check("what is dropped and is nothing of ours gives an error, the old picture stays", function()
  local ui <close> = w.open "pair.safetensors"
  local function row() return hs.json.encode(ui:pixels():slice(0, 400, 401):totable()) end
  local before = row()
  files.write(folder .. "/text", "no model")
  files.write(folder .. "/picture.png", "\x89PNG\r\n\x1a\nnothing")
  files.write(folder .. "/picture.svg", "<svg></svg>")
  files.write(folder .. "/paper.pdf", "%PDF-1.4 nothing")
  files.write(folder .. "/empty.png", "")
  for _, name in ipairs { "text", "picture.png", "picture.svg", "paper.pdf", "empty.png", "figures", "absent" } do
    ui:drop(folder .. "/" .. name)
    ui:wait()
    local state = ui:state()
    assert(state.error and state.error:find(name, 1, true), name .. ": " .. tostring(state.error))
    if name == "text" then assert(state.error:find "expected a model's folder, a recorded run, a figure or a session, found") end
    assert(ui:find "error" and ui:find "details")
    equal(state.model, w.fixtures .. "pair.safetensors", name)
    assert(ui:find "thumb.0.0")
    ui:key "escape"
    equal(row(), before, name .. ": the old picture")
  end
end)

w.finish()
