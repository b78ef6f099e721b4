-- What a window keeps beside what it shows: inputs and models from one start to the next, and what gives way to what is
-- asked for.
local hs = require "headscope"
package.path = arg[0]:match "^(.*/)" .. "?.lua;" .. package.path
local t = require "window"
local files = require "files"
local kept = require "kept"
local check, equal, list = t.check, t.equal, t.list
local fresh, open, saved, says, novella = kept.fresh, kept.open, kept.saved, kept.says, kept.novella

check("inputs and models, the oldest inputs first, the newest model first", function()
  local dir = fresh()
  local ui = open(dir, { text = "one" })
  for _, text in ipairs { "two", "three", "two" } do
    ui:command("text.set", text)
    ui:command "run"
    ui:wait()
  end
  ui:command("model.open", t.fixtures .. "pair.safetensors")
  ui:wait():close()
  local now, texts = saved(dir), {}
  for i, input in ipairs(now.history) do texts[i] = input.text end
  list(texts, { "one", "three", "two" }, "inputs")
  equal(now.recent[1]:match "[^/]*$", "pair.safetensors", "recent model")
  equal(now.recent[2], "novella", "the one before")
  ui = open(dir)
  ui:close()
  list(saved(dir).recent, now.recent, "recent models, again")
  equal(#saved(dir).history >= 3, true, "inputs, again")
end)

check("recent models are in the drop-down", function()
  local dir = fresh()
  local ui = open(dir, { model = t.fixtures .. "causal.safetensors" })
  ui:command("menu.open", "model")
  assert(says(ui, "causal.safetensors"), "the open one")
  ui:close()
  ui = open(dir, { model = "novella" })
  ui:command("menu.open", "model")
  assert(says(ui, "causal.safetensors"), "the one before")
end)

check("of the long path of a recent model its end shows", function()
  local deep <const>, gone <close> = files.folder()
  local path = deep .. "/a folder of a rather long name/and another one in it"
  assert(os.execute(("mkdir -p '%s' && cp '%spair.safetensors' '%s/run.safetensors'"):format(path, t.fixtures, path)))
  local ui = open(fresh(), { model = path .. "/run.safetensors" })
  ui:command("menu.open", "model")
  assert(says(ui, "…/and another one in it/run.safetensors"), "from the beginning of a name on")
  ui:close()
end)

check("what is asked for wins", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 3, 4 })
  ui:command("token.select", 5)
  ui:command "theme.toggle"
  ui:close()
  ui = open(dir, { text = "Another sentence of words", theme = "dark", size = { 700, 500 }, scale = 2 })
  local state = ui:state()
  equal(state.text, "Another sentence of words", "text")
  equal(state.token, nil, "a token of the other text")
  equal(state.layer, 4, "layer of the same model")
  equal(state.theme, "dark", "theme")
  list(ui:pixels().shape, { 1000, 1400, 3 }, "size")
end)

check("another model takes the text, not the heads of the first", function()
  local dir = fresh()
  local ui = open(dir, novella)
  ui:command("head.select", { 5, 5 })
  ui:close()
  ui = open(dir, { model = t.fixtures .. "causal.safetensors" })
  equal(ui:state().error, nil, "error")
  local plain = hs.ui.open({ model = t.fixtures .. "causal.safetensors" }):wait():state()
  equal(ui:state().layer, plain.layer, "layer")
  equal(ui:state().head, plain.head, "head")
end)

t.finish()
