/* config.json, read once and checked, so that nobody else asks whether a size is positive or a product fits.
 *
 * Three kinds of keys: those that are numbers of ours (missing ones take Hugging Face's default), those that
 * would change the computation in a way that is not implemented (refused by name unless they hold the value
 * that changes nothing), and all others (dropout, labels, cache, generation), which change nothing here. */
#include "engine/config.h"

#include "engine/activation.h"
#include "engine/json.h"
#include "engine/path.h"

#include <stdlib.h>
#include <string.h>

#define MOST_WIDTH (1 << 20)
#define MOST_VOCAB (1 << 28)
#define MOST_CONTEXT (1 << 24)

/* Names for activations, and what else computes the same function. */
static const struct {
  const char *name;
  EngActFn act_fn;
} act_fns[] = {
    {"gelu", ENG_GELU},
    {"gelu_new", ENG_GELU_NEW},
    {"relu", ENG_RELU},
    {"gelu_python", ENG_GELU},
    {"gelu_fast", ENG_GELU_NEW},
    {"gelu_accurate", ENG_GELU_NEW},
    {"gelu_pytorch_tanh", ENG_GELU_NEW},
    {"gelu_python_tanh", ENG_GELU_NEW},
};

static bool read_act_fn(const EngJson *json, const char *key, const char *file, EngActFn *out, EngError *err) {
  const char *name = NULL;
  if (!eng_json_read_text(json, key, file, &name, err)) return false;
  if (!name) return true;
  for (size_t i = 0; i < sizeof act_fns / sizeof *act_fns; i++)
    if (strcmp(name, act_fns[i].name) == 0) {
      *out = act_fns[i].act_fn;
      return true;
    }
  return eng_error_set(err, file, key, "expected gelu, gelu_new or relu, found \"%s\"", name);
}

/* A size from 1 to `most` that has two names; where both are given they agree. */
static bool read_size(const EngJson *json, const char *key, const char *alias, const char *file, int most, int *out,
                      EngError *err) {
  int second = 0;
  if (!eng_json_read_int(json, alias, file, 1, most, &second, err)) return false;
  if (second > 0) *out = second;
  if (!eng_json_read_int(json, key, file, 1, most, out, err)) return false;
  if (second > 0 && *out != second)
    return eng_error_set(err, file, alias, "expected %d as %s says, found %d", *out, key, second);
  return true;
}

/* Refuses a key unless it is absent, null, or what `harmless` says: false, or an empty list or object. */
static bool refuse_unless_off(const EngJson *json, const char *key, const char *file, EngError *err) {
  const EngJson *value = eng_json_get(json, key);
  EngJsonKind kind = eng_json_kind(value);
  bool on = true;
  if (kind == ENG_JSON_ABSENT || kind == ENG_JSON_NULL) return true;
  if (kind == ENG_JSON_BOOL && eng_json_bool(value, &on) && !on) return true;
  if ((kind == ENG_JSON_ARRAY || kind == ENG_JSON_OBJECT) && eng_json_size(value) == 0) return true;
  char found[80];
  return eng_error_set(err, file, key, "expected none: it changes the computation and is not implemented; found %s",
                       eng_json_describe(value, found, sizeof found));
}

static bool refuse_all_unless_off(const EngJson *json, const char *const *keys, const char *file, EngError *err) {
  for (; *keys; keys++)
    if (!refuse_unless_off(json, *keys, file, err)) return false;
  return true;
}

static const char *const refused_everywhere[] = {"quantization_config", "pruned_heads",        "per_layer_config",
                                                 "is_encoder_decoder",  "add_cross_attention", NULL};
static const char *const refused_in_gpt2[] = {"scale_attn_by_inverse_layer_idx", NULL};
static const char *const refused_in_bert[] = {"is_decoder", NULL};

/* An id that the vocabulary does not have is never used: then there is no such token. */
static int read_bos(const EngJson *json, int otherwise, int d_vocab) {
  const EngJson *value = eng_json_get(json, "bos_token_id");
  int64_t id = otherwise;
  if (value && !eng_json_integer(value, &id)) return -1;
  return id >= 0 && id < d_vocab ? (int)id : -1;
}

/* `reorder_and_upcast_attn` changes the order of two products and nothing in F32: it is accepted. */
static bool read_gpt2(EngConfig *out, const EngJson *json, const char *file, EngError *err) {
  double eps = 1e-5;
  *out = (EngConfig){.arch = ENG_GPT2,
                     .n_layers = 12,
                     .n_heads = 12,
                     .d_model = 768,
                     .d_vocab = 50257,
                     .n_ctx = 1024,
                     .act_fn = ENG_GELU_NEW,
                     .causal = true,
                     .scale_attn = true,
                     .tied = true};
  bool ok = refuse_all_unless_off(json, refused_in_gpt2, file, err) &&
            read_size(json, "n_layer", "num_hidden_layers", file, ENG_MAX_LAYERS, &out->n_layers, err) &&
            read_size(json, "n_head", "num_attention_heads", file, MOST_WIDTH, &out->n_heads, err) &&
            read_size(json, "n_embd", "hidden_size", file, MOST_WIDTH, &out->d_model, err) &&
            read_size(json, "n_positions", "max_position_embeddings", file, MOST_CONTEXT, &out->n_ctx, err) &&
            eng_json_read_int(json, "vocab_size", file, 1, MOST_VOCAB, &out->d_vocab, err) &&
            read_act_fn(json, "activation_function", file, &out->act_fn, err) &&
            eng_json_read_number(json, "layer_norm_epsilon", file, 0, 1, &eps, err) &&
            eng_json_read_bool(json, "scale_attn_weights", file, &out->scale_attn, err) &&
            eng_json_read_bool(json, "tie_word_embeddings", file, &out->tied, err);
  if (!ok) return false;
  out->eps = (float)eps;
  out->d_mlp = 4 * out->d_model;
  out->bos_token_id = read_bos(json, 50256, out->d_vocab);
  return eng_json_read_int(json, "n_inner", file, 1, 4 * MOST_WIDTH, &out->d_mlp, err);
}

static bool check_positions(const EngJson *json, const char *file, EngError *err) {
  const char *type = NULL;
  if (!eng_json_read_text(json, "position_embedding_type", file, &type, err)) return false;
  if (!type || strcmp(type, "absolute") == 0) return true;
  return eng_error_set(err, file, "position_embedding_type", "expected \"absolute\", found \"%s\"", type);
}

static bool read_bert(EngConfig *out, const EngJson *json, const char *file, EngError *err) {
  double eps = 1e-12;
  *out = (EngConfig){.arch = ENG_BERT,
                     .n_layers = 12,
                     .n_heads = 12,
                     .d_model = 768,
                     .d_mlp = 3072,
                     .d_vocab = 30522,
                     .n_ctx = 512,
                     .n_token_types = 2,
                     .act_fn = ENG_GELU,
                     .scale_attn = true,
                     .tied = true};
  bool ok = refuse_all_unless_off(json, refused_in_bert, file, err) && check_positions(json, file, err) &&
            eng_json_read_int(json, "num_hidden_layers", file, 1, ENG_MAX_LAYERS, &out->n_layers, err) &&
            eng_json_read_int(json, "num_attention_heads", file, 1, MOST_WIDTH, &out->n_heads, err) &&
            eng_json_read_int(json, "hidden_size", file, 1, MOST_WIDTH, &out->d_model, err) &&
            eng_json_read_int(json, "intermediate_size", file, 1, 4 * MOST_WIDTH, &out->d_mlp, err) &&
            eng_json_read_int(json, "max_position_embeddings", file, 1, MOST_CONTEXT, &out->n_ctx, err) &&
            eng_json_read_int(json, "vocab_size", file, 1, MOST_VOCAB, &out->d_vocab, err) &&
            eng_json_read_int(json, "type_vocab_size", file, 1, MOST_WIDTH, &out->n_token_types, err) &&
            read_act_fn(json, "hidden_act", file, &out->act_fn, err) &&
            eng_json_read_number(json, "layer_norm_eps", file, 0, 1, &eps, err) &&
            eng_json_read_bool(json, "tie_word_embeddings", file, &out->tied, err);
  if (!ok) return false;
  out->eps = (float)eps;
  out->bos_token_id = read_bos(json, -1, out->d_vocab);
  return true;
}

static const struct {
  const char *model_type;
  bool (*read)(EngConfig *, const EngJson *, const char *, EngError *);
} readers[] = {[ENG_GPT2] = {"gpt2", read_gpt2}, [ENG_BERT] = {"bert", read_bert}};

static bool read_json(EngConfig *out, const EngJson *json, const char *file, EngError *err) {
  const char *type = NULL;
  if (!eng_json_read_text(json, "model_type", file, &type, err)) return false;
  size_t n = sizeof readers / sizeof *readers, i = 0;
  while (i < n && !(type && strcmp(type, readers[i].model_type) == 0)) i++;
  if (i == n)
    return eng_error_set(err, file, "model_type", "expected \"gpt2\" or \"bert\", found %s%s%s", type ? "\"" : "",
                         type ? type : "nothing", type ? "\"" : "");
  if (!refuse_all_unless_off(json, refused_everywhere, file, err)) return false;
  if (!readers[i].read(out, json, file, err)) return false;
  if (out->d_model % out->n_heads != 0)
    return eng_error_set(err, file, NULL, "expected a width that the heads divide, found width %d and %d heads",
                         out->d_model, out->n_heads);
  out->d_head = out->d_model / out->n_heads;
  out->n_kv_heads = out->n_heads;
  return true;
}

bool eng_config_load(EngConfig *out, const char *folder, EngError *err) {
  char *path = eng_path_join(folder, "config.json");
  if (!path) return eng_error_memory(err, folder, "a path");
  EngJson *json = eng_json_load(path, err);
  bool ok = json && read_json(out, json, path, err);
  eng_json_free(json);
  free(path);
  return ok;
}

const char *eng_config_model_type(const EngConfig *config) { return readers[config->arch].model_type; }

const char *eng_act_fn_name(EngActFn act_fn) { return act_fns[act_fn].name; }
