/* The table of activation.h as data, its names read and written, and sets of names to keep. */
#include "engine/activation.h"

#include <stdio.h>
#include <string.h>

static const EngActivationInfo TABLE[ENG_ACT_COUNT] = {
#define X(id, name, short_name, shape, per_block, gpt2, bert) {name, short_name, shape, per_block, gpt2, bert},
    ENG_ACTIVATIONS(X)
#undef X
};

const EngActivationInfo *eng_activation_info(EngActivation id) { return &TABLE[id]; }

bool eng_activation_exists(EngActivation id, const EngConfig *config) {
  return config->arch == ENG_BERT ? TABLE[id].in_bert : TABLE[id].in_gpt2;
}

void eng_activation_full_name(EngActivation id, int layer, char *out, size_t size) {
  if (TABLE[id].per_block)
    snprintf(out, size, "blocks.%d.%s", layer, TABLE[id].name);
  else
    snprintf(out, size, "%s", TABLE[id].name);
}

/* The entry that the scope names: inside its scope, or by its short name. */
static bool find(const EngScope *scope, bool short_name, const EngConfig *config, EngActivation *id) {
  for (int i = 0; i < ENG_ACT_COUNT; i++) {
    const char *own = short_name ? TABLE[i].short_name : TABLE[i].name;
    if (!eng_activation_exists((EngActivation)i, config) || !eng_scope_is(scope, own)) continue;
    *id = (EngActivation)i;
    return true;
  }
  return false;
}

static bool parse_full(const char *name, const EngConfig *config, EngActivation *id, int *layer) {
  EngScope scope;
  if (!eng_scope_full(name, &scope)) return false;
  *layer = scope.layer;
  return find(&scope, false, config, id) && TABLE[*id].per_block == scope.in_block;
}

static bool parse_short(const char *name, const EngConfig *config, EngActivation *id, int *layer) {
  EngScope scope;
  if (!eng_scope_short(name, &scope)) return false;
  *layer = scope.layer;
  return find(&scope, true, config, id) && (TABLE[*id].per_block || *layer == ENG_ALL_LAYERS);
}

static bool unknown(const char *name, const EngConfig *config, EngError *err) {
  char names[512] = "";
  size_t used = 0;
  for (int i = 0; i < ENG_ACT_COUNT && used < sizeof names; i++)
    if (eng_activation_exists((EngActivation)i, config))
      used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? ", " : "", TABLE[i].short_name);
  return eng_error_set(err, NULL, "activation",
                       "expected a full name such as blocks.0.attn.hook_q, or one of %s (with or without a layer), "
                       "found \"%.80s\"",
                       names, name);
}

bool eng_activation_parse(const char *name, const EngConfig *config, EngActivation *id, int *layer, EngError *err) {
  if (!parse_full(name, config, id, layer) && !parse_short(name, config, id, layer))
    return unknown(name, config, err);
  if (*layer == ENG_ALL_LAYERS || *layer < config->n_layers) return true;
  return eng_error_set(err, NULL, name, "expected a layer from 0 to %d, found %d", config->n_layers - 1, *layer);
}

static size_t axis(char letter, const EngConfig *config, size_t t, size_t k) {
  switch (letter) {
  case 'T':
    return t;
  case 'K':
    return k;
  case 'H':
    return (size_t)config->n_heads;
  case 'h':
    return (size_t)config->d_head;
  case 'M':
    return (size_t)config->d_mlp;
  default:
    return (size_t)config->d_model;
  }
}

int eng_activation_shape(EngActivation id, const EngConfig *config, size_t t, size_t k, size_t *shape) {
  const char *letters = TABLE[id].shape;
  int rank = (int)strlen(letters);
  for (int i = 0; i < rank; i++) shape[i] = axis(letters[i], config, t, k);
  return rank;
}

void eng_keep_clear(EngKeep *keep) { memset(keep, 0, sizeof *keep); }

static void keep_layers(EngKeep *keep, EngActivation id, int layer, const EngConfig *config) {
  int first = layer == ENG_ALL_LAYERS ? 0 : layer;
  int last = layer != ENG_ALL_LAYERS ? layer : TABLE[id].per_block ? config->n_layers - 1 : 0;
  for (int i = first; i <= last; i++) keep->layers[id][i / 64] |= (uint64_t)1 << (i % 64);
}

bool eng_keep_add(EngKeep *keep, const char *name, const EngConfig *config, EngError *err) {
  EngActivation id;
  int layer;
  if (strcmp(name, "all") != 0) {
    if (!eng_activation_parse(name, config, &id, &layer, err)) return false;
    keep_layers(keep, id, layer, config);
    return true;
  }
  for (int i = 0; i < ENG_ACT_COUNT; i++)
    if (eng_activation_exists((EngActivation)i, config))
      keep_layers(keep, (EngActivation)i, ENG_ALL_LAYERS, config);
  return true;
}

void eng_keep_add_attention(EngKeep *keep, const EngConfig *config) {
  static const EngActivation ids[] = {ENG_ACT_PATTERN, ENG_ACT_Q, ENG_ACT_K};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) keep_layers(keep, ids[i], ENG_ALL_LAYERS, config);
}

bool eng_keep_has(const EngKeep *keep, EngActivation id, int layer) {
  int bit = TABLE[id].per_block ? layer : 0;
  return bit >= 0 && bit < ENG_MAX_LAYERS && (keep->layers[id][bit / 64] >> (bit % 64) & 1);
}
