/* One value has several names: GPT-2's and BERT's in Hugging Face's config.json, and TransformerLens's. */
#include "scripting/bind_config.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Sets the value on top of the stack under every name of a list and drops it. */
static void set(lua_State *L, const char *const *names) {
  for (; *names; names++) {
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, *names);
  }
  lua_pop(L, 1);
}

/* Numbers below 0 are not known. */
static void set_integer(lua_State *L, lua_Integer value, const char *const *names) {
  if (value < 0) return;
  lua_pushinteger(L, value);
  set(L, names);
}

static void set_string(lua_State *L, const char *value, const char *const *names) {
  lua_pushstring(L, value);
  set(L, names);
}

static void set_boolean(lua_State *L, bool value, const char *const *names) {
  lua_pushboolean(L, value);
  set(L, names);
}

/* The double that was written in config.json: 1e-05, not the nearest float's digits. */
static void set_float(lua_State *L, float value, const char *const *names) {
  char text[32];
  snprintf(text, sizeof text, "%.7g", (double)value);
  lua_pushnumber(L, strtod(text, NULL));
  set(L, names);
}

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void set_sizes(lua_State *L, const EngConfig *config) {
  set_integer(L, config->n_layers, NAMES("n_layers", "n_layer", "num_hidden_layers"));
  set_integer(L, config->n_heads, NAMES("n_heads", "n_head", "num_attention_heads"));
  set_integer(L, config->n_kv_heads, NAMES("n_kv_heads", "n_key_value_heads", "num_key_value_heads"));
  set_integer(L, config->d_model, NAMES("d_model", "n_embd", "hidden_size"));
  set_integer(L, config->d_head, NAMES("d_head", "head_dim"));
  set_integer(L, config->d_mlp, NAMES("d_mlp", "n_inner", "intermediate_size"));
  set_integer(L, config->d_vocab, NAMES("d_vocab", "vocab_size", "d_vocab_out"));
  set_integer(L, config->n_ctx, NAMES("n_ctx", "n_positions", "max_position_embeddings"));
  set_integer(L, config->n_token_types, NAMES("n_token_types", "type_vocab_size"));
  set_integer(L, config->bos_token_id, NAMES("bos_token_id"));
}

void scr_bind_sizes(lua_State *L, const EngConfig *config) {
  lua_createtable(L, 0, 48);
  set_sizes(L, config);
  set_string(L, config->causal ? "causal" : "bidirectional", NAMES("attention_dir"));
  set_boolean(L, config->causal, NAMES("causal"));
}

void scr_bind_config(lua_State *L, const EngConfig *config) {
  scr_bind_sizes(L, config);
  set_string(L, eng_config_model_type(config), NAMES("model_type"));
  set_string(L, eng_act_fn_name(config->act_fn), NAMES("act_fn", "activation_function", "hidden_act"));
  set_string(L, "LN", NAMES("normalization_type"));
  set_float(L, config->eps, NAMES("eps", "layer_norm_epsilon", "layer_norm_eps"));
  lua_pushnumber(L, config->scale_attn ? sqrt((double)config->d_head) : 1.0);
  set(L, NAMES("attn_scale"));
  set_boolean(L, config->scale_attn, NAMES("scale_attn_weights", "use_attn_scale"));
  set_boolean(L, config->tied, NAMES("tie_word_embeddings", "tied"));
}
