/* A model's numbers, read from config.json and checked once. Every other file may rely on them: sizes
 * are positive and bounded, products fit in size_t, d_model = n_heads * d_head. */
#ifndef ENGINE_CONFIG_H
#define ENGINE_CONFIG_H

#include "engine/error.h"

#include <stdbool.h>

typedef enum EngActFn { ENG_GELU, ENG_GELU_NEW, ENG_RELU } EngActFn;
typedef enum EngArchId { ENG_GPT2, ENG_BERT } EngArchId;

typedef struct EngConfig {
  EngArchId arch;
  int n_layers, n_heads, n_kv_heads;
  int d_model, d_head, d_mlp, d_vocab, n_ctx;
  int n_token_types; /* 0 for GPT-2 */
  EngActFn act_fn;
  float eps;        /* of every layer norm */
  bool causal;      /* query i sees keys 0 … i */
  bool scale_attn;  /* scores are divided by sqrt(d_head) */
  bool tied;        /* the unembedding is the embedding */
  int bos_token_id; /* -1 where the model has none */
} EngConfig;

/* Reads `folder`/config.json. A key that changes the computation and is not implemented is refused by
 * name; a missing optional key takes Hugging Face's default. */
bool eng_config_load(EngConfig *out, const char *folder, EngError *err);

const char *eng_config_model_type(const EngConfig *config); /* "gpt2", "bert" */
const char *eng_act_fn_name(EngActFn act_fn);               /* "gelu", "gelu_new", "relu" */

#endif
