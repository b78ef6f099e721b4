/* The weights of a model under the names the forward pass uses; filled by arch_*.c from a checkpoint.
 *
 * Every pointer is F32 and either lies in the mapped file or in a widened copy that the model counts.
 * A matrix says how it is stored, so that no weight is ever transposed in memory. */
#ifndef ENGINE_WEIGHTS_H
#define ENGINE_WEIGHTS_H

#include <stdbool.h>

typedef struct EngMatrix {
  const float *data; /* NULL where the model has none */
  int in, out;
  bool out_major;           /* true: stored [out, in] (torch Linear); false: [in, out] (GPT-2's Conv1D) */
  struct EngPanels *panels; /* NULL: none are kept */
} EngMatrix;

typedef struct EngLinear {
  EngMatrix w;
  const float *b; /* (out), or NULL */
} EngLinear;

typedef struct EngNorm {
  const float *gain, *bias; /* (d_model) */
} EngNorm;

typedef struct EngLayer {
  EngNorm ln1, ln2; /* GPT-2: before attention and MLP; BERT: after them */
  /* GPT-2 fuses query, key and value: `qkv[0]` has out = 3 * d_model and the other two are empty.
   * BERT has three matrices. Either way they write into one (T, 3 * d_model) buffer. */
  EngLinear qkv[3];
  EngLinear attn_out, mlp_in, mlp_out;
} EngLayer;

typedef struct EngWeights {
  const float *embed;      /* W_E   (V, D) */
  const float *pos_embed;  /* W_pos (n_ctx, D) */
  const float *type_embed; /* (n_token_types, D), BERT */
  EngNorm embed_norm;      /* BERT: after the sum of embeddings */
  EngLayer *layers;        /* (L) */
  EngNorm final_norm;      /* GPT-2's ln_f */
  /* BERT's masked-language head: dense, activation, norm, then unembed; absent (data NULL) when the
   * checkpoint has none, and always for GPT-2. */
  EngLinear head_dense;
  EngNorm head_norm;
  EngLinear unembed; /* out = V; data NULL where the checkpoint has no head */
} EngWeights;

#endif
