/* Between Lua's tables and the dock's data. */
#include "scripting/probes_impl.h"

#include "scripting/bind_tensor.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy_field(lua_State *L, int table, const char *name) {
  lua_getfield(L, table, name);
  const char *text = lua_tostring(L, -1);
  char *copy = text ? strdup(text) : NULL;
  if (text && !copy) luaL_error(L, "expected memory for %s, found none", name);
  lua_pop(L, 1);
  return copy;
}

static double number_field(lua_State *L, int table, const char *name, double missing) {
  lua_getfield(L, table, name);
  double number = lua_isnil(L, -1) ? missing : lua_isboolean(L, -1) ? lua_toboolean(L, -1) : lua_tonumber(L, -1);
  lua_pop(L, 1);
  return number;
}

static bool is_whole(double number) { return floor(number) >= number && fabs(number) < 1e15; }

/* A number goes by whole steps where it and its ends are whole: between both where more than two fit, else where
 * Lua says that it is an integer. */
static bool goes_by_one(const RenProbeParam *param, bool integer) {
  bool ends = (isnan(param->least) || is_whole(param->least)) && (isnan(param->most) || is_whole(param->most));
  return ends && is_whole(param->preset) && (param->bounded ? param->most - param->least >= 2 : integer);
}

/* The parameter on top of the stack; false for one whose name is too long to be shown. */
static bool take_param(lua_State *L, RenProbeParam *out) {
  int table = lua_gettop(L);
  lua_getfield(L, table, "name");
  if (strlen(lua_tostring(L, -1)) >= sizeof out->name) return false;
  strcpy(out->name, lua_tostring(L, -1));
  lua_getfield(L, table, "default");
  out->boolean = lua_isboolean(L, -1);
  bool integer = lua_isinteger(L, -1);
  lua_pop(L, 2);
  out->preset = number_field(L, table, "default", 0);
  out->least = number_field(L, table, "min", NAN);
  out->most = number_field(L, table, "max", NAN);
  out->bounded = !out->boolean && isfinite(out->least) && isfinite(out->most);
  out->whole = goes_by_one(out, integer);
  return true;
}

int scr_probes_take_probe(lua_State *L) {
  RenProbe *probe = lua_touserdata(L, 1);
  ScrProbeFile *file = lua_touserdata(L, 2);
  lua_getfield(L, 3, "id");
  if (strlen(lua_tostring(L, -1)) >= REN_PROBE_ID)
    luaL_error(L, "probe: id: expected at most %d letters", REN_PROBE_ID - 1);
  strcpy(probe->id, lua_tostring(L, -1));
  lua_getfield(L, 3, "kind");
  probe->kind = ren_probe_kind_parse(lua_tostring(L, -1));
  probe->name = copy_field(L, 3, "name");
  probe->doc = copy_field(L, 3, "doc");
  probe->input = number_field(L, 3, "input", 0) > 0;
  free(file->keep);
  file->keep = NULL;
  file->keep = copy_field(L, 3, "keep");
  file->input = probe->input;
  free(file->name);
  file->name = NULL;
  file->name = copy_field(L, 3, "name");
  lua_getfield(L, 3, "params");
  int n = (int)lua_rawlen(L, -1);
  for (int i = 0; i < n && probe->n_params < REN_PROBE_PARAMS; i++) {
    lua_rawgeti(L, -1, i + 1);
    int top = lua_gettop(L);
    probe->n_params += take_param(L, &probe->params[probe->n_params]);
    lua_settop(L, top - 1);
  }
  return 0;
}

/* --- an answer */

static float list_number(lua_State *L, int i) {
  lua_rawgeti(L, -1, i);
  float number = (float)lua_tonumber(L, -1);
  lua_pop(L, 1);
  return number;
}

static void take_ranks(lua_State *L, RenAnswer *out) {
  lua_getfield(L, 2, "ranks");
  for (int i = 0; lua_istable(L, -1) && out->n_ranks < REN_ANSWER_RANKS; i++) {
    lua_rawgeti(L, -1, i + 1);
    if (!lua_istable(L, -1)) {
      lua_pop(L, 1);
      break;
    }
    out->ranks[out->n_ranks++] = (RenRank){(int)list_number(L, 1), (int)list_number(L, 2), list_number(L, 3),
                                           list_number(L, 4), list_number(L, 5)};
    lua_pop(L, 1);
  }
  lua_getfield(L, 2, "bins");
  for (int i = 0; lua_istable(L, -1) && i < REN_ANSWER_BINS; i++) out->bins[i] = (int)list_number(L, i + 1);
  lua_pop(L, 2);
}

static void take_places(lua_State *L, RenAnswer *out) {
  lua_getfield(L, 2, "places");
  int n = lua_istable(L, -1) ? (int)lua_rawlen(L, -1) : 0;
  for (; out->n_places < n && out->n_places < REN_ANSWER_RANKS; out->n_places++) {
    lua_rawgeti(L, -1, out->n_places + 1);
    out->places[out->n_places] =
        (RenPlace){(int)list_number(L, 1), (int)list_number(L, 2), (int)list_number(L, 3), (int)list_number(L, 4)};
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  out->n_titles = (int)number_field(L, 2, "titles", 0);
}

/* The numbers of a contiguous tensor, malloc'ed. */
static float *take_tensor(lua_State *L, const char *name, size_t shape[2]) {
  lua_getfield(L, 2, name);
  const EngTensor *tensor = scr_test_tensor(L, -1);
  float *values = NULL;
  if (tensor && tensor->rank > 0 && tensor->rank <= 2) {
    shape[0] = tensor->shape[0];
    shape[1] = tensor->rank == 2 ? tensor->shape[1] : 1;
    values = malloc((shape[0] * shape[1] + 1) * sizeof *values);
    if (!values) luaL_error(L, "expected memory for an answer, found none");
    memcpy(values, tensor->data, shape[0] * shape[1] * sizeof *values);
  }
  lua_pop(L, 1);
  return values;
}

int scr_probes_take_answer(lua_State *L) {
  size_t shape[2] = {0};
  RenAnswer *answer = lua_touserdata(L, 1);
  lua_getfield(L, 2, "kind");
  answer->kind = ren_probe_kind_parse(lua_tostring(L, -1));
  answer->seeds = (int)number_field(L, 2, "seeds", 1);
  answer->n_all = (int)number_field(L, 2, "all", 0);
  answer->null = (float)number_field(L, 2, "null", NAN);
  answer->low = (float)number_field(L, 2, "low", 0);
  answer->high = (float)number_field(L, 2, "high", 0);
  take_ranks(L, answer);
  take_places(L, answer);
  answer->scores = take_tensor(L, "scores", shape);
  answer->n_layers = (int)shape[0];
  answer->n_heads = (int)shape[1];
  shape[0] = 0;
  answer->values = take_tensor(L, "values", shape);
  answer->n_values = (int)shape[0];
  answer->text = copy_field(L, 2, "text");
  answer->lacks = copy_field(L, 2, "lacks");
  return 0;
}

/* --- what a question is made of */

void scr_probes_push_params(lua_State *L, const RenSettings *settings, const RenProbe *probe) {
  lua_createtable(L, 0, probe->n_params);
  for (int i = 0; i < probe->n_params; i++) {
    const RenProbeParam *param = &probe->params[i];
    double value = ren_settings_value(settings, probe, param);
    if (param->boolean)
      lua_pushboolean(L, value > 0);
    else if (is_whole(value))
      lua_pushinteger(L, (lua_Integer)value);
    else
      lua_pushnumber(L, value);
    lua_setfield(L, -2, param->name);
  }
}

/* Bytes of one activation, of all its layers or of one. */
static double bytes_of(EngActivation id, int layer, const EngConfig *config, int tokens) {
  size_t shape[ENG_TENSOR_RANK], n = 1;
  int rank = eng_activation_shape(id, config, (size_t)tokens, (size_t)tokens, shape);
  for (int i = 0; i < rank; i++) n *= shape[i];
  bool all = layer == ENG_ALL_LAYERS && eng_activation_info(id)->per_block;
  return (double)n * (double)sizeof(float) * (all ? config->n_layers : 1);
}

/* Whether the window's runs keep it. */
static bool is_kept(EngActivation id) {
  return id == ENG_ACT_PATTERN || id == ENG_ACT_Q || id == ENG_ACT_K || id == ENG_ACT_V;
}

static double count_bytes(const char *keep, const EngConfig *config, int tokens, bool *more) {
  double bytes = 0;
  EngActivation id;
  int layer;
  while (*keep) {
    char name[96];
    size_t n = strcspn(keep, ",");
    snprintf(name, sizeof name, "%.*s", (int)n, keep);
    keep += n + (keep[n] == ',');
    if (strcmp(name, "logits") == 0) {
      bytes += (double)config->d_vocab * tokens * (double)sizeof(float);
      *more = true;
    } else if (eng_activation_parse(name, config, &id, &layer, NULL)) {
      bytes += bytes_of(id, layer, config, tokens);
      *more = *more || !is_kept(id);
    }
  }
  return bytes;
}

void scr_probes_say_captures(const ScrProbeFile *file, const EngConfig *config, int tokens, char *out,
                             size_t size) {
  bool more = false;
  double bytes = count_bytes(file->keep, config, tokens, &more), mega = 1024 * 1024;
  const char *unit = bytes < mega ? "kB" : "MB";
  double amount = bytes < mega ? bytes / 1024 : bytes / mega;
  if (!file->input && !more)
    snprintf(out, size, "Looks at the run that is shown.");
  else if (!file->input)
    snprintf(out, size, "Runs the text once more, keeps %s: %.*f %s.", file->keep, amount < 10, amount, unit);
  else
    snprintf(out, size, "Runs texts of its own, keeps %s: %.*f %s for %d tokens.", file->keep, amount < 10, amount,
             unit, tokens);
}
