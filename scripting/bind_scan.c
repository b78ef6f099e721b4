/* hs.scan: its options are copied into blocks that stay on the stack, since the scan works without the state. */
#include "scripting/bind_scan.h"

#include "scripting/bind_model.h"
#include "scripting/box.h"
#include "scripting/check.h"
#include "scripting/host.h"
#include "scripting/scan.h"
#include "scripting/scan_told.h"
#include "scripting/work.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct Asked {
  ScrWork work;
  ScrScan scan;
  ScrScanTotals totals;
  pthread_mutex_t lock; /* while it runs, of: */
  ScrScanTotals so_far;
} Asked;

static bool run(ScrWork *work, const EngCancel *cancel, EngError *err) {
  Asked *asked = (Asked *)work;
  return scr_scan(&asked->scan, cancel, &asked->totals, err);
}

/* From one of the scan's threads. */
static void on_progress(void *context, const ScrScanTotals *totals) {
  Asked *asked = context;
  pthread_mutex_lock(&asked->lock);
  asked->so_far = *totals;
  pthread_mutex_unlock(&asked->lock);
  if (asked->work.told) asked->work.told(asked->work.context);
}

static bool tell(ScrWork *work, char *text, size_t size, float *share) {
  Asked *asked = (Asked *)work;
  pthread_mutex_lock(&asked->lock);
  ScrScanTotals totals = asked->so_far;
  pthread_mutex_unlock(&asked->lock);
  if (totals.bytes_here == 0) return false;
  scr_scan_tell(&totals, text, size);
  *share = (float)scr_scan_share(&totals);
  return true;
}

/* {sequences, tokens, found, passed_over, seconds}, or nil and a message. */
static int finish(lua_State *L, int status, lua_KContext context) {
  Asked *done = (Asked *)context;
  (void)status;
  pthread_mutex_destroy(&done->lock);
  if (!done->work.ok) return scr_fail(L, &done->work.error);
  const struct {
    const char *name;
    uint64_t value;
  } numbers[] = {{"sequences", done->totals.sequences},
                 {"tokens", done->totals.tokens},
                 {"found", done->totals.found},
                 {"passed_over", done->totals.passed_over}};
  lua_createtable(L, 0, 5);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    lua_pushinteger(L, (lua_Integer)numbers[i].value);
    lua_setfield(L, -2, numbers[i].name);
  }
  lua_pushnumber(L, done->totals.seconds);
  lua_setfield(L, -2, "seconds");
  return 1;
}

/* The strings of the list on top, in its place, as an array. */
static const char *const *copy_list(lua_State *L, const char *option, int *n) {
  size_t bytes = 0, count = lua_rawlen(L, -1), used = 0;
  if (count > INT_MAX) luaL_error(L, "option \"%s\": expected fewer, found %I", option, (lua_Integer)count);
  for (size_t i = 1; i <= count; i++) {
    if (lua_rawgeti(L, -1, (lua_Integer)i) != LUA_TSTRING)
      luaL_error(L, "option \"%s\": expected strings, found %s", option, luaL_typename(L, -1));
    bytes += strlen(lua_tostring(L, -1)) + 1;
    lua_pop(L, 1);
  }
  const char **list = lua_newuserdatauv(L, (count + 1) * sizeof *list + bytes, 0);
  char *text = (char *)(list + count + 1);
  for (size_t i = 0; i < count; i++) {
    lua_rawgeti(L, -2, (lua_Integer)i + 1);
    list[i] = strcpy(text + used, lua_tostring(L, -1));
    used += strlen(list[i]) + 1;
    lua_pop(L, 1);
  }
  *n = (int)count;
  return list;
}

/* text: a path, or a list of them. */
static void read_files(lua_State *L, ScrScan *scan) {
  if (!scr_option(L, 3, "text")) luaL_error(L, "option \"text\": expected a file or a list of files, found none");
  if (lua_type(L, -1) == LUA_TSTRING) {
    lua_createtable(L, 1, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 1);
  }
  if (!lua_istable(L, -1))
    luaL_error(L, "option \"text\": expected a file or a list of files, found %s", luaL_typename(L, -1));
  scan->files = copy_list(L, "text", &scan->n_files);
}

static int compare(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* params: a table, as "name=value" in the order of the names. */
static void read_params(lua_State *L, ScrScan *scan) {
  lua_Integer n = 0;
  if (!scr_option(L, 3, "params")) return;
  if (!lua_istable(L, -1)) luaL_error(L, "option \"params\": expected a table, found %s", luaL_typename(L, -1));
  lua_newtable(L);
  int list = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, list - 1); lua_pop(L, 2)) {
    if (lua_type(L, -2) != LUA_TSTRING) luaL_error(L, "option \"params\": expected names, found a list");
    const char *name = lua_tostring(L, -2), *value = luaL_tolstring(L, -1, NULL);
    lua_pushfstring(L, "%s=%s", name, value);
    lua_rawseti(L, list, ++n);
  }
  lua_settop(L, list);
  scan->settings = copy_list(L, "params", &scan->n_settings);
  qsort((void *)(uintptr_t)scan->settings, (size_t)n, sizeof *scan->settings, compare);
}

static int read_count(lua_State *L, const char *name) {
  lua_Integer n = scr_option_integer(L, 3, name, 0);
  bool there = scr_option(L, 3, name);
  if (there) lua_pop(L, 1);
  if (there && (n < 1 || n > INT_MAX)) luaL_error(L, "option \"%s\": expected 1 or more, found %I", name, n);
  return (int)n;
}

static void read_options(lua_State *L, ScrScan *scan) {
  static const char *const names[] = {"text", "out", "top", "workers", "join", "resume", "force", "params", NULL};
  scr_options(L, 3, names);
  scan->top = read_count(L, "top");
  scan->workers = read_count(L, "workers");
  scan->join = scr_option_boolean(L, 3, "join", false);
  bool resume = scr_option_boolean(L, 3, "resume", false), force = scr_option_boolean(L, 3, "force", false);
  if (resume && force) luaL_error(L, "options \"resume\" and \"force\": expected one of them, found both");
  scan->mode = resume ? SCR_RESULT_RESUME : force ? SCR_RESULT_FORCE : SCR_RESULT_NEW;
  scan->out = scr_option_string(L, 3, "out", NULL);
  if (!scan->out) luaL_error(L, "option \"out\": expected a file, found none");
  scr_option(L, 3, "out"); /* stays on the stack, whatever becomes of the table */
  read_files(L, scan);
  read_params(L, scan);
}

/* hs.scan(PROBE, model, {text =, out =, …}) */
static int scan(lua_State *L) {
  const char *probe = scr_name(L, 1);
  scr_check_model(L, 2);
  lua_settop(L, 3);
  Asked *asked = lua_newuserdatauv(L, sizeof *asked, 0);
  *asked = (Asked){.work = {.run = run, .tell = tell},
                   .scan = {.probe = probe, .home = scr_host_home(L), .progress = on_progress, .context = asked}};
  pthread_mutex_init(&asked->lock, NULL);
  read_options(L, &asked->scan);
  scr_push_same_model(L, 2);
  asked->scan.model = scr_check_model(L, -1);
  return scr_work(L, &asked->work, finish);
}

void scr_bind_scan(lua_State *L) {
  lua_pushcfunction(L, scan);
  lua_setfield(L, -2, "scan");
}
