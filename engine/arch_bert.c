/* BERT: three embeddings summed and normed, attention over the whole sequence, norms after attention and MLP,
 * weights stored [out, in]. Checkpoints of the bare model have no prefix, others have "bert."; the
 * masked-language head, where there is one, is a dense layer, a norm and the embedding again or a matrix of
 * its own. Pooler and next-sentence head lie outside what is computed here. */
#include "engine/arch.h"

static bool is_harmless(const char *name) {
  (void)name;
  return false;
}

static void bind_layer(EngLayer *layer, const EngConfig *config, EngBinder *binder) {
  int d = config->d_model, m = config->d_mlp;
  layer->qkv[0] = eng_bind_linear(binder, "attention.self.query", d, d);
  layer->qkv[1] = eng_bind_linear(binder, "attention.self.key", d, d);
  layer->qkv[2] = eng_bind_linear(binder, "attention.self.value", d, d);
  layer->attn_out = eng_bind_linear(binder, "attention.output.dense", d, d);
  layer->ln1 = eng_bind_norm(binder, "attention.output.LayerNorm", d);
  layer->mlp_in = eng_bind_linear(binder, "intermediate.dense", d, m);
  layer->mlp_out = eng_bind_linear(binder, "output.dense", m, d);
  layer->ln2 = eng_bind_norm(binder, "output.LayerNorm", d);
}

static void bind_embeddings(EngWeights *weights, const EngConfig *config, EngBinder *binder) {
  int d = config->d_model;
  weights->embed = eng_bind_matrix(binder, "word_embeddings.weight", config->d_vocab, d);
  weights->pos_embed = eng_bind_matrix(binder, "position_embeddings.weight", config->n_ctx, d);
  weights->type_embed = eng_bind_matrix(binder, "token_type_embeddings.weight", config->n_token_types, d);
  weights->embed_norm = eng_bind_norm(binder, "LayerNorm", d);
}

/* The output bias has two names, one of which a checkpoint may leave out; the decoder's own comes first. */
static void bind_head(EngWeights *weights, const EngConfig *config, EngBinder *binder) {
  int d = config->d_model, v = config->d_vocab;
  eng_binder_set_prefix(binder, "cls.predictions.");
  if (!eng_binder_has(binder, "transform.dense.weight")) return;
  weights->head_dense = eng_bind_linear(binder, "transform.dense", d, d);
  weights->head_norm = eng_bind_norm(binder, "transform.LayerNorm", d);
  bool tied = config->tied && !eng_binder_has(binder, "decoder.weight");
  const float *decoder = tied ? weights->embed : eng_bind_matrix(binder, "decoder.weight", v, d);
  weights->unembed.w = (EngMatrix){.data = decoder, .in = d, .out = v, .out_major = true};
  const char *bias = eng_binder_has(binder, "decoder.bias") ? "decoder.bias" : "bias";
  weights->unembed.b = eng_bind_vector(binder, bias, v);
}

static void bind_bert(EngWeights *weights, const EngConfig *config, EngBinder *binder) {
  const char *prefix = eng_binder_has(binder, "bert.embeddings.position_embeddings.weight") ? "bert." : "";
  eng_binder_set_prefix(binder, "%sembeddings.", prefix);
  bind_embeddings(weights, config, binder);
  for (int i = 0; i < config->n_layers; i++) {
    eng_binder_set_prefix(binder, "%sencoder.layer.%d.", prefix, i);
    bind_layer(&weights->layers[i], config, binder);
  }
  eng_binder_set_prefix(binder, "%sencoder.layer.", prefix);
  eng_binder_refuse_unknown(binder, is_harmless, config->n_layers);
  bind_head(weights, config, binder);
}

static const EngStep STEPS[] = {
    {ENG_STEP_QKV, ENG_ACT_RESID_PRE, ENG_ACT_Q, 0, 0},
    {ENG_STEP_ATTEND, ENG_ACT_Q, ENG_ACT_Z, 0, 0},
    {ENG_STEP_LINEAR, ENG_ACT_Z, ENG_ACT_ATTN_OUT, 0, offsetof(EngLayer, attn_out)},
    {ENG_STEP_ADD, ENG_ACT_RESID_PRE, ENG_ACT_RESID_MID, ENG_ACT_ATTN_OUT, 0},
    {ENG_STEP_NORM, ENG_ACT_RESID_MID, ENG_ACT_NORM_MID, 0, offsetof(EngLayer, ln1)},
    {ENG_STEP_LINEAR, ENG_ACT_NORM_MID, ENG_ACT_MLP_PRE, 0, offsetof(EngLayer, mlp_in)},
    {ENG_STEP_ACT, ENG_ACT_MLP_PRE, ENG_ACT_MLP_POST, 0, 0},
    {ENG_STEP_LINEAR, ENG_ACT_MLP_POST, ENG_ACT_MLP_OUT, 0, offsetof(EngLayer, mlp_out)},
    {ENG_STEP_ADD, ENG_ACT_NORM_MID, ENG_ACT_RESID_POST, ENG_ACT_MLP_OUT, 0},
    {ENG_STEP_NORM, ENG_ACT_RESID_POST, ENG_ACT_NORM_POST, 0, offsetof(EngLayer, ln2)},
};

const EngArch eng_arch_bert = {
    .bind = bind_bert,
    .steps = {STEPS, sizeof STEPS / sizeof *STEPS, ENG_ACT_NORM_POST},
};
