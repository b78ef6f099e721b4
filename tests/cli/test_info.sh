# headscope info: the exact keys, the numbers of checkpoints made elsewhere, and MODEL in its forms.
. "$(dirname "$0")/lib.sh"
exec </dev/null
tiny=$FIXTURES/tiny

expect 0 "info as text" "$program" info novella
in_file out "blocks.L.attn.hook_pattern"
in_file out "[head, query, key]"
empty err
for model in gpt2 bert gpt2-bf16; do
  expect 0 "$model" "$program" info "$tiny/$model" --json
  empty err
  mv out $model.json
done
lua '
local function read(name)
  local file <close> = assert(io.open(name))
  local text = file:read "a"
  assert(select(2, text:gsub("\n", "")) == 1, "one line")
  return hs.json.decode(text)
end
local keys = {}
for key in ("model_type n_layers n_heads n_kv_heads d_model d_head d_mlp d_vocab n_ctx act_fn dtype tied "
  .. "parameters hash activations"):gmatch "%S+" do keys[key] = true end
for _, name in ipairs { "gpt2.json", "bert.json", "gpt2-bf16.json" } do
  local info = read(name)
  for key in pairs(info) do assert(keys[key], key) end
  for key in pairs(keys) do assert(info[key] ~= nil, key) end
end
local gpt2, bert = read "gpt2.json", read "bert.json"
assert(gpt2.model_type == "gpt2" and gpt2.n_layers == 3 and gpt2.n_heads == 3 and gpt2.n_kv_heads == 3)
assert(gpt2.d_model == 60 and gpt2.d_head == 20 and gpt2.d_mlp == 77 and gpt2.d_vocab == 211 and gpt2.n_ctx == 40)
assert(gpt2.act_fn == "gelu_new" and gpt2.dtype == "F32" and gpt2.tied == true)
-- wte, wpe, three blocks, ln_f
local block = 4 * 60 + 60 * 180 + 180 + 60 * 60 + 60 + 60 * 77 + 77 + 77 * 60 + 60
assert(gpt2.parameters == 211 * 60 + 40 * 60 + 3 * block + 120, gpt2.parameters)
assert(gpt2.hash:find "^%x+$" and #gpt2.hash == 16 and gpt2.hash ~= bert.hash)
assert(read "gpt2-bf16.json".dtype == "BF16")
local shapes = {}
for _, entry in ipairs(gpt2.activations) do shapes[entry.name] = table.concat(entry.shape, " ") end
assert(shapes["blocks.2.attn.hook_q"] == "token head d_head")
assert(shapes["blocks.0.attn.hook_pattern"] == "head query key")
assert(shapes["blocks.1.mlp.hook_post"] == "token d_mlp")
assert(shapes["ln_final.hook_normalized"] == "token d_model")
assert(not shapes["blocks.3.attn.hook_q"] and not shapes["hook_token_type_embed"])
for _, entry in ipairs(bert.activations) do assert(entry.name ~= "ln_final.hook_normalized") end
'

expect 1 "an unknown model" "$program" info nowhere/none
in_file err "nowhere/none"
one_error
for command in info encode; do
  expect 1 "a recorded run that ships" "$program" $command minilm-pair </dev/null
  in_file err "minilm-pair: expected a model, found a recorded run: "
  one_error
done
expect 1 "an empty folder" "$program" info "$folder"
in_file err "config.json"
one_error
expect 2 "no model" "$program" info
one_error
expect 2 "two models" "$program" info novella novella
one_error
expect 2 "an unknown option" "$program" info novella --jsonx
in_file err "--jsonx"
one_error
expect 2 "a flag with a value" "$program" info novella --json=1
one_error
for command in info encode decode dump; do
  expect 0 "$command --help" "$program" $command --help
  in_file out "usage: headscope $command MODEL"
  empty err
done
exit $failed
