-- Recorded runs are asked as runs are: in Lua, in the dock, by the filter; what they lack is said.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local find = require "headscope.find"
local files = require "files"
local w = require "window"
local check, equal, raises = w.check, w.equal, w.raises

local text = "The doctor asked the nurse a question. She"
local model = assert(hs.load "novella")
local run = model:run(text, { keep = "all", logits = "all" })

--- A file of what a run kept, gone at the end; `keep` are names, nil for what is recorded by default.
local function record(keep)
  local path, gone = files.free ".safetensors"
  local words = keep and (" --keep %s --logits all"):format(keep) or ""
  assert(os.execute(("'%s' dump novella --text '%s'%s -o %s"):format(arg[-2], text, words, path)))
  return path, gone
end

local all <const>, gone <close> = record "all"
local plain <const>, away <close> = record()

--- Of tokens that have no number neither has one.
local function near(a, b)
  local apart = (a - b):abs()
  return (a:eq(a) - b:eq(b)):abs():max() == 0 and hs.where(apart:eq(apart), apart, 0):max() < 1e-6
end

check("what a run says, a recorded one does", function()
  local same = assert(hs.recorded(all))
  for _, name in ipairs { "text", "n_tokens", "bos" } do equal(same[name], run[name], name) end
  for _, name in ipairs { "ids", "tokens", "pieces", "token_types" } do w.list(same[name], run[name], name) end
  for _, name in ipairs { "pattern", "pattern3", "blocks.2.attn.hook_q", "q2", "resid_post", "post5", "embed", "logits" } do
    local mine = name == "logits" and run:logits() or run:get(name)
    w.list(same:get(name).shape, mine.shape, name)
    assert(near(same:get(name), mine), name)
  end
  for _, head in ipairs { "2.4", "L2H4", { layer = 2, head = 4 } } do
    assert(near(same:attention(head), run:attention(2, 4)))
  end
  assert(near(same:attention(2), run:attention(2)) and near(same:attention(2, 4), run:attention(2, 4)))
  assert(near(same:logits(-1), run:logits(-1)) and near(same:logits(3), run:logits(3)))
  for i = -1, 3 do
    for key, value in pairs(run:token(i)) do equal(same:token(i)[key], value, key) end
  end
  for _, name in ipairs { "n_layers", "n_heads", "num_attention_heads", "d_head", "d_mlp", "d_model", "attention_dir" } do
    equal(same.model.config[name], model.config[name], name)
  end
  equal(same.model.config.d_vocab, nil, "what the file does not tell")
  equal(same.model.hash, model.hash)
  equal(#same:names(), #run:names() - 6, "scores of masked cells are no numbers that a file could tell")
  equal(tostring(same), "recorded run of novella (9 tokens)")
end)

check("what a recorded run was edited with is told", function()
  local path <const>, removed <close> = files.free ".safetensors"
  w.list(hs.recorded(all).edits, {})
  for notes, expected in pairs {
    ['["head 2.4 zero","q2 mean"]'] = { "head 2.4 zero", "q2 mean" }, ["[]"] = {}, ["[1]"] = {}, ["nonsense"] = {}, ["{}"] = {}, ["3"] = {},
  } do
    hs.save_tensors(path, { ["blocks.0.attn.hook_pattern"] = hs.zeros { 2, 3, 3 } }, { edits = notes })
    w.list(hs.recorded(path).edits, expected, notes)
  end
end)

check("a part of an encoder-decoder has what its names say; a finalizer finds the file closed", function()
  local run = hs.recorded(w.fixtures .. "encoder_decoder.safetensors")
  local names = run:names()
  equal(names[1], "blocks.0.attn.hook_pattern")
  for _, name in ipairs(names) do assert(run:get(name), name) end
end)

late = setmetatable({}, {
  __gc = function(self)
    local done, message = pcall(self.run.get, self.run, "pattern")
    if done or not message:find "record is closed" then os.exit(1) end
  end,
})
late.run = hs.recorded(w.fixtures .. "causal.safetensors") -- made later, and so closed earlier

check("every probe that ships answers as of the run, or says what is missing", function()
  local about = require "headscope.about"
  local same, n = hs.recorded(all), 0
  for _, file in ipairs(hs.files(os.getenv "FIXTURES" .. "/../../scripts/probes")) do
    local probe = find((file:gsub("%.lua$", "")))
    local ok, found = pcall(about.ask, probe, nil, same)
    if ok then
      local expected = probe:ask(model, { run = run })
      n = n + 1
      if expected.rows then
        equal(#found.rows, #expected.rows, probe.id)
      elseif probe.kind == "neuron" then
        assert((found.mean - expected.mean):abs():max() < 1e-5, probe.id)
      else
        assert(near(found.mean, expected.mean), probe.id)
      end
      if expected.null then assert(near(found.null, expected.null), probe.id .. ": null") end
    else
      assert(found:find "[%w_]+: it needs .*, which this recorded run lacks$", found)
      assert(probe.input or found:find "weights" or found:find "to run texts", found)
    end
  end
  assert(n >= 20, n)
end)

check("what is missing is said by name", function()
  local about = require "headscope.about"
  local function says(id, sentence, file) raises(sentence, about.ask, find(id), nil, hs.recorded(file or plain)) end
  says("loss", "loss: it needs logits, which this recorded run lacks")
  says("neuron_logprob", "it needs post and logits, which this recorded run lacks; novella has q, k and pattern")
  says("induction", "it needs the model to run texts of its own, which")
  says("variability", "it needs the model to run texts, which")
  says("copying", "it needs weights of the model, which")
  says("same_token", "it needs ids of tokens, which", w.fixtures .. "causal.safetensors")
  local same = hs.recorded(plain)
  raises("recorded run: it needs weights of the model", function() return same.model:weight "W_U" end)
  local lacking = "recorded run: it needs %s, which this recorded run lacks; novella has q, k and pattern"
  raises(lacking:format "resid_post", same.get, same, "resid_post")
  raises(lacking:format "post3", same.get, same, "post3")
  raises(lacking:format "logits", same.logits, same)
  raises("name: expected a string, found a number", same.get, same, 3)
  raises("found \"nosuch\"", same.get, same, "nosuch")
  raises("token: expected 0 to 8 (or -9 to -1), found 9", same.token, same, 9)
  raises("head: expected 0 to 5, found 7", same.attention, same, "2.7")
  raises("layer: expected 0 to 5 (or -6 to -1), found 6", same.attention, same, 6)
  raises("head: expected 0 to 5 (or -6 to -1), found 9", same.attention, same, 0, 9)
  equal((hs.recorded "/nonexistent"), nil)
  assert(select(2, hs.recorded "/nonexistent"):find "nonexistent")
end)

check("what was recorded of some layers is said with them", function()
  local path <const>, gone2 <close> = record "pattern,resid_post3,resid_post5,ln_final.hook_normalized"
  local same = hs.recorded(path)
  raises("it needs q, which this recorded run lacks; novella has pattern, resid_post3, resid_post5,", same.get, same, "q")
  w.list(same:get("resid_post5").shape, { run.n_tokens, model.config.d_model })
  raises("it needs resid_post, which", same.get, same, "resid_post")
end)

check("what a probe asks for beyond its keep is said in the same words, in the dock, too", function()
  local recorded = require "headscope.recorded"
  local function probe(score) return hs.probe { id = "more", name = "More", kind = "run", keep = { "pattern" }, score = score } end
  local sentence = "more: it needs %s, which this recorded run lacks; novella has q, k and pattern"
  local same = hs.recorded(plain)
  raises(sentence:format "logits", recorded.ask, probe(function(asked) return asked:logits(-1):max() end), same)
  raises(sentence:format "resid_post", recorded.ask, probe(function(asked) return asked:get("resid_post"):max() end), same)
  equal(recorded.sentence(sentence:format "logits"), "It needs logits, which this recorded run lacks; novella has q, k and pattern.")
end)

check("numbers of a file are seen, not copied", function()
  local path <const>, gone2 <close> = files.free ".safetensors"
  local script <const>, gone3 <close> = files.free ".lua"
  local long = ("The doctor asked the nurse a question. She "):rep(55)
  assert(os.execute(("'%s' dump novella --text '%s' -o %s"):format(arg[-2], long, path)))
  assert(hs.write(script, ([[
    local hs = require "headscope"
    local pattern = hs.recorded(%q):get "pattern"
    assert(pattern:select(0, 5):sum() > 100)
    assert(4 * pattern.shape[1] * pattern.shape[2] * pattern.shape[3] ^ 2 > 20e6)
    assert(select(2, pcall(pattern.set, pattern, 0, 0, 0, 0, 1)):find "read%%-only")]]):format(path)))
  assert(os.execute(("'%s' run --memory 20M %s"):format(arg[-2], script)))
end)

--- A file of three layers of one head that looks at one token alone, the layers in this order.
local function write_layers(path, order)
  local header, bytes = {}, {}
  for i, layer in ipairs(order) do
    header[#header + 1] = ('"blocks.%d.attn.hook_pattern":{"dtype":"F32","shape":[1,2,2],"data_offsets":[%d,%d]}'):format(
      layer, 16 * i - 16, 16 * i)
    bytes[#bytes + 1] = string.pack("<ffff", 1, 0, layer / 4, 1 - layer / 4)
  end
  local text = "{" .. table.concat(header, ",") .. "}"
  text = text .. (" "):rep(-#text % 8)
  assert(hs.write(path, string.pack("<I8", #text) .. text .. table.concat(bytes)))
end

check("layers in another order are put together", function()
  for _, order in ipairs { { 0, 1, 2 }, { 0, 2, 1 }, { 2, 1, 0 }, { 1, 0, 2 } } do
    local path <const>, gone2 <close> = files.free ".safetensors"
    write_layers(path, order)
    local pattern = hs.recorded(path):get "pattern"
    w.list(pattern.shape, { 3, 1, 2, 2 })
    for layer = 0, 2 do w.list(pattern:select(0, layer):reshape(-1):totable(), { 1.0, 0.0, layer / 4, 1 - layer / 4 }) end
  end
end)

check("heads are filtered headless", function()
  local expression = "previous > 0.3 and layer < 5 and entropy < 1.5"
  w.list(select(2, hs.filter(hs.recorded(plain), expression)), select(2, hs.filter(run, expression)))
  raises("copying: it needs weights of the model", hs.filter, hs.recorded(plain), "copying > 0")
end)

local function open(file, options)
  options = options or {}
  options.model, options.probes_dir = file, "/nonexistent"
  return hs.ui.open(options):wait()
end

local function ranks(ui)
  local found = {}
  for _, command in ipairs(ui:frame()) do
    if command.kind == "area" and command.id and command.id:find "^rank%." then found[#found + 1] = command.id end
  end
  return found
end

check("in the dock: ranked, with null and histogram, and a click goes there", function()
  local ui <close> = open(plain, { probe = "previous", split = true })
  local live <close> = open("novella", { text = text, probe = "previous", split = true })
  assert(#ranks(ui) > 5)
  w.list(ranks(ui), ranks(live))
  assert(w.says(ui, "null .229") and w.says(ui, "Looks at the recorded run."))
  w.click(ui, ranks(ui)[3])
  equal(("rank.%d.%d"):format(ui:state().layer, ui:state().head), ranks(ui)[3])
  ui:command("thumbs.sort", { "probe" })
  assert(w.says(ui, "Heads by Previous token"))
  for id, sentence in pairs {
    induction = "It needs the model to run texts of its", loss = "It needs logits, which", copying = "It needs weights of the model",
  } do
    ui:command("probe.set", { id })
    ui:wait()
    assert(w.says(ui, sentence), id)
    equal(#ranks(ui), 0, id)
    assert(not w.says(ui, "Looks at the recorded run."), "nothing was looked at")
  end
  ui:command("probe.set", { "pronouns" })
  ui:wait()
  w.click(ui, "place.0")
  assert(ui:state().token >= 0)
  ui:command("probe.set", { "rollout" })
  ui:wait()
  equal(ui:state().strip, "rollout")
end)

check("in the window heads are filtered", function()
  local ui <close> = open(plain)
  ui:command("heads.filter", { "previous > 0.3" })
  w.list(ui:wait():state().passing, select(2, hs.filter(run, "previous > 0.3")))
  ui:command("heads.filter", { "copying > 0.3" })
  local why = ui:wait():state().where_error
  assert(why:find "copying: it needs weights of the model, which this recorded run lacks$", why)
end)

check("in the dock one run is asked again and again, another for another file", function()
  local folder <const>, gone2 <close> = files.folder()
  files.write(folder .. "/mine.lua", [[
    return require "headscope".probe { id = "mine", kind = "run", params = { n = 1 }, score = function(run)
      local same = run.known == package.loaded.last
      package.loaded.last = run.known
      return { { run = same and "same" or "other" } }
    end }]])
  local ui <close> = hs.ui.open { model = plain, probes_dir = folder, probe = "mine" }:wait()
  assert(w.says(ui, "other"))
  ui:command("probe.param", { "n", 2 })
  assert(w.says(ui:wait(), "same"))
  ui:command("model.open", { w.fixtures .. "causal.safetensors" })
  assert(w.says(ui:wait(), "other"))
end)

local translation = w.fixtures .. "encoder_decoder.safetensors"

check("attention between two texts: rows are the decoder's tokens, columns the encoder's", function()
  local about = require "headscope.about"
  local encoder, decoder = hs.recorded(translation, "encoder"), hs.recorded(translation, "decoder")
  local cross = assert(hs.recorded(translation, "cross"))
  equal(tostring(hs.recorded(translation)), tostring(encoder))
  w.list(cross.tokens, decoder.tokens)
  w.list(cross:attention().shape, { 3, 3, decoder.n_tokens, encoder.n_tokens })
  equal(cross.n_keys, encoder.n_tokens)
  for j = 0, cross.n_keys - 1 do equal(cross:key(j).text, encoder:token(j).text) end
  raises("found 9", cross.key, cross, 9)
  local pattern = cross:attention()
  local function asked(id) return about.ask(find(id), nil, cross) end
  local entropy, special = asked "entropy", asked "special"
  assert(near(entropy.mean, pattern:entropy(-1):mean(-1)))
  assert(math.abs(entropy.null:max() - math.log(cross.n_keys)) < 1e-5, "even over all keys")
  equal(cross:key(-1).special, true)
  assert(near(special.mean, pattern:select(-1, cross.n_keys - 1):mean(-1)), "the encoder's end")
  assert(near(asked("confidence").mean, pattern:max(-1):mean(-1)))
  raises("previous: it needs attention of a text to itself", asked, "previous")
  raises("rollout: it needs attention of a text to itself", asked, "rollout")
  local message = select(2, hs.recorded(translation, "all"))
  assert(message:find('part: expected one of encoder, decoder, cross, found "all"', 1, true), message)
  raises("cross: expected a boolean, found a number", hs.probe, { id = "x", kind = "head", cross = 1, score = print })
  raises("cross: expected one of", hs.probe, { id = "x", kind = "token", cross = true, score = print })
end)

check("a text's own keys are its tokens", function()
  for _, own in ipairs { run, hs.recorded(all) } do
    equal(own.n_keys, own.n_tokens)
    equal(own:key(-1).text, own:token(-1).text)
  end
end)

check("of an encoder-decoder's attentions the one that shows is asked; of the one between the two what holds there", function()
  local file = translation
  local ui <close> = open(file, { probe = "entropy" })
  local filter = ui:state().filter
  assert(#ranks(ui) > 0, filter)
  ui:command("heads.filter", { "entropy >= 0 and layer == 0" })
  local n = #ui:wait():state().passing
  assert(n > 0)
  ui:command("filter.set", { "decoder" })
  ui:wait()
  assert(#ranks(ui) > 0)
  ui:command("filter.set", { "cross" })
  equal(#ui:wait():state().passing, 3)
  equal(#ranks(ui), 9)
  ui:command("probe.set", { "previous" })
  ui:command("heads.filter", { "previous > 0.1" })
  assert(ui:wait():state().where_error:find "attention of a text to itself")
  assert(w.says(ui, "It needs attention of a text to itself"))
end)

check("another text, another file: what is asked follows", function()
  local ui <close> = open(plain, { probe = "previous" })
  local first = ranks(ui)
  ui:command("model.open", { w.fixtures .. "causal.safetensors" })
  ui:wait()
  assert(#ranks(ui) == 6 and table.concat(ranks(ui)) ~= table.concat(first))
  ui:command("model.open", { "novella" })
  w.type_and_run(ui:wait(), text)
  w.list(ranks(ui), first)
end)

w.finish()
