/* Elements and views of a tensor: nothing here copies numbers but `contiguous`, and `reshape` where it must. */
#include "scripting/check.h"
#include "scripting/tensor_box.h"

#include "engine/tensor_ops.h"

#include <stdio.h>

/* Narrows the tensor by one index of its first axis, given at `arg`; `axis` names that axis in errors. */
static EngTensor narrow(lua_State *L, EngTensor tensor, int arg, int axis) {
  char what[32];
  snprintf(what, sizeof what, "axis %d: index", axis);
  return eng_tensor_select(tensor, 0, scr_index(L, arg, tensor.shape[0], what));
}

/* The first `n` arguments after the tensor as indices of its first axes. */
static EngTensor narrow_all(lua_State *L, EngTensor tensor, int n) {
  if (n > tensor.rank) luaL_error(L, "expected at most %d indices, found %d", tensor.rank, n);
  for (int i = 0; i < n; i++) tensor = narrow(L, tensor, i + 2, i);
  return tensor;
}

/* t:at(i, j, …): a number, or with fewer indices than axes a view. */
static int at(lua_State *L) {
  int n = lua_gettop(L) - 1;
  const EngTensor *tensor = scr_check_tensor(L, 1);
  if (n == tensor->rank) {
    EngTensor element = narrow_all(L, *tensor, n);
    lua_pushnumber(L, (lua_Number)*element.data);
    return 1;
  }
  EngTensor *view = scr_new_view(L, 1);
  *view = eng_tensor_retain(narrow_all(L, *scr_check_tensor(L, 1), n));
  return 1;
}

int scr_tensor_index(lua_State *L) {
  if (scr_check_tensor(L, 1)->rank == 0) return luaL_error(L, "index: expected at least 1 axis, found 0");
  return at(L);
}

/* t:set(i, j, …, value) */
static int set(lua_State *L) {
  int n = lua_gettop(L) - 2;
  const EngTensor *tensor = scr_check_tensor(L, 1);
  const ScrTensorBox *box = lua_touserdata(L, 1);
  if (box->read_only) return luaL_error(L, "tensor is read-only");
  if (n != tensor->rank)
    return luaL_error(L, "set: expected %d indices and a number, found %d values", tensor->rank, n + 1);
  if (lua_type(L, n + 2) != LUA_TNUMBER) return luaL_typeerror(L, n + 2, "number");
  *narrow_all(L, *tensor, n).data = (float)lua_tonumber(L, n + 2);
  return 0;
}

/* t:slice(axis, from, to), `to` excluded; without it, to the end. */
static int slice(lua_State *L) {
  lua_settop(L, 4);
  EngTensor *view = scr_new_view(L, 1);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  int axis = scr_check_axis(L, 2, tensor);
  size_t n = tensor->shape[axis], from = scr_bound(L, 3, n, "slice: from");
  size_t to = lua_isnil(L, 4) ? n : scr_bound(L, 4, n, "slice: to");
  if (from > to)
    return luaL_error(L, "slice: expected from <= to, found %I and %I", (lua_Integer)from, (lua_Integer)to);
  *view = eng_tensor_retain(eng_tensor_slice(*tensor, axis, from, to));
  return 1;
}

/* t:select(axis, i) */
static int select_index(lua_State *L) {
  lua_settop(L, 3);
  EngTensor *view = scr_new_view(L, 1);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  int axis = scr_check_axis(L, 2, tensor);
  size_t i = scr_index(L, 3, tensor->shape[axis], "select: index");
  *view = eng_tensor_retain(eng_tensor_select(*tensor, axis, i));
  return scr_return_view(L, view);
}

/* t:transpose(a, b); without them the last two axes. */
static int transpose(lua_State *L) {
  lua_settop(L, 3);
  EngTensor *view = scr_new_view(L, 1);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  bool last_two = lua_isnil(L, 2) && lua_isnil(L, 3);
  if (last_two && tensor->rank < 2)
    return luaL_error(L, "transpose: expected at least 2 axes, found %d", tensor->rank);
  int a = last_two ? tensor->rank - 2 : scr_check_axis(L, 2, tensor);
  int b = last_two ? tensor->rank - 1 : scr_check_axis(L, 3, tensor);
  *view = eng_tensor_retain(eng_tensor_transpose(*tensor, a, b));
  return 1;
}

/* t:diagonal(offset) over the last two axes; offset -1 lies below the main one, which is 0. */
static int diagonal(lua_State *L) {
  lua_settop(L, 2);
  EngTensor *view = scr_new_view(L, 1), found;
  const EngTensor *tensor = scr_check_tensor(L, 1);
  lua_Integer offset = lua_isnil(L, 2) ? 0 : scr_integer(L, 2);
  EngError err = {0};
  if (!eng_tensor_diagonal(&found, *tensor, (ptrdiff_t)offset, &err)) return scr_raise(L, &err);
  *view = eng_tensor_retain(found);
  return 1;
}

/* t:contiguous(): the tensor itself where it is so already. */
static int contiguous(lua_State *L) {
  lua_settop(L, 1);
  if (eng_tensor_is_contiguous(scr_check_tensor(L, 1))) return 1;
  EngError err = {0};
  EngTensor *out = scr_new_tensor(L);
  if (!eng_tensor_copy(out, scr_check_tensor(L, 1), &err)) return scr_raise(L, &err);
  scr_account(L, eng_tensor_size(out) * sizeof(float));
  return 1;
}

static ptrdiff_t check_length(lua_State *L, int index) {
  int is_integer = 0;
  lua_Integer length = lua_tointegerx(L, index, &is_integer);
  if (!is_integer || lua_type(L, index) != LUA_TNUMBER)
    luaL_error(L, "shape: expected integers, found %s", luaL_typename(L, index));
  return (ptrdiff_t)length;
}

int scr_check_shape(lua_State *L, int arg, ptrdiff_t *shape) {
  bool is_table = lua_istable(L, arg);
  lua_Unsigned n = is_table ? lua_rawlen(L, arg) : (lua_Unsigned)(lua_gettop(L) - arg + 1);
  if (n > ENG_TENSOR_RANK)
    luaL_error(L, "shape: expected at most %d axes, found %I", ENG_TENSOR_RANK, (lua_Integer)n);
  for (int i = 0; i < (int)n; i++) {
    if (is_table)
      lua_rawgeti(L, arg, i + 1);
    else
      lua_pushvalue(L, arg + i);
    shape[i] = check_length(L, -1);
    lua_pop(L, 1);
  }
  return (int)n;
}

/* t:reshape(2, -1) or t:reshape{2, -1} */
static int reshape(lua_State *L) {
  ptrdiff_t lengths[ENG_TENSOR_RANK];
  int rank = scr_check_shape(L, 2, lengths);
  lua_settop(L, 1);
  contiguous(L);
  EngTensor *view = scr_new_view(L, -1), reshaped;
  EngError err = {0};
  if (!eng_tensor_reshape(&reshaped, *scr_check_tensor(L, -2), rank, lengths, &err)) return scr_raise(L, &err);
  *view = eng_tensor_retain(reshaped);
  return 1;
}

const luaL_Reg scr_tensor_views[] = {
    {"at", at},
    {"set", set},
    {"slice", slice},
    {"select", select_index},
    {"transpose", transpose},
    {"diagonal", diagonal},
    {"reshape", reshape},
    {"contiguous", contiguous},
    {NULL, NULL},
};
