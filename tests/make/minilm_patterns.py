"""Records ids and attention patterns of all-MiniLM-L6-v2 with Hugging Face transformers (eager, float32).
usage: minilm_patterns.py MODEL_FOLDER OUT_FOLDER"""
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModel, AutoTokenizer

CASES = [
    ("The doctor asked the nurse a question.", "She said she would be back at noon."),
    ("The cat sat on the mat", "The cat lay on the rug"),
    ("The dog on the ship ran, because it was 3.14 times happier than the naïve café-goer!", None),
    ("unbelievably 天気 attentions [MASK] re-tokenized", None),
    ("A", "B"),
]

folder, out = sys.argv[1], pathlib.Path(sys.argv[2])
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
cases, tensors = [], {}
for i, (text, pair) in enumerate(CASES):
    batch = tokenizer(*([text, pair] if pair else [text]), return_tensors="pt")
    with torch.no_grad():
        attentions = model(**batch, output_attentions=True).attentions
    tensors[f"pattern{i}"] = torch.stack([a[0] for a in attentions]).contiguous()
    case = {"text": text, "ids": batch["input_ids"][0].tolist()}
    if pair:
        case["pair"] = pair
    cases.append(case)
save_file(tensors, out / "patterns.safetensors")
(out / "cases.json").write_text(json.dumps(cases, ensure_ascii=False) + "\n")
