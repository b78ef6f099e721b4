/* headscope info MODEL: its numbers and the activations it can hand out. */
#include "scripting/cli.h"
#include "scripting/open.h"

#include "engine/activation.h"
#include "engine/json.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

/* The word for one letter of a shape, as docs and files write it. */
static const char *axis_name(char letter) {
  switch (letter) {
  case 'T':
    return "token";
  case 'K':
    return "key";
  case 'H':
    return "head";
  case 'h':
    return "d_head";
  case 'D':
    return "d_model";
  case 'M':
    return "d_mlp";
  default:
    return "?";
  }
}

/* The word for axis `i`: the tokens of an (H, T, K) entry are its queries. */
static const char *axis(const char *shape, size_t i) {
  return shape[i] == 'T' && shape[i + 1] == 'K' ? "query" : axis_name(shape[i]);
}

static json_t *shape_json(const char *shape) {
  json_t *list = json_array();
  for (size_t i = 0; shape[i]; i++) json_array_append_new(list, json_string(axis(shape, i)));
  return list;
}

static void append_activation(json_t *list, EngActivation id, int layer) {
  char name[96];
  eng_activation_full_name(id, layer, name, sizeof name);
  json_t *entry = json_object();
  json_object_set_new(entry, "name", json_string(name));
  json_object_set_new(entry, "shape", shape_json(eng_activation_info(id)->shape));
  json_array_append_new(list, entry);
}

/* What stands outside the blocks, and every block's. */
static json_t *activations_json(const EngConfig *config) {
  json_t *list = json_array();
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++) {
    if (!eng_activation_exists(id, config)) continue;
    int layers = eng_activation_info(id)->per_block ? config->n_layers : 1;
    for (int layer = 0; layer < layers; layer++) append_activation(list, id, layer);
  }
  return list;
}

static json_t *info_json(EngModel *model) {
  const EngConfig *config = eng_model_config(model);
  json_t *out = json_object();
  json_object_set_new(out, "model_type", json_string(eng_config_model_type(config)));
  json_object_set_new(out, "n_layers", json_integer(config->n_layers));
  json_object_set_new(out, "n_heads", json_integer(config->n_heads));
  json_object_set_new(out, "n_kv_heads", json_integer(config->n_kv_heads));
  json_object_set_new(out, "d_model", json_integer(config->d_model));
  json_object_set_new(out, "d_head", json_integer(config->d_head));
  json_object_set_new(out, "d_mlp", json_integer(config->d_mlp));
  json_object_set_new(out, "d_vocab", json_integer(config->d_vocab));
  json_object_set_new(out, "n_ctx", json_integer(config->n_ctx));
  json_object_set_new(out, "act_fn", json_string(eng_act_fn_name(config->act_fn)));
  json_object_set_new(out, "dtype", json_string(eng_model_dtype(model)));
  json_object_set_new(out, "tied", json_boolean(config->tied));
  json_object_set_new(out, "parameters", json_integer((json_int_t)eng_model_parameters(model)));
  json_object_set_new(out, "hash", json_string(eng_model_hash(model)));
  json_object_set_new(out, "activations", activations_json(config));
  return out;
}

static void print_numbers(EngModel *model) {
  const EngConfig *config = eng_model_config(model);
  printf("%s\n", eng_model_path(model));
  printf("  model_type  %s\n", eng_config_model_type(config));
  printf("  layers      %d\n", config->n_layers);
  printf("  heads       %d of %d numbers", config->n_heads, config->d_head);
  if (config->n_kv_heads != config->n_heads) printf(", %d of keys and values", config->n_kv_heads);
  printf("\n  d_model     %d\n", config->d_model);
  printf("  d_mlp       %d, %s\n", config->d_mlp, eng_act_fn_name(config->act_fn));
  printf("  vocabulary  %d%s\n", config->d_vocab, config->tied ? ", unembedding tied to the embedding" : "");
  printf("  context     %d tokens\n", config->n_ctx);
  printf("  parameters  %" PRIu64 ", %s\n", eng_model_parameters(model), eng_model_dtype(model));
  printf("  hash        %s\n", eng_model_hash(model));
}

/* One line an entry of the table; L stands for every layer. */
static void print_activations(const EngConfig *config) {
  printf("  activations, L = 0 to %d\n", config->n_layers - 1);
  for (EngActivation id = 0; id < ENG_ACT_COUNT; id++) {
    if (!eng_activation_exists(id, config)) continue;
    const EngActivationInfo *info = eng_activation_info(id);
    printf("    %s%-*s [", info->per_block ? "blocks.L." : "", info->per_block ? 30 : 39, info->name);
    for (size_t i = 0; info->shape[i]; i++) printf("%s%s", i ? ", " : "", axis(info->shape, i));
    printf("]\n");
  }
}

static int print_json(EngModel *model) {
  EngError err = {0};
  json_t *info = info_json(model);
  char *text = eng_json_print(info, 0);
  json_decref(info);
  if (!text) {
    eng_error_memory(&err, eng_model_path(model), "its description");
    return scr_cli_fail(&err);
  }
  puts(text);
  free(text);
  return SCR_DONE;
}

int scr_cli_info(const ScrCommand *command, int argc, char **argv) {
  bool json = false;
  const ScrOption options[] = {{.name = "--json", .doc = "print one JSON object", .flag = &json}, {.name = NULL}};
  const char *operands[SCR_MAX_OPERANDS];
  int code = scr_args_parse(command, options, argc, argv, operands);
  if (code != SCR_ARGS_OK) return code;
  EngError err = {0};
  EngModel *model = scr_open_model_of_program(operands[0], &err);
  if (!model) return scr_cli_fail(&err);
  code = SCR_DONE;
  if (json) {
    code = print_json(model);
  } else {
    print_numbers(model);
    print_activations(eng_model_config(model));
  }
  eng_model_release(model);
  return code;
}
