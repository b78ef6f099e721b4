-- Figures: what they carry, and the window restored from them, bit for bit; files that were edited or cut short.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local files = require "files"
local w = require "window"
local check, equal, list, raises = w.check, w.equal, w.list, w.raises

local read, write = files.read, files.write

local function name(kind) return files.name("." .. kind) end

--- Saves what the window shows; gives the file's name.
local function save(ui, kind, transparent)
  local path = name(kind)
  ui:command("figure.save", { path, transparent })
  return path
end

local selected = { "view", "layer", "head", "token", "filter", "threshold", "sink_hidden", "expanded", "theme", "text", "pair", "bos", "scale", "palette", "lines", "ramp", "zoom", "head_zoom" }

local function same_state(a, b)
  for _, key in ipairs(selected) do equal(b[key], a[key], key) end
  list(b.heads, a.heads, "heads")
  equal(#b.panels, #a.panels, "panels")
  for i, panel in ipairs(a.panels) do list(b.panels[i], panel, "panel") end
  equal(b.scroll.x, a.scroll.x, "scroll")
  equal(b.scroll.y, a.scroll.y, "scroll")
  equal(hs.json.encode(b.pins), hs.json.encode(a.pins), "pins")
end

--- Saves as PNG, SVG and PDF and restores each: the same state, and as PNG again the same bytes.
local function round_trip(ui)
  local png = save(ui, "png")
  for _, kind in ipairs { "png", "svg", "pdf" } do
    local path = save(ui, kind)
    local restored <close> = assert(hs.ui.open { figure = path }):wait()
    equal(restored:state().error, nil, kind)
    same_state(ui:state(), restored:state())
    local again = save(restored, "png")
    assert(read(again) == read(png), kind .. ": the restored picture differs")
    os.remove(path)
    os.remove(again)
  end
  os.remove(png)
end

local states = {
  ["the model view with a panel"] = { "pair.safetensors", function(ui) w.click(ui, "thumb.1.2") end },
  ["panels that are pinned, one of them moved"] = { "pair.safetensors", function(ui)
    ui:command("head.open", { 0, 1 })
    ui:command("panel.pin", { 0, 1 })
    ui:command("head.open", { 1, 0 })
    ui:command("panel.move", { 1, 0, 33, 21 })
    ui:command("head.open", { 1, 2 })
  end },
  ["heads of several layers, one of them off"] = { "pair.safetensors", function(ui)
    ui:key "2"
    ui:command("pick.add", { 1, 2 })
    ui:command("pick.add", { 0, 2 })
    ui:command("pick.add", { 0, 0 })
    ui:command("pick.toggle", { 1, 2 })
  end },
  ["the matrix view, enlarged"] = { "causal.safetensors", function(ui)
    ui:key "4"
    ui:key "r"
    ui:command("zoom", { 3.7 })
    ui:command("scroll", { 40, 25 })
    ui:command("threshold.set", { 0.2 })
  end },
  ["heads of a filtered pair"] = { "pair.safetensors", function(ui)
    ui:command "view.head"
    ui:command("head.toggle", { 0 })
    ui:command("filter.set", { "ab" })
    ui:command("threshold.set", { 0.123456789 })
    ui:key "t"
  end },
  ["pinned tokens in the safe colours"] = { "causal.safetensors", function(ui)
    ui:key "2"
    ui:command("pin.toggle", { "query", 2 })
    ui:command("pin.toggle", { "query", 4 })
    ui:command("pin.toggle", { "key", 1 })
    ui:key "c"
    ui:key "w"
  end },
  ["an expanded neuron"] = { "causal.safetensors", function(ui)
    ui:key "3"
    ui:command("head.select", { 1, 1 })
    ui:command("neuron.expand", { 3 })
    ui:key "f"
  end },
}

states["a dimension, sorted, the rest faded, with values"] = { "causal.safetensors", function(ui)
  ui:key "3"
  ui:command("neuron.expand", { 3 })
  ui:command("dimension.order", { "distance" })
  ui:command("dimension.rest", { "hidden" })
  ui:command("dimension.top", { 2 })
  ui:command("dimension.select", { 1 })
  ui:command "neuron.values"
end }

for what, state in pairs(states) do
  for _, scale in ipairs { 1, 1.5 } do
    check(("%s at scale %g comes back from its figure"):format(what, scale), function()
      local ui <close> = w.open(state[1], { size = { 720, 460 }, scale = scale })
      state[2](ui)
      round_trip(ui)
    end)
  end
end

check("a model's run comes back, scrolled, with words that JSON, XML and PDF escape", function()
  local text = [[A "quote", a \ and (brackets) <b>&amp; naïve 日本 👍 ]] .. ("again "):rep(40)
  local ui <close> = w.open("novella", { text = text, size = { 700, 420 }, theme = "light" })
  ui:key "2"
  ui:command("token.select", { 40 })
  ui:command("scroll", { 0, 600 })
  assert(ui:state().scroll.y > 0)
  round_trip(ui)
end)

check("BOS comes back", function()
  local ui <close> = w.open "novella"
  ui:command "bos.toggle"
  ui:wait()
  equal(ui:state().bos, true)
  round_trip(ui)
end)

check("a pair of sentences with a model of its own comes back", function()
  local ui <close> = w.open("minilm-pair", { size = { 800, 500 } })
  ui:command "view.head"
  ui:command("filter.set", { "ba" })
  round_trip(ui)
end)

check("the whole window's picture can be opened, too", function()
  local ui <close> = w.open("causal.safetensors", { size = { 700, 500 } })
  ui:key "2"
  local path = name "png"
  assert(ui:image(path))
  local restored <close> = assert(hs.ui.open { figure = path }):wait()
  equal((restored:pixels() - ui:pixels()):abs():max(), 0)
  os.remove(path)
end)

check("options stand before what the figure says", function()
  local ui <close> = w.open("causal.safetensors", { size = { 700, 500 } })
  ui:key "2"
  local path = save(ui, "svg")
  local restored <close> = assert(hs.ui.open { figure = path, size = { 800, 600 }, scale = 2, theme = "light" }):wait()
  list(restored:pixels().shape, { 1200, 1600, 3 })
  equal(restored:state().theme, "light")
  equal(restored:state().view, "head")
  raises("brings its own", hs.ui.open, { figure = path, text = "other" })
  raises("scale", hs.ui.open, { figure = path, scale = 100 })
  os.remove(path)
end)

check("all of it stands in one object", function()
  local ui <close> = w.open("pair.safetensors", { size = { 720, 460 } })
  w.click(ui, "thumb.1.2")
  local path = save(ui, "svg", true)
  local json = read(path):match "<metadata>(.-)</metadata>"
  local found = assert(hs.json.decode(json)).headscope
  equal(found.version, hs.version)
  equal(found.view, "model")
  list(found.panel, { 1, 2 }, "panel")
  equal(found.size[1], 720.0, "width")
  equal(found.size[2], ui:area().h, "height")
  equal(found.transparent, true)
  assert(#found.ids > 0 and found.text and found.pair and found.hash and found.model)
  os.remove(path)
end)

check("every field of it stands in the documentation", function()
  local page = read(os.getenv "HEADSCOPE_HOME" .. "/docs/cli.md")
  for _, acts in ipairs { { "1" }, { "2", "\\", "s", "u", "]", "space" }, { "3", "e", "]", "shift+right" } } do
    local ui <close> = w.open("pair.safetensors", { size = { 1100, 460 }, probe = "previous" })
    w.click(ui, "thumb.1.2")
    for _, key in ipairs(acts) do ui:key(key) end
    ui:command("heads.filter", { "layer < 5" })
    ui:wait()
    local path = save(ui, "svg", true)
    local found = hs.json.decode(read(path):match "<metadata>(.-)</metadata>")
    for field in pairs(found.headscope) do assert(page:find("`" .. field .. "`", 1, true), field) end
    os.remove(path)
  end
end)

-- Files that are not as they were.

local function figure_bytes(kind)
  local ui <close> = w.open("causal.safetensors", { size = { 200, 150 } })
  ui:key "2"
  local path = save(ui, kind)
  local bytes = read(path)
  os.remove(path)
  return bytes
end

local function refused(path, bytes)
  write(path, bytes)
  local ui, message = hs.ui.open { figure = path }
  equal(ui, nil)
  assert(message:find(path, 1, true), message)
  return message
end

for _, kind in ipairs { "png", "svg", "pdf" } do
  check("a truncated " .. kind .. " is refused", function()
    local path, bytes = name(kind), figure_bytes(kind)
    for part = 0, 40 do refused(path, bytes:sub(1, #bytes * part // 41)) end
    refused(path, bytes:sub(1, -9))
    os.remove(path)
  end)

  check("a damaged " .. kind .. " is refused or shown, and no more", function()
    local path, bytes = name(kind), figure_bytes(kind)
    for i = 1, 150 do
      local at = 1 + i * 7919 % math.min(#bytes, 1500)
      write(path, bytes:sub(1, at - 1) .. string.char(i * 31 % 256) .. bytes:sub(at + 1))
      local ui = hs.ui.open { figure = path }
      if ui then ui:wait():close() end
    end
    os.remove(path)
  end)
end

check("what the model does not have is said when it is there", function()
  local svg, path = figure_bytes "svg", name "svg"
  for _, edit in ipairs { { '"layer":%d+', '"layer":99' }, { '"head":%d+', '"head":99' }, { '"heads":%b[]', '"heads":[0,99]' },
    { '"filter":"all"', '"filter":"zz"' }, { '"scroll"', '"token":5000,"scroll"' }, { '"scroll"', '"panel":[9,0],"scroll"' }, { '"pins":%b[]', '"pins":[["key",5000]]' },
    { '"scroll"', '"pinned_panels":[[0,99]],"scroll"' } } do
    local bytes, n = svg:gsub(edit[1], edit[2], 1)
    equal(n, 1, edit[1])
    write(path, bytes)
    local ui <close> = assert(hs.ui.open { figure = path }):wait()
    assert(ui:state().error:find(path, 1, true), ui:state().error)
    assert(#w.drawn(ui, "attention") > 0, "something is shown")
  end
  os.remove(path)
end)

check("a model that is not there, and one that differs, are named", function()
  local ui <close> = w.open("novella", { size = { 400, 300 } })
  ui:key "2"
  local path = save(ui, "svg")
  local svg = read(path)
  write(path, (svg:gsub('"model":"novella"', '"model":"no such model"')))
  local gone <close> = assert(hs.ui.open { figure = path }):wait()
  assert(gone:state().error:find("no such model", 1, true), gone:state().error)
  local found <close> = assert(hs.ui.open { figure = path, model = "novella" }):wait()
  equal(found:state().error, nil)
  equal(found:state().view, "head")
  write(path, (svg:gsub('"hash":"%x+"', '"hash":"0123456789abcdef"')))
  local other <close> = assert(hs.ui.open { figure = path }):wait()
  assert(other:state().error:find("0123456789abcdef", 1, true) and other:state().error:find "novella", other:state().error)
  equal(other:state().view, "head")
  os.remove(path)
end)

check("a text typed meanwhile wins over the figure", function()
  local ui <close> = w.open("novella", { size = { 400, 300 } })
  ui:command("token.select", { 7 })
  local path = save(ui, "svg")
  local restored <close> = assert(hs.ui.open { figure = path })
  restored:command("text.set", { "Two words" })
  restored:command "run"
  restored:wait()
  equal(restored:state().error, nil)
  equal(restored:state().text, "Two words")
  equal(restored:state().token, nil)
  os.remove(path)
end)

check("what cannot be written is said, and nothing stays behind", function()
  local ui <close> = w.open "causal.safetensors"
  for _, kind in ipairs { "png", "svg", "pdf" } do
    raises("/no/such", ui.command, ui, "figure.save", { "/no/such/a." .. kind })
  end
  local empty <close> = hs.ui.open { model = "novella", text = "" }
  empty:wait()
  raises("something to draw", empty.command, empty, "figure.save", { name "svg" })
end)

check("transparent pictures have alpha and open like others", function()
  local ui <close> = w.open("causal.safetensors", { size = { 400, 300 } })
  local path = save(ui, "png", true)
  equal(read(path):byte(26), 6, "colour type")
  local restored <close> = assert(hs.ui.open { figure = path }):wait()
  equal(restored:state().error, nil)
  local opaque = save(ui, "png")
  equal(read(opaque):byte(26), 2, "colour type")
  os.remove(path)
  os.remove(opaque)
end)

w.finish()
