"""What TransformerLens itself says of the tiny GPT-2, with its weights raw and folded:
tests/fixtures/tiny/transformer_lens.safetensors. Needs transformer_lens 2 (written with 2.16.1); nothing in the tests does.

    python tests/make/transformer_lens.py
"""
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig
from transformer_lens.head_detector import (compute_head_attention_similarity_score,
                                            get_duplicate_token_head_detection_pattern,
                                            get_induction_head_detection_pattern,
                                            get_previous_token_head_detection_pattern)
from transformer_lens.pretrained.weight_conversions.gpt2 import convert_gpt2_weights
from transformers import GPT2LMHeadModel

TINY = Path(__file__).resolve().parents[1] / "fixtures" / "tiny"
IDS = torch.tensor([[5, 90, 17, 200, 17, 33, 90, 5, 121, 64]])
A, B, POSITION = 7, 150, -2
MASKS = {
    "previous": get_previous_token_head_detection_pattern,
    "duplicate": get_duplicate_token_head_detection_pattern,
    "induction": get_induction_head_detection_pattern,
}
out = {"ids": IDS[0]}


def load(folded):
    source = GPT2LMHeadModel.from_pretrained(TINY / "gpt2", dtype=torch.float32).eval()
    c = source.config
    config = HookedTransformerConfig(
        n_layers=c.n_layer, d_model=c.n_embd, n_heads=c.n_head, d_head=c.n_embd // c.n_head, d_mlp=c.n_inner,
        d_vocab=c.vocab_size, n_ctx=c.n_positions, act_fn=c.activation_function, eps=c.layer_norm_epsilon,
        normalization_type="LN", original_architecture="GPT2LMHeadModel")
    model = HookedTransformer(config)
    model.load_and_process_state_dict(convert_gpt2_weights(source, config), fold_ln=folded, center_unembed=folded,
                                      center_writing_weights=folded, fold_value_biases=folded)
    model.set_use_attn_result(True)
    return model.eval()


def circuits(model, mode):
    for letter in "QKV":
        out[f"composition.{letter.lower()}.{mode}"] = model.all_composition_scores(letter)
    for name, circuit in (("copying", model.OV), ("copying.full", model.W_E @ model.OV @ model.W_U)):
        values = circuit.eigenvalues
        out[f"{name}.{mode}"] = values.sum(dim=-1).real / values.abs().sum(dim=-1)


def attribution(model, cache):
    """Only where the last norm's gain is part of W_U does the library's own division by its scale say all."""
    away = model.W_U[:, A] - model.W_U[:, B]

    def add(stack):
        return cache.apply_ln_to_stack(stack, layer=-1, pos_slice=POSITION)[:, 0] @ away

    heads = add(cache.stack_head_results(layer=-1, pos_slice=POSITION))
    parts, names = cache.decompose_resid(layer=-1, pos_slice=POSITION, return_labels=True)
    of = dict(zip(names, add(parts)))
    out["dla.heads"] = heads.reshape(model.cfg.n_layers, model.cfg.n_heads)
    out["dla.mlp"] = torch.stack([of[f"{i}_mlp_out"] for i in range(model.cfg.n_layers)])
    out["dla.embed"] = torch.stack([of["embed"], of["pos_embed"]])


def detectors(cache):
    for name, make in MASKS.items():
        mask = make(IDS)
        for measure in ("mul", "abs"):
            out[f"detector.{name}.{measure}"] = torch.tensor([
                [compute_head_attention_similarity_score(pattern, detection_pattern=mask, exclude_bos=False,
                                                         exclude_current_token=False, error_measure=measure)
                 for pattern in cache["pattern", layer][0]] for layer in range(3)])


with torch.no_grad():
    for mode in ("raw", "folded"):
        model = load(mode == "folded")
        logits, cache = model.run_with_cache(IDS)
        circuits(model, mode)
        out[f"logits.{mode}"] = logits[0]
        out[f"loss.{mode}"] = model.loss_fn(logits, IDS, per_token=True)[0]
        if mode == "folded":
            attribution(model, cache)
        else:
            detectors(cache)
save_file({name: value.to(torch.float32).contiguous() for name, value in out.items()},
          TINY / "transformer_lens.safetensors")
