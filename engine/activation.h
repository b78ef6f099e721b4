/* THE table of activations: every name that a forward pass can hand out, with TransformerLens's full and
 * short name, the letters of its shape and the architectures that have it. Memory sizes, capture, Lua,
 * export and docs are driven by it.
 *
 * Letters: T tokens (queries), K keys, H heads, h d_head, D d_model, M d_mlp. */
#ifndef ENGINE_ACTIVATION_H
#define ENGINE_ACTIVATION_H

#include "engine/config.h"
#include "engine/error.h"
#include "engine/scope.h"

#include <stddef.h>
#include <stdint.h>

/*  id, name inside its scope, short name, shape, per block?, GPT-2?, BERT? */
#define ENG_ACTIVATIONS(X)                                                                                         \
  X(EMBED, "hook_embed", "embed", "TD", 0, 1, 1)                                                                   \
  X(POS_EMBED, "hook_pos_embed", "pos_embed", "TD", 0, 1, 1)                                                       \
  X(TYPE_EMBED, "hook_token_type_embed", "token_type_embed", "TD", 0, 0, 1)                                        \
  X(RESID_PRE, "hook_resid_pre", "resid_pre", "TD", 1, 1, 1)                                                       \
  X(Q, "attn.hook_q", "q", "THh", 1, 1, 1)                                                                         \
  X(K, "attn.hook_k", "k", "THh", 1, 1, 1)                                                                         \
  X(V, "attn.hook_v", "v", "THh", 1, 1, 1)                                                                         \
  X(SCORES, "attn.hook_attn_scores", "attn_scores", "HTK", 1, 1, 1)                                                \
  X(PATTERN, "attn.hook_pattern", "pattern", "HTK", 1, 1, 1)                                                       \
  X(Z, "attn.hook_z", "z", "THh", 1, 1, 1)                                                                         \
  X(ATTN_OUT, "hook_attn_out", "attn_out", "TD", 1, 1, 1)                                                          \
  X(RESID_MID, "hook_resid_mid", "resid_mid", "TD", 1, 1, 1)                                                       \
  X(NORM_MID, "hook_normalized_resid_mid", "normalized_resid_mid", "TD", 1, 0, 1)                                  \
  X(MLP_PRE, "mlp.hook_pre", "pre", "TM", 1, 1, 1)                                                                 \
  X(MLP_POST, "mlp.hook_post", "post", "TM", 1, 1, 1)                                                              \
  X(MLP_OUT, "hook_mlp_out", "mlp_out", "TD", 1, 1, 1)                                                             \
  X(RESID_POST, "hook_resid_post", "resid_post", "TD", 1, 1, 1)                                                    \
  X(NORM_POST, "hook_normalized_resid_post", "normalized_resid_post", "TD", 1, 0, 1)                               \
  X(FINAL_NORM, "ln_final.hook_normalized", "normalized", "TD", 0, 1, 0)

typedef enum EngActivation {
#define X(id, name, short_name, shape, per_block, gpt2, bert) ENG_ACT_##id,
  ENG_ACTIVATIONS(X)
#undef X
      ENG_ACT_COUNT
} EngActivation;

typedef struct EngActivationInfo {
  const char *name;       /* inside its scope: a block's name is "blocks.L." before it */
  const char *short_name; /* "pattern", with a layer "pattern3" */
  const char *shape;      /* letters */
  bool per_block;
  bool in_gpt2, in_bert;
} EngActivationInfo;

const EngActivationInfo *eng_activation_info(EngActivation id);
bool eng_activation_exists(EngActivation id, const EngConfig *config);

/* "blocks.3.attn.hook_pattern" into `out`; `layer` is ignored where the entry belongs to no block. */
void eng_activation_full_name(EngActivation id, int layer, char *out, size_t size);

/* Reads a full name, a short name with a number ("q2") or without ("q": layer = ENG_ALL_LAYERS; also
 * what a name outside the blocks gets). An unknown name or layer is an error that says what exists. */
bool eng_activation_parse(const char *name, const EngConfig *config, EngActivation *id, int *layer, EngError *err);

/* The axes' sizes for T queries and K keys; returns the rank. */
int eng_activation_shape(EngActivation id, const EngConfig *config, size_t t, size_t k, size_t *shape);

/* What a run keeps: for each entry, which layers. */
#define ENG_MAX_LAYERS 1024
typedef struct EngKeep {
  uint64_t layers[ENG_ACT_COUNT][ENG_MAX_LAYERS / 64]; /* entries outside the blocks use bit 0 */
} EngKeep;

void eng_keep_clear(EngKeep *keep);
/* Adds a name as eng_activation_parse reads it, or "all". */
bool eng_keep_add(EngKeep *keep, const char *name, const EngConfig *config, EngError *err);
/* Adds pattern, q and k of all layers: what views need, and what is kept where nobody says otherwise. */
void eng_keep_add_attention(EngKeep *keep, const EngConfig *config);
bool eng_keep_has(const EngKeep *keep, EngActivation id, int layer);

#endif
