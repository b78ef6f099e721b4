/* model:run(input, options): everything that may raise or allocate is done first; then the engine works,
 * holding what it holds; then an error is raised or the run returned. */
#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/box.h"
#include "scripting/check.h"
#include "scripting/ints.h"
#include "scripting/work.h"

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
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "option \"keep\": expected names, found %s", luaL_typename(L, -1));
  size_t length = 0;
  const char *name = lua_tolstring(L, -1, &length);
  if (strlen(name) != length) luaL_error(L, "option \"keep\": expected names without NUL bytes");
  if (!eng_keep_add(&request->keep, name, config, &err)) scr_raise(L, &err);
  lua_pop(L, 1);
}

/* keep: a list of names, one name, or "all". */
static void read_keep(lua_State *L, Request *request, const EngConfig *config) {
  int top = lua_gettop(L), type = scr_option(L, 3, "keep") ? lua_type(L, -1) : LUA_TNIL;
  if (type == LUA_TTABLE) {
    lua_Integer n = (lua_Integer)scr_list(L, -1, "option \"keep\"");
    for (lua_Integer i = 1; i <= n; i++) {
      lua_rawgeti(L, -1, i);
      keep_name(L, request, config);
    }
  } else if (type == LUA_TNIL) {
    eng_keep_add_attention(&request->keep, config);
  } else {
    keep_name(L, request, config);
  }
  lua_settop(L, top);
}

/* logits: "last", "all" or false. */
static EngLogits read_logits(lua_State *L) {
  if (!scr_option(L, 3, "logits")) return ENG_LOGITS_LAST;
  const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  bool none = lua_isboolean(L, -1) && !lua_toboolean(L, -1), all = strcmp(name, "all") == 0;
  if (!none && !all && strcmp(name, "last") != 0)
    luaL_error(L, "option \"logits\": expected \"last\", \"all\" or false");
  lua_pop(L, 1);
  return none ? ENG_LOGITS_NONE : all ? ENG_LOGITS_ALL : ENG_LOGITS_LAST;
}

/* A model's BOS token before the ids: the same list, one longer. */
static void put_bos_in_front(lua_State *L, Request *request, const EngConfig *config) {
  if (config->bos_token_id < 0) luaL_error(L, "option \"bos\": expected a model with a BOS token, found none");
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

static void read_types(lua_State *L, Request *request) {
  size_t n_types = 0;
  if (!scr_option(L, 3, "token_types")) return;
  if (!lua_istable(L, -1)) luaL_error(L, "option \"token_types\": expected a list, found %s", luaL_typename(L, -1));
  request->types = scr_check_ints(L, -1, "token_types", &n_types);
  if (n_types != request->n_ids)
    luaL_error(L, "option \"token_types\": expected %I, one for each id, found %I", (lua_Integer)request->n_ids,
               (lua_Integer)n_types);
}

static void read_ids(lua_State *L, Request *request, const EngConfig *config) {
  request->ids = scr_check_ints(L, 2, "ids", &request->n_ids);
  read_types(L, request);
  if (request->bos) put_bos_in_front(L, request, config);
}

static void read_text(lua_State *L, Request *request) {
  request->text = lua_tolstring(L, 2, &request->text_length);
  if (scr_option(L, 3, "token_types")) luaL_error(L, "option \"token_types\": expected it with ids, found a text");
}

static void read_request(lua_State *L, Request *request, const EngConfig *config) {
  static const char *const names[] = {"pair", "token_types", "bos", "keep", "logits", NULL};
  scr_options(L, 3, names);
  request->bos = scr_option_boolean(L, 3, "bos", false);
  request->logits = read_logits(L);
  eng_keep_clear(&request->keep);
  read_keep(L, request, config);
  if (lua_type(L, 2) == LUA_TTABLE)
    read_ids(L, request, config);
  else if (lua_type(L, 2) == LUA_TSTRING)
    read_text(L, request);
  else
    luaL_typeerror(L, 2, "string or list of ids");
}

/* The string stays on the stack: only the table, which others may change, would keep it. */
static void read_pair(lua_State *L, Request *request) {
  request->pair = scr_option_string(L, 3, "pair", &request->pair_length);
  if (request->pair && !request->text) luaL_error(L, "option \"pair\": expected it with a text, found ids");
  if (request->pair) scr_option(L, 3, "pair");
}

static EngInput *make_input(EngModel *model, const Request *request, EngError *err) {
  if (!request->text) return eng_input_from_ids(model, request->ids, request->types, request->n_ids, err);
  EngEncodeOptions options = {.special = true, .bos = request->bos};
  return eng_input_from_text(model, request->text, request->text_length, request->pair, request->pair_length,
                             options, err);
}

/* What the engine works on; everything it points to is on the stack of the function that calls. */
typedef struct Forward {
  ScrWork work;
  Request request;
  EngModel *model;
  void **object; /* of the run's box; a run that failed goes with it */
} Forward;

static bool forward(ScrWork *work, const EngCancel *cancel, EngError *err) {
  Forward *wanted = (Forward *)work;
  const Request *request = &wanted->request;
  EngInput *input = make_input(wanted->model, request, err);
  if (!input) return false;
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {
      .sequences = &sequence, .n_sequences = 1, .keep = request->keep, .logits = request->logits, .cancel = cancel};
  EngRun *run = eng_run_new(wanted->model, &spec, err);
  eng_input_release(input);
  *wanted->object = run;
  return run && eng_run_forward(run, err);
}

static int finish(lua_State *L, int status, lua_KContext context) {
  const Forward *done = (const Forward *)context;
  (void)status;
  if (!done->work.ok) return scr_raise(L, &done->work.error);
  scr_account(L, eng_run_arena_bytes(*done->object));
  return 1;
}

int scr_model_run(lua_State *L) {
  EngConfig config = *eng_model_config(scr_check_model(L, 1)); /* a copy: finalizers may close the model */
  lua_settop(L, 3);
  Forward *wanted = lua_newuserdatauv(L, sizeof *wanted, 0);
  *wanted = (Forward){.work.run = forward};
  read_request(L, &wanted->request, &config);
  read_pair(L, &wanted->request);
  scr_push_same_model(L, 1);
  wanted->model = scr_check_model(L, -1);
  wanted->object = scr_new_run(L, 1);
  return scr_work(L, &wanted->work, finish);
}
