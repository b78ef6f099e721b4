/* hs.save_tensors: a table of tensors to a safetensors file, in the order of their names, so that the same tables
 * give the same bytes. The lists for the writer are Lua's memory: an error leaves nothing behind. They are made
 * first and filled while nothing is allocated, since a collection might close a tensor. */
#include "scripting/allowed.h"
#include "scripting/check.h"
#include "scripting/tensor_box.h"

#include "engine/safetensors.h"

#include <stdlib.h>
#include <string.h>

/* Entries of the table at `arg`, which are checked to have names; nothing counts as none. */
static size_t count_names(lua_State *L, int arg) {
  size_t n = 0;
  if (lua_isnoneornil(L, arg)) return 0;
  luaL_checktype(L, arg, LUA_TTABLE);
  for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1), n++) {
    if (lua_type(L, -2) != LUA_TSTRING) luaL_argerror(L, arg, "expected names as keys");
    scr_name(L, -2);
  }
  return n;
}

static int entries_by_name(const void *a, const void *b) {
  return strcmp(((const EngSafetensorsEntry *)a)->name, ((const EngSafetensorsEntry *)b)->name);
}

static void fill_entries(lua_State *L, int arg, EngSafetensorsEntry *entries) {
  size_t n = 0;
  for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1), n++) {
    const EngTensor *tensor = scr_test_tensor(L, -1);
    if (strcmp(lua_tostring(L, -2), "__metadata__") == 0)
      luaL_error(L, "__metadata__: expected another name for a tensor, since files have their notes there");
    if (!tensor) luaL_error(L, "%s: expected a tensor, found %s", lua_tostring(L, -2), luaL_typename(L, -1));
    entries[n] = (EngSafetensorsEntry){lua_tostring(L, -2), *tensor};
  }
  qsort(entries, n, sizeof *entries, entries_by_name);
}

static int notes_by_key(const void *a, const void *b) {
  return strcmp(((const EngSafetensorsNote *)a)->key, ((const EngSafetensorsNote *)b)->key);
}

static void fill_notes(lua_State *L, int arg, EngSafetensorsNote *notes) {
  size_t n = 0;
  if (lua_isnoneornil(L, arg)) return;
  for (lua_pushnil(L); lua_next(L, arg); lua_pop(L, 1), n++) {
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "note %s: expected a string, found %s", lua_tostring(L, -2), luaL_typename(L, -1));
    notes[n].key = lua_tostring(L, -2);
    notes[n].value = lua_tolstring(L, -1, &notes[n].length);
  }
  qsort(notes, n, sizeof *notes, notes_by_key);
}

/* hs.save_tensors(FILE, TENSORS, NOTES) → true; or nil, message. */
int scr_tensor_save(lua_State *L) {
  const char *path = scr_file_to_write(L, 1);
  EngError err = {0};
  lua_settop(L, 3);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n_entries = count_names(L, 2), n_notes = count_names(L, 3);
  EngSafetensorsEntry *entries = lua_newuserdatauv(L, n_entries * sizeof *entries, 0);
  EngSafetensorsNote *notes = lua_newuserdatauv(L, n_notes * sizeof *notes, 0);
  fill_entries(L, 2, entries);
  fill_notes(L, 3, notes);
  if (!eng_safetensors_write(path, entries, n_entries, notes, n_notes, &err)) return scr_fail(L, &err);
  lua_pushboolean(L, true);
  return 1;
}
