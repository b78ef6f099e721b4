"""Numbers about tokens of novella as transformers gives them: tests/fixtures/novella/readings.safetensors.

  python tests/make/token_readings.py models/novella tests/fixtures/novella/readings.safetensors
"""
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer

TEXT = "The doctor asked the nurse a question. She"
LAYER, NEURON, GUESSES = 3, 120, 10

folder, out = sys.argv[1:]
model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float64).eval()
ids = AutoTokenizer.from_pretrained(folder)(TEXT, return_tensors="pt").input_ids

kept = {}
model.transformer.h[LAYER].mlp.act.register_forward_hook(lambda _m, _i, value: kept.update(neuron=value[0, :, NEURON]))
for i, block in enumerate(model.transformer.h):
    block.register_forward_hook(lambda _m, _i, value, i=i: kept.update(
        {i: (value[0] if isinstance(value, tuple) else value)[0].norm(dim=-1)}))
with torch.no_grad():
    logs = model(ids).logits[0].log_softmax(-1)

guesses = logs.exp().topk(GUESSES)
save_file({
    "ids": ids[0].float(),
    "log_probability": logs[:-1].gather(1, ids[0, 1:, None])[:, 0].float(),
    "guess_ids": guesses.indices.float(),
    "guess_probabilities": guesses.values.float(),
    "norms": torch.stack([kept[i] for i in range(len(model.transformer.h))]).float().contiguous(),
    "neuron": kept["neuron"].float().contiguous(),
}, out)
