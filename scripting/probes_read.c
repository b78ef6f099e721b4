/* Files of probes are read one after the other, the active one first. What is wrong with one stands at it; it then
 * is what it was before. */
#include "scripting/probes_impl.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

/* Looks at the clock that reading a file may take: it is there to say what it is, not to work. */
enum { MOST_TURNS = 10000 };

static int push_read(lua_State *L) {
  const ScrProbeFile *file = lua_touserdata(L, 2);
  scr_probes_push_function(L);
  lua_pushstring(L, file->path);
  return 2;
}

static void fail_to_read(ScrProbes *probes, int i, const char *message) {
  RenProbe probe = {.error = strdup(message)};
  probes->files.files[i].failed = true;
  ren_ui_set_probe(scr_probes_ui(probes), i, &probe);
  if (i == scr_probes_active(probes)) ren_ui_fail_probe(scr_probes_ui(probes), message, NULL);
}

void scr_probes_begin_reading(ScrProbes *probes, int i) {
  ScrProbeFile *file = &probes->files.files[i];
  file->read = true;
  file->failed = false;
  probes->reading = i;
  if (scr_probes_start(probes, "read", file, push_read, MOST_TURNS)) return;
  fail_to_read(probes, i, scr_probes_error(probes->runner.L));
  lua_pop(probes->runner.L, 1);
  probes->reading = -1;
}

/* The file that was read with an id before, or NULL. */
static const char *owner_of(const ScrProbes *probes, const char *id, int i) {
  const RenDock *dock = ren_ui_dock(scr_probes_ui(probes));
  for (int j = 0; j < dock->n; j++) {
    const ScrProbeFile *file = &probes->files.files[j];
    bool known = j != i && file->read && !file->failed && dock->probes[j].read;
    if (known && strcmp(dock->probes[j].id, id) == 0) return strrchr(file->path, '/') + 1;
  }
  return NULL;
}

/* Of two of one id the second could not be chosen. */
static bool is_taken(const ScrProbes *probes, const RenProbe *probe, int i, char *out, size_t size) {
  const char *owner = owner_of(probes, probe->id, i), *path = probes->files.files[i].path;
  if (owner)
    snprintf(out, size, "%s: id: expected one of its own, found %s, which is that of %s", strrchr(path, '/') + 1,
             probe->id, owner);
  return owner != NULL;
}

void scr_probes_over_reading(ScrProbes *probes, lua_State *thread, bool failed) {
  char message[1024];
  int i = probes->reading;
  RenProbe probe = {0};
  lua_State *L = probes->runner.L;
  probes->reading = -1;
  lua_pushcfunction(L, scr_probes_take_probe);
  lua_pushlightuserdata(L, &probe);
  lua_pushlightuserdata(L, &probes->files.files[i]);
  lua_xmove(thread, L, 1);
  bool ok = !failed && lua_pcall(L, 3, 0, 0) == LUA_OK;
  bool taken = ok && is_taken(probes, &probe, i, message, sizeof message);
  if (ok && !taken) {
    ren_ui_set_probe(scr_probes_ui(probes), i, &probe);
    return;
  }
  if (!taken) scr_probes_message(probes, scr_probes_error(L), i, message, sizeof message);
  lua_settop(L, 0);
  ren_probe_clear(&probe);
  fail_to_read(probes, i, message);
}
