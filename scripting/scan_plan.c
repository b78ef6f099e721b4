/* The pass over a batch ends with the last thing that the probe looks at, so the plan says which that is. */
#include "scripting/scan_plan.h"

#include "scripting/box.h"

#include <lauxlib.h>
#include <math.h>
#include <stdlib.h>

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

void scr_plan_read(lua_State *L, int plan, ScrPlan *out, const EngConfig *config) {
  static const char *const kinds[] = {
      [SCR_PROBE_EDGE] = "edge",     [SCR_PROBE_RUN] = "run",     [SCR_PROBE_HEAD] = "head",
      [SCR_PROBE_NEURON] = "neuron", [SCR_PROBE_TOKEN] = "token", NULL};
  lua_getfield(L, plan, "kind");
  out->kind = (ScrProbeKind)luaL_checkoption(L, -1, NULL, kinds);
  lua_getfield(L, plan, "from");
  lua_Integer from = out->kind == SCR_PROBE_TOKEN ? lua_tointeger(L, -1) : 0;
  out->from = from > 0 ? (size_t)from : 0;
  out->gathers = has(L, plan, "gather");
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

void scr_plan_free(ScrPlan *plan) { free(plan->heads); }
