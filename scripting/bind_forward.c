/* model:run(input, options) and model:runs(inputs, options): everything that may raise or allocate is done first;
 * then the engine works, holding what it holds; then an error is raised, or the run returned or those of one pass.
 */
#include "scripting/bind_edits.h"
#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/box.h"
#include "scripting/check.h"
#include "scripting/ints.h"
#include "scripting/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_INPUTS = 1024 }; /* of a pass */

typedef struct Prompt {
  const char *text, *pair; /* `text` is NULL for ids */
  size_t text_length, pair_length;
  const int *ids, *types; /* `types` may be NULL */
  size_t n_ids;
} Prompt;

typedef struct Request {
  bool bos;
  EngLogits logits;
  EngKeep keep;
  const ScrEdits *edits; /* on the stack; NULL for none */
  size_t n;
  Prompt *prompts; /* (n) */
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
static void put_bos_in_front(lua_State *L, Prompt *prompt, const EngConfig *config) {
  if (config->bos_token_id < 0) luaL_error(L, "option \"bos\": expected a model with a BOS token, found none");
  int *ids = lua_newuserdatauv(L, (prompt->n_ids + 1) * sizeof *ids, 0);
  ids[0] = config->bos_token_id;
  memcpy(ids + 1, prompt->ids, prompt->n_ids * sizeof *ids);
  prompt->ids = ids;
  if (prompt->types) {
    int *types = lua_newuserdatauv(L, (prompt->n_ids + 1) * sizeof *types, 0);
    types[0] = 0;
    memcpy(types + 1, prompt->types, prompt->n_ids * sizeof *types);
    prompt->types = types;
  }
  prompt->n_ids++;
}

static void read_types(lua_State *L, Prompt *prompt) {
  size_t n_types = 0;
  if (!scr_option(L, 3, "token_types")) return;
  if (!lua_istable(L, -1)) luaL_error(L, "option \"token_types\": expected a list, found %s", luaL_typename(L, -1));
  prompt->types = scr_check_ints(L, -1, "token_types", &n_types);
  if (n_types != prompt->n_ids)
    luaL_error(L, "option \"token_types\": expected %I, one for each id, found %I", (lua_Integer)prompt->n_ids,
               (lua_Integer)n_types);
}

static void read_ids(lua_State *L, int arg, Prompt *prompt, bool bos, const EngConfig *config) {
  prompt->ids = scr_check_ints(L, arg, "ids", &prompt->n_ids);
  read_types(L, prompt);
  if (bos) put_bos_in_front(L, prompt, config);
}

static void read_text(lua_State *L, int arg, Prompt *prompt) {
  prompt->text = lua_tolstring(L, arg, &prompt->text_length);
  if (scr_option(L, 3, "token_types")) luaL_error(L, "option \"token_types\": expected it with ids, found a text");
}

static void read_options(lua_State *L, const char *const *names, Request *request, const EngConfig *config) {
  scr_options(L, 3, names);
  request->bos = scr_option_boolean(L, 3, "bos", false);
  request->logits = read_logits(L);
  eng_keep_clear(&request->keep);
  read_keep(L, request, config);
  request->edits = scr_read_edits(L, 3, config);
}

/* The string or list at `arg`; what it points to stays on the stack. False where it is neither. */
static bool read_prompt(lua_State *L, int arg, Prompt *prompt, bool bos, const EngConfig *config) {
  int type = lua_type(L, arg);
  if (type == LUA_TTABLE) read_ids(L, arg, prompt, bos, config);
  if (type == LUA_TSTRING) read_text(L, arg, prompt);
  return type == LUA_TTABLE || type == LUA_TSTRING;
}

/* The string stays on the stack: only the table, which others may change, would keep it. */
static void read_pair(lua_State *L, Prompt *prompt) {
  prompt->pair = scr_option_string(L, 3, "pair", &prompt->pair_length);
  if (prompt->pair && !prompt->text) luaL_error(L, "option \"pair\": expected it with a text, found ids");
  if (prompt->pair) scr_option(L, 3, "pair");
}

/* The list at 2, of strings and lists of ids. */
static void read_prompts(lua_State *L, Request *request, const EngConfig *config) {
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  if (n < 1 || n > MOST_INPUTS) luaL_error(L, "inputs: expected 1 to %d, found %I", MOST_INPUTS, (lua_Integer)n);
  luaL_checkstack(L, (int)n * 4 + LUA_MINSTACK, "inputs");
  request->prompts = memset(lua_newuserdatauv(L, n * sizeof(Prompt), 0), 0, n * sizeof(Prompt));
  for (request->n = 0; request->n < n; request->n++) {
    lua_rawgeti(L, 2, (lua_Integer)request->n + 1);
    if (!read_prompt(L, lua_gettop(L), &request->prompts[request->n], request->bos, config))
      luaL_error(L, "inputs[%I]: expected a text or a list of ids, found %s", (lua_Integer)request->n + 1,
                 luaL_typename(L, -1));
  }
}

static EngInput *make_input(EngModel *model, const Prompt *prompt, bool bos, EngError *err) {
  if (!prompt->text) return eng_input_from_ids(model, prompt->ids, prompt->types, prompt->n_ids, err);
  EngEncodeOptions options = {.special = true, .bos = bos};
  return eng_input_from_text(model, prompt->text, prompt->text_length, prompt->pair, prompt->pair_length, options,
                             err);
}

/* What the engine works on; everything it points to is on the stack of the function that calls. */
typedef struct Forward {
  ScrWork work;
  Request request;
  EngModel *model;
  void **object; /* of the run's box; a run that failed goes with it */
} Forward;

static bool make_inputs(const Forward *wanted, EngSequence *sequences, EngError *err) {
  const Request *request = &wanted->request;
  for (size_t i = 0; i < request->n; i++) {
    EngError cause = {0};
    sequences[i].input = make_input(wanted->model, &request->prompts[i], request->bos, &cause);
    if (sequences[i].input) continue;
    char name[32];
    snprintf(name, sizeof name, "inputs[%zu]", i + 1);
    return eng_error_set(err, NULL, request->n > 1 ? name : NULL, "%s", cause.message);
  }
  return true;
}

static bool pass(Forward *wanted, EngSequence *sequences, const EngCancel *cancel, EngError *err) {
  const Request *request = &wanted->request;
  if (!make_inputs(wanted, sequences, err)) return false;
  EngRunSpec spec = {.sequences = sequences,
                     .n_sequences = (int)request->n,
                     .keep = request->keep,
                     .logits = request->logits,
                     .cancel = cancel};
  if (!scr_edits_for(request->edits, &spec, err)) return false;
  EngRun *run = *wanted->object = eng_run_new(wanted->model, &spec, err);
  return run && eng_run_forward(run, err);
}

static bool forward(ScrWork *work, const EngCancel *cancel, EngError *err) {
  Forward *wanted = (Forward *)work;
  EngSequence *sequences = calloc(wanted->request.n, sizeof *sequences);
  if (!sequences) return eng_error_memory(err, NULL, "%zu sequences", wanted->request.n);
  bool ok = pass(wanted, sequences, cancel, err);
  for (size_t i = 0; i < wanted->request.n; i++) eng_input_release((EngInput *)(uintptr_t)sequences[i].input);
  free(sequences);
  return ok;
}

static int finish(lua_State *L, int status, lua_KContext context) {
  const Forward *done = (const Forward *)context;
  (void)status;
  if (!done->work.ok) return scr_raise(L, &done->work.error);
  scr_account(L, eng_run_arena_bytes(*done->object));
  return 1;
}

/* The runs of all inputs in a list; what the first one's box holds is theirs, too. */
static int finish_all(lua_State *L, int status, lua_KContext context) {
  const Forward *done = (const Forward *)context;
  finish(L, status, context);
  int first = lua_gettop(L), n = (int)done->request.n;
  lua_createtable(L, n, 0);
  lua_pushvalue(L, first);
  lua_rawseti(L, -2, 1);
  for (int i = 1; i < n; i++) {
    scr_push_sequence(L, *done->object, i, 1);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

/* The request is on top; makes the box of the run. */
static int start(lua_State *L, Forward *wanted, lua_KFunction then) {
  scr_push_same_model(L, 1);
  wanted->model = scr_check_model(L, -1);
  wanted->object = scr_new_run(L, 1);
  return scr_work(L, &wanted->work, then);
}

int scr_model_run(lua_State *L) {
  static const char *const names[] = {"pair", "token_types", "bos", "keep", "logits", "edits", "base", NULL};
  EngConfig config = *eng_model_config(scr_check_model(L, 1)); /* a copy: finalizers may close the model */
  lua_settop(L, 3);
  Forward *wanted = lua_newuserdatauv(L, sizeof *wanted + sizeof(Prompt), 0);
  Prompt *prompt = memset(wanted + 1, 0, sizeof *prompt);
  *wanted = (Forward){.work.run = forward, .request = {.n = 1, .prompts = prompt}};
  read_options(L, names, &wanted->request, &config);
  if (!read_prompt(L, 2, prompt, wanted->request.bos, &config)) luaL_typeerror(L, 2, "string or list of ids");
  read_pair(L, prompt);
  return start(L, wanted, finish);
}

int scr_model_runs(lua_State *L) {
  static const char *const names[] = {"bos", "keep", "logits", "edits", "base", NULL};
  EngConfig config = *eng_model_config(scr_check_model(L, 1));
  lua_settop(L, 3);
  Forward *wanted = lua_newuserdatauv(L, sizeof *wanted, 0);
  *wanted = (Forward){.work.run = forward};
  read_options(L, names, &wanted->request, &config);
  read_prompts(L, &wanted->request, &config);
  return start(L, wanted, finish_all);
}
