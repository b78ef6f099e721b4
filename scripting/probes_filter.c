/* Heads filtered by an expression over what probes say. All files are read by then: any of them may be meant. */
#include "scripting/probes_impl.h"

#include "scripting/filter.h"

#include <lauxlib.h>
#include <string.h>

/* False where there is no filter, or nothing to filter yet. */
static bool what_now(const ScrProbes *probes, ScrFiltering *out) {
  const RenUi *ui = scr_probes_ui(probes);
  const char *where = ren_ui_state(ui)->where;
  *out = (ScrFiltering){.changes = ren_ui_dock(ui)->n_changes};
  if (!*where || !scr_probes_subject(probes, &out->subject)) return false;
  strcpy(out->where, where);
  for (int i = 0; i < probes->files.n; i++) out->versions += probes->files.files[i].version + 1;
  return true;
}

static bool is_same(const ScrFiltering *a, const ScrFiltering *b) {
  return strcmp(a->where, b->where) == 0 && a->versions == b->versions &&
         ren_subject_equal(a->subject, b->subject) && a->changes == b->changes;
}

bool scr_probes_wants_filter(const ScrProbes *probes, ScrFiltering *out) {
  return what_now(probes, out) && !is_same(out, &probes->filtered);
}

bool scr_probes_filter_is_old(const ScrProbes *probes) {
  ScrFiltering now;
  return !what_now(probes, &now) || !is_same(&now, &probes->filtered);
}

/* What was set of parameters: by probe, by name. */
static void push_settings(lua_State *L, const RenSettings *settings) {
  lua_newtable(L);
  for (int i = 0; i < settings->n; i++) {
    luaL_getsubtable(L, -1, settings->at[i].probe);
    lua_pushnumber(L, settings->at[i].value);
    lua_setfield(L, -2, settings->at[i].name);
    lua_pop(L, 1);
  }
}

/* The paths of the files that were read, as they are listed now. */
static void push_paths(lua_State *L, const ScrProbeFiles *files) {
  lua_Integer n = 0;
  lua_newtable(L);
  for (int i = 0; i < files->n; i++) {
    if (!files->files[i].read || files->files[i].failed) continue;
    lua_pushstring(L, files->files[i].path);
    lua_rawseti(L, -2, ++n);
  }
}

static int push_filter(lua_State *L) {
  ScrApp *app = scr_runner_of(L)->app;
  scr_probes_push_function(L);
  lua_pushstring(L, ren_ui_state(app->ui)->where);
  scr_probes_push_subject(L);
  push_settings(L, &ren_ui_state(app->ui)->params);
  push_paths(L, &((const ScrProbes *)scr_runner_of(L))->files);
  return 6;
}

static void fail(ScrProbes *probes, const char *error) {
  RenUi *ui = scr_probes_ui(probes);
  ren_ui_set_passing(ui, NULL, 0, 0, probes->runner.stopping ? "filter: stopped" : error);
}

void scr_probes_begin_filter(ScrProbes *probes, const ScrFiltering *now) {
  probes->filtered = *now;
  probes->filtering = scr_probes_start(probes, "filter", NULL, push_filter, 0);
  ren_ui_set_probing(scr_probes_ui(probes), probes->filtering);
  if (probes->filtering) return;
  fail(probes, scr_probes_error(probes->runner.L));
  lua_pop(probes->runner.L, 1);
}

void scr_probes_over_filter(ScrProbes *probes, lua_State *thread, bool failed) {
  lua_State *L = probes->runner.L;
  probes->dropped = probes->dropped || scr_probes_filter_is_old(probes);
  probes->filtering = false;
  lua_pushcfunction(L, scr_filter_take);
  lua_pushlightuserdata(L, scr_probes_ui(probes));
  lua_xmove(thread, L, 1);
  bool ok = !failed && (probes->dropped || lua_pcall(L, 2, 0, 0) == LUA_OK);
  if (!ok && !probes->dropped) fail(probes, scr_probes_error(L));
  lua_settop(L, 0);
  ren_ui_set_probing(scr_probes_ui(probes), false);
}
