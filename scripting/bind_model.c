/* A model in Lua. Its box holds one reference on the engine's model; runs hold their own, so closing the
 * box never pulls a model away from under them. */
#include "scripting/bind_model.h"

#include "scripting/bind_config.h"
#include "scripting/bind_type.h"
#include "scripting/host.h"
#include "scripting/open.h"
#include "scripting/options.h"

#include <stdlib.h>

static const char model_type[] = "headscope.Model";

typedef struct ModelBox {
  EngModel *model; /* NULL: closed */
} ModelBox;

EngModel *scr_bind_model_check(lua_State *L, int arg) {
  ModelBox *box = luaL_checkudata(L, arg, model_type);
  if (!box->model) luaL_error(L, "model is closed");
  return box->model;
}

/* hs.load(MODEL) → model, or nil and a message. */
static int load(lua_State *L) {
  luaL_checktype(L, 1, LUA_TSTRING);
  const char *name = lua_tostring(L, 1);
  ModelBox *box = lua_newuserdatauv(L, sizeof *box, 0);
  box->model = NULL;
  luaL_setmetatable(L, model_type);
  EngError err = {0};
  box->model = scr_open_model(name, scr_host_home(L), &err);
  if (box->model) return 1;
  luaL_pushfail(L);
  lua_pushstring(L, err.message);
  return 2;
}

static int close_model(lua_State *L) {
  ModelBox *box = luaL_checkudata(L, 1, model_type);
  eng_model_release(box->model);
  box->model = NULL;
  return 0;
}

static int describe(lua_State *L) {
  ModelBox *box = luaL_checkudata(L, 1, model_type);
  if (!box->model) return lua_pushliteral(L, "model (closed)"), 1;
  const EngConfig *config = eng_model_config(box->model);
  lua_pushfstring(L, "model %s (%s, %d layers x %d heads)", eng_model_name(box->model),
                  eng_config_model_type(config), config->n_layers, config->n_heads);
  return 1;
}

static int get_config(lua_State *L) {
  const EngModel *model = scr_bind_model_check(L, 1);
  scr_bind_config(L, eng_model_config(model), eng_model_name(model));
  return 1;
}

static int get_name(lua_State *L) { return lua_pushstring(L, eng_model_name(scr_bind_model_check(L, 1))), 1; }
static int get_path(lua_State *L) { return lua_pushstring(L, eng_model_path(scr_bind_model_check(L, 1))), 1; }
static int get_hash(lua_State *L) { return lua_pushstring(L, eng_model_hash(scr_bind_model_check(L, 1))), 1; }

/* The ids of special tokens; none where the model has no tokenizer. */
static int get_special_ids(lua_State *L) {
  EngModel *model = scr_bind_model_check(L, 1);
  const EngTokenizer *tokenizer = eng_model_tokenizer(model, NULL);
  int size = tokenizer ? eng_tokenizer_size(tokenizer) : 0;
  lua_newtable(L);
  for (int id = 0, n = 0; id < size; id++) {
    if (!eng_tokenizer_is_special(tokenizer, id)) continue;
    lua_pushinteger(L, id);
    lua_rawseti(L, -2, ++n);
  }
  return 1;
}

static const EngTokenizer *check_tokenizer(lua_State *L, int arg) {
  EngError err = {0};
  const EngTokenizer *tokenizer = eng_model_tokenizer(scr_bind_model_check(L, arg), &err);
  if (!tokenizer) scr_bind_raise(L, &err);
  return tokenizer;
}

/* Three sequences: ids, token types, and places as {start, stop}, which also have fields of those names. */
static void fill_token(lua_State *L, const EngEncoded *token, lua_Integer i, int lists) {
  lua_pushinteger(L, token->id);
  lua_rawseti(L, lists, i);
  lua_pushinteger(L, token->type);
  lua_rawseti(L, lists + 1, i);
  lua_createtable(L, 2, 2);
  lua_pushinteger(L, (lua_Integer)token->start);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, 1);
  lua_setfield(L, -2, "start");
  lua_pushinteger(L, (lua_Integer)token->stop);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, 2);
  lua_setfield(L, -2, "stop");
  lua_rawseti(L, lists + 2, i);
}

/* Protected, since the encoding must be freed whatever happens. */
static int push_encoding(lua_State *L) {
  const EngEncoding *encoding = lua_touserdata(L, 1);
  int n = encoding->n_tokens < 1 << 24 ? (int)encoding->n_tokens : 0;
  for (int list = 0; list < 3; list++) lua_createtable(L, n, 0);
  for (size_t i = 0; i < encoding->n_tokens; i++) fill_token(L, &encoding->tokens[i], (lua_Integer)i + 1, 2);
  return 3;
}

/* model:encode(text, {pair, special, bos}) → ids, token_types, offsets. */
static int encode(lua_State *L) {
  static const char *const names[] = {"pair", "special", "bos", NULL};
  const EngTokenizer *tokenizer = check_tokenizer(L, 1);
  luaL_checktype(L, 2, LUA_TSTRING); /* a number is no text */
  size_t length = 0, pair_length = 0;
  const char *text = lua_tolstring(L, 2, &length);
  scr_options_check(L, 3, names);
  const char *pair = scr_options_string(L, 3, "pair", &pair_length);
  EngEncodeOptions options = {scr_options_flag(L, 3, "special", true), scr_options_flag(L, 3, "bos", false)};
  EngEncoding encoding = {0};
  EngError err = {0};
  lua_pushcfunction(L, push_encoding);
  lua_pushlightuserdata(L, &encoding);
  if (!eng_tokenizer_encode(tokenizer, text, length, pair, pair_length, options, &encoding, &err))
    return scr_bind_raise(L, &err);
  int status = lua_pcall(L, 1, 3, 0);
  eng_encoding_free(&encoding);
  return status == LUA_OK ? 3 : lua_error(L);
}

typedef struct Text {
  char *bytes;
  size_t length;
} Text;

static int push_text(lua_State *L) {
  const Text *text = lua_touserdata(L, 1);
  lua_pushlstring(L, text->bytes, text->length);
  return 1;
}

/* model:decode(ids) → text. */
static int decode(lua_State *L) {
  const EngTokenizer *tokenizer = check_tokenizer(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n_ids = 0;
  const int *ids = scr_options_ints(L, 2, "ids", &n_ids);
  Text text = {0};
  EngError err = {0};
  lua_pushcfunction(L, push_text);
  lua_pushlightuserdata(L, &text);
  text.bytes = eng_tokenizer_decode(tokenizer, ids, n_ids, &text.length, &err);
  if (!text.bytes) return scr_bind_raise(L, &err);
  int status = lua_pcall(L, 1, 1, 0);
  free(text.bytes);
  return status == LUA_OK ? 1 : lua_error(L);
}

void scr_bind_model(lua_State *L) {
  static const luaL_Reg functions[] = {{"load", load}, {NULL, NULL}};
  static const luaL_Reg metamethods[] = {
      {"__gc", close_model}, {"__close", close_model}, {"__tostring", describe}, {NULL, NULL}};
  static const luaL_Reg methods[] = {
      {"encode", encode}, {"decode", decode}, {"run", scr_bind_forward}, {"close", close_model}, {NULL, NULL}};
  static const luaL_Reg fields[] = {
      {"config", get_config},           {"name", get_name}, {"path", get_path}, {"hash", get_hash},
      {"special_ids", get_special_ids}, {NULL, NULL}};
  scr_bind_type(L, model_type, metamethods, methods, fields);
  luaL_setfuncs(L, functions, 0);
}
