/* GPT-2: norms before attention and MLP, causal attention, one fused projection for q, k and v, weights
 * stored [in, out]. Checkpoints of the bare model have no prefix, those of the model with a head have
 * "transformer."; the head is the embedding again unless the file has one of its own. */
#include "engine/arch.h"

#include <string.h>

/* Masks that old versions of transformers saved with the weights. */
static bool is_harmless(const char *name) {
  const char *attn = strstr(name, ".attn.");
  return attn && (strcmp(attn, ".attn.bias") == 0 || strcmp(attn, ".attn.masked_bias") == 0);
}

static void bind_layer(EngLayer *layer, const EngConfig *config, EngBinder *binder) {
  int d = config->d_model, m = config->d_mlp;
  layer->ln1 = eng_bind_norm(binder, "ln_1", d);
  layer->qkv[0] = eng_bind_conv1d(binder, "attn.c_attn", d, 3 * d);
  layer->attn_out = eng_bind_conv1d(binder, "attn.c_proj", d, d);
  layer->ln2 = eng_bind_norm(binder, "ln_2", d);
  layer->mlp_in = eng_bind_conv1d(binder, "mlp.c_fc", d, m);
  layer->mlp_out = eng_bind_conv1d(binder, "mlp.c_proj", m, d);
}

/* The head: of its own, or the embedding, or none. As in Hugging Face a tied pair may be saved under either
 * name, and a head in the file counts whatever the config says. */
static void bind_head(EngWeights *weights, const EngConfig *config, const char *prefix, EngBinder *binder) {
  int d = config->d_model, v = config->d_vocab;
  eng_binder_set_prefix(binder, "%s", "");
  bool has_head = eng_binder_has(binder, "lm_head.weight");
  const float *head = has_head ? eng_bind_matrix(binder, "lm_head.weight", v, d) : NULL;
  eng_binder_set_prefix(binder, "%s", prefix);
  bool embed_is_head = has_head && config->tied && !eng_binder_has(binder, "wte.weight");
  weights->embed = embed_is_head ? head : eng_bind_matrix(binder, "wte.weight", v, d);
  if (!head && config->tied) head = weights->embed;
  weights->unembed.w = (EngMatrix){.data = head, .in = d, .out = v, .out_major = true};
}

static void bind_gpt2(EngWeights *weights, const EngConfig *config, EngBinder *binder) {
  const char *prefix = eng_binder_has(binder, "transformer.wpe.weight") ? "transformer." : "";
  bind_head(weights, config, prefix, binder);
  weights->pos_embed = eng_bind_matrix(binder, "wpe.weight", config->n_ctx, config->d_model);
  weights->final_norm = eng_bind_norm(binder, "ln_f", config->d_model);
  for (int i = 0; i < config->n_layers; i++) {
    eng_binder_set_prefix(binder, "%sh.%d.", prefix, i);
    bind_layer(&weights->layers[i], config, binder);
  }
  eng_binder_set_prefix(binder, "%sh.", prefix);
  eng_binder_refuse_unknown(binder, is_harmless, config->n_layers);
}

static const EngStep STEPS[] = {
    {ENG_STEP_NORM, ENG_ACT_RESID_PRE, ENG_NAMELESS, 0, offsetof(EngLayer, ln1)},
    {ENG_STEP_QKV, ENG_NAMELESS, ENG_ACT_Q, 0, 0},
    {ENG_STEP_ATTEND, ENG_ACT_Q, ENG_ACT_Z, 0, 0},
    {ENG_STEP_LINEAR, ENG_ACT_Z, ENG_ACT_ATTN_OUT, 0, offsetof(EngLayer, attn_out)},
    {ENG_STEP_ADD, ENG_ACT_RESID_PRE, ENG_ACT_RESID_MID, ENG_ACT_ATTN_OUT, 0},
    {ENG_STEP_NORM, ENG_ACT_RESID_MID, ENG_NAMELESS, 0, offsetof(EngLayer, ln2)},
    {ENG_STEP_LINEAR, ENG_NAMELESS, ENG_ACT_MLP_PRE, 0, offsetof(EngLayer, mlp_in)},
    {ENG_STEP_ACT, ENG_ACT_MLP_PRE, ENG_ACT_MLP_POST, 0, 0},
    {ENG_STEP_LINEAR, ENG_ACT_MLP_POST, ENG_ACT_MLP_OUT, 0, offsetof(EngLayer, mlp_out)},
    {ENG_STEP_ADD, ENG_ACT_RESID_MID, ENG_ACT_RESID_POST, ENG_ACT_MLP_OUT, 0},
};

const EngArch eng_arch_gpt2 = {
    .bind = bind_gpt2,
    .steps = {STEPS, sizeof STEPS / sizeof *STEPS, ENG_ACT_RESID_POST},
};
