/* JSON to Lua. The parser's tree lies in a box of its own, so that it is freed whatever Lua raises. */
#include "scripting/bind_json.h"
#include "scripting/box.h"

#include "engine/budget.h"

#include <jansson.h>

static void release(ScrBox *box) { json_decref(box->object); }

static const ScrType tree_type = {.name = "JSON tree", .size = sizeof(ScrBox), .release = release};

static ScrBox *new_tree(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &tree_type) == LUA_TNIL) scr_box_register(L, &tree_type);
  lua_pop(L, 1);
  return scr_box_new(L, &tree_type, 0);
}

/* Levels of arrays and objects; looks no deeper than it must to know that there are too many. */
static int depth_of(const json_t *value, int most) {
  int deepest = 0;
  if (!json_is_array(value) && !json_is_object(value)) return 0;
  if (most == 0) return 1;
  for (size_t i = 0; i < json_array_size(value); i++) {
    int depth = depth_of(json_array_get(value, i), most - 1);
    if (depth > deepest) deepest = depth;
  }
  for (void *at = json_object_iter((json_t *)(uintptr_t)value); at;
       at = json_object_iter_next((json_t *)(uintptr_t)value, at)) {
    int depth = depth_of(json_object_iter_value(at), most - 1);
    if (depth > deepest) deepest = depth;
  }
  return deepest + 1;
}

static void push_value(lua_State *L, json_t *value);

static void push_array(lua_State *L, json_t *array) {
  lua_createtable(L, (int)json_array_size(array), 0);
  for (size_t i = 0; i < json_array_size(array); i++) {
    push_value(L, json_array_get(array, i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

static void push_object(lua_State *L, json_t *object) {
  const char *key;
  json_t *value;
  lua_createtable(L, 0, (int)json_object_size(object));
  if (json_object_size(object) == 0) scr_json_mark_object(L, -1);
  json_object_foreach(object, key, value) {
    lua_pushstring(L, key);
    push_value(L, value);
    lua_rawset(L, -3);
  }
}

static void push_value(lua_State *L, json_t *value) {
  luaL_checkstack(L, 4, "JSON");
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    push_object(L, value);
    return;
  case JSON_ARRAY:
    push_array(L, value);
    return;
  case JSON_STRING:
    lua_pushlstring(L, json_string_value(value), json_string_length(value));
    return;
  case JSON_INTEGER:
    lua_pushinteger(L, (lua_Integer)json_integer_value(value));
    return;
  case JSON_REAL:
    lua_pushnumber(L, json_real_value(value));
    return;
  case JSON_TRUE:
  case JSON_FALSE:
    lua_pushboolean(L, json_is_true(value));
    return;
  case JSON_NULL:
    lua_pushlightuserdata(L, NULL);
    return;
  }
}

static int fail(lua_State *L, const json_error_t *error) {
  EngError err = {0};
  if (!*error->text) { /* jansson has no words for a lack of memory */
    eng_budget_lack(&err, NULL, "JSON");
    return scr_fail(L, &err);
  }
  luaL_pushfail(L);
  lua_pushfstring(L, "JSON: line %d, column %d: %s", error->line, error->column, error->text);
  return 2;
}

int scr_json_decode(lua_State *L) {
  size_t size = 0;
  json_error_t error;
  luaL_checktype(L, 1, LUA_TSTRING);
  lua_settop(L, 1);
  const char *text = lua_tolstring(L, 1, &size);
  ScrBox *box = new_tree(L);
  json_t *tree = json_loadb(text, size, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, &error);
  box->object = tree;
  if (!tree) return fail(L, &error);
  if (depth_of(tree, SCR_JSON_DEPTH) > SCR_JSON_DEPTH) {
    luaL_pushfail(L);
    lua_pushfstring(L, "JSON: expected at most %d levels, found more", SCR_JSON_DEPTH);
    return 2;
  }
  push_value(L, tree);
  scr_box_close(box);
  return 1;
}
