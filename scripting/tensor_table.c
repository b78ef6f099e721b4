/* Tensors from nested Lua tables and back. Tables are read raw, so no code of the script's runs meanwhile. */
#include "scripting/check.h"
#include "scripting/tensor_box.h"

#include "engine/tensor_ops.h"

#include <limits.h>
#include <stdio.h>

/* Follows the first elements of the table at the top down to a number: how long each level is. */
static int find_shape(lua_State *L, size_t *shape) {
  int rank = 0, top = lua_gettop(L);
  while (lua_istable(L, -1)) {
    if (rank == ENG_TENSOR_RANK) luaL_error(L, "hs.tensor: expected at most %d levels of tables, found more", rank);
    shape[rank++] = (size_t)lua_rawlen(L, -1);
    lua_rawgeti(L, -1, 1);
  }
  lua_settop(L, top);
  return rank;
}

typedef struct Filler {
  float *next;
  int rank;
  size_t shape[ENG_TENSOR_RANK], index[ENG_TENSOR_RANK];
} Filler;

/* Raises with the place where the table differs: "hs.tensor: [1][0]: expected …". */
static void refuse(lua_State *L, const Filler *filler, int depth, const char *expected) {
  char place[ENG_TENSOR_RANK * 24 + 1] = "";
  size_t used = 0;
  for (int i = 0; i < depth; i++)
    used += (size_t)snprintf(place + used, sizeof place - used, "[%zu]", filler->index[i]);
  luaL_error(L, "hs.tensor: %s%s%s, found %s", place, depth ? ": " : "", expected, luaL_typename(L, -1));
}

static void check_level(lua_State *L, const Filler *filler, int depth) {
  char expected[64];
  size_t n = filler->shape[depth];
  snprintf(expected, sizeof expected, "expected a table of %zu", n);
  if (!lua_istable(L, -1)) refuse(L, filler, depth, expected);
  size_t found = (size_t)lua_rawlen(L, -1);
  if (found == n) return;
  lua_pushfstring(L, "%I", (lua_Integer)found);
  luaL_error(L, "hs.tensor: axis %d: expected %I values in every table, found %s", depth, (lua_Integer)n,
             lua_tostring(L, -1));
}

/* The value at the top, at that depth. */
static void fill(lua_State *L, Filler *filler, int depth) {
  if (depth == filler->rank) {
    if (lua_type(L, -1) != LUA_TNUMBER) refuse(L, filler, depth, "expected a number");
    *filler->next++ = (float)lua_tonumber(L, -1);
    return;
  }
  check_level(L, filler, depth);
  for (size_t i = 0; i < filler->shape[depth]; i++) {
    filler->index[depth] = i;
    lua_rawgeti(L, -1, (lua_Integer)i + 1);
    fill(L, filler, depth + 1);
    lua_pop(L, 1);
  }
}

int scr_tensor_from_table(lua_State *L) {
  lua_settop(L, 1);
  EngError err = {0};
  EngTensor *out = scr_new_tensor(L);
  const EngTensor *given = scr_test_tensor(L, 1);
  if (given) return eng_tensor_copy(out, given, &err) ? scr_return_tensor(L, out) : scr_raise(L, &err);
  if (!lua_istable(L, 1)) return luaL_typeerror(L, 1, "table of numbers");
  Filler filler = {0};
  lua_pushvalue(L, 1);
  filler.rank = find_shape(L, filler.shape);
  if (!eng_tensor_new(out, filler.rank, filler.shape, &err)) return scr_raise(L, &err);
  filler.next = out->data;
  fill(L, &filler, 0);
  lua_settop(L, 2);
  return scr_return_tensor(L, out);
}

/* hs.zeros(2, 3) or hs.zeros{2, 3} */
int scr_tensor_zeros(lua_State *L) {
  ptrdiff_t lengths[ENG_TENSOR_RANK];
  size_t shape[ENG_TENSOR_RANK];
  int rank = scr_check_shape(L, 1, lengths);
  if (rank == 0) return luaL_error(L, "hs.zeros: expected at least 1 length, found 0");
  for (int axis = 0; axis < rank; axis++) {
    if (lengths[axis] < 0)
      return luaL_error(L, "hs.zeros: expected 0 or more, found %I", (lua_Integer)lengths[axis]);
    shape[axis] = (size_t)lengths[axis];
  }
  EngError err = {0};
  EngTensor *out = scr_new_tensor(L);
  if (!eng_tensor_new(out, rank, shape, &err)) return scr_raise(L, &err);
  return scr_return_tensor(L, out);
}

enum { MOST = 1 << 24 }; /* whole numbers that a float holds */

/* hs.range(n): 0 … n-1 */
int scr_tensor_range(lua_State *L) {
  lua_Integer n = scr_integer(L, 1);
  if (n < 0 || n > MOST) return luaL_error(L, "hs.range: expected 0 to %d, found %I", MOST, n);
  EngError err = {0};
  EngTensor *out = scr_new_tensor(L);
  if (!eng_tensor_new(out, 1, (size_t[]){(size_t)n}, &err)) return scr_raise(L, &err);
  for (lua_Integer i = 0; i < n; i++) out->data[i] = (float)i;
  return scr_return_tensor(L, out);
}

/* hs.stack{t, u, …}: tensors of one shape, with a new first axis. */
int scr_tensor_stack(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  lua_Integer n = (lua_Integer)scr_list(L, 1, "stack");
  EngTensor *out = scr_new_tensor(L);
  const EngTensor **parts = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *parts, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, 1, i + 1);
    if (!scr_test_tensor(L, -1))
      return luaL_error(L, "stack: expected tensors, found %s at place %I", luaL_typename(L, -1), i + 1);
    parts[i] = scr_check_tensor(L, -1);
    lua_pop(L, 1);
  }
  EngError err = {0};
  if (!eng_tensor_stack(out, (size_t)n, parts, &err)) return scr_raise(L, &err);
  lua_settop(L, 2);
  return scr_return_tensor(L, out);
}

/* Pushes the axes from `depth` on of the tensor at 1 as tables; `at` is where they begin. A new table may run
 * finalizers, so the tensor is looked at again after it. */
static void push_level(lua_State *L, ptrdiff_t at, int depth) {
  size_t n = scr_check_tensor(L, 1)->shape[depth];
  luaL_checkstack(L, 3, "totable");
  if (n > INT_MAX)
    luaL_error(L, "totable: expected at most %d numbers on an axis, found %I", INT_MAX, (lua_Integer)n);
  lua_createtable(L, (int)n, 0);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  bool innermost = depth + 1 == tensor->rank;
  for (size_t i = 0; i < n; i++, at += tensor->stride[depth]) {
    if (innermost)
      lua_pushnumber(L, (lua_Number)tensor->data[at]);
    else
      push_level(L, at, depth + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* t:totable() → nested sequences; a number where there are no axes. */
static int totable(lua_State *L) {
  lua_settop(L, 1);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  if (tensor->rank == 0) return lua_pushnumber(L, (lua_Number)*tensor->data), 1;
  push_level(L, 0, 0);
  return 1;
}

const luaL_Reg scr_tensor_tables[] = {{"totable", totable}, {NULL, NULL}};
