"""The peer of headscope scan: TransformerLens, the same detectors on the same texts with two threads, in turns.

    python bench/scan.py build/headscope [TRIES [LINES]]

Lines of 64 tokens, of novella's vocabulary, go through novella and through a model of GPT-2-small's size with random
weights. Four detectors (previous, current, first and same token) are computed of every head's pattern and added up. The
peer gets lines of one length, so that it pads nothing, keeps the patterns alone, computes no logits, and runs in the
fastest of several batch sizes; ours is a process, started anew each time, that opens the model, reads the file and
writes the result. Both tokenize. Prints tokens a second of wall and of processor time, medians, and how far the means
of both are apart.

Needs a Python with transformer_lens, transformers and safetensors. Development only.
"""

import json
import os
import pathlib
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # threads that spin lose on a machine that is shared

import torch
from transformer_lens.model_bridge import TransformerBridge
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

LENGTH, THREADS, BATCHES = 64, 2, (8, 16, 32)
ROOT = pathlib.Path(__file__).resolve().parent.parent
NOVELLA = ROOT / "models" / "novella"

PROBE = """
local hs = require "headscope"
return hs.probe { id = "four", kind = "head", keep = { "pattern" }, score = function(run)
  local attention, ids = run:attention(), hs.tensor(run.ids)
  local n = run.n_tokens
  local same = ids:reshape(n, 1):eq(ids:reshape(1, n))
  local later = hs.range(n):reshape(n, 1):gt(hs.range(n):reshape(1, n))
  return attention:diagonal(-1):mean(-1) + attention:diagonal(0):mean(-1)
    + attention:slice(3, 0, 1):mean(-1):mean(-1) + (attention * (same * later)):sum(-1):mean(-1)
end }
"""


def detectors(cache, layers, tokens):
    pattern = torch.stack([cache["pattern", layer] for layer in range(layers)], 1)  # [batch, layer, head, query, key]
    same = (tokens[:, :, None] == tokens[:, None, :]).tril(-1)[:, None, None]
    score = pattern.diagonal(-1, -2, -1).mean(-1) + pattern.diagonal(0, -2, -1).mean(-1)
    score = score + pattern[..., 0].mean(-1) + (pattern * same).sum(-1).mean(-1)
    return score.sum(0)


def write_text(tokenizer, path, lines):
    dice, vocabulary = random.Random(1), [
        word for word in (tokenizer.decode([i]) for i in range(300, len(tokenizer))) if word[0] == " " and word[1:].isalpha()
    ]
    with open(path, "w") as file:
        while lines > 0:
            text = "The" + "".join(dice.choice(vocabulary) for _ in range(LENGTH - 1))
            if len(tokenizer(text).input_ids) == LENGTH:
                file.write(text + "\n")
                lines -= 1


def write_gpt2(folder):
    torch.manual_seed(0)
    GPT2LMHeadModel(GPT2Config()).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt"):
        shutil.copy(NOVELLA / name, folder)


def open_peer(folder, tokenizer):
    return TransformerBridge.boot_transformers(folder, tokenizer=tokenizer, device="cpu").eval()


def run_peer(model, tokenizer, path, batch):
    wall, cpu = time.perf_counter(), time.process_time()
    lines, total = open(path).read().splitlines(), 0
    with torch.inference_mode():
        for at in range(0, len(lines), batch):
            tokens = torch.tensor(tokenizer(lines[at : at + batch]).input_ids)
            layers = model.cfg.n_layers
            names = [f"blocks.{layer}.attn.hook_pattern" for layer in range(layers)]
            _, cache = model.run_with_cache(tokens, return_type=None, names_filter=names, stop_at_layer=layers)
            total = total + detectors(cache, layers, tokens)
    return time.perf_counter() - wall, time.process_time() - cpu, total / len(lines)


def run_ours(program, probe, folder, path, result):
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [program, "scan", probe, folder, "--text", path, "--workers", str(THREADS), "--force", "-o", result]
    subprocess.run(command, check=True)
    wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, [json.loads(line)["mean"] for line in open(result)]


def compare(name, program, probe, folder, path, tries, work):
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(NOVELLA / "tokenizer.json"), eos_token="<|endoftext|>")
    model, n = open_peer(folder, tokenizer), LENGTH * sum(1 for _ in open(path))
    best = min(BATCHES, key=lambda batch: run_peer(model, tokenizer, path, batch)[1])
    peer, ours, ratios = [], [], []
    for _ in range(tries):
        peer.append(run_peer(model, tokenizer, path, best))
        ours.append(run_ours(program, probe, folder, path, os.path.join(work, "result.jsonl")))
        ratios.append((peer[-1][0] / ours[-1][0], peer[-1][1] / ours[-1][1]))
    apart = max(abs(a - b) for a, b in zip(ours[-1][2], peer[-1][2].flatten().tolist()))
    rate = lambda runs, i: n / statistics.median(run[i] for run in runs)
    print(f"{name}: ours {rate(ours, 0):.0f} tokens/s ({rate(ours, 1):.0f} a second of processor), "
          f"TransformerLens in batches of {best} {rate(peer, 0):.0f} ({rate(peer, 1):.0f}); "
          f"ratio {statistics.median(r[0] for r in ratios):.2f} ({statistics.median(r[1] for r in ratios):.2f}); "
          f"means at most {apart:.1e} apart", flush=True)


def main():
    program, tries = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    lines = int(sys.argv[3]) if len(sys.argv) > 3 else 256
    torch.set_num_threads(THREADS)
    print(f"PyTorch {torch.__version__}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {tries} tries")
    with tempfile.TemporaryDirectory() as work:
        probe, gpt2 = os.path.join(work, "four.lua"), os.path.join(work, "gpt2-random")
        pathlib.Path(probe).write_text(PROBE)
        write_gpt2(gpt2)
        tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(NOVELLA / "tokenizer.json"))
        for name, folder, n in (("novella", str(NOVELLA), 8 * lines), ("GPT-2-small's size", gpt2, lines)):
            path = os.path.join(work, "text.txt")
            write_text(tokenizer, path, n)
            compare(name, program, probe, folder, path, tries, work)


main()
