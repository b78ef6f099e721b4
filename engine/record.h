/* A recorded file: attention with its tokens and without a model, as `headscope dump` writes it or as any
 * safetensors file with blocks.L.attn.hook_pattern [H, T, T] has it. Everything in it is checked on opening;
 * the tensors are views of the mapped file where they are aligned F32. */
#ifndef ENGINE_RECORD_H
#define ENGINE_RECORD_H

#include "engine/input.h"
#include "engine/tensor.h"

typedef struct EngRecord {
  char *name;    /* the model's, or the file's where it does not say */
  char hash[17]; /* the model's, "" where the file does not say */
  EngInput *input;
  int n_layers, n_heads, n_tokens;
  int d_head; /* 0 without vectors */
  bool has_qk, has_v;
  bool causal;
  EngTensor *pattern;   /* (L), each (H, T, T) */
  EngTensor *q, *k, *v; /* (L), each (T, H, d_head); empty without */
  struct EngSafetensors *file;
} EngRecord;

/* On failure `out` needs no closing. */
bool eng_record_open(EngRecord *out, const char *path, EngError *err);
/* Any other tensor of the file as F32, its numbers finite; the caller releases it. */
bool eng_record_tensor(const EngRecord *record, const char *name, EngTensor *out, EngError *err);
void eng_record_close(EngRecord *record);

#endif
