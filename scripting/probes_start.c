/* A function of scripts/headscope/dock.lua begun: what it is about, and how what went wrong with it is said. */
#include "scripting/probes_impl.h"

#include "scripting/bind_record.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

int scr_probes_active(const ScrProbes *probes) {
  const RenDock *dock = ren_ui_dock(scr_probes_ui(probes));
  const char *id = ren_ui_state(scr_probes_ui(probes))->probe;
  for (int i = 0; *id && i < dock->n; i++)
    if (strcmp(dock->probes[i].id, id) == 0) return i;
  return -1;
}

bool scr_probes_subject(const ScrProbes *probes, RenSubject *out) {
  const ScrApp *app = probes->runner.app;
  *out = ren_ui_subject(app->ui);
  return scr_app_subject(app) != NULL;
}

/* Pushes a function of scripts/headscope/dock.lua. */
int scr_probes_push_function(lua_State *L) {
  lua_getglobal(L, "require");
  lua_pushliteral(L, "headscope.dock");
  lua_call(L, 1, 1);
  lua_getfield(L, -1, lua_touserdata(L, 1));
  return 1;
}

/* --- begun */

void scr_probes_push_subject(lua_State *L) {
  const ScrApp *app = scr_runner_of(L)->app;
  scr_push_shown(L, scr_app_subject(app), ren_ui_subject(app->ui).block);
}

const char *scr_probes_error(lua_State *L) {
  const char *text = lua_tostring(L, -1);
  return text ? text : "an error without a message";
}

bool scr_probes_start(ScrProbes *probes, const char *function, const ScrProbeFile *file, lua_CFunction push,
                      size_t most) {
  lua_State *L = probes->runner.L;
  int top = lua_gettop(L);
  lua_pushcfunction(L, push);
  lua_pushlightuserdata(L, (void *)(uintptr_t)function);
  lua_pushlightuserdata(L, (void *)(uintptr_t)file);
  probes->runner.most = most;
  probes->dropped = false;
  return lua_pcall(L, 2, LUA_MULTRET, 0) == LUA_OK && scr_runner_start(&probes->runner, lua_gettop(L) - top - 1);
}

/* --- over */

void scr_probes_message(const ScrProbes *probes, const char *error, int i, char *out, size_t size) {
  const ScrRunner *runner = &probes->runner;
  const char *path = probes->files.files[i].path, *name = strrchr(path, '/') + 1;
  if (!runner->stopping)
    snprintf(out, size, "%s", error);
  else if (runner->most && runner->turns > runner->most)
    snprintf(out, size, "%s: stopped: expected it to be read at once", runner->where[0] ? runner->where : name);
  else
    snprintf(out, size, "%s: stopped", runner->where[0] ? runner->where : name);
}
