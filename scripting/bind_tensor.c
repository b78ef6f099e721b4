/* The type: what a tensor's box is, how it is made and checked, its fields and its tables. */
#include "scripting/bind_tensor.h"

#include "scripting/box.h"
#include "scripting/check.h"
#include "scripting/tensor_box.h"

static void release(ScrBox *box) { eng_tensor_release(box->object); }

static ScrTensorBox *new_box(lua_State *L, int owner) {
  ScrTensorBox *box = (ScrTensorBox *)(void *)scr_box_new(L, &scr_tensor_type, owner);
  box->box.object = &box->tensor;
  return box;
}

EngTensor *scr_new_tensor(lua_State *L) { return &new_box(L, 0)->tensor; }

void scr_push_tensor(lua_State *L, EngTensor tensor, int owner, bool read_only) {
  ScrTensorBox *box = new_box(L, owner);
  box->tensor = eng_tensor_retain(tensor);
  box->read_only = read_only;
}

EngTensor *scr_new_view(lua_State *L, int arg) {
  const ScrTensorBox *source = (ScrTensorBox *)(void *)scr_box_check(L, arg, &scr_tensor_type);
  if (source->box.owner) lua_getiuservalue(L, arg, 1);
  ScrTensorBox *box = new_box(L, source->box.owner ? -1 : 0);
  if (source->box.owner) lua_remove(L, -2);
  box->read_only = source->read_only;
  return &box->tensor;
}

const EngTensor *scr_check_tensor(lua_State *L, int arg) { return scr_box_check(L, arg, &scr_tensor_type)->object; }

const EngTensor *scr_test_tensor(lua_State *L, int arg) {
  return scr_box_test(L, arg, &scr_tensor_type) ? scr_check_tensor(L, arg) : NULL;
}

EngTensor scr_check_operand(lua_State *L, int arg, float *number) {
  const EngTensor *tensor = scr_test_tensor(L, arg);
  if (tensor) return *tensor;
  if (lua_type(L, arg) != LUA_TNUMBER) luaL_typeerror(L, arg, "tensor or number");
  *number = (float)lua_tonumber(L, arg);
  return eng_tensor_view(number, 0, NULL);
}

int scr_check_axis(lua_State *L, int arg, const EngTensor *tensor) {
  return (int)scr_index(L, arg, (size_t)tensor->rank, "axis");
}

int scr_return_view(lua_State *L, const EngTensor *tensor) {
  if (tensor->rank == 0) lua_pushnumber(L, (lua_Number)*tensor->data);
  return 1;
}

int scr_return_tensor(lua_State *L, const EngTensor *tensor) {
  if (tensor->rank > 0) scr_account(L, eng_tensor_size(tensor) * sizeof(float));
  return scr_return_view(L, tensor);
}

/* --- Fields --- */

static int length(lua_State *L) {
  const EngTensor *tensor = scr_check_tensor(L, 1);
  if (tensor->rank == 0) return luaL_error(L, "length: expected at least 1 axis, found 0");
  lua_pushinteger(L, (lua_Integer)tensor->shape[0]);
  return 1;
}

/* t.shape: a new sequence each time. */
static int shape(lua_State *L) {
  lua_createtable(L, ENG_TENSOR_RANK, 0);
  const EngTensor *tensor = scr_check_tensor(L, 1);
  for (int axis = 0; axis < tensor->rank; axis++) {
    lua_pushinteger(L, (lua_Integer)tensor->shape[axis]);
    lua_rawseti(L, -2, axis + 1);
  }
  return 1;
}

/* (self, key): an index, or a field's name. */
static int field(lua_State *L) {
  if (lua_type(L, 2) == LUA_TNUMBER) return scr_tensor_index(L);
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_typeerror(L, 2, "integer or name");
  lua_pushliteral(L, "shape");
  if (lua_rawequal(L, 2, -1)) return shape(L);
  lua_pushliteral(L, "rank");
  if (!lua_rawequal(L, 2, -1)) return lua_pushnil(L), 1;
  lua_pushinteger(L, scr_check_tensor(L, 1)->rank);
  return 1;
}

/* --- Tables --- */

static const luaL_Reg functions[] = {
    {"tensor", scr_tensor_from_table}, {"zeros", scr_tensor_zeros},
    {"range", scr_tensor_range},       {"stack", scr_tensor_stack},
    {"where", scr_tensor_where},       {"tensors", scr_tensor_file},
    {"save_tensors", scr_tensor_save}, {NULL, NULL},
};

static const luaL_Reg metamethods[] = {
    {"__len", length},
    {"__tostring", scr_tensor_tostring},
    {NULL, NULL},
};

static const luaL_Reg *const methods[] = {scr_tensor_maths, scr_tensor_lines, scr_tensor_tables};

const ScrType scr_tensor_type = {
    .name = "tensor",
    .size = sizeof(ScrTensorBox),
    .methods = scr_tensor_views,
    .metamethods = metamethods,
    .field = field,
    .release = release,
    .borrows = true,
};

void scr_bind_tensor(lua_State *L) {
  scr_box_register(L, &scr_tensor_type);
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    scr_box_add_methods(L, &scr_tensor_type, methods[i]);
  lua_rawgetp(L, LUA_REGISTRYINDEX, &scr_tensor_type);
  luaL_setfuncs(L, scr_tensor_operators, 0);
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}
