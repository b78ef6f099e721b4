"""The peer of bench/forward: Hugging Face's GPT-2 in eager mode with output_attentions on one thread.

Reads a number of tokens a line from stdin, runs one forward pass (attentions, q, k and v exist; logits of
the last position only, as ours), and answers with its seconds of CPU and wall time. The first line it
prints says what it is.
"""

import sys
import time

import torch
import transformers
from transformers import GPT2Config, GPT2LMHeadModel

torch.set_num_threads(1)
torch.manual_seed(0)
config = GPT2Config()
config._attn_implementation = "eager"
model = GPT2LMHeadModel(config).eval()
print(f"PyTorch {torch.__version__}, transformers {transformers.__version__}", flush=True)

with torch.inference_mode():
    for line in sys.stdin:
        ids = torch.arange(int(line))[None] * 97 % config.vocab_size
        wall, cpu = time.perf_counter(), time.process_time()
        model(ids, output_attentions=True, use_cache=True, logits_to_keep=1)
        print(f"{time.process_time() - cpu:.6f} {time.perf_counter() - wall:.6f}", flush=True)
