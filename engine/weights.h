/* The weights of a model under the names the forward pass uses; filled by arch_*.c from a checkpoint.
 *
 * Every pointer is F32 and either lies in the mapped file or in a widened copy that the model counts.
 * A matrix says how it is stored, so that no weight is ever transposed in memory. */
#ifndef ENGINE_WEIGHTS_H
#define ENGINE_WEIGHTS_H

#include "engine/config.h"
#include "engine/tensor.h"

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

/* A weight by TransformerLens's name as a borrowed view, whatever way it is stored: "blocks.3.attn.W_Q" or "W_Q3"
 * is (H, D, h), W_O (H, h, D), W_in (D, M), W_out (M, D), W_E (V, D), W_U (D, V): rows are multiplied from the
 * left, x W. An error says which names there are. The weights must be ready (eng_model_ready). */
bool eng_weights_view(const EngWeights *weights, const EngConfig *config, const char *name, EngTensor *out,
                      EngError *err);

/* The full name of the `i`-th weight that this model has, into `out`; false after the last. */
bool eng_weights_name(const EngWeights *weights, const EngConfig *config, int i, char *out, size_t size);

#endif
