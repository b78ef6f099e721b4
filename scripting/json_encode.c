/* Lua to JSON. Tables are read raw; a table on the way down to the value at hand is a cycle. */
#include "scripting/bind_json.h"
#include "scripting/bind_tensor.h"
#include "scripting/growing.h"
#include "scripting/json_number.h"
#include "scripting/json_text.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Writer {
  lua_State *L;
  ScrGrowing *out;
  int depth;
  const void *open[SCR_JSON_DEPTH]; /* the tables being written, outermost first */
} Writer;

static void add_value(Writer *writer);

static void add(Writer *writer, const char *text) { scr_growing_add_text(writer->L, writer->out, text); }

static void check_finite(lua_State *L, double value) {
  if (!isfinite(value)) luaL_error(L, "JSON: expected a finite number, found %f", value);
}

static void add_number(Writer *writer) {
  char text[32];
  if (lua_isinteger(writer->L, -1)) {
    snprintf(text, sizeof text, LUA_INTEGER_FMT, lua_tointeger(writer->L, -1));
    add(writer, text);
    return;
  }
  double value = lua_tonumber(writer->L, -1);
  check_finite(writer->L, value);
  add(writer, scr_json_double(value).text);
}

/* Nothing here allocates from Lua, so the tensor stays open. */
static void add_tensor(Writer *writer, EngTensor tensor) {
  if (tensor.rank == 0) {
    check_finite(writer->L, (double)*tensor.data);
    add(writer, scr_json_float(*tensor.data).text);
    return;
  }
  add(writer, "[");
  for (size_t i = 0; i < tensor.shape[0]; i++) {
    if (i > 0) add(writer, ",");
    add_tensor(writer, eng_tensor_select(tensor, 0, i));
  }
  add(writer, "]");
}

/* --- Tables --- */

static size_t count_keys(lua_State *L) {
  size_t n = 0;
  lua_pushnil(L);
  for (; lua_next(L, -2); n++) lua_pop(L, 1);
  return n;
}

static void add_array(Writer *writer, size_t n) {
  add(writer, "[");
  for (size_t i = 0; i < n; i++) {
    if (i > 0) add(writer, ",");
    lua_rawgeti(writer->L, -1, (lua_Integer)i + 1);
    add_value(writer);
    lua_pop(writer->L, 1);
  }
  add(writer, "]");
}

typedef struct Key {
  const char *text;
  size_t size;
} Key;

static int by_bytes(const void *a, const void *b) {
  const Key *x = a, *y = b;
  int order = memcmp(x->text, y->text, x->size < y->size ? x->size : y->size);
  return order ? order : (x->size > y->size) - (x->size < y->size);
}

/* Pushes a sequence of the `n` keys of the table on top, which keeps their strings alive. */
static void push_keys(lua_State *L, size_t n) {
  lua_createtable(L, (int)n, 0);
  lua_pushnil(L);
  for (size_t i = 1; lua_next(L, -3); i++) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      luaL_error(L, "JSON: expected keys 1 to n or strings, found a table with a key of type %s",
                 luaL_typename(L, -1));
    if (i > n) luaL_error(L, "JSON: a table changed while it was written");
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, (lua_Integer)i);
  }
}

/* Pushes the same keys in order, as an array in C; the sequence of them is on top. */
static const Key *push_sorted(lua_State *L, size_t n) {
  Key *keys = lua_newuserdatauv(L, n * sizeof *keys, 0);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, -2, (lua_Integer)i + 1);
    keys[i].text = luaL_checklstring(L, -1, &keys[i].size);
    lua_pop(L, 1);
  }
  qsort(keys, n, sizeof *keys, by_bytes);
  return keys;
}

static void add_object(Writer *writer, size_t n) {
  lua_State *L = writer->L;
  int table = lua_gettop(L);
  push_keys(L, n);
  const Key *keys = push_sorted(L, n);
  add(writer, "{");
  for (size_t i = 0; i < n; i++) {
    if (i > 0) add(writer, ",");
    scr_json_add_text(L, writer->out, keys[i].text, keys[i].size);
    add(writer, ":");
    lua_pushlstring(L, keys[i].text, keys[i].size);
    lua_rawget(L, table);
    add_value(writer);
    lua_pop(L, 1);
  }
  add(writer, "}");
  lua_settop(L, table);
}

static void add_table(Writer *writer) {
  lua_State *L = writer->L;
  const void *table = lua_topointer(L, -1);
  for (int i = 0; i < writer->depth; i++)
    if (writer->open[i] == table) luaL_error(L, "JSON: expected a tree, found a table inside itself");
  if (writer->depth == SCR_JSON_DEPTH)
    luaL_error(L, "JSON: expected at most %d levels, found more", SCR_JSON_DEPTH);
  writer->open[writer->depth++] = table;
  size_t n = count_keys(L);
  if (n == (size_t)lua_rawlen(L, -1) && !scr_json_is_object(L, -1))
    add_array(writer, n);
  else
    add_object(writer, n);
  writer->depth--;
}

/* --- Any value, on top of the stack --- */

static void add_string(Writer *writer) {
  size_t size = 0;
  const char *text = lua_tolstring(writer->L, -1, &size);
  scr_json_add_text(writer->L, writer->out, text, size);
}

static void add_value(Writer *writer) {
  lua_State *L = writer->L;
  luaL_checkstack(L, 10, "JSON");
  const EngTensor *tensor = NULL;
  switch (lua_type(L, -1)) {
  case LUA_TBOOLEAN:
    add(writer, lua_toboolean(L, -1) ? "true" : "false");
    return;
  case LUA_TNUMBER:
    add_number(writer);
    return;
  case LUA_TSTRING:
    add_string(writer);
    return;
  case LUA_TTABLE:
    add_table(writer);
    return;
  case LUA_TLIGHTUSERDATA:
    if (lua_touserdata(L, -1)) break;
    add(writer, "null");
    return;
  case LUA_TUSERDATA:
    tensor = scr_test_tensor(L, -1);
    if (!tensor) break;
    add_tensor(writer, *tensor);
    return;
  default:
    break;
  }
  luaL_error(L, "JSON: expected a value that can be written, found %s", luaL_typename(L, -1));
}

int scr_json_encode(lua_State *L) {
  luaL_checkany(L, 1);
  lua_settop(L, 1);
  Writer writer = {.L = L, .out = scr_new_growing(L)};
  lua_pushvalue(L, 1);
  add_value(&writer);
  scr_growing_push(L, writer.out);
  return 1;
}
