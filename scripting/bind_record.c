/* C hands Lua what the file says: its sizes, its tokens, and a function that finds its tensors by the names of
 * activations. How that answers to what one asks of a run is Lua's. */
#include "scripting/bind_record.h"

#include "scripting/allowed.h"
#include "scripting/bind_config.h"
#include "scripting/bind_model.h"
#include "scripting/bind_parts.h"
#include "scripting/bind_run.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"
#include "scripting/check.h"

#include "engine/activation.h"

#include <stdio.h>
#include <string.h>

typedef struct RecordBox {
  ScrBox box; /* of an EngSource */
  int block;
  EngConfig config; /* -1: the file does not tell */
} RecordBox;

static void release(ScrBox *box) { eng_source_release(box->object); }

static const ScrType record_type = {.name = "record", .size = sizeof(RecordBox), .release = release};

/* The box of the function that runs; a finalizer may come when it is closed. */
static const RecordBox *upvalue_record(lua_State *L) {
  return (const RecordBox *)scr_box_check(L, lua_upvalueindex(1), &record_type);
}

static const EngBlock *block_of(const RecordBox *record) {
  return eng_source_block(record->box.object, record->block);
}

/* --- its tensors */

/* "encoder.blocks.0.attn.hook_q" */
static void full_name(const RecordBox *record, EngActivation id, int layer, char out[160]) {
  char name[96];
  const char *key = block_of(record)->key;
  bool plain = strcmp(key, "all") == 0;
  eng_activation_full_name(id, layer, name, sizeof name);
  snprintf(out, 160, "%s%s%s", plain ? "" : key, plain ? "" : ".", name);
}

/* A width that one of its tensors has, along the last axis; -1 without it. */
static int width_of(const RecordBox *record, EngActivation id) {
  char name[160];
  EngTensor tensor;
  full_name(record, id, 0, name);
  if (!eng_source_recorded(record->box.object, name, &tensor, NULL)) return -1;
  int width = tensor.rank > 0 ? (int)tensor.shape[tensor.rank - 1] : -1;
  eng_tensor_release(&tensor);
  return width;
}

static EngConfig config_of(const RecordBox *record) {
  const EngBlock *block = block_of(record);
  return (EngConfig){.arch = block->causal ? ENG_GPT2 : ENG_BERT,
                     .n_layers = block->n_layers,
                     .n_heads = block->n_heads,
                     .n_kv_heads = block->n_heads,
                     .d_head = block->d_head > 0 ? block->d_head : -1,
                     .d_model = width_of(record, ENG_ACT_RESID_POST),
                     .d_mlp = width_of(record, ENG_ACT_MLP_POST),
                     .d_vocab = -1,
                     .n_ctx = -1,
                     .n_token_types = -1,
                     .causal = block->causal,
                     .bos_token_id = -1};
}

/* Names are those of both families: whose model it was, a file need not say. */
static bool parse(const RecordBox *record, const char *name, EngActivation *id, int *layer, EngError *err) {
  EngConfig other = record->config;
  other.arch = other.arch == ENG_GPT2 ? ENG_BERT : ENG_GPT2;
  return eng_activation_parse(name, &other, id, layer, NULL) ||
         eng_activation_parse(name, &record->config, id, layer, err);
}

/* Puts a part behind those that are there: `n` of one shape make a tensor with an axis more; 0: it stays alone. */
static bool put(EngTensor *out, const EngTensor *part, int i, int n, const char *name, EngError *err) {
  size_t shape[ENG_TENSOR_RANK + 1] = {(size_t)n}, size = eng_tensor_size(part);
  int more = n > 0, rank = part->rank + more;
  if (rank > ENG_TENSOR_RANK)
    return eng_error_set(err, NULL, name, "expected at most %d axes, found %d", ENG_TENSOR_RANK - more, part->rank);
  memcpy(shape + more, part->shape, (size_t)part->rank * sizeof *shape);
  if (i == 0 && !eng_tensor_new(out, rank, shape, err)) return false;
  if (out->rank != rank || memcmp(out->shape, shape, (size_t)rank * sizeof *shape) != 0)
    return eng_error_set(err, NULL, name, "expected the shape that layer 0 has, found another");
  memcpy(out->data + (size_t)i * size, part->data, size * sizeof *part->data);
  return true;
}

static bool copy(const RecordBox *record, const char *name, int i, int n, EngTensor *out, EngError *err) {
  EngTensor part;
  if (!eng_source_recorded(record->box.object, name, &part, err)) return false;
  bool ok = put(out, &part, i, n, name, err);
  eng_tensor_release(&part);
  return ok;
}

static bool copy_layers(const RecordBox *record, EngActivation id, EngTensor *out, EngError *err) {
  char full[160];
  for (int layer = 0; layer < record->config.n_layers; layer++) {
    full_name(record, id, layer, full);
    if (!copy(record, full, layer, record->config.n_layers, out, err)) return false;
  }
  return true;
}

static bool read_tensor(const RecordBox *record, const char *name, EngTensor *out, EngError *err) {
  char full[160];
  int layer = 0;
  EngActivation id = ENG_ACT_COUNT;
  if (strcmp(name, "logits") == 0) return copy(record, name, 0, 0, out, err);
  if (!parse(record, name, &id, &layer, err)) return false;
  if (layer == ENG_ALL_LAYERS && eng_activation_info(id)->per_block) return copy_layers(record, id, out, err);
  full_name(record, id, layer, full);
  return copy(record, full, 0, 0, out, err);
}

/* (name) → a tensor of its own; nil and a message where the file has none of that name. */
static int tensor(lua_State *L) {
  EngError err = {0};
  const RecordBox *record = upvalue_record(L);
  const char *name = scr_name(L, 1);
  EngTensor *out = scr_new_tensor(L);
  if (!read_tensor(record, name, out, &err)) return scr_fail(L, &err);
  scr_account(L, eng_tensor_size(out) * sizeof(float));
  return 1;
}

/* → the full names of the activations that it has, as its part of the file calls them */
static int names(lua_State *L) {
  const RecordBox *record = upvalue_record(L);
  char name[160], said[96];
  EngTensor found;
  lua_Integer n = 0;
  lua_newtable(L);
  for (int id = 0; id < ENG_ACT_COUNT; id++)
    for (int layer = 0; layer < (eng_activation_info((EngActivation)id)->per_block ? record->config.n_layers : 1);
         layer++) {
      full_name(record, (EngActivation)id, layer, name);
      if (!eng_source_recorded(record->box.object, name, &found, NULL)) continue;
      eng_tensor_release(&found);
      eng_activation_full_name((EngActivation)id, layer, said, sizeof said);
      lua_pushstring(L, said);
      lua_rawseti(L, -2, ++n);
    }
  return 1;
}

/* (name) → layer and index of the head that it names */
static int head(lua_State *L) {
  int layer, index;
  scr_bind_head(L, 1, &upvalue_record(L)->config, &layer, &index);
  lua_pushinteger(L, layer);
  lua_pushinteger(L, index);
  return 2;
}

/* --- the table of what it says */

static void push_tokens(lua_State *L, const EngBlock *block) {
  lua_createtable(L, block->n_rows, 0);
  for (int i = 0; i < block->n_rows; i++) {
    lua_pushstring(L, block->rows[i].text);
    lua_pushstring(L, block->rows[i].piece);
    scr_make_token(L, &block->rows[i], i);
    lua_rawseti(L, -2, i + 1);
  }
}

static void set_text(lua_State *L, const char *name, const char *text, size_t length) {
  if (!text) return;
  lua_pushlstring(L, text, length);
  lua_setfield(L, -2, name);
}

/* What is known of the text where it is the file's first. */
static void set_input(lua_State *L, EngSource *source, const EngBlock *block) {
  const EngInput *input = eng_source_input(source);
  if (input->tokens != block->rows) return;
  set_text(L, "text", input->text, input->text_length);
  set_text(L, "pair", input->pair, input->pair_length);
  lua_pushboolean(L, input->bos);
  lua_setfield(L, -2, "bos");
}

static void push_parts(lua_State *L, int at) {
  const RecordBox *record = lua_touserdata(L, at);
  EngSource *source = record->box.object;
  const EngBlock *block = block_of(record);
  const luaL_Reg functions[] = {{"tensor", tensor}, {"names", names}, {"head", head}, {NULL, NULL}};
  lua_newtable(L);
  lua_pushvalue(L, at);
  luaL_setfuncs(L, functions, 1);
  set_input(L, source, block);
  lua_pushstring(L, eng_source_name(source));
  lua_setfield(L, -2, "name");
  lua_pushstring(L, eng_source_hash(source));
  lua_setfield(L, -2, "hash");
  lua_pushboolean(L, block->rows != block->columns);
  lua_setfield(L, -2, "crosses");
  push_tokens(L, block);
  lua_setfield(L, -2, "tokens");
  scr_bind_sizes(L, &record->config);
  lua_setfield(L, -2, "config");
}

/* Replaces the box on top by a run. */
static void make_run(lua_State *L, int block) {
  RecordBox *record = lua_touserdata(L, -1);
  record->block = block;
  record->config = config_of(record);
  int at = lua_gettop(L);
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope.recorded");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "new");
  push_parts(L, at);
  lua_call(L, 1, 1);
  lua_replace(L, at);
  lua_settop(L, at);
}

/* Pushes a recorded file's block as a run; takes a reference on the source. */
static void push_record(lua_State *L, EngSource *source, int block) {
  scr_box_new(L, &record_type, 0)->object = eng_source_retain(source);
  make_run(L, block);
}

void scr_push_shown(lua_State *L, EngSource *base, int block) {
  EngRun *run = eng_source_run(base);
  if (!run) {
    lua_pushnil(L);
    push_record(L, base, block);
    return;
  }
  scr_push_model(L, eng_run_model(run));
  scr_push_run(L, run, lua_gettop(L));
}

/* hs.recorded(FILE) → run, or nil and a message. */
static int recorded(lua_State *L) {
  EngError err = {0};
  const char *path = scr_file_to_read(L, 1);
  ScrBox *box = scr_box_new(L, &record_type, 0);
  box->object = eng_source_open(path, &err);
  if (!box->object) return scr_fail(L, &err);
  make_run(L, 0);
  return 1;
}

void scr_bind_record(lua_State *L) {
  scr_box_register(L, &record_type);
  lua_pushcfunction(L, recorded);
  lua_setfield(L, -2, "recorded");
}
