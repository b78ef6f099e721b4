-- Weights by name: what the file holds, turned and cut as TransformerLens has them, and what a run makes of them.
package.path = arg[0]:match "(.*/)" .. "?.lua;" .. package.path
local hs = require "headscope"
local w = require "window"
local tiny = os.getenv "FIXTURES" .. "/tiny/"

local function same(found, expected, what)
  w.list(found.shape, expected.shape, what)
  w.equal(found:eq(expected):min(), 1.0, what)
end

w.check("GPT-2's fused projection is cut into heads", function()
  local model, file = assert(hs.load(tiny .. "gpt2")), assert(hs.tensors(tiny .. "gpt2/model.safetensors"))
  local name = file["transformer.h.1.attn.c_attn.weight"] and "transformer.h.1." or "h.1."
  local fused, bias = file[name .. "attn.c_attn.weight"], file[name .. "attn.c_attn.bias"]
  for part, letter in ipairs { "Q", "K", "V" } do
    for head = 0, 2 do
      local from = (part - 1) * 60 + head * 20
      same(model:weight("blocks.1.attn.W_" .. letter)[head], fused:slice(1, from, from + 20), letter)
      same(model:weight("b_" .. letter .. "1")[head], bias:slice(0, from, from + 20), letter)
    end
  end
  same(model:weight("W_O1")[2], file[name .. "attn.c_proj.weight"]:slice(0, 40, 60), "W_O")
  same(model:weight "W_in1", file[name .. "mlp.c_fc.weight"], "W_in")
  same(model:weight "blocks.1.ln2.b", file[name .. "ln_2.bias"], "ln2")
end)

w.check("torch's matrices are turned", function()
  local model, file = assert(hs.load(tiny .. "bert")), assert(hs.tensors(tiny .. "bert/model.safetensors"))
  local layer = "bert.encoder.layer.1."
  same(model:weight("W_K1")[1], file[layer .. "attention.self.key.weight"]:slice(0, 20, 40):transpose(0, 1), "W_K")
  same(model:weight("W_O1")[0], file[layer .. "attention.output.dense.weight"]:slice(1, 0, 20):transpose(0, 1), "W_O")
  same(model:weight "W_out1", file[layer .. "output.dense.weight"]:transpose(0, 1), "W_out")
  same(model:weight "W_U", file["bert.embeddings.word_embeddings.weight"]:transpose(0, 1), "W_U")
  same(model:weight "W_token_type", file["bert.embeddings.token_type_embeddings.weight"], "W_token_type")
  same(model:weight "mlm_head.ln.w", file["cls.predictions.transform.LayerNorm.weight"], "mlm_head")
end)

w.check("a run is made of them", function()
  for _, name in ipairs { "gpt2", "gpt2-bf16", "bert", "bert-f16" } do
    local model <close> = assert(hs.load(tiny .. name))
    local run <close> = model:run({ 1, 2, 3, 4 }, { keep = "all", logits = "all" })
    local v, z, out = run:get "v0", run:get "z0", run:get "attn_out0"
    local mixed = run:attention(0):matmul(v:transpose(0, 1))
    w.equal((mixed - z:transpose(0, 1)):abs():max() < 1e-5, true, name .. ": z")
    local sum = mixed:matmul(model:weight "W_O0"):sum(0) + model:weight "b_O0"
    w.equal((sum - out):abs():max() < 1e-4, true, name .. ": attn_out")
    local hidden = run:get "post0":matmul(model:weight "W_out0") + model:weight "b_out0"
    w.equal((hidden - run:get "mlp_out0"):abs():max() < 1e-4, true, name .. ": mlp_out")
    local embedded = run:get "embed"
    for i, id in ipairs(run.ids) do w.equal((embedded[i - 1] - model:weight "W_E"[id]):abs():max(), 0.0, name .. ": W_E") end
  end
end)

w.check("every weight that is listed is there, and no other", function()
  for _, name in ipairs { "gpt2", "gpt2-bare", "bert", "bert-bare" } do
    local model <close> = assert(hs.load(tiny .. name))
    local seen = {}
    for _, weight in ipairs(model:weights()) do
      w.equal(seen[weight], nil, weight)
      seen[weight] = model:weight(weight)
    end
    w.equal(seen["token_type_embed.W_token_type"] ~= nil, name:find "bert" ~= nil, name)
    w.equal(seen["mlm_head.W"] ~= nil, name == "bert", name)
  end
end)

w.check("what is no weight is refused by name", function()
  local model = assert(hs.load(tiny .. "gpt2"))
  w.raises("W_Q: expected a layer behind it, from 0 to 2, found none", model.weight, model, "W_Q")
  w.raises("W_Q3: expected a layer from 0 to 2, found 3", model.weight, model, "W_Q3")
  w.raises("blocks.9.ln1.w: expected a layer from 0 to 2, found 9", model.weight, model, "blocks.9.ln1.w")
  w.raises("W_U1: expected no layer, found 1", model.weight, model, "W_U1")
  w.raises('weight: expected one of embed.W_E, pos_embed.W_pos, blocks.L.ln1.w', model.weight, model, "attn.W_Q")
  w.raises('found "b_U"', model.weight, model, "b_U")
  w.raises("read-only", model:weight("W_E").set, model:weight "W_E", 0, 0, 1)
  local view = model:weight "W_E"
  model:close()
  w.raises("model of this tensor is closed", view.sum, view)
end)

w.finish()
