/* The numbers of a recorded file by the names of activations: views of the file, all layers as one where they lie
 * at equal distances, as `headscope dump` writes them; else put together. */
#include "scripting/bind_record_impl.h"

#include "scripting/bind_tensor.h"
#include "scripting/check.h"

#include <stdio.h>
#include <string.h>

/* "encoder.blocks.0.attn.hook_q" */
static void full_name(const ScrRecord *record, EngActivation id, int layer, char out[160]) {
  char name[96];
  const char *key = eng_source_block(record->box.object, record->block)->key;
  bool plain = strcmp(key, "all") == 0;
  eng_activation_full_name(id, layer, name, sizeof name);
  snprintf(out, 160, "%s%s%s", plain ? "" : key, plain ? "" : ".", name);
}

bool scr_record_layer(const ScrRecord *record, EngActivation id, int layer, EngTensor *out, EngError *err) {
  char name[160];
  full_name(record, id, layer, name);
  return eng_source_recorded(record->box.object, name, out, err);
}

static bool has_layer(const ScrRecord *record, EngActivation id, int layer) {
  char name[160];
  full_name(record, id, layer, name);
  return eng_source_has(record->box.object, name);
}

/* Names are those of both families: whose model it was, a file need not say. */
static bool parse(const ScrRecord *record, const char *name, EngActivation *id, int *layer, EngError *err) {
  EngConfig other = record->config;
  other.arch = other.arch == ENG_GPT2 ? ENG_BERT : ENG_GPT2;
  return eng_activation_parse(name, &other, id, layer, NULL) ||
         eng_activation_parse(name, &record->config, id, layer, err);
}

/* All layers as one view, which takes no memory; false where the file does not have them so. */
static bool view_layers(const ScrRecord *record, EngActivation id, EngTensor *out) {
  EngTensor first = {0}, next;
  ptrdiff_t distance = 0;
  for (int layer = 0; layer < record->config.n_layers; layer++) {
    if (!scr_record_layer(record, id, layer, &next, NULL)) return false;
    bool borrowed = !next.buffer;
    eng_tensor_release(&next);
    if (!borrowed || next.rank == ENG_TENSOR_RANK) return false;
    if (layer == 0) first = next;
    if (layer == 1) distance = next.data - first.data;
    if (!eng_tensor_same_shape(&next, &first) || next.data - first.data != layer * distance) return false;
  }
  *out = eng_tensor_spaced(first, (size_t)record->config.n_layers, distance);
  return true;
}

/* Puts a layer behind those that are there. */
static bool put(EngTensor *out, const EngTensor *part, int layer, int n_layers, const char *name, EngError *err) {
  if (part->rank == ENG_TENSOR_RANK)
    return eng_error_set(err, NULL, name, "expected at most %d axes, found %d", ENG_TENSOR_RANK - 1, part->rank);
  EngTensor all = eng_tensor_spaced(*part, (size_t)n_layers, 0);
  if (layer == 0 && !eng_tensor_new(out, all.rank, all.shape, err)) return false;
  if (!eng_tensor_same_shape(out, &all))
    return eng_error_set(err, NULL, name, "expected the shape of layer 0, found another");
  size_t size = eng_tensor_size(part);
  memcpy(out->data + (size_t)layer * size, part->data, size * sizeof *part->data);
  return true;
}

static bool copy_layers(const ScrRecord *record, EngActivation id, EngTensor *out, EngError *err) {
  bool ok = true;
  char name[160];
  EngTensor part;
  for (int layer = 0; ok && layer < record->config.n_layers; layer++) {
    full_name(record, id, layer, name);
    if (!scr_record_layer(record, id, layer, &part, err)) return false;
    ok = put(out, &part, layer, record->config.n_layers, name, err);
    eng_tensor_release(&part);
  }
  return ok;
}

/* What a name of an activation means, or `logits`, which is none. */
typedef struct Asked {
  EngActivation id; /* ENG_ACT_COUNT: logits */
  int layer;
  bool layers; /* all of them */
} Asked;

static bool parse_asked(const ScrRecord *record, const char *name, Asked *asked, EngError *err) {
  *asked = (Asked){.id = ENG_ACT_COUNT};
  if (strcmp(name, "logits") == 0) return true;
  if (!parse(record, name, &asked->id, &asked->layer, err)) return false;
  asked->layers = asked->layer == ENG_ALL_LAYERS && eng_activation_info(asked->id)->per_block;
  return true;
}

static bool has(const ScrRecord *record, const Asked *asked) {
  bool found = true;
  if (asked->id == ENG_ACT_COUNT) return eng_source_has(record->box.object, "logits");
  if (!asked->layers) return has_layer(record, asked->id, asked->layer);
  for (int layer = 0; found && layer < record->config.n_layers; layer++)
    found = has_layer(record, asked->id, layer);
  return found;
}

static bool read_tensor(const ScrRecord *record, const Asked *asked, EngTensor *out, EngError *err) {
  if (asked->id == ENG_ACT_COUNT) return eng_source_recorded(record->box.object, "logits", out, err);
  if (!asked->layers) return scr_record_layer(record, asked->id, asked->layer, out, err);
  return view_layers(record, asked->id, out) || copy_layers(record, asked->id, out, err);
}

int scr_record_tensor(lua_State *L) {
  Asked asked;
  EngError err = {0};
  const ScrRecord *record = scr_record_check(L);
  const char *name = scr_name(L, 1);
  if (!parse_asked(record, name, &asked, &err)) return scr_fail(L, &err);
  if (!has(record, &asked)) return 0;
  lua_pushvalue(L, lua_upvalueindex(1));
  int owner = lua_gettop(L);
  EngTensor *found = scr_new_tensor(L);
  if (!read_tensor(record, &asked, found, &err)) return scr_fail(L, &err);
  size_t bytes = found->buffer ? eng_tensor_size(found) * sizeof(float) : 0;
  scr_push_tensor(L, *found, bytes > 0 ? 0 : owner, true);
  eng_tensor_release(found);
  scr_account(L, bytes);
  return 1;
}

int scr_record_names(lua_State *L) {
  const ScrRecord *record = scr_record_check(L);
  char said[96];
  EngTensor found;
  lua_Integer n = 0;
  lua_newtable(L);
  for (int id = 0; id < ENG_ACT_COUNT; id++)
    for (int layer = 0; layer < (eng_activation_info((EngActivation)id)->per_block ? record->config.n_layers : 1);
         layer++) {
      if (!scr_record_layer(record, (EngActivation)id, layer, &found, NULL)) continue;
      eng_tensor_release(&found);
      eng_activation_full_name((EngActivation)id, layer, said, sizeof said);
      lua_pushstring(L, said);
      lua_rawseti(L, -2, ++n);
    }
  return 1;
}
