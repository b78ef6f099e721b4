/* The registry holds a list of real paths, those that may be written to under `true` as well. A file that is not
 * there yet lies where its folder does. */
#include "scripting/allowed.h"

#include "scripting/check.h"

#include "engine/path.h"

#include <dirent.h>
#include <errno.h>
#include <lauxlib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char key;

/* Adds a folder to the list at `list`; false where there is none of that name. */
static bool add(lua_State *L, int list, const char *folder, bool writes) {
  char path[PATH_MAX];
  if (!realpath(folder, path) || !eng_path_is_folder(path)) return false;
  lua_pushstring(L, path);
  lua_pushvalue(L, -1);
  lua_rawseti(L, list, (lua_Integer)lua_rawlen(L, list) + 1);
  lua_pushboolean(L, writes);
  lua_rawset(L, list);
  return true;
}

void scr_allow_only(lua_State *L, const char *home, const char *folders) {
  lua_newtable(L);
  int list = lua_gettop(L);
  add(L, list, lua_pushfstring(L, "%s/scripts", home), false);
  add(L, list, lua_pushfstring(L, "%s/models", home), false);
  for (const char *at = folders; at; at = strchr(at, ':') ? strchr(at, ':') + 1 : NULL) {
    const char *folder = lua_pushlstring(L, at, strcspn(at, ":"));
    if (!add(L, list, folder, true)) luaL_error(L, "--allow: expected a folder, found \"%s\"", folder);
  }
  lua_settop(L, list);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key);
}

void scr_push_allowed_path(lua_State *L) {
  luaL_Buffer path;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &key);
  int list = lua_gettop(L);
  luaL_buffinit(L, &path);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, list); i <= n; i++) {
    lua_rawgeti(L, list, i);
    const char *folder = lua_tostring(L, -1);
    lua_pushfstring(L, "%s%s/?.lua;%s/?/init.lua", i > 1 ? ";" : "", folder, folder);
    lua_remove(L, -2);
    luaL_addvalue(&path);
  }
  luaL_pushresult(&path);
  lua_remove(L, list);
}

/* Where `path` leads, in `out` (PATH_MAX); false where nothing of that name is, or could be made. */
static bool resolve(const char *path, char *out) {
  struct stat status;
  if (realpath(path, out)) return true;
  if (errno != ENOENT || lstat(path, &status) == 0) return false; /* a link that leads nowhere */
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
  char folder[PATH_MAX];
  size_t length = slash ? (size_t)(slash - path) + 1 : 2;
  if (length >= sizeof folder || strcmp(name, "..") == 0) return false;
  memcpy(folder, slash ? path : "./", length);
  folder[length] = '\0';
  if (!realpath(folder, out) || strlen(out) + strlen(name) + 2 > PATH_MAX) return false;
  strcat(out, "/");
  strcat(out, name);
  return true;
}

static bool lies_in(const char *path, const char *folder) {
  size_t n = strlen(folder);
  return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0' || folder[n - 1] == '/');
}

static bool may_write(lua_State *L, int list, int folder) {
  lua_pushvalue(L, folder);
  lua_rawget(L, list);
  bool may = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return may;
}

static bool is_allowed(lua_State *L, const char *path, bool writes) {
  char real[PATH_MAX];
  int top = lua_gettop(L);
  bool allowed = lua_rawgetp(L, LUA_REGISTRYINDEX, &key) == LUA_TNIL;
  bool leads = allowed || resolve(path, real);
  for (lua_Integer i = 1; leads && !allowed; i++, lua_settop(L, top + 1)) {
    if (lua_rawgeti(L, top + 1, i) == LUA_TNIL) break;
    allowed = lies_in(real, lua_tostring(L, -1)) && (!writes || may_write(L, top + 1, top + 2));
  }
  lua_settop(L, top);
  return allowed;
}

bool scr_may_read_all(lua_State *L) {
  bool all = lua_rawgetp(L, LUA_REGISTRYINDEX, &key) == LUA_TNIL;
  lua_pop(L, 1);
  return all;
}

bool scr_may_read(lua_State *L, const char *path) { return is_allowed(L, path, false); }

bool scr_may_read_in(lua_State *L, const char *folder) {
  bool may = is_allowed(L, folder, false);
  DIR *directory = may ? opendir(folder) : NULL;
  for (struct dirent *entry = NULL; directory && may && (entry = readdir(directory));) {
    if (strcmp(entry->d_name, "..") == 0) continue;
    char *path = eng_path_join(folder, entry->d_name);
    may = path && is_allowed(L, path, false);
    free(path);
  }
  if (directory) closedir(directory);
  return may;
}

static const char *check(lua_State *L, int arg, bool writes) {
  const char *path = scr_name(L, arg);
  if (is_allowed(L, path, writes)) return path;
  luaL_error(L, "%s: expected a file in a folder that may be %s (--allow), found another", path,
             writes ? "written to" : "read");
  return NULL;
}

const char *scr_file_to_read(lua_State *L, int arg) { return check(L, arg, false); }
const char *scr_file_to_write(lua_State *L, int arg) { return check(L, arg, true); }
