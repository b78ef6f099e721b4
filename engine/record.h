/* A recorded file: attention with its tokens and without a model, as `headscope dump` writes it or as any
 * safetensors file with blocks.L.attn.hook_pattern [H, T, T] has it; or an encoder-decoder's, whose tensors have
 * "encoder.", "decoder." or "cross." in front. Everything in it is checked on opening;
 * the tensors are views of the mapped file where they are aligned F32. */
#ifndef ENGINE_RECORD_H
#define ENGINE_RECORD_H

#include "engine/coarse.h"
#include "engine/input.h"
#include "engine/tensor.h"

/* One attention: all there is, or the encoder's, the decoder's, the decoder's to the encoder. */
typedef struct EngPart {
  const char *key, *title;        /* "all", "encoder", "decoder", "cross" */
  const char *prefix;             /* of its tensors' names: "", "encoder." … */
  const EngInput *rows, *columns; /* queries, keys; the same one but for "cross" */
  int n_layers, n_heads;
  int d_head; /* 0 without vectors */
  bool has_qk, has_v;
  bool causal, lower;   /* lower: no pattern has a weight above its diagonal */
  EngTensor *pattern;   /* (L), each (H, R, C) */
  EngCoarse coarse;     /* of each pattern */
  EngTensor *q, *k, *v; /* (L), each (R, H, d_head) and for k and v (C, H, d_head); empty without */
} EngPart;

enum { ENG_RECORD_PARTS = 3 };

typedef struct EngRecord {
  char *name;          /* the model's, or the file's where it does not say */
  char hash[17];       /* the model's, "" where the file does not say */
  EngInput *inputs[2]; /* the only one, or the encoder's and the decoder's; the second may be NULL */
  EngPart parts[ENG_RECORD_PARTS];
  int n_parts;
  struct EngSafetensors *file;
} EngRecord;

/* On failure `out` needs no closing. */
bool eng_record_open(EngRecord *out, const char *path, EngError *err);
bool eng_record_has(const EngRecord *record, const char *name);
/* One of the file's metadata, ended by NUL; NULL where it has none of that name. */
const char *eng_record_note(const EngRecord *record, const char *key);
/* Any other tensor of the file as F32, its numbers finite; the caller releases it. */
bool eng_record_tensor(const EngRecord *record, const char *name, EngTensor *out, EngError *err);
void eng_record_close(EngRecord *record);

#endif
