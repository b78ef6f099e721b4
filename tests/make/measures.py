"""Measures of two tiny models, from Hugging Face's own forward pass and plain formulas in double precision:
tests/fixtures/tiny/measures.safetensors. Matrices are multiplied out here, which the program never does.

    python tests/make/measures.py
"""
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import BertForMaskedLM, GPT2LMHeadModel

TINY = Path(__file__).resolve().parents[1] / "fixtures" / "tiny"
IDS = [5, 90, 17, 200, 17, 33, 90, 5, 121, 64]
A, B, POSITION, NEURON_FEATURE = 7, 150, -2, [0, 1, 0, 0, 3, 0, -1, 0, 2, 0]
out = {"ids": torch.tensor(IDS, dtype=torch.float32)}


def note(name, value):
    out[name] = torch.as_tensor(value).detach().to(torch.float32).contiguous()


def hooked(module, kept, name, of_input=False):
    def hook(_module, inputs, output):
        value = inputs[0] if of_input else output
        kept[name] = (value[0] if isinstance(value, tuple) else value)[0]
    module.register_forward_hook(hook)


def gpt2_weights(model, folded):
    """Per layer and head W_Q, W_K, W_V [D, h] and W_O [h, D], then W_E, W_U."""
    c, layers = model.config, []
    h = c.n_embd // c.n_head
    for block in model.transformer.h:
        qkv, o = block.attn.c_attn.weight.clone(), block.attn.c_proj.weight.clone()
        if folded:
            qkv = qkv * block.ln_1.weight[:, None]
            qkv, o = qkv - qkv.mean(0), o - o.mean(1, keepdim=True)
        parts = [p.reshape(c.n_embd, c.n_head, h).transpose(0, 1) for p in qkv.split(c.n_embd, dim=1)]
        layers.append((*parts, o.reshape(c.n_head, h, c.n_embd)))
    embed, unembed = model.transformer.wte.weight.clone(), model.lm_head.weight.T.clone()
    if folded:
        embed = embed - embed.mean(1, keepdim=True)
        unembed = unembed * model.transformer.ln_f.weight[:, None]
        unembed = unembed - unembed.mean(0)
        unembed = unembed - unembed.mean(1, keepdim=True)
    return layers, embed, unembed


def copying(layers, around=lambda ov: ov):
    scores = []
    for _, _, v, o in layers:
        values = [torch.linalg.eigvals(around(v[h] @ o[h])) for h in range(len(v))]
        scores.append([float(e.sum().real / e.abs().sum()) for e in values])
    return torch.tensor(scores)


def composition(layers, mode):
    n, heads = len(layers), len(layers[0][0])
    scores = torch.zeros(n, heads, n, heads, dtype=torch.float64)
    for l1 in range(n):
        for h1 in range(heads):
            left = layers[l1][2][h1] @ layers[l1][3][h1]
            for l2 in range(l1 + 1, n):
                for h2 in range(heads):
                    q, k, v, o = (w[h2] for w in layers[l2])
                    right = {"q": q @ k.T, "k": k @ q.T, "v": v @ o}[mode]
                    scores[l1, h1, l2, h2] = (left @ right).norm() / (left.norm() * right.norm())
    return scores


def rollout(patterns):
    mixed, so_far = [], torch.eye(patterns[0].shape[-1], dtype=torch.float64)
    for pattern in patterns:
        so_far = (pattern[0].mean(0) + torch.eye(len(so_far))) / 2 @ so_far
        mixed.append(so_far)
    return torch.stack(mixed)


def norms(x_v, o):
    """x_v [T, H, h], o [H, h, D] -> [H, T]"""
    return torch.einsum("thd,hdm->htm", x_v, o).norm(dim=-1)


def gpt2():
    model = GPT2LMHeadModel.from_pretrained(TINY / "gpt2", attn_implementation="eager", dtype=torch.float64).eval()
    c, kept = model.config, {}
    d, h = c.n_embd, c.n_embd // c.n_head
    for i, block in enumerate(model.transformer.h):
        hooked(block, kept, f"resid{i}")
        hooked(block.attn.c_attn, kept, f"qkv{i}")
        hooked(block.attn.c_proj, kept, f"z{i}", of_input=True)
        hooked(block.mlp, kept, f"mlp{i}")
        hooked(block.mlp.act, kept, f"post{i}")
    ids = torch.tensor([IDS])
    result = model(ids, output_attentions=True, labels=ids)
    n, t, logits = c.n_layer, len(IDS), result.logits[0]
    note("gpt2.mean_loss", result.loss.reshape(1))
    note("gpt2.loss", -logits[:-1].log_softmax(-1).gather(1, ids[0, 1:, None])[:, 0])
    note("gpt2.lens", torch.stack([model.lm_head(model.transformer.ln_f(kept[f"resid{i}"][3])) for i in range(n)]))
    assert torch.allclose(model.lm_head(model.transformer.ln_f(kept[f"resid{n - 1}"])), logits)

    for folded in (False, True):
        mode = "folded" if folded else "raw"
        layers, embed, unembed = gpt2_weights(model, folded)
        note(f"gpt2.copying.{mode}", copying(layers))
        note(f"gpt2.copying.full.{mode}", copying(layers, lambda ov: embed @ ov @ unembed))
        for letter in "qkv":
            note(f"gpt2.composition.{letter}.{mode}", composition(layers, letter))

    layers, _, _ = gpt2_weights(model, False)
    values = [kept[f"qkv{i}"][:, 2 * d:].reshape(t, c.n_head, h) for i in range(n)]
    lengths = torch.stack([norms(values[i], layers[i][3]) for i in range(n)])
    note("gpt2.value_norms", lengths)
    note("gpt2.weighted", torch.cat(result.attentions) * lengths[:, :, None])
    note("gpt2.rollout", rollout(result.attentions))

    sizes = torch.stack([kept[f"resid{i}"] for i in range(n)]).abs()
    ordered = sizes.sort(-1).values
    note("gpt2.massive", ordered[..., -1] / ((ordered[..., d // 2 - 1] + ordered[..., d // 2]) / 2))
    note("gpt2.massive.dimension", sizes.argmax(-1).double())

    feature = torch.tensor(NEURON_FEATURE, dtype=torch.float64)
    post = torch.stack([kept[f"post{i}"] for i in range(n)])
    note("gpt2.neurons", torch.stack([torch.stack([torch.corrcoef(torch.stack([x, feature]))[0, 1] for x in layer.T])
                                      for layer in post]))

    # What each part adds to logit A less logit B: the last norm, with the scale it has, is linear.
    x = kept[f"resid{n - 1}"][POSITION]
    scale = (x.var(unbiased=False) + c.layer_norm_epsilon).sqrt()
    away = model.lm_head.weight[A] - model.lm_head.weight[B]

    def part(vector):
        return float((vector - vector.mean()) / scale * model.transformer.ln_f.weight @ away)

    z = [kept[f"z{i}"][POSITION].reshape(c.n_head, h) for i in range(n)]
    note("gpt2.dla.heads", [[part(z[i][k] @ layers[i][3][k]) for k in range(c.n_head)] for i in range(n)])
    always = [(b.attn.c_attn.bias + b.ln_1.bias @ b.attn.c_attn.weight)[2 * d:].reshape(c.n_head, h)
              for b in model.transformer.h]
    note("gpt2.dla.heads.folded",
         [[part((z[i][k] - always[i][k]) @ layers[i][3][k]) for k in range(c.n_head)] for i in range(n)])
    note("gpt2.dla.mlp", [part(kept[f"mlp{i}"][POSITION]) for i in range(n)])
    note("gpt2.dla.total", (logits[POSITION, A] - logits[POSITION, B]).reshape(1))


def bert():
    model = BertForMaskedLM.from_pretrained(TINY / "bert", attn_implementation="eager", dtype=torch.float64).eval()
    c, kept = model.config, {}
    h = c.hidden_size // c.num_attention_heads
    for i, layer in enumerate(model.bert.encoder.layer):
        hooked(layer, kept, f"out{i}")
        hooked(layer.attention.self.value, kept, f"v{i}")
    ids = torch.tensor([IDS])
    result = model(ids, output_attentions=True)
    n = c.num_hidden_layers
    note("bert.lens", torch.stack([model.cls(kept[f"out{i}"][3]) for i in range(n)]))
    note("bert.logits", result.logits[0, 3])
    note("bert.rollout", rollout(result.attentions))
    layers = []
    for layer in model.bert.encoder.layer:
        heads = [w.weight.T.reshape(c.hidden_size, -1, h).transpose(0, 1)
                 for w in (layer.attention.self.query, layer.attention.self.key, layer.attention.self.value)]
        layers.append((*heads, layer.attention.output.dense.weight.T.reshape(-1, h, c.hidden_size)))
    note("bert.copying.raw", copying(layers))
    note("bert.composition.k.raw", composition(layers, "k"))
    note("bert.value_norms", torch.stack([norms(kept[f"v{i}"].reshape(len(IDS), -1, h), layers[i][3])
                                          for i in range(n)]))


with torch.no_grad():
    gpt2()
    bert()
save_file(out, TINY / "measures.safetensors")
