/* A folder or file while it is read is in a box, so that an error of Lua's closes it. */
#include "scripting/bind_files.h"

#include "scripting/allowed.h"
#include "scripting/box.h"

#include "engine/file.h"
#include "engine/path.h"

#include <dirent.h>
#include <errno.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void release(ScrBox *box) { closedir(box->object); }

static const ScrType folder_type = {.name = "folder", .size = sizeof(ScrBox), .release = release};

static void close_file(ScrBox *box) { fclose(box->object); }

static const ScrType file_type = {.name = "file", .size = sizeof(ScrBox), .release = close_file};

/* Pushes an entry's name, with a slash behind a folder's. */
static void push_name(lua_State *L, const char *folder, const char *name) {
  char *path = eng_path_join(folder, name);
  bool is_folder = path && eng_path_is_folder(path);
  free(path);
  lua_pushfstring(L, "%s%s", name, is_folder ? "/" : "");
}

/* Sorts the list on top of the stack. */
static void sort(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, LUA_TABLIBNAME);
  lua_getfield(L, -1, "sort");
  lua_pushvalue(L, -4);
  lua_call(L, 1, 0);
  lua_pop(L, 2);
}

/* hs.files(FOLDER) → the names in it, sorted, hidden ones left out; or nil, message. */
static int files(lua_State *L) {
  const char *path = scr_file_to_read(L, 1);
  EngError err = {0};
  ScrBox *box = scr_box_new(L, &folder_type, 0);
  box->object = opendir(path);
  if (!box->object) {
    eng_error_set(&err, path, NULL, "expected a folder that can be read, found: %s", strerror(errno));
    return scr_fail(L, &err);
  }
  lua_Integer n = 0;
  lua_newtable(L);
  for (struct dirent *entry = readdir(box->object); entry; entry = readdir(box->object)) {
    if (entry->d_name[0] == '.') continue;
    push_name(L, path, entry->d_name);
    lua_rawseti(L, -2, ++n);
  }
  scr_box_close(box);
  sort(L);
  return 1;
}

/* hs.make_folder(PATH) → true, also where it was there; or nil, message. */
static int make_folder(lua_State *L) {
  const char *path = scr_file_to_write(L, 1);
  EngError err = {0};
  if (mkdir(path, 0777) != 0 && !eng_path_is_folder(path)) {
    eng_error_set(&err, path, NULL, "expected a folder that can be made, found: %s", strerror(errno));
    return scr_fail(L, &err);
  }
  lua_pushboolean(L, true);
  return 1;
}

/* hs.read(FILE) → its bytes; or nil, message. */
static int read_file(lua_State *L) {
  const char *path = scr_file_to_read(L, 1);
  EngError err = {0};
  luaL_Buffer text;
  ScrBox *box = scr_box_new(L, &file_type, 0);
  FILE *file = box->object = fopen(path, "rb");
  luaL_buffinit(L, &text);
  for (size_t n = 1; file && n > 0; luaL_addsize(&text, n)) {
    char *room = luaL_prepbuffer(&text);
    n = fread(room, 1, LUAL_BUFFERSIZE, file);
  }
  if (!file || ferror(file)) {
    eng_error_set(&err, path, NULL, "expected a file that can be read, found: %s", strerror(errno));
    return scr_fail(L, &err);
  }
  luaL_pushresult(&text);
  scr_box_close(box);
  return 1;
}

/* hs.write(FILE, TEXT) → true, and all of it is there; or nil, message, and what was there before is. */
static int write_file(lua_State *L) {
  const char *path = scr_file_to_write(L, 1);
  size_t length = 0;
  const char *text = luaL_checklstring(L, 2, &length);
  EngError err = {0};
  EngFile file;
  if (!eng_file_begin(&file, path, &err)) return scr_fail(L, &err);
  bool whole = fwrite(text, 1, length, file.stream) == length;
  if (!eng_file_end(&file, whole, &err) || !whole) return scr_fail(L, &err);
  lua_pushboolean(L, true);
  return 1;
}

void scr_bind_files(lua_State *L) {
  static const luaL_Reg functions[] = {
      {"files", files}, {"make_folder", make_folder}, {"read", read_file}, {"write", write_file}, {NULL, NULL}};
  scr_box_register(L, &folder_type);
  scr_box_register(L, &file_type);
  luaL_setfuncs(L, functions, 0);
}
