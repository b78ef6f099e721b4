-- Models in Lua: opening, config under every name, text to ids and back, and what is refused.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local raises = require "raises"
local tiny = os.getenv "FIXTURES" .. "/tiny/"

local gpt2, bert = assert(hs.load(tiny .. "gpt2")), assert(hs.load(tiny .. "bert"))

-- config: Hugging Face's names of both families and TransformerLens's say the same
local aliases = {
  { "n_layers", "n_layer", "num_hidden_layers", gpt2 = 3, bert = 2 },
  { "n_heads", "n_head", "num_attention_heads", gpt2 = 3, bert = 3 },
  { "n_kv_heads", "n_key_value_heads", "num_key_value_heads", gpt2 = 3, bert = 3 },
  { "d_model", "n_embd", "hidden_size", gpt2 = 60, bert = 60 },
  { "d_head", "head_dim", gpt2 = 20, bert = 20 },
  { "d_mlp", "n_inner", "intermediate_size", gpt2 = 77, bert = 77 },
  { "d_vocab", "vocab_size", gpt2 = 211, bert = 211 },
  { "n_ctx", "n_positions", "max_position_embeddings", gpt2 = 40, bert = 40 },
  { "act_fn", "activation_function", "hidden_act", gpt2 = "gelu_new", bert = "gelu" },
  { "eps", "layer_norm_epsilon", "layer_norm_eps", gpt2 = 1e-5, bert = 1e-12 },
  { "type_vocab_size", gpt2 = 0, bert = 2 },
  { "model_type", gpt2 = "gpt2", bert = "bert" },
  { "attention_dir", gpt2 = "causal", bert = "bidirectional" },
  { "tie_word_embeddings", gpt2 = true, bert = true },
  { "scale_attn_weights", gpt2 = true, bert = true },
  { "bos_token_id", gpt2 = 210, bert = nil },
}
for _, names in ipairs(aliases) do
  for _, name in ipairs(names) do
    assert(gpt2.config[name] == names.gpt2, name .. ": " .. tostring(gpt2.config[name]))
    assert(bert.config[name] == names.bert, name .. ": " .. tostring(bert.config[name]))
  end
end
assert(gpt2.name == "gpt2" and #gpt2.hash == 16 and gpt2.hash == gpt2.hash and gpt2.hash ~= bert.hash)
assert(tostring(gpt2):find "gpt2, 3 layers x 3 heads")

-- the world's faults are nil and a message
local none, message = hs.load(tiny .. "none")
assert(none == nil and message:find "none")
none, message = hs.load(os.getenv "FIXTURES")
assert(none == nil and message:find("config.json", 1, true))
-- the caller's are raised
raises("string expected", hs.load)
raises("string expected", hs.load, 7)

-- text: exact ranges, and back
local novella <close> = assert(hs.load "novella")
local text = "The doctor asked the nurse a question. She"
local ids, types, offsets = novella:encode(text)
assert(#ids == #types and #ids == #offsets and #ids > 5)
local pieces = {}
for i, range in ipairs(offsets) do
  assert(range[1] == range.start and range[2] == range.stop and types[i] == 0)
  pieces[i] = text:sub(range.start + 1, range.stop)
end
assert(table.concat(pieces) == text and novella:decode(ids) == text)
local with_bos, _, places = novella:encode(text, { bos = true })
assert(#with_bos == #ids + 1 and with_bos[1] == novella.config.bos_token_id)
assert(places[1].start == 0 and places[1].stop == 0)
for _, odd in ipairs { "", " ", "a\0b", "na\u{ef}ve \u{1F600}", "tabs\t\tand\r\n\nlines", "\u{4e2d}\u{6587}" } do
  assert(novella:decode((novella:encode(odd))) == odd, odd)
end
assert(#novella:encode "" == 0 and novella:decode {} == "")
assert(novella.special_ids[1] == novella.config.bos_token_id)

raises("UTF-8", novella.encode, novella, "a\xff")
raises("string expected", novella.encode, novella, 7)
raises("string expected", novella.encode, novella)
raises('unknown option "specials"', novella.encode, novella, text, { specials = true })
raises('option "special": expected a boolean', novella.encode, novella, text, { special = 1 })
raises('option "pair": expected a string', novella.encode, novella, text, { pair = {} })
raises("table expected", novella.encode, novella, text, "bos")
raises("table expected", novella.decode, novella, "1")
raises("at place 2", novella.decode, novella, { 1, "2" })
raises("at place 1", novella.decode, novella, { 1.5 })
raises("4096", novella.decode, novella, { 4096 })
raises("-1", novella.decode, novella, { -1 })
raises("tokenizer", gpt2.encode, gpt2, text)
raises("model expected", gpt2.encode, {}, text)

-- names of parts
assert(table.concat({ gpt2:head "2.1" }, " ") == "2 1" and table.concat({ bert:head "L1H2" }, " ") == "1 2")
assert(table.concat({ gpt2:head { layer = 0, head = 2 } }, " ") == "0 2")
assert(table.concat({ gpt2:neuron "L2N76" }, " ") == "2 76")
raises("head: expected 0 to 2, found 3", gpt2.head, gpt2, "2.3")
raises("neuron: expected 0 to 76, found 77", gpt2.neuron, gpt2, "L2N77")

-- closed: an error that says so, whatever is asked; twice is harmless
gpt2:close()
gpt2:close()
assert(tostring(gpt2) == "model (closed)")
for _, field in ipairs { "config", "name", "path", "hash", "special_ids" } do
  raises("model is closed", function() return gpt2[field] end)
end
for _, method in ipairs { "encode", "decode", "run", "head", "neuron" } do raises("model is closed", gpt2[method], gpt2, "a") end
do
  local brief <close> = assert(hs.load(tiny .. "bert"))
  none = brief
end
raises("model is closed", function() return none.name end)

-- a run outlives its model's handle
local run = bert:run { 1, 2, 3 }
bert:close()
assert(run:attention(0).shape[3] == 3)
raises("model is closed", function() return run.model.name end)
assert(getmetatable(bert) == "model", "a script sees no metatable")
