"""What merged attention must be, computed by NumPy in double precision from the recorded runs of the views' tests.
usage: merge_cases.py VIEWS_FOLDER OUT_FILE"""
import json
import pathlib
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file


def words(notes, pieces_continue):
    """Lists of token indices: special tokens and punctuation stand alone."""
    tokens, sentences = json.loads(notes["tokens"]), json.loads(notes["sentences"])
    groups = []
    for i, token in enumerate(tokens):
        joins = i > 0 and sentences[i] == sentences[i - 1] >= 0 and pieces_continue(tokens[i - 1], token)
        groups[-1].append(i) if joins else groups.append([i])
    return groups


def merged(pattern, groups):
    """Keys summed, queries averaged; any leading axes."""
    keys = np.stack([pattern[..., g].sum(-1) for g in groups], -1)
    return np.stack([keys[..., g, :].mean(-2) for g in groups], -2)


def rollout(mean):
    """Abnar and Zuidema: A~ = (A + I) / 2, R_l = A~_l R_{l-1}."""
    out, identity = [], np.eye(mean.shape[-1])
    for layer in mean:
        step = 0.5 * layer + 0.5 * identity
        out.append(step @ out[-1] if out else step)
    return np.stack(out)


def without(pattern, sinks):
    """Keys of the sink weigh 0; each row sums to 1 again, or is empty."""
    left = pattern.copy()
    left[..., sinks] = 0
    sums = left.sum(-1, keepdims=True)
    return np.divide(left, sums, out=np.zeros_like(left), where=sums > 0)


def cases(path, continues, sinks, word_sinks):
    with safe_open(path, "numpy") as file:
        notes = file.metadata()
        n_layers = sum(name.endswith("hook_pattern") for name in file.keys())
        pattern = np.stack([file.get_tensor(f"blocks.{i}.attn.hook_pattern") for i in range(n_layers)]).astype(float)
    groups = words(notes, continues)
    return {
        "heads.mean": pattern.mean(1), "heads.max": pattern.max(1), "two_heads.mean": pattern[:, [0, 2]].mean(1),
        "layers.mean": pattern.mean(0), "layers.max": pattern.max(0), "all.mean": pattern.mean((0, 1)),
        "all.max": pattern.max((0, 1)), "rollout": rollout(pattern.mean(1)), "words": merged(pattern, groups),
        "words.rollout": merged(rollout(pattern.mean(1)), groups), "renormalised": without(pattern, sinks),
        "words.heads.renormalised": without(merged(pattern.mean(1), groups), word_sinks),
    }


views, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
tensors = {}
for name, continues, sinks, word_sinks in [
    ("pair", lambda before, token: token.startswith("##"), [3, 7], [3, 6]),
    ("causal", lambda before, token: not token[0].isspace() and not before[-1].isspace(), [0], [0]),
]:
    for key, value in cases(views / f"{name}.safetensors", continues, sinks, word_sinks).items():
        tensors[f"{name}.{key}"] = np.ascontiguousarray(value, np.float32)
save_file(tensors, out)
