/* What works along one axis, or over all numbers where none is given. */
#include "scripting/check.h"
#include "scripting/tensor_box.h"

#include "engine/tensor_ops.h"

#include <math.h>

/* Places are integers for Lua, everything else a float. */
static int push_number(lua_State *L, EngReduce op, double value) {
  if ((op == ENG_ARGMAX || op == ENG_ARGMIN) && value >= 0)
    lua_pushinteger(L, (lua_Integer)value);
  else
    lua_pushnumber(L, value);
  return 1;
}

/* t:sum() → number; t:sum(axis) → tensor; t:sum(axis, true) keeps the axis, with length 1. */
static int reduce(lua_State *L, EngReduce op) {
  lua_settop(L, 3);
  EngError err = {0};
  double value = 0;
  if (lua_isnil(L, 2)) {
    if (!eng_tensor_reduce_all(&value, op, scr_check_tensor(L, 1), &err)) return scr_raise(L, &err);
    return push_number(L, op, value);
  }
  EngTensor *out = scr_new_tensor(L);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  int axis = scr_check_axis(L, 2, tensor);
  if (!eng_tensor_reduce(out, op, tensor, axis, &err)) return scr_raise(L, &err);
  if (lua_toboolean(L, 3)) *out = eng_tensor_insert_axis(*out, axis);
  if (out->rank == 0) return push_number(L, op, (double)*out->data);
  return scr_return_tensor(L, out);
}

static int sum(lua_State *L) { return reduce(L, ENG_SUM); }
static int mean(lua_State *L) { return reduce(L, ENG_MEAN); }
static int max(lua_State *L) { return reduce(L, ENG_MAX); }
static int min(lua_State *L) { return reduce(L, ENG_MIN); }
static int argmax(lua_State *L) { return reduce(L, ENG_ARGMAX); }
static int argmin(lua_State *L) { return reduce(L, ENG_ARGMIN); }
static int std_of(lua_State *L) { return reduce(L, ENG_STD); }
static int norm(lua_State *L) { return reduce(L, ENG_NORM); }
static int entropy(lua_State *L) { return reduce(L, ENG_ENTROPY); }
static int median(lua_State *L) { return reduce(L, ENG_MEDIAN); }

/* All numbers as one line; the result has the operand's shape again. */
static bool softmax_all(EngTensor *out, const EngTensor *tensor, EngError *err) {
  EngTensor flat, line;
  if (!eng_tensor_flat(&flat, tensor, err)) return false;
  bool ok = eng_tensor_softmax(&line, &flat, 0, err);
  eng_tensor_release(&flat);
  if (!ok) return false;
  *out = eng_tensor_view(line.data, tensor->rank, tensor->shape);
  out->buffer = line.buffer;
  return true;
}

static int softmax(lua_State *L) {
  lua_settop(L, 2);
  EngTensor *out = scr_new_tensor(L);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  EngError err = {0};
  bool ok = lua_isnil(L, 2) ? softmax_all(out, tensor, &err)
                            : eng_tensor_softmax(out, tensor, scr_check_axis(L, 2, tensor), &err);
  return ok ? scr_return_tensor(L, out) : scr_raise(L, &err);
}

/* t:correlation(other) → number; t:correlation(other, axis) → tensor. */
static int correlation(lua_State *L) {
  lua_settop(L, 3);
  EngTensor *out = scr_new_tensor(L);
  const EngTensor *a = scr_check_tensor(L, 1), *b = scr_check_tensor(L, 2);
  EngError err = {0};
  double value = 0;
  if (lua_isnil(L, 3)) {
    if (!eng_tensor_correlation_all(&value, a, b, &err)) return scr_raise(L, &err);
    lua_pushnumber(L, value);
    return 1;
  }
  int axis = scr_check_axis(L, 3, a->rank >= b->rank ? a : b);
  if (!eng_tensor_correlation(out, a, b, axis, &err)) return scr_raise(L, &err);
  return scr_return_tensor(L, out);
}

/* Returns the two tensors on top of the stack. */
static int return_both(lua_State *L, const EngTensor *values) {
  scr_account(L, 2 * eng_tensor_size(values) * sizeof(float));
  return 2;
}

/* t:sort(axis, descending) → values, indices; the last axis where none is given. */
static int sort(lua_State *L) {
  lua_settop(L, 3);
  EngTensor *values = scr_new_tensor(L), *indices = scr_new_tensor(L);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  if (tensor->rank == 0) return luaL_error(L, "sort: expected at least 1 axis, found 0");
  int axis = lua_isnil(L, 2) ? tensor->rank - 1 : scr_check_axis(L, 2, tensor);
  EngError err = {0};
  if (!eng_tensor_sort(values, indices, tensor, axis, lua_toboolean(L, 3), &err)) return scr_raise(L, &err);
  return return_both(L, values);
}

/* t:topk(k) → values, indices, along the last axis. */
static int topk(lua_State *L) {
  lua_settop(L, 2);
  EngTensor *values = scr_new_tensor(L), *indices = scr_new_tensor(L);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  lua_Integer k = scr_integer(L, 2);
  EngError err = {0};
  if (k < 0) return luaL_error(L, "topk: k: expected 0 or more, found %I", k);
  if (!eng_tensor_topk(values, indices, tensor, (size_t)k, &err)) return scr_raise(L, &err);
  return return_both(L, values);
}

/* Bounds from `arg` on, both included; nil is none. */
static EngRange check_range(lua_State *L, int arg) {
  return (EngRange){lua_isnil(L, arg) ? -HUGE_VAL : luaL_checknumber(L, arg),
                    lua_isnil(L, arg + 1) ? HUGE_VAL : luaL_checknumber(L, arg + 1)};
}

/* t:places(from, to, near, far) → indices [n, rank], numbers [n]. */
static int places(lua_State *L) {
  lua_settop(L, 5);
  EngRange range = check_range(L, 2), distance = check_range(L, 4);
  EngTensor *found = scr_new_tensor(L), *values = scr_new_tensor(L);
  EngError err = {0};
  if (!eng_tensor_places(found, values, scr_check_tensor(L, 1), range, distance, &err)) return scr_raise(L, &err);
  return return_both(L, found);
}

const luaL_Reg scr_tensor_lines[] = {
    {"sum", sum},         {"mean", mean},  {"max", max},   {"min", min},         {"argmax", argmax},
    {"argmin", argmin},   {"std", std_of}, {"norm", norm}, {"entropy", entropy}, {"median", median},
    {"softmax", softmax}, {"sort", sort},  {"topk", topk}, {"places", places},   {"correlation", correlation},
    {NULL, NULL},
};
