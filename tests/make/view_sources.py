"""Small recorded runs for the tests of the views: queries and keys of a fixed sequence, patterns computed from
them in double precision. Needs nothing but Python.
usage: view_sources.py OUT_FOLDER"""
import json
import math
import pathlib
import struct
import sys

LAYERS, HEADS, D_HEAD = 2, 3, 4


class Sequence:
    """Numbers between -2 and 2, the same on every machine."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return round(self.state / 2**31 * 4 - 2, 3)


def vectors(sequence, n_tokens):
    """[token][head][d]"""
    return [[[sequence.next() for _ in range(D_HEAD)] for _ in range(HEADS)] for _ in range(n_tokens)]


def softmax(scores):
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    return [p / sum(powers) for p in powers]


def pattern(q, k, causal):
    """[head][query][key]"""
    n = len(q)
    out = []
    for h in range(HEADS):
        rows = []
        for i in range(n):
            seen = i + 1 if causal else n
            scores = [sum(a * b for a, b in zip(q[i][h], k[j][h])) / math.sqrt(D_HEAD) for j in range(seen)]
            rows.append(softmax(scores) + [0.0] * (n - seen))
        out.append(rows)
    return out


def flatten(values):
    return [x for v in values for x in flatten(v)] if isinstance(values, list) else [values]


def shape_of(values):
    return [len(values)] + shape_of(values[0]) if isinstance(values, list) else []


def write(path, tensors, notes):
    header, data = {"__metadata__": notes}, b""
    for name, values in tensors.items():
        numbers = flatten(values)
        start = len(data)
        data += struct.pack(f"<{len(numbers)}f", *numbers)
        header[name] = {"dtype": "F32", "shape": shape_of(values), "data_offsets": [start, len(data)]}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def record(path, seed, tokens, causal, text, pair=None, types=None, sentences=None, with_qk=True):
    sequence, tensors = Sequence(seed), {}
    for layer in range(LAYERS):
        q, k = vectors(sequence, len(tokens)), vectors(sequence, len(tokens))
        if with_qk:
            tensors[f"blocks.{layer}.attn.hook_q"] = q
            tensors[f"blocks.{layer}.attn.hook_k"] = k
        tensors[f"blocks.{layer}.attn.hook_pattern"] = pattern(q, k, causal)
    n = len(tokens)
    sentences = sentences or [0] * n
    notes = {"text": text, "model": "synthetic", "hash": "0000000000000000", "version": "0.1.0", "bos": "false",
             "causal": "true" if causal else "false"}
    if pair:
        notes["pair"] = pair
    fields = {"ids": list(range(n)), "token_types": types or [0] * n, "tokens": tokens, "pieces": tokens,
              "offsets": [[0, 0]] * n, "sentences": sentences}
    write(path, tensors, notes | {key: json.dumps(value, ensure_ascii=False) for key, value in fields.items()})


out = pathlib.Path(sys.argv[1])
record(out / "causal.safetensors", 1, ["The", " doctor", " asked", "\n", " She"], True, "The doctor asked\n She")
record(out / "pair.safetensors", 2, ["[CLS]", "the", "cat", "[SEP]", "a", "long", "##er", "[SEP]"], False, "the cat",
       pair="a longer", types=[0, 0, 0, 0, 1, 1, 1, 1], sentences=[-1, 0, 0, -1, 1, 1, 1, -1])
record(out / "pattern_only.safetensors", 3, ["a", " b", " c"], True, "a b c", with_qk=False)
record(out / "scripts.safetensors", 4,
       ["漢字", " 한국어", " سلام", "(שלום)", " हि", "क्षत्रिय", "ภาษาไทย", "👍", "👍🏽", "👩‍👩‍👧", "🇩🇪", "❤️", "\u200d", "\u0301", "\n"],
       True, "漢字 한국어 سلام(שלום) हिक्षत्रियภาษาไทย👍👍🏽👩‍👩‍👧🇩🇪❤️\u200d\u0301\n")
