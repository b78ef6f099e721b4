"""Records the attention of a small T5 with random weights, as Hugging Face transformers computes it: the form in which
any encoder-decoder's attention is shown.
usage: encoder_decoder.py OUT_FILE"""
import json
import sys

import torch
from safetensors.torch import save_file
from transformers import T5Config, T5ForConditionalGeneration

ENCODER = ["▁The", "▁house", "▁is", "▁wonder", "ful", ".", "</s>"]
DECODER = ["<pad>", "▁Das", "▁Haus", "▁ist", "▁schön"]

torch.manual_seed(5)
config = T5Config(vocab_size=32, d_model=24, d_kv=8, d_ff=32, num_layers=2, num_decoder_layers=3, num_heads=3)
model = T5ForConditionalGeneration._from_config(config, attn_implementation="eager").eval()
for parameter in model.parameters():
    torch.nn.init.normal_(parameter, std=0.6)  # so that attention is far from even
with torch.no_grad():
    run = model(input_ids=torch.arange(2, 2 + len(ENCODER))[None],
                decoder_input_ids=torch.tensor([[0, *range(12, 11 + len(DECODER))]]), output_attentions=True)

tensors = {}
for name, layers in [("encoder", run.encoder_attentions), ("decoder", run.decoder_attentions),
                     ("cross", run.cross_attentions)]:
    for layer, attention in enumerate(layers):  # (1, heads, queries, keys)
        tensors[f"{name}.blocks.{layer}.attn.hook_pattern"] = attention[0].contiguous()
save_file(tensors, sys.argv[1], metadata={
    "model": "t5-tiny", "text.encoder": "The house is wonderful.", "text.decoder": "Das Haus ist schön",
    "tokens.encoder": json.dumps(ENCODER), "tokens.decoder": json.dumps(DECODER),
    "special.encoder": json.dumps([token == "</s>" for token in ENCODER]),
    "special.decoder": json.dumps([token == "<pad>" for token in DECODER]),
    "sentences.encoder": json.dumps([-1 if token == "</s>" else 0 for token in ENCODER]),
})
