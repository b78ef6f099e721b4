/* The script's side (scripts/headscope/scan.lua) turns a probe into a table, which stays at PLAN of the state's
 * stack; at MODEL is the model. Everything that may raise runs in a protected call with its arguments in one
 * struct. */
#include "scripting/scan_probe.h"

#include "scripting/bind_model.h"
#include "scripting/bind_run.h"
#include "scripting/bind_tensor.h"
#include "scripting/box.h"
#include "scripting/limits.h"

#include "engine/clock.h"

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
  atomic_store(probe->asked, eng_clock_seconds());
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

/* --- opening */

static void read_plan(lua_State *L, int plan, ScrProbe *probe, const EngConfig *config) {
  lua_getfield(L, plan, "id");
  snprintf(probe->id, sizeof probe->id, "%s", luaL_checkstring(L, -1));
  lua_getfield(L, plan, "path");
  probe->path = strdup(luaL_checkstring(L, -1));
  if (!probe->path) luaL_error(L, "expected memory for a path, found none");
  lua_settop(L, plan);
  scr_plan_read(L, plan, &probe->plan, config);
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
  atomic_store(probe->asked, eng_clock_seconds()); /* finalizers */
  if (probe->L) lua_close(probe->L);
  atomic_store(probe->asked, 0);
  scr_plan_free(&probe->plan);
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
  ScrGathered *gathered;
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

static int gather(lua_State *L) {
  const Question *question = lua_touserdata(L, QUESTION);
  EngError err = {0};
  lua_getfield(L, PLAN, "gather");
  lua_pushvalue(L, RUN);
  lua_call(L, 1, 1);
  if (lua_isnil(L, -1)) return 0;
  return scr_gathered_add(question->gathered, scr_check_tensor(L, -1), &err) ? 0 : scr_raise(L, &err);
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

bool scr_probe_gather(ScrProbe *probe, EngRun *run, int sequence, ScrGathered *out, EngError *err) {
  return call(probe, gather, &(Question){.run = run, .sequence = sequence, .gathered = out}, err);
}

/* (plan, tensor as light userdata) */
static int learn(lua_State *L) {
  const EngTensor *mean = lua_touserdata(L, 2);
  lua_getfield(L, 1, "learn");
  scr_push_tensor(L, *mean, 0, true);
  lua_call(L, 1, 0);
  return 0;
}

bool scr_probe_learn(ScrProbe *probe, const EngTensor *mean, EngError *err) {
  lua_State *L = probe->L;
  lua_pushcfunction(L, learn);
  lua_pushvalue(L, PLAN);
  lua_pushlightuserdata(L, (void *)(uintptr_t)mean);
  if (call_watched(probe, 2, 0) == LUA_OK) return true;
  const char *message = lua_tostring(L, -1);
  eng_error_set(err, NULL, NULL, "%s", message ? message : "an error without a message");
  lua_pop(L, 1);
  return false;
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
