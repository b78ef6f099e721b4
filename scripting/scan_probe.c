/* The script's side (scripts/headscope/scan.lua) turns a probe into a table, which stays at PLAN of the state's
 * stack; at MODEL is the model. Everything that may raise runs in a protected call with its arguments in one
 * struct. */
#include "scripting/scan_probe.h"

#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"
#include "scripting/limits.h"

#include <lauxlib.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLAN = 1, MODEL = 2, STEPS = 10000 }; /* instructions between two looks at the flag */

struct ScrProbe {
  lua_State *L;
  const EngCancel *cancel;
  ScrAsked *asked;
  char id[64], *path;
  ScrPlan plan;
};

static ScrProbe *probe_of(lua_State *L) { return *(ScrProbe **)lua_getextraspace(L); }

/* A protected call that is watched. */
static int call_watched(ScrProbe *probe, int n_arguments, int n_results) {
  atomic_store(probe->asked, scr_watch_now());
  int status = lua_pcall(probe->L, n_arguments, n_results, 0);
  atomic_store(probe->asked, 0);
  return status;
}

/* After an error is caught the next instruction raises again. */
static void stop(lua_State *L, lua_Debug *at) {
  (void)at;
  if (!eng_cancel_raised(probe_of(L)->cancel)) return;
  lua_sethook(L, stop, LUA_MASKCOUNT, 1);
  luaL_error(L, "cancelled");
}

/* --- the plan */

static EngRange read_range(lua_State *L, int plan, const char *name) {
  EngRange range = {-HUGE_VAL, HUGE_VAL};
  lua_getfield(L, plan, name);
  if (lua_rawgeti(L, -1, 1) == LUA_TNUMBER) range.from = lua_tonumber(L, -1);
  if (lua_rawgeti(L, -2, 2) == LUA_TNUMBER) range.to = lua_tonumber(L, -1);
  lua_pop(L, 3);
  return range;
}

static void read_keep(lua_State *L, int plan, EngKeep *keep, const EngConfig *config) {
  EngError err = {0};
  eng_keep_clear(keep);
  lua_getfield(L, plan, "keep");
  for (lua_Integer i = 1; lua_rawgeti(L, -1, i) == LUA_TSTRING; i++, lua_pop(L, 1))
    if (!eng_keep_add(keep, lua_tostring(L, -1), config, &err)) scr_raise(L, &err);
  lua_pop(L, 2);
}

/* The pass ends with the last thing that is kept. */
static void find_end(ScrPlan *out, const EngConfig *config) {
  if (out->logits != ENG_LOGITS_NONE || eng_keep_has(&out->keep, ENG_ACT_FINAL_NORM, 0)) return;
  out->n_layers = 1;
  out->until = ENG_ACT_RESID_PRE;
  for (int layer = 0; layer < config->n_layers; layer++)
    for (EngActivation id = ENG_ACT_RESID_PRE; id < ENG_ACT_FINAL_NORM; id++) {
      if (!eng_keep_has(&out->keep, id, layer)) continue;
      out->n_layers = layer + 1;
      out->until = id;
    }
}

/* Pairs of layer and head; all where there is no list. The pass ends with the last layer that is looked at. */
static void read_heads(lua_State *L, int plan, ScrPlan *out, const EngConfig *config) {
  size_t n = (size_t)config->n_layers * (size_t)config->n_heads;
  out->heads = calloc(n, sizeof *out->heads);
  if (!out->heads) luaL_error(L, "expected memory for heads, found none");
  bool all = lua_getfield(L, plan, "heads") == LUA_TNIL;
  for (size_t i = 0; i < n; i++) out->heads[i] = all;
  out->n_layers = all ? config->n_layers : 1;
  for (lua_Integer i = 1; !all && lua_rawgeti(L, -1, i) == LUA_TTABLE; i++, lua_pop(L, 3)) {
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    int layer = (int)lua_tointeger(L, -2), head = (int)lua_tointeger(L, -1);
    out->heads[layer * config->n_heads + head] = true;
    if (layer + 1 > out->n_layers) out->n_layers = layer + 1;
  }
  lua_settop(L, plan);
}

static bool has(lua_State *L, int plan, const char *name) {
  bool found = lua_getfield(L, plan, name) == LUA_TFUNCTION;
  lua_pop(L, 1);
  return found;
}

static void read_edges(lua_State *L, int plan, ScrPlan *out, const EngConfig *config) {
  out->rule = (EngEdgeRule){read_range(L, plan, "weight"), read_range(L, plan, "distance"), config->causal};
  out->asks_query = has(L, plan, "query");
  out->asks_key = has(L, plan, "key");
  read_heads(L, plan, out, config);
}

static void read_plan(lua_State *L, int plan, ScrProbe *probe, const EngConfig *config) {
  static const char *const kinds[] = {
      [SCR_PROBE_EDGE] = "edge",     [SCR_PROBE_RUN] = "run",     [SCR_PROBE_HEAD] = "head",
      [SCR_PROBE_NEURON] = "neuron", [SCR_PROBE_TOKEN] = "token", NULL};
  ScrPlan *out = &probe->plan;
  lua_getfield(L, plan, "id");
  snprintf(probe->id, sizeof probe->id, "%s", luaL_checkstring(L, -1));
  lua_getfield(L, plan, "path");
  probe->path = strdup(luaL_checkstring(L, -1));
  if (!probe->path) luaL_error(L, "expected memory for a path, found none");
  lua_getfield(L, plan, "kind");
  out->kind = (ScrProbeKind)luaL_checkoption(L, -1, NULL, kinds);
  lua_getfield(L, plan, "from");
  lua_Integer from = out->kind == SCR_PROBE_TOKEN ? lua_tointeger(L, -1) : 0;
  out->from = from > 0 ? (size_t)from : 0;
  lua_getfield(L, plan, "all_logits");
  out->logits = lua_toboolean(L, -1) ? ENG_LOGITS_ALL : ENG_LOGITS_NONE;
  lua_settop(L, plan);
  bool of_parts = out->kind == SCR_PROBE_HEAD || out->kind == SCR_PROBE_NEURON;
  size_t layers = of_parts ? (size_t)config->n_layers : 1;
  out->width = out->kind == SCR_PROBE_HEAD     ? (size_t)config->n_heads
               : out->kind == SCR_PROBE_NEURON ? (size_t)config->d_mlp
                                               : 1;
  out->places = layers * out->width;
  if (out->kind == SCR_PROBE_EDGE) {
    read_edges(L, plan, out, config);
    out->until = ENG_ACT_PATTERN;
  } else {
    read_keep(L, plan, &out->keep, config);
    find_end(out, config);
  }
}

typedef struct Opening {
  ScrProbe *probe;
  const ScrScan *scan;
} Opening;

/* Runs in the state whose stack is empty but for the argument. */
static int open_plan(lua_State *L) {
  const Opening *opening = lua_touserdata(L, 1);
  const ScrScan *scan = opening->scan;
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope.scan");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, "open");
  lua_pushstring(L, scan->probe);
  scr_push_model(L, scan->model);
  lua_pushvalue(L, -1);
  lua_insert(L, 1); /* the model stays */
  lua_createtable(L, scan->n_settings, 0);
  for (int i = 0; i < scan->n_settings; i++) {
    lua_pushstring(L, scan->settings[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_call(L, 3, 1);
  luaL_checktype(L, -1, LUA_TTABLE);
  read_plan(L, lua_gettop(L), opening->probe, eng_model_config(scan->model));
  lua_pushvalue(L, 1);
  return 2;
}

static bool start(ScrProbe *probe, const ScrScan *scan, EngError *err) {
  static const ScrLimits none = {0};
  lua_State *L = probe->L = scr_limits_new_state(scan->limits ? scan->limits : &none, scan->home, err);
  if (!L) return false;
  *(ScrProbe **)lua_getextraspace(L) = probe;
  lua_sethook(L, stop, LUA_MASKCOUNT, STEPS);
  Opening opening = {probe, scan};
  lua_pushcfunction(L, open_plan);
  lua_pushlightuserdata(L, &opening);
  if (call_watched(probe, 1, 2) == LUA_OK) return true; /* PLAN and MODEL */
  const char *message = lua_tostring(L, -1);
  return eng_error_set(err, NULL, NULL, "%s", message ? message : "a probe that cannot be opened");
}

ScrProbe *scr_probe_open(const ScrScan *scan, ScrAsked *asked, const EngCancel *cancel, EngError *err) {
  ScrProbe *probe = calloc(1, sizeof *probe);
  if (!probe) {
    eng_error_memory(err, NULL, "a probe");
    return NULL;
  }
  probe->cancel = cancel;
  probe->asked = asked;
  if (start(probe, scan, err)) return probe;
  scr_probe_close(probe);
  return NULL;
}

void scr_probe_close(ScrProbe *probe) {
  if (!probe) return;
  atomic_store(probe->asked, scr_watch_now()); /* finalizers */
  if (probe->L) lua_close(probe->L);
  atomic_store(probe->asked, 0);
  free(probe->plan.heads);
  free(probe->path);
  free(probe);
}

const ScrPlan *scr_probe_plan(const ScrProbe *probe) { return &probe->plan; }
const char *scr_probe_path(const ScrProbe *probe) { return probe->path; }

/* --- its answers */

typedef struct Question {
  const ScrProbe *probe;
  EngRun *run;
  int sequence, token;
  bool as_key, takes;
  float *numbers;
  char *text;
} Question;

enum { QUESTION = 3, RUN = 4 }; /* in a protected call, behind plan and model */

/* The run's score on top. */
static Question *get_score(lua_State *L) {
  lua_getfield(L, PLAN, "score");
  lua_pushvalue(L, RUN);
  lua_call(L, 1, 1);
  return lua_touserdata(L, QUESTION);
}

static const char *place_name(const Question *question, size_t i, char *out, size_t size) {
  const ScrPlan *plan = &question->probe->plan;
  static const char *const forms[] = {[SCR_PROBE_HEAD] = "%zu.%zu", [SCR_PROBE_NEURON] = "L%zuN%zu"};
  if (plan->kind == SCR_PROBE_TOKEN)
    snprintf(out, size, "%zu", i);
  else
    snprintf(out, size, forms[plan->kind], i / plan->width, i % plan->width);
  return out;
}

/* The tensor on top, whose shape was checked, in C order. */
static void take_numbers(lua_State *L, const Question *question) {
  const EngTensor *score = scr_check_tensor(L, -1);
  size_t columns = score->rank > 1 ? score->shape[1] : 1, n = eng_tensor_size(score);
  for (size_t i = 0; i < n; i++) {
    ptrdiff_t at = (ptrdiff_t)(i / columns) * score->stride[0];
    if (score->rank > 1) at += (ptrdiff_t)(i % columns) * score->stride[1];
    float number = question->numbers[i] = i < question->probe->plan.from ? NAN : score->data[at];
    char name[48];
    if (i >= question->probe->plan.from && !isfinite(number))
      luaL_error(L, "probe %s: score: expected finite numbers, found %f at %s", question->probe->id, (double)number,
                 place_name(question, i, name, sizeof name));
  }
}

static int score(lua_State *L) {
  take_numbers(L, get_score(L));
  return 0;
}

static int say(lua_State *L) {
  Question *question = get_score(L);
  question->text = strdup(luaL_checkstring(L, -1));
  return question->text ? 0 : luaL_error(L, "expected memory for a score, found none");
}

static int predicate(lua_State *L) {
  Question *question = lua_touserdata(L, QUESTION);
  lua_getfield(L, PLAN, question->as_key ? "key" : "query");
  lua_getfield(L, RUN, "token");
  lua_pushvalue(L, RUN);
  lua_pushinteger(L, question->token);
  lua_call(L, 2, 1);
  lua_call(L, 1, 1);
  question->takes = lua_toboolean(L, -1);
  return 0;
}

static int push_run(lua_State *L) {
  const Question *question = lua_touserdata(L, 2);
  scr_push_sequence(L, question->run, question->sequence, 1);
  return 1;
}

static bool call(ScrProbe *probe, lua_CFunction function, Question *question, EngError *err) {
  lua_State *L = probe->L;
  int top = lua_gettop(L), run = top + 1;
  question->probe = probe;
  lua_pushcfunction(L, push_run);
  lua_pushvalue(L, MODEL);
  lua_pushlightuserdata(L, question);
  bool ok = lua_pcall(L, 2, 1, 0) == LUA_OK;
  if (ok) {
    lua_pushcfunction(L, function);
    lua_pushvalue(L, PLAN);
    lua_pushvalue(L, MODEL);
    lua_pushlightuserdata(L, question);
    lua_pushvalue(L, run);
    ok = call_watched(probe, 4, 0) == LUA_OK;
    scr_close_run(L, run); /* whatever a script keeps, the memory of the batch is free again */
  }
  const char *message = ok ? NULL : lua_tostring(L, -1);
  if (!ok) eng_error_set(err, NULL, NULL, "%s", message ? message : "an error without a message");
  lua_settop(L, top);
  return ok;
}

bool scr_probe_score(ScrProbe *probe, EngRun *run, int sequence, float *numbers, EngError *err) {
  return call(probe, score, &(Question){.run = run, .sequence = sequence, .numbers = numbers}, err);
}

char *scr_probe_say(ScrProbe *probe, EngRun *run, int sequence, EngError *err) {
  Question question = {.run = run, .sequence = sequence};
  if (call(probe, say, &question, err)) return question.text;
  free(question.text);
  return NULL;
}

bool scr_probe_takes(ScrProbe *probe, EngRun *run, int sequence, int token, bool as_key, bool *takes,
                     EngError *err) {
  Question question = {.run = run, .sequence = sequence, .token = token, .as_key = as_key};
  bool ok = call(probe, predicate, &question, err);
  *takes = question.takes;
  return ok;
}
