/* C hands Lua what the file says: its sizes, its tokens, and a function that finds its tensors by the names of
 * activations. How that answers to what one asks of a run is Lua's. */
#include "scripting/bind_record.h"
#include "scripting/bind_record_impl.h"

#include "scripting/allowed.h"
#include "scripting/bind_config.h"
#include "scripting/bind_model.h"
#include "scripting/bind_parts.h"
#include "scripting/bind_run.h"
#include "scripting/check.h"

#include <stdio.h>
#include <string.h>

static void release(ScrBox *box) { eng_source_release(box->object); }

static const ScrType record_type = {.name = "record", .size = sizeof(ScrRecord), .release = release};

const ScrRecord *scr_record_check(lua_State *L) {
  return (const ScrRecord *)scr_box_check(L, lua_upvalueindex(1), &record_type);
}

static const EngBlock *block_of(const ScrRecord *record) {
  return eng_source_block(record->box.object, record->block);
}

/* A width that one of its tensors has, along the last axis; -1 without it. */
static int width_of(const ScrRecord *record, EngActivation id) {
  EngTensor tensor;
  if (!scr_record_layer(record, id, 0, &tensor, NULL)) return -1;
  int width = tensor.rank > 0 ? (int)tensor.shape[tensor.rank - 1] : -1;
  eng_tensor_release(&tensor);
  return width;
}

static EngConfig config_of(const ScrRecord *record) {
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

/* (name) → layer and index of the head that it names */
static int head(lua_State *L) {
  int layer, index;
  scr_bind_head(L, 1, &scr_record_check(L)->config, &layer, &index);
  lua_pushinteger(L, layer);
  lua_pushinteger(L, index);
  return 2;
}

/* --- the table of what it says */

static void push_tokens(lua_State *L, const EngToken *tokens, int n) {
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    lua_pushstring(L, tokens[i].text);
    lua_pushstring(L, tokens[i].piece);
    scr_make_token(L, &tokens[i], i);
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
  const ScrRecord *record = lua_touserdata(L, at);
  EngSource *source = record->box.object;
  const EngBlock *block = block_of(record);
  const luaL_Reg functions[] = {
      {"tensor", scr_record_tensor}, {"names", scr_record_names}, {"head", head}, {NULL, NULL}};
  lua_newtable(L);
  lua_pushvalue(L, at);
  luaL_setfuncs(L, functions, 1);
  set_input(L, source, block);
  lua_pushstring(L, eng_source_name(source));
  lua_setfield(L, -2, "name");
  lua_pushstring(L, eng_source_hash(source));
  lua_setfield(L, -2, "hash");
  lua_pushstring(L, eng_source_note(source, "edits"));
  lua_setfield(L, -2, "edits");
  lua_pushboolean(L, block->rows != block->columns);
  lua_setfield(L, -2, "crosses");
  push_tokens(L, block->rows, block->n_rows);
  lua_setfield(L, -2, "tokens");
  push_tokens(L, block->columns, block->n_columns);
  lua_setfield(L, -2, "keys");
  scr_bind_sizes(L, &record->config);
  lua_setfield(L, -2, "config");
}

/* Replaces the box on top by a run. */
static void make_run(lua_State *L, int block) {
  ScrRecord *record = lua_touserdata(L, -1);
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

/* The registry's place of the last run that was shown, beside what it is of: the next question about it finds what
 * was read for this one. */
static const char last_run = 0;

static lua_Integer at_last(lua_State *L, int i) {
  lua_rawgeti(L, -1, i);
  lua_Integer number = lua_tointeger(L, -1);
  lua_pop(L, 1);
  return number;
}

/* Pushes that run; false, and nothing, where it is of something else. */
static bool push_last(lua_State *L, const EngSource *source, int block) {
  bool known = lua_rawgetp(L, LUA_REGISTRYINDEX, &last_run) == LUA_TTABLE &&
               at_last(L, 1) == (lua_Integer)eng_source_serial(source) && at_last(L, 2) == block;
  if (known) lua_rawgeti(L, -1, 3);
  lua_remove(L, known ? -2 : -1);
  return known;
}

/* The run on top becomes the last one, which stays there. */
static void keep_last(lua_State *L, const EngSource *source, int block) {
  lua_createtable(L, 3, 0);
  lua_pushinteger(L, (lua_Integer)eng_source_serial(source));
  lua_rawseti(L, -2, 1);
  lua_pushinteger(L, block);
  lua_rawseti(L, -2, 2);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, 3);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &last_run);
}

/* Pushes a recorded file's block as a run; takes a reference on the source. */
static void push_record(lua_State *L, EngSource *source, int block) {
  if (push_last(L, source, block)) return;
  scr_box_new(L, &record_type, 0)->object = eng_source_retain(source);
  make_run(L, block);
  keep_last(L, source, block);
}

void scr_push_shown(lua_State *L, EngSource *base, int block) {
  EngRun *run = eng_source_run(base);
  if (!run) {
    lua_pushnil(L);
    push_record(L, base, block);
    return;
  }
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &last_run);
  scr_push_model(L, eng_run_model(run));
  scr_push_run(L, run, lua_gettop(L));
}

/* The attention of a file that a name says; -1 and an error that names those that it has. */
static int find_part(const EngSource *source, const char *path, const char *name, EngError *err) {
  char parts[64] = "";
  for (int i = 0; i < eng_source_n_blocks(source); i++) {
    const EngBlock *block = eng_source_block(source, i);
    if (block->whole != i) continue;
    if (strcmp(block->key, name) == 0) return i;
    size_t length = strlen(parts);
    snprintf(parts + length, sizeof parts - length, "%s%s", length > 0 ? ", " : "", block->key);
  }
  eng_error_set(err, path, "part", "expected one of %s, found \"%s\"", parts, name);
  return -1;
}

/* hs.recorded(FILE, part) → run, or nil and a message; without a part the first. */
static int recorded(lua_State *L) {
  EngError err = {0};
  const char *path = scr_file_to_read(L, 1), *part = lua_isnoneornil(L, 2) ? NULL : scr_name(L, 2);
  ScrBox *box = scr_box_new(L, &record_type, 0);
  box->object = eng_source_open(path, &err);
  int block = box->object && part ? find_part(box->object, path, part, &err) : 0;
  if (!box->object || block < 0) return scr_fail(L, &err);
  make_run(L, block);
  return 1;
}

void scr_bind_record(lua_State *L) {
  scr_box_register(L, &record_type);
  lua_pushcfunction(L, recorded);
  lua_setfield(L, -2, "recorded");
}
