"""What transformers computes on the tiny checkpoints when activations are changed on the way:
tests/fixtures/tiny/edited.safetensors.

    python tests/make/edited_runs.py

Each case is a list of edits as headscope writes them, in double precision by hooks of torch; a patch is of a run of
other ids. Recorded is the residual stream after the last layer, [token, d_model], and the logits of the last position.
"""
import json
import re
from collections import defaultdict
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import BertForMaskedLM, GPT2LMHeadModel
from transformers.models.bert import modeling_bert
from transformers.models.gpt2 import modeling_gpt2

TINY = Path(__file__).resolve().parents[1] / "fixtures" / "tiny"
IDS, OTHER = [17, 3, 140, 77, 9, 201, 55], [90, 3, 12, 181, 44, 6, 101]
TYPES = [0, 0, 0, 0, 1, 1, 1]

BOTH = [
    [],
    ["head 1.2 zero"], ["head 0.1 mean"], ["head 1.0 token 3 scale -2"], ["head 1.1 token 5 set 0.7"],
    ["head 0.2 token 4 dim 13 set 3"],
    ["neuron 0.33 zero"], ["neuron 1.76 mean"], ["neuron 1.5 token 2 set 6"], ["pre0 dim 7 scale 3"],
    ["pattern 1.2 query 5 key 1 set 0.9"], ["pattern 0.0 query 4 zero"], ["pattern 1.1 key 2 zero"],
    ["pattern 0.2 mean"], ["pattern 1.0 query 6 scale 2"], ["attn_scores1 head 2 query 5 key 0 set 4"],
    ["attn_scores0 query 3 mean"],
    ["q1 head 0 dim 7 zero"], ["k1 head 2 token 1 scale 2"], ["v0 head 1 mean"], ["attn_out1 token 4 zero"],
    ["resid_pre1 token 5 mean"], ["resid_mid0 token 2 dim 5 set 4"], ["resid_post0 dim 11 zero"], ["resid_pre0 token 3 zero"],
    ["mlp_out0 mean"], ["embed token 2 zero"], ["pos_embed scale 0.5"],
    ["head 1.2 zero", "pattern 0.1 query 3 key 0 set 1", "neuron 1.5 set 2", "resid_mid1 token 6 dim 3 scale -3", "head 1.2 token 0 set 1"],
    [{"at": "resid_pre1", "token": 4, "op": "patch"}], [{"at": "z1", "head": 0, "op": "patch"}],
    [{"at": "pattern0", "head": 2, "op": "patch"}], [{"at": "post0", "dim": 33, "op": "patch"}, "head 1.1 zero"],
]
CASES = {
    "gpt2": BOTH + [["head 2.0 zero"], ["pattern 2.1 query 2 key 6 set 1"], ["normalized token 6 scale 2"]],
    "bert": BOTH + [["normalized_resid_mid1 token 3 zero"], ["normalized_resid_post0 token 3 mean"],
                    ["token_type_embed scale -1"], ["pattern 1.1 query 2 key 6 set 1"]],
}

# Edits of one value -----------------------------------------------------------------------------------

ALIASES = {"head": ("z", "head"), "pattern": ("pattern", "head"), "neuron": ("post", "dim")}


def read(edit):
    """(activation with layer, indices by word, operation, number)"""
    if isinstance(edit, dict):
        return edit["at"], {k: edit[k] for k in ("head", "token", "dim") if k in edit}, edit["op"], None
    words, where = edit.split(), {}
    if words[0] in ALIASES:
        name, index = ALIASES[words[0]]
        layer, number = words[1].split(".")
        at, where[index], words = name + layer, int(number), words[2:]
    else:
        at, words = words[0], words[1:]
    while words[0] in ("head", "token", "query", "key", "dim"):
        where[words[0]], words = int(words[1]), words[2:]
    return at, where, words[0], float(words[1]) if len(words) > 1 else None


def pick(where, word, n):
    return [where[word]] if word in where else list(range(n))


def change(value, edit, patch, causal):
    """`value` without a batch axis: (H, T, K), (T, H, d) or (T, d)."""
    at, where, op, number = read(edit)
    value = value.clone()
    before = value.clone()
    if re.match("pattern|attn_scores", at):
        for h in pick(where, "head", value.shape[0]):
            for q in pick(where, "query", value.shape[1]):
                seen = q + 1 if causal else value.shape[2]
                for k in pick(where, "key", value.shape[2]):
                    if k < seen:
                        value[h, q, k] = {"zero": lambda: 0, "mean": lambda: before[h, q, :seen].mean(),
                                          "scale": lambda: before[h, q, k] * number, "set": lambda: number,
                                          "patch": lambda: patch[h, q, k]}[op]()
        return value
    means = before.mean(dim=0)
    for t in pick(where, "token", value.shape[0]):
        for h in pick(where, "head", value.shape[1]) if value.dim() == 3 else [None]:
            for d in pick(where, "dim", value.shape[-1]):
                i = (t, d) if h is None else (t, h, d)
                value[i] = {"zero": lambda: 0, "mean": lambda: means[i[1:]], "scale": lambda: before[i] * number,
                            "set": lambda: number, "patch": lambda: patch[i]}[op]()
    return value


# Where values are in transformers ---------------------------------------------------------------------

class Edited:
    """A model whose activations pass through `see`, which keeps what edits leave of them."""

    def __init__(self, model):
        self.model, self.config, self.handles = model, model.config, []
        self.causal = model.config.model_type == "gpt2"
        self.module = modeling_gpt2 if self.causal else modeling_bert
        self.heads = model.config.num_attention_heads
        (self.hook_gpt2 if self.causal else self.hook_bert)()

    def see(self, name, value):
        value = value.detach()
        for edit in self.edits[name]:
            value = change(value, edit, self.patches.get(name), self.causal)
        self.values[name] = value
        return value

    def split(self, name, value):
        return self.see(name, value.reshape(value.shape[0], self.heads, -1)).reshape(value.shape)

    def output(self, module, function):
        """`function` of (T, …) in the place of what a module gives."""
        module.register_forward_hook(lambda m, i, o: (function(o[0][0])[None], *o[1:]) if isinstance(o, tuple)
                                     else function(o[0])[None])

    def input(self, module, function):
        module.register_forward_pre_hook(lambda m, i: (function(i[0][0])[None], *i[1:]))

    def watch(self, module, name, of="output", heads=False):
        getattr(self, of)(module, lambda value: (self.split if heads else self.see)(name, value))

    def hook_gpt2(self):
        base = self.model.transformer
        self.watch(base.wte, "embed")
        self.watch(base.wpe, "pos_embed")
        for i, block in enumerate(base.h):
            self.watch(block, f"resid_pre{i}", "input")
            self.output(block.attn.c_attn, lambda value, i=i: torch.cat(
                [self.split(f"{n}{i}", part) for n, part in zip("qkv", value.chunk(3, dim=-1))], dim=-1))
            self.watch(block.attn.c_proj, f"z{i}", "input", heads=True)
            self.watch(block.attn.c_proj, f"attn_out{i}")
            # resid_mid is the sum of attn_out and resid_pre, and no module's: what is added makes it so
            self.output(block.attn, lambda value, i=i: self.see(
                f"resid_mid{i}", value + self.values[f"resid_pre{i}"]) - self.values[f"resid_pre{i}"])
            self.watch(block.mlp.c_fc, f"pre{i}")
            self.watch(block.mlp.c_proj, f"post{i}", "input")
            self.watch(block.mlp.c_proj, f"mlp_out{i}")
            self.watch(block, f"resid_post{i}")
        self.watch(base.ln_f, "normalized")

    def hook_bert(self):
        base = self.model.bert
        for name, kind in (("embed", "word"), ("pos_embed", "position"), ("token_type_embed", "token_type")):
            self.watch(getattr(base.embeddings, f"{kind}_embeddings"), name)
        for i, layer in enumerate(base.encoder.layer):
            attention = layer.attention
            self.watch(layer, f"resid_pre{i}", "input")
            for n, kind in zip("qkv", ("query", "key", "value")):
                self.watch(getattr(attention.self, kind), f"{n}{i}", heads=True)
            self.watch(attention.output.dense, f"z{i}", "input", heads=True)
            self.watch(attention.output.dense, f"attn_out{i}")
            self.watch(attention.output.LayerNorm, f"resid_mid{i}", "input")
            self.watch(attention.output.LayerNorm, f"normalized_resid_mid{i}")
            self.watch(layer.intermediate.dense, f"pre{i}")
            self.watch(layer.output.dense, f"post{i}", "input")
            self.watch(layer.output.dense, f"mlp_out{i}")
            self.watch(layer.output.LayerNorm, f"resid_post{i}", "input")
            self.watch(layer.output.LayerNorm, f"normalized_resid_post{i}")

    def attend(self, module, query, key, value, attention_mask, scaling=None, **rest):
        """Eager attention with scores and weights seen; layers come in their order."""
        layer, self.layer = self.layer, self.layer + 1
        scores = query[0] @ key[0].transpose(-1, -2) * query.shape[-1] ** -0.5
        if self.causal:
            scores = scores.masked_fill(torch.ones(scores.shape[-2:]).triu(1).bool(), -torch.inf)
        weights = self.see(f"pattern{layer}", self.see(f"attn_scores{layer}", scores).softmax(-1))
        return (weights @ value[0]).transpose(0, 1)[None], weights[None]

    def run(self, ids, edits, patches):
        self.values, self.patches, self.edits, self.layer = {}, patches, defaultdict(list), 0
        for edit in edits:
            self.edits[read(edit)[0]].append(edit)
        eager, self.module.eager_attention_forward = self.module.eager_attention_forward, self.attend
        options = {"use_cache": False} if self.causal else {"token_type_ids": torch.tensor([TYPES])}
        try:
            with torch.no_grad():
                logits = self.model(torch.tensor([ids]), **options).logits[0]
        finally:
            self.module.eager_attention_forward = eager
        return logits, self.values


def record(name, kind, tensors):
    model = kind.from_pretrained(TINY / name, attn_implementation="eager", dtype=torch.float64).eval()
    edited, last = Edited(model), model.config.num_hidden_layers - 1
    patches = edited.run(OTHER, [], {})[1]
    clean = edited.run(IDS, [], {})[0]
    for i, edits in enumerate(CASES[name]):
        logits, values = edited.run(IDS, edits, patches)
        moved = (logits - clean).abs().max().item()
        assert not edits or moved > 1e-3 or "key 6" in str(edits), (name, edits, moved)
        tensors[f"{name}.{i}.resid_post"] = values[f"resid_post{last}"].float().contiguous()
        tensors[f"{name}.{i}.logits"] = logits[-1].float().contiguous()


if __name__ == "__main__":
    torch.set_num_threads(1)
    tensors = {}
    record("gpt2", GPT2LMHeadModel, tensors)
    record("bert", BertForMaskedLM, tensors)
    notes = {"cases": CASES, "ids": IDS, "other": OTHER, "token_types": TYPES}
    save_file(tensors, TINY / "edited.safetensors", metadata={k: json.dumps(v) for k, v in notes.items()})
