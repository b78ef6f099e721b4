"""What Hugging Face's own GPT-2 says of one head of the model that ships: its queries, keys and values, its weighted
sum of values, and from them, in double precision and pair by pair, the scores by which the neuron view orders
dimensions.
usage: neuron_numbers.py MODEL_FOLDER OUT.json"""
import json
import sys

import numpy
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

TEXT, LAYER, HEAD, QUERY = "The doctor asked the nurse a question. She", 2, 5, 8

folder, out = sys.argv[1:]
model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
ids = AutoTokenizer.from_pretrained(folder)(TEXT, return_tensors="pt").input_ids
attention, seen = model.transformer.h[LAYER].attn, {}
attention.c_attn.register_forward_hook(lambda module, inputs, output: seen.update(qkv=output[0]))
attention.c_proj.register_forward_hook(lambda module, inputs, output: seen.update(z=inputs[0][0]))
with torch.no_grad():
    pattern = model(ids, output_attentions=True).attentions[LAYER][0, HEAD].double().numpy()

d = model.config.n_embd // model.config.n_head
of_head = slice(HEAD * d, (HEAD + 1) * d)
q, k, v = (part[:, of_head].double().numpy() for part in seen["qkv"].split(model.config.n_embd, dim=-1))
z = seen["z"][QUERY, of_head].double().numpy()

pairs = [(i, j) for i in range(len(q)) for j in range(i + 1)]
distances = numpy.array([i - j for i, j in pairs], float)
scores = {"contribution": [], "weight": [], "distance": []}
for c in range(d):
    mine = q[QUERY, c] * k[: QUERY + 1, c]
    scores["contribution"].append(numpy.abs(mine).mean())
    scores["weight"].append((pattern[QUERY, : QUERY + 1] * mine).sum() - mine.mean())
    scores["distance"].append(numpy.corrcoef([q[i, c] * k[j, c] for i, j in pairs], distances)[0, 1])

numbers = {"text": TEXT, "layer": LAYER, "head": HEAD, "query": QUERY, "weights": pattern[QUERY].tolist(),
           "q": q.tolist(), "k": k.tolist(), "v": v.tolist(), "z": z.tolist(), "scores": scores}


def rounded(value):
    return [rounded(x) for x in value] if isinstance(value, list) else float(f"{value:.7g}")


for key, value in numbers.items():
    if isinstance(value, list):
        numbers[key] = rounded(value)
numbers["scores"] = {key: rounded([float(x) for x in value]) for key, value in scores.items()}
with open(out, "w") as file:
    json.dump(numbers, file)
    file.write("\n")
