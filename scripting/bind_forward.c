/* model:run(input, options): everything that may raise is read first; then the engine works, holding what
 * it holds; then an error is raised or the run returned. */
#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/bind_type.h"
#include "scripting/options.h"

#include <limits.h>
#include <string.h>

typedef struct Request {
  const char *text, *pair; /* `text` is NULL for ids */
  size_t text_length, pair_length;
  const int *ids, *types; /* `types` may be NULL */
  size_t n_ids;
  bool bos;
  EngLogits logits;
  EngKeep keep;
} Request;

/* Adds the string on top of the stack and drops it. */
static void keep_name(lua_State *L, Request *request, const EngConfig *config) {
  EngError err = {0};
  if (lua_type(L, -1) != LUA_TSTRING) luaL_argerror(L, 3, "option 'keep': expected names, found something else");
  if (!eng_keep_add(&request->keep, lua_tostring(L, -1), config, &err)) scr_bind_raise(L, &err);
  lua_pop(L, 1);
}

/* keep: a list of names, one name, or "all". */
static void read_keep(lua_State *L, Request *request, const EngConfig *config) {
  static const char *const usual[] = {"pattern", "q", "k"};
  int top = lua_gettop(L), type = scr_options_push(L, 3, "keep");
  if (type == LUA_TTABLE) {
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) keep_name(L, request, config);
  } else if (type == LUA_TNIL) {
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
      lua_pushstring(L, usual[i]);
      keep_name(L, request, config);
    }
  } else {
    keep_name(L, request, config);
  }
  lua_settop(L, top);
}

/* logits: "last", "all" or false. */
static EngLogits read_logits(lua_State *L) {
  static const char *const names[] = {"last", "all", NULL};
  int type = scr_options_push(L, 3, "logits");
  EngLogits logits = ENG_LOGITS_LAST;
  if (type == LUA_TBOOLEAN && !lua_toboolean(L, -1))
    logits = ENG_LOGITS_NONE;
  else if (type == LUA_TSTRING && strcmp(lua_tostring(L, -1), names[1]) == 0)
    logits = ENG_LOGITS_ALL;
  else if (type != LUA_TNIL && (type != LUA_TSTRING || strcmp(lua_tostring(L, -1), names[0]) != 0))
    luaL_argerror(L, 3, "option 'logits': expected \"last\", \"all\" or false");
  lua_pop(L, 1);
  return logits;
}

/* A box is small and its run large: the collector is told in kilobytes. */
static void tell_collector(lua_State *L, const EngRun *run) {
  size_t kilobytes = eng_run_arena_bytes(run) / 1024;
  lua_gc(L, LUA_GCSTEP, kilobytes < INT_MAX ? (int)kilobytes : INT_MAX);
}

/* A model's BOS token before the ids: the same list, one longer. */
static void put_bos_in_front(lua_State *L, Request *request, const EngConfig *config) {
  if (config->bos_token_id < 0) luaL_argerror(L, 3, "option 'bos': expected a model with a BOS token, found none");
  int *ids = lua_newuserdatauv(L, (request->n_ids + 1) * sizeof *ids, 0);
  ids[0] = config->bos_token_id;
  memcpy(ids + 1, request->ids, request->n_ids * sizeof *ids);
  request->ids = ids;
  if (request->types) {
    int *types = lua_newuserdatauv(L, (request->n_ids + 1) * sizeof *types, 0);
    types[0] = 0;
    memcpy(types + 1, request->types, request->n_ids * sizeof *types);
    request->types = types;
  }
  request->n_ids++;
}

static void read_ids(lua_State *L, Request *request, const EngConfig *config) {
  request->ids = scr_options_ints(L, 2, "ids", &request->n_ids);
  if (request->pair) luaL_argerror(L, 3, "option 'pair': expected it with a text, found ids");
  int type = scr_options_push(L, 3, "token_types");
  if (type != LUA_TNIL) {
    size_t n_types = 0;
    if (type != LUA_TTABLE) luaL_argerror(L, 3, "option 'token_types': expected a list");
    request->types = scr_options_ints(L, -1, "token_types", &n_types);
    if (n_types != request->n_ids)
      luaL_error(L, "token_types: expected %I, one for each id, found %I", (lua_Integer)request->n_ids,
                 (lua_Integer)n_types);
  }
  if (request->bos) put_bos_in_front(L, request, config);
}

static void read_text(lua_State *L, Request *request) {
  request->text = luaL_checklstring(L, 2, &request->text_length);
  if (scr_options_push(L, 3, "token_types") != LUA_TNIL)
    luaL_argerror(L, 3, "option 'token_types': expected it with ids, found a text");
}

static void read_request(lua_State *L, Request *request, const EngConfig *config) {
  static const char *const names[] = {"pair", "token_types", "bos", "keep", "logits", NULL};
  scr_options_check(L, 3, names);
  request->pair = scr_options_string(L, 3, "pair", &request->pair_length);
  request->bos = scr_options_flag(L, 3, "bos", false);
  request->logits = read_logits(L);
  eng_keep_clear(&request->keep);
  read_keep(L, request, config);
  if (lua_type(L, 2) == LUA_TTABLE)
    read_ids(L, request, config);
  else if (lua_type(L, 2) == LUA_TSTRING)
    read_text(L, request);
  else
    luaL_typeerror(L, 2, "string or table of ids");
}

static EngInput *make_input(EngModel *model, const Request *request, EngError *err) {
  if (!request->text) return eng_input_from_ids(model, request->ids, request->types, request->n_ids, err);
  EngEncodeOptions options = {.special = true, .bos = request->bos};
  return eng_input_from_text(model, request->text, request->text_length, request->pair, request->pair_length,
                             options, err);
}

static bool forward(EngModel *model, const Request *request, EngRun **run, EngError *err) {
  EngInput *input = make_input(model, request, err);
  if (!input) return false;
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .keep = request->keep, .logits = request->logits};
  *run = eng_run_new(model, &spec, err);
  eng_input_release(input);
  return *run && eng_run_forward(*run, err);
}

int scr_bind_forward(lua_State *L) {
  EngModel *model = scr_bind_model_check(L, 1);
  lua_settop(L, 3);
  Request request = {0};
  read_request(L, &request, eng_model_config(model));
  EngRun **run = scr_bind_run_new(L, 1);
  EngError err = {0};
  if (!forward(model, &request, run, &err)) {
    if (*run) eng_run_release(*run);
    *run = NULL;
    return scr_bind_raise(L, &err);
  }
  tell_collector(L, *run);
  return 1;
}
