-- A window under test: points at elements by their ids and reads what is drawn.
local hs = require "headscope"
local files = require "files"

local M = {}

M.fixtures = os.getenv "FIXTURES" .. "/views/"

local failed = 0

--- Runs a named check; says which failed and goes on.
function M.check(name, body)
  local ok, message = xpcall(body, debug.traceback)
  if ok then return end
  failed = failed + 1
  io.stderr:write("FAILED ", name, "\n  ", message, "\n")
end

--- Ends the test.
function M.finish()
  files.sweep()
  os.exit(failed == 0)
end

function M.equal(found, expected, what)
  if found == expected then return end
  error(("%s: expected %s, found %s"):format(what or "value", tostring(expected), tostring(found)), 2)
end

--- At most `tolerance` apart; NaN is not.
function M.near(found, expected, tolerance, what)
  if not (math.abs(found - expected) <= tolerance) then
    error(("%s: expected %g, found %g"):format(what, expected, found), 2)
  end
end

function M.list(found, expected, what)
  local a, b = table.concat(found, ","), table.concat(expected, ",")
  if a ~= b then error(("%s: expected {%s}, found {%s}"):format(what or "list", b, a), 2) end
end

M.raises = require "raises"

--- Opens a recorded run, or what `options` say, and waits for it.
function M.open(model, options)
  options = options or {}
  options.model = model:find("%.safetensors$") and M.fixtures .. model or model
  local ui = hs.ui.open(options)
  return ui:wait()
end

--- The head view of a text by the model that ships.
function M.typed(text, options)
  options = options or {}
  options.text = options.text or text
  options.size = options.size or { 900, 600 }
  local ui = hs.ui.open(options):wait()
  ui:key "2"
  return ui:wait()
end

function M.centre(ui, id)
  local r = ui:find(id)
  if not r then error("no element " .. id, 2) end
  return r.x + r.w / 2, r.y + r.h / 2
end

function M.click(ui, id, options)
  local x, y = M.centre(ui, id)
  ui:click(x, y, options)
end

--- Replaces the text by what is typed, runs it and waits.
function M.type_and_run(ui, text)
  M.click(ui, "text")
  ui:key "ctrl+a"
  ui:type(text)
  ui:key "enter"
  return ui:wait()
end

function M.move(ui, id) ui:move(M.centre(ui, id)) end

--- Away from everything that answers the mouse.
function M.leave(ui)
  local area = ui:area()
  ui:move(area.x + 2, area.y + area.h - 2)
end

--- The head view with all heads of the selected layer.
function M.head_view(file)
  local ui = M.open(file or "pair.safetensors")
  ui:key "2"
  ui:key "a"
  return ui
end

function M.neuron_view(file)
  local ui = M.open(file or "pair.safetensors")
  ui:key "3"
  return ui
end

--- A head's pattern as a recorded run holds it: [query, key].
function M.weights(file, layer, head)
  return assert(hs.tensors(M.fixtures .. file))["blocks." .. layer .. ".attn.hook_pattern"]:select(0, head)
end

--- The tiny BERT with a vocabulary of its own, in a folder of its own.
function M.bert_folder()
  local tiny = os.getenv "FIXTURES" .. "/tiny/"
  local folder, gone = files.folder()
  assert(os.execute(("cp '%sbert/config.json' '%sbert/model.safetensors' %s"):format(tiny, tiny, folder)))
  local words = { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "the", "second" }
  for i = #words, 210 do words[#words + 1] = "word" .. i end
  files.write(folder .. "/vocab.txt", table.concat(words, "\n") .. "\n")
  return folder, gone
end

--- Draw commands of a kind, in order.
function M.drawn(ui, kind)
  local found = {}
  for _, command in ipairs(ui:frame()) do
    if command.kind == kind then found[#found + 1] = command end
  end
  return found
end

--- The ids of elements that begin with a word, in the order in which they are drawn.
function M.ids(ui, word)
  local found = {}
  for _, command in ipairs(M.drawn(ui, "area")) do
    if command.id and command.id:find("^" .. word .. "%.") then found[#found + 1] = command.id end
  end
  return found
end

--- The first draw command with lines of attention: those of a whole view at once.
function M.lines(ui) return M.drawn(ui, "attention")[1] end

--- The first drawn text with this in it; nil for none.
function M.says(ui, text)
  for _, command in ipairs(M.drawn(ui, "text")) do
    if command.text:find(text, 1, true) then return command.text end
  end
  return nil
end

--- What the tooltip says once it shows: it is drawn last.
function M.tooltip(ui)
  ui:step(1)
  local texts = M.drawn(ui, "text")
  return texts[#texts].text
end

--- The whole frame as one string, to compare.
function M.frame(ui)
  local function write(value)
    if type(value) ~= "table" then return tostring(value) end
    local parts = {}
    for key, item in pairs(value) do parts[#parts + 1] = tostring(key) .. "=" .. write(item) end
    table.sort(parts)
    return "{" .. table.concat(parts, " ") .. "}"
  end
  return write(ui:frame())
end

--- The fills that lie exactly inside an element's rectangle, without texts: {color, rect}.
function M.fills(ui, id)
  local r, found = ui:find(id), {}
  for _, command in ipairs(M.drawn(ui, "rect")) do
    local x, y, w, h = table.unpack(command.rect)
    local inside = x >= r.x - 0.01 and y >= r.y - 0.01 and x + w <= r.x + r.w + 0.01 and y + h <= r.y + r.h + 0.01
    if inside and command.fill then found[#found + 1] = command end
  end
  return found
end

--- The opacity of "#rrggbbaa".
function M.alpha(color) return tonumber(color:sub(8, 9), 16) / 255 end

return M
