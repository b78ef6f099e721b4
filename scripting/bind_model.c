/* A model in Lua. Its box holds one reference on the engine's model; runs hold their own, so closing the
 * box never pulls a model away from under them. As with runs, no pointer into a model is used after Lua has
 * allocated: a finalizer may have closed it. */
#include "scripting/bind_model.h"

#include "scripting/allowed.h"
#include "scripting/bind_config.h"
#include "scripting/bind_parts.h"
#include "scripting/bind_run.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"
#include "scripting/check.h"
#include "scripting/host.h"
#include "scripting/ints.h"
#include "scripting/open.h"
#include "scripting/work.h"

#include <stdlib.h>

static const ScrType model_type; /* below */

EngModel *scr_check_model(lua_State *L, int arg) { return scr_box_check(L, arg, &model_type)->object; }

void scr_push_model(lua_State *L, EngModel *model) {
  scr_box_new(L, &model_type, 0)->object = eng_model_retain(model);
}

void scr_push_same_model(lua_State *L, int arg) {
  ScrBox *box = scr_box_new(L, &model_type, 0);
  box->object = eng_model_retain(scr_check_model(L, arg));
}

typedef struct Load {
  ScrWork work;
  const char *name, *home;
  ScrBox *box;
} Load;

static bool open_it(ScrWork *work, const EngCancel *cancel, EngError *err) {
  Load *wanted = (Load *)work;
  wanted->box->object = scr_open_model(wanted->name, wanted->home, cancel, err);
  return wanted->box->object != NULL;
}

static int opened(lua_State *L, int status, lua_KContext context) {
  const ScrWork *work = (const ScrWork *)context;
  (void)status;
  return work->ok ? 1 : scr_fail(L, &work->error);
}

/* Whether the files of the folder that is meant may be read. Where none is meant, a path that leads to where
 * reading is allowed says so when it is opened; any other name is refused as if there were one, and so tells
 * nothing. */
static bool is_allowed(lua_State *L, const char *name) {
  if (scr_may_read_all(L)) return true;
  char *folder = eng_model_locate(name, scr_host_home(L), NULL);
  bool path = name[0] == '/' || name[0] == '.';
  bool allowed = folder ? scr_may_read_in(L, folder) : path && scr_may_read(L, name);
  free(folder);
  return allowed;
}

/* hs.load(MODEL) → model, or nil and a message. */
static int load(lua_State *L) {
  const char *name = scr_name(L, 1);
  if (!is_allowed(L, name))
    return luaL_error(L, "%s: expected a model in a folder that may be read (--allow)", name);
  lua_settop(L, 1);
  Load *wanted = lua_newuserdatauv(L, sizeof *wanted, 0);
  ScrBox *box = scr_box_new(L, &model_type, 0);
  *wanted = (Load){.work.run = open_it, .name = name, .home = scr_host_home(L), .box = box};
  return scr_work(L, &wanted->work, opened);
}

static void release(ScrBox *box) { eng_model_release(box->object); }

static int describe(lua_State *L) {
  const ScrBox *box = scr_box_test(L, 1, &model_type);
  if (!box || !box->object) return lua_pushliteral(L, "model (closed)"), 1;
  const EngConfig *config = eng_model_config(box->object);
  lua_pushfstring(L, "model %s (%s, %d layer%s x %d head%s)", eng_model_name(box->object),
                  eng_config_model_type(config), config->n_layers, config->n_layers == 1 ? "" : "s",
                  config->n_heads, config->n_heads == 1 ? "" : "s");
  return 1;
}

static int get_config(lua_State *L) {
  EngConfig config = *eng_model_config(scr_check_model(L, 1));
  lua_settop(L, 1);
  lua_pushstring(L, eng_model_name(scr_check_model(L, 1)));
  scr_bind_config(L, &config);
  lua_insert(L, 2);
  lua_setfield(L, 2, "model_name");
  return 1;
}

static int get_name(lua_State *L) { return lua_pushstring(L, eng_model_name(scr_check_model(L, 1))), 1; }
static int get_path(lua_State *L) { return lua_pushstring(L, eng_model_path(scr_check_model(L, 1))), 1; }
typedef struct Hash {
  ScrWork work;
  EngModel *model;
} Hash;

static bool hash(ScrWork *work, const EngCancel *cancel, EngError *err) {
  return eng_model_hash_until(((Hash *)work)->model, cancel) || eng_error_set(err, NULL, NULL, "cancelled");
}

static int hashed(lua_State *L, int status, lua_KContext context) {
  const ScrWork *work = (const ScrWork *)context;
  (void)status;
  if (!work->ok) return scr_raise(L, &work->error);
  return lua_pushstring(L, eng_model_hash(scr_check_model(L, 1))), 1;
}

/* The first time it reads the whole file. */
static int get_hash(lua_State *L) {
  Hash *wanted = lua_newuserdatauv(L, sizeof *wanted, 0);
  scr_push_same_model(L, 1);
  *wanted = (Hash){.work.run = hash, .model = scr_check_model(L, -1)};
  return scr_work(L, &wanted->work, hashed);
}

static bool is_special(lua_State *L, int id) {
  return eng_tokenizer_is_special(eng_model_tokenizer(scr_check_model(L, 1), NULL), id);
}

/* The ids of special tokens; none where the model has no tokenizer. */
static int get_special_ids(lua_State *L) {
  const EngTokenizer *tokenizer = eng_model_tokenizer(scr_check_model(L, 1), NULL);
  int size = tokenizer ? eng_tokenizer_size(tokenizer) : 0;
  lua_newtable(L);
  for (int id = 0, n = 0; id < size; id++) {
    if (!is_special(L, id)) continue;
    lua_pushinteger(L, id);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

static const luaL_Reg fields[] = {
    {"config", get_config},           {"name", get_name}, {"path", get_path}, {"hash", get_hash},
    {"special_ids", get_special_ids}, {NULL, NULL}};

static const EngTokenizer *check_tokenizer(lua_State *L, int arg) {
  EngError err = {0};
  const EngTokenizer *tokenizer = eng_model_tokenizer(scr_check_model(L, arg), &err);
  if (!tokenizer) scr_raise(L, &err);
  return tokenizer;
}

/* A pair of numbers under `name` and at place `i` of the table on top. */
static void set_bound(lua_State *L, const char *name, lua_Integer i, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, i);
  lua_setfield(L, -2, name);
}

/* Adds a token to the three sequences from stack index `lists` on: ids, token types, and places as
 * {start, stop}, which also have fields of those names. */
static void add_token(lua_State *L, const EngEncoded *token, lua_Integer i, int lists) {
  lua_pushinteger(L, token->id);
  lua_rawseti(L, lists, i);
  lua_pushinteger(L, token->type);
  lua_rawseti(L, lists + 1, i);
  lua_createtable(L, 2, 2);
  set_bound(L, "start", 1, token->start);
  set_bound(L, "stop", 2, token->stop);
  lua_rawseti(L, lists + 2, i);
}

/* Protected, since the encoding must be freed whatever happens. */
static int push_encoding(lua_State *L) {
  const EngEncoding *encoding = lua_touserdata(L, 1);
  for (int list = 0; list < 3; list++) lua_newtable(L);
  for (size_t i = 0; i < encoding->n_tokens; i++) add_token(L, &encoding->tokens[i], (lua_Integer)i + 1, 2);
  return 3;
}

/* model:encode(text, {pair, special, bos}) → ids, token_types, offsets. */
static int encode(lua_State *L) {
  static const char *const names[] = {"pair", "special", "bos", NULL};
  scr_check_model(L, 1);
  luaL_checktype(L, 2, LUA_TSTRING); /* a number is no text */
  scr_options(L, 3, names);
  size_t length = 0, pair_length = 0;
  EngEncodeOptions options = {scr_option_boolean(L, 3, "special", true), scr_option_boolean(L, 3, "bos", false)};
  const char *text = lua_tolstring(L, 2, &length), *pair = scr_option_string(L, 3, "pair", &pair_length);
  const EngTokenizer *tokenizer = check_tokenizer(L, 1);
  EngEncoding encoding = {0};
  EngError err = {0};
  lua_pushcfunction(L, push_encoding);
  lua_pushlightuserdata(L, &encoding);
  if (!eng_tokenizer_encode(tokenizer, text, length, pair, pair_length, options, &encoding, &err))
    return scr_raise(L, &err);
  int status = lua_pcall(L, 1, 3, 0);
  eng_encoding_free(&encoding);
  return status == LUA_OK ? 3 : lua_error(L);
}

typedef struct Text {
  char *bytes;
  size_t length;
} Text;

/* Protected as well. */
static int push_text(lua_State *L) {
  const Text *text = lua_touserdata(L, 1);
  lua_pushlstring(L, text->bytes, text->length);
  return 1;
}

/* model:decode(ids) → text. */
static int decode(lua_State *L) {
  scr_check_model(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n_ids = 0;
  const int *ids = scr_check_ints(L, 2, "ids", &n_ids);
  const EngTokenizer *tokenizer = check_tokenizer(L, 1);
  Text text = {0};
  EngError err = {0};
  lua_pushcfunction(L, push_text);
  lua_pushlightuserdata(L, &text);
  text.bytes = eng_tokenizer_decode(tokenizer, ids, n_ids, &text.length, &err);
  if (!text.bytes) return scr_raise(L, &err);
  int status = lua_pcall(L, 1, 1, 0);
  free(text.bytes);
  return status == LUA_OK ? 1 : lua_error(L);
}

/* Layer and number of a part. */
static int push_part(lua_State *L, void (*check)(lua_State *, int, const EngConfig *, int *, int *)) {
  EngConfig config = *eng_model_config(scr_check_model(L, 1));
  int layer = 0, index = 0;
  check(L, 2, &config, &layer, &index);
  lua_pushinteger(L, layer);
  lua_pushinteger(L, index);
  return 2;
}

/* model:head "5.10" → 5, 10; model:neuron "L3N120" → 3, 120. */
static int head(lua_State *L) { return push_part(L, scr_bind_head); }
static int neuron(lua_State *L) { return push_part(L, scr_bind_neuron); }

/* model:weight(name) → a read-only view. */
static int weight(lua_State *L) {
  const char *name = scr_name(L, 2);
  EngModel *model = scr_check_model(L, 1);
  EngTensor view;
  EngError err = {0};
  if (!eng_model_ready(model, &err)) return scr_raise(L, &err);
  if (!eng_weights_view(eng_model_weights(model), eng_model_config(model), name, &view, &err))
    return scr_raise(L, &err);
  scr_push_tensor(L, view, 1, true);
  return 1;
}

/* model:weights() → the full names of all that the model has. */
static int weights(lua_State *L) {
  char name[96];
  lua_newtable(L);
  for (int i = 0;; i++) {
    const EngModel *model = scr_check_model(L, 1);
    if (!eng_weights_name(eng_model_weights(model), eng_model_config(model), i, name, sizeof name)) return 1;
    lua_pushstring(L, name);
    lua_rawseti(L, -2, i + 1);
  }
}

static const luaL_Reg functions[] = {{"load", load}, {NULL, NULL}};
static const luaL_Reg methods[] = {{"encode", encode},       {"decode", decode},   {"run", scr_model_run},
                                   {"runs", scr_model_runs}, {"head", head},       {"neuron", neuron},
                                   {"weight", weight},       {"weights", weights}, {NULL, NULL}};
static const luaL_Reg metamethods[] = {{"__tostring", describe}, {NULL, NULL}};
static const ScrType model_type = {
    .name = "model",
    .size = sizeof(ScrBox),
    .methods = methods,
    .metamethods = metamethods,
    .fields = fields,
    .release = release,
};

void scr_bind_model(lua_State *L) {
  scr_box_register(L, &model_type);
  luaL_setfuncs(L, functions, 0);
}
