"""Makes the tiny random checkpoints in tests/fixtures/tiny and records what Hugging Face computes on them.

Each folder is a checkpoint as a user might have it (config.json, model.safetensors or shards) with a file
`expected.safetensors` beside it: every activation under its full name, without the batch axis, from a
forward pass in double precision rounded to float32; `ids` and `token_types` are int32. Sizes are odd on
purpose (3 heads of 20) and weights are large, so that every bias, gain and mask matters.

    python tests/make/tiny_checkpoints.py [--novella]

With --novella it records instead values of the shipped model in tests/fixtures/novella.
"""

import json
import shutil
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, BertConfig, BertForMaskedLM, BertModel, GPT2Config, GPT2LMHeadModel

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"


# Weights ---------------------------------------------------------------------------------------------

def fill(model, seed):
    """Random weights of a size at which attention is neither flat nor one-hot and biases are felt."""
    generator = torch.Generator().manual_seed(seed)
    for name, p in model.named_parameters():
        noise = torch.randn(p.shape, generator=generator)
        if p.dim() == 1:
            gain = name.endswith("weight")
            p.data = 1 + 0.4 * noise if gain else 0.5 * noise
        else:
            p.data = (0.8 if "emb" in name or "wte" in name or "wpe" in name else 0.18) * noise
    return model.eval()


def gpt2(seed, **changes):
    options = dict(vocab_size=211, n_positions=40, n_embd=60, n_layer=2, n_head=3, n_inner=77,
                   activation_function="gelu_new", bos_token_id=210, eos_token_id=210)
    config = GPT2Config(**{**options, **changes})
    config._attn_implementation = "eager"
    return fill(GPT2LMHeadModel(config), seed)


def bert(kind, seed, **changes):
    options = dict(vocab_size=211, max_position_embeddings=40, hidden_size=60, num_hidden_layers=2,
                   num_attention_heads=3, intermediate_size=77, hidden_act="gelu", type_vocab_size=2)
    config = BertConfig(**{**options, **changes})
    config._attn_implementation = "eager"
    return fill(kind(config), seed)


# Names -----------------------------------------------------------------------------------------------

def state(model, drop=()):
    tensors = {n: t.detach().clone().contiguous() for n, t in model.state_dict().items()}
    return {n: t for n, t in tensors.items() if not any(n.startswith(d) for d in drop)}


def without_prefix(tensors, prefix):
    return {n.removeprefix(prefix): t for n, t in tensors.items()}


def gamma_beta(tensors):
    old = {"LayerNorm.weight": "LayerNorm.gamma", "LayerNorm.bias": "LayerNorm.beta"}
    for new, name in old.items():
        tensors = {n.replace(new, name): t for n, t in tensors.items()}
    return tensors


def with_old_buffers(tensors, layers, context):
    """The causal masks that old GPT-2 files carry and that nobody reads any more."""
    for i in range(layers):
        tensors[f"h.{i}.attn.bias"] = torch.ones(context, context, dtype=torch.uint8).tril().view(1, 1, context, context)
        tensors[f"h.{i}.attn.masked_bias"] = torch.tensor(-1e4)
    return tensors


# Files -----------------------------------------------------------------------------------------------

def save(folder, config, tensors, dtype=None, shards=1):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    if dtype:
        tensors = {n: t.to(dtype) if t.is_floating_point() else t for n, t in tensors.items()}
    if shards == 1:
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
        return
    names = sorted(tensors)
    where = {}
    for i in range(shards):
        file = f"model-{i + 1:05d}-of-{shards:05d}.safetensors"
        part = names[i::shards]
        save_file({n: tensors[n] for n in part}, folder / file, metadata={"format": "pt"})
        where.update({n: file for n in part})
    size = sum(t.numel() * t.element_size() for t in tensors.values())
    index = {"metadata": {"total_size": size}, "weight_map": dict(sorted(where.items()))}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")


def config_of(model, **changes):
    keys = {"gpt2": ["vocab_size", "n_positions", "n_embd", "n_layer", "n_head", "n_inner", "activation_function",
                     "layer_norm_epsilon", "scale_attn_weights", "bos_token_id", "eos_token_id"],
            "bert": ["vocab_size", "max_position_embeddings", "hidden_size", "num_hidden_layers",
                     "num_attention_heads", "intermediate_size", "hidden_act", "type_vocab_size",
                     "layer_norm_eps"]}[model.config.model_type]
    config = {k: getattr(model.config, k) for k in keys}
    config.update(model_type=model.config.model_type, architectures=[type(model).__name__],
                  tie_word_embeddings=model.config.tie_word_embeddings, **changes)
    return config


# What Hugging Face computes --------------------------------------------------------------------------

class Recorder:
    """Keeps inputs and outputs of modules under the names of activations."""

    def __init__(self):
        self.values = {}

    def output(self, name, module):
        module.register_forward_hook(lambda m, i, o: self.put(name, o[0] if isinstance(o, tuple) else o))

    def input(self, name, module):
        module.register_forward_pre_hook(lambda m, i: self.put(name, i[0]))

    def put(self, name, value):
        self.values[name] = value.detach()[0] if value.dim() > 2 else value.detach()

    def heads(self, name, value, n_heads):
        self.values[name] = value.reshape(value.shape[0], n_heads, -1)

    def scores(self, block, scale, causal):
        q, k = self.values[f"{block}.attn.hook_q"], self.values[f"{block}.attn.hook_k"]
        scores = torch.einsum("qhd,khd->hqk", q, k) * scale
        if causal:
            scores = scores.masked_fill(torch.ones(scores.shape[-2:]).triu(1).bool(), -torch.inf)
        self.values[f"{block}.attn.hook_attn_scores"] = scores


def record_gpt2(model, ids, types=None):
    r, heads = Recorder(), model.config.n_head
    base = model.transformer
    r.output("hook_embed", base.wte)
    r.output("hook_pos_embed", base.wpe)
    for i, h in enumerate(base.h):
        b = f"blocks.{i}"
        r.input(f"{b}.hook_resid_pre", h.ln_1)
        r.output(f"{b}.qkv", h.attn.c_attn)
        r.input(f"{b}.attn.hook_z", h.attn.c_proj)
        r.output(f"{b}.hook_attn_out", h.attn.c_proj)
        r.input(f"{b}.hook_resid_mid", h.ln_2)
        r.output(f"{b}.mlp.hook_pre", h.mlp.c_fc)
        r.input(f"{b}.mlp.hook_post", h.mlp.c_proj)
        r.output(f"{b}.hook_mlp_out", h.mlp.c_proj)
        r.output(f"{b}.hook_resid_post", h)
    r.output("ln_final.hook_normalized", base.ln_f)
    out = model(torch.tensor([ids]), output_attentions=True, use_cache=False)
    for i in range(len(base.h)):
        b = f"blocks.{i}"
        for name, value in zip("qkv", r.values.pop(f"{b}.qkv").chunk(3, dim=-1)):
            r.heads(f"{b}.attn.hook_{name}", value, heads)
        r.heads(f"{b}.attn.hook_z", r.values[f"{b}.attn.hook_z"], heads)
        r.values[f"{b}.attn.hook_pattern"] = out.attentions[i][0]
        r.scores(b, base.h[i].attn.scaling, causal=True)
    r.values["logits"] = out.logits[0]
    return r.values


def record_bert(model, ids, types):
    r, heads = Recorder(), model.config.num_attention_heads
    base = model.bert if hasattr(model, "bert") else model
    r.output("hook_embed", base.embeddings.word_embeddings)
    r.output("hook_pos_embed", base.embeddings.position_embeddings)
    r.output("hook_token_type_embed", base.embeddings.token_type_embeddings)
    for i, layer in enumerate(base.encoder.layer):
        b, attention = f"blocks.{i}", layer.attention
        r.input(f"{b}.hook_resid_pre", attention.self.query)
        r.output(f"{b}.q", attention.self.query)
        r.output(f"{b}.k", attention.self.key)
        r.output(f"{b}.v", attention.self.value)
        r.input(f"{b}.attn.hook_z", attention.output.dense)
        r.output(f"{b}.hook_attn_out", attention.output.dense)
        r.input(f"{b}.hook_resid_mid", attention.output.LayerNorm)
        r.output(f"{b}.hook_normalized_resid_mid", attention.output.LayerNorm)
        r.output(f"{b}.mlp.hook_pre", layer.intermediate.dense)
        r.input(f"{b}.mlp.hook_post", layer.output.dense)
        r.output(f"{b}.hook_mlp_out", layer.output.dense)
        r.input(f"{b}.hook_resid_post", layer.output.LayerNorm)
        r.output(f"{b}.hook_normalized_resid_post", layer.output.LayerNorm)
    out = model(torch.tensor([ids]), token_type_ids=torch.tensor([types]), output_attentions=True)
    for i in range(len(base.encoder.layer)):
        b = f"blocks.{i}"
        for name in "qkv":
            r.heads(f"{b}.attn.hook_{name}", r.values.pop(f"{b}.{name}"), heads)
        r.heads(f"{b}.attn.hook_z", r.values[f"{b}.attn.hook_z"], heads)
        r.values[f"{b}.attn.hook_pattern"] = out.attentions[i][0]
        r.scores(b, (model.config.hidden_size // heads) ** -0.5, causal=False)
    if hasattr(out, "logits"):
        r.values["logits"] = out.logits[0]
    return r.values


def expect(folder, model, seed, n_tokens=11, dtype=None):
    """Records the model with the weights that the file holds, in double precision."""
    generator = torch.Generator().manual_seed(seed)
    ids = torch.randint(model.config.vocab_size, (n_tokens,), generator=generator).tolist()
    n_types = getattr(model.config, "type_vocab_size", 1)
    types = [min(i * n_types // n_tokens, n_types - 1) for i in range(n_tokens)]
    if dtype:
        model = model.to(dtype).float()
    record = record_gpt2 if model.config.model_type == "gpt2" else record_bert
    with torch.no_grad():
        values = record(model.double(), ids, types)
    tensors = {n: v.float().contiguous() for n, v in values.items()}
    tensors["ids"] = torch.tensor(ids, dtype=torch.int32)
    tensors["token_types"] = torch.tensor(types, dtype=torch.int32)
    save_file(tensors, folder / "expected.safetensors")


# The checkpoints -------------------------------------------------------------------------------------

def tiny():
    out = FIXTURES / "tiny"

    m = gpt2(1, n_layer=3)  # as transformers writes it today
    save(out / "gpt2", config_of(m), state(m, ["lm_head"]))
    expect(out / "gpt2", m, 1, n_tokens=13)

    m = gpt2(2, activation_function="gelu", n_inner=None, n_layer=1)  # as the original file: no prefix, old masks
    tensors = without_prefix(state(m, ["lm_head"]), "transformer.")
    config = config_of(m)
    del config["tie_word_embeddings"], config["n_inner"], config["scale_attn_weights"]
    save(out / "gpt2-bare", config, with_old_buffers(tensors, 1, 40))
    expect(out / "gpt2-bare", m, 2)

    m = gpt2(3, activation_function="relu", scale_attn_weights=False, tie_word_embeddings=False)
    save(out / "gpt2-untied", config_of(m), state(m))
    expect(out / "gpt2-untied", m, 3)

    m = gpt2(4, n_positions=33)  # the full context
    save(out / "gpt2-f16", config_of(m, torch_dtype="float16"), state(m, ["lm_head"]), torch.float16, shards=2)
    expect(out / "gpt2-f16", m, 4, n_tokens=33, dtype=torch.float16)

    m = gpt2(5, layer_norm_epsilon=1e-2)
    save(out / "gpt2-bf16", config_of(m, dtype="bfloat16"), state(m, ["lm_head"]), torch.bfloat16)
    expect(out / "gpt2-bf16", m, 5, dtype=torch.bfloat16)

    m = bert(BertForMaskedLM, 6)  # head tied to the embedding
    save(out / "bert", config_of(m), state(m, ["cls.predictions.decoder"]))
    expect(out / "bert", m, 6, n_tokens=13)

    m = bert(BertModel, 7, type_vocab_size=3, hidden_act="relu", layer_norm_eps=1e-3)  # no prefix, old names, a pooler
    save(out / "bert-bare", config_of(m), gamma_beta(state(m)))
    expect(out / "bert-bare", m, 7)

    m = bert(BertForMaskedLM, 8, hidden_act="gelu_new", tie_word_embeddings=False)
    save(out / "bert-untied-bf16", config_of(m), state(m), torch.bfloat16, shards=3)
    expect(out / "bert-untied-bf16", m, 8, dtype=torch.bfloat16)

    m = bert(BertForMaskedLM, 9, num_hidden_layers=1)  # as the original file: gamma and beta, prefix, pooler, two heads
    tensors = gamma_beta(state(m, ["cls.predictions.decoder"]))
    tensors["cls.seq_relationship.weight"] = torch.zeros(2, 60)
    tensors["cls.seq_relationship.bias"] = torch.zeros(2)
    tensors["bert.pooler.dense.weight"] = torch.zeros(60, 60)
    tensors["bert.pooler.dense.bias"] = torch.zeros(60)
    save(out / "bert-f16", config_of(m), tensors, torch.float16)
    expect(out / "bert-f16", m, 9, dtype=torch.float16)


# The shipped model -----------------------------------------------------------------------------------

SHORT = "The doctor asked the nurse a question. She said that the doctor was late."
ROWS = [1, 100, 256, 511]


def written_by(model, ids, n):
    """A text of n tokens that the model goes on writing from ids."""
    generator = torch.Generator().manual_seed(1)
    ids = list(ids)
    with torch.no_grad():
        while len(ids) < n:
            p = model(torch.tensor([ids])).logits[0, -1].div(0.9).softmax(-1)
            ids.append(int(torch.multinomial(p, 1, generator=generator)))
    return ids


def novella():
    folder = ROOT / "models" / "novella"
    model = GPT2LMHeadModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval().double()
    ids = AutoTokenizer.from_pretrained(folder)(SHORT)["input_ids"]
    long = written_by(model, ids, 512)
    tensors = {"short.ids": torch.tensor(ids, dtype=torch.int32), "long.ids": torch.tensor(long, dtype=torch.int32)}
    with torch.no_grad():
        out = model(torch.tensor([ids]), output_attentions=True)
        for layer, a in enumerate(out.attentions):
            tensors[f"short.pattern.{layer}"] = a[0].float().contiguous()
        tensors["short.logits"] = out.logits[0, -1].float().contiguous()
        out = model(torch.tensor([long]), output_attentions=True)
        for layer in range(6):
            tensors[f"long.pattern.{layer}"] = out.attentions[layer][0][:, ROWS].float().contiguous()
        tensors["long.logits"] = out.logits[0, -1].float().contiguous()
    tensors["rows"] = torch.tensor(ROWS, dtype=torch.int32)
    where = FIXTURES / "novella"
    where.mkdir(parents=True, exist_ok=True)
    save_file(tensors, where / "expected.safetensors")


if __name__ == "__main__":
    torch.set_num_threads(1)
    novella() if "--novella" in sys.argv else tiny()
