/* A type's metatable lies in the registry under the address of its ScrType, so that looking it up needs
 * neither a name nor memory. Metamethods that serve every type find theirs in an upvalue. */
#include "scripting/box.h"

#include <string.h>

static ScrBox *check_type(lua_State *L, int arg, const ScrType *type) {
  ScrBox *box = scr_box_test(L, arg, type);
  if (!box) luaL_typeerror(L, arg, type->name);
  return box;
}

static const ScrType *upvalue_type(lua_State *L) { return lua_touserdata(L, lua_upvalueindex(1)); }

/* (self): __gc, __close and :close() */
static int box_close(lua_State *L) {
  scr_box_close(check_type(L, 1, upvalue_type(L)));
  return 0;
}

/* Lists are short, so they are searched as they stand. */
static lua_CFunction find_field(lua_State *L, const luaL_Reg *fields) {
  const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
  for (; fields && fields->name; fields++)
    if (strcmp(fields->name, key) == 0) return fields->func;
  return NULL;
}

/* (self, key); upvalue 2 is the table of methods */
static int box_index(lua_State *L) {
  const ScrType *type = upvalue_type(L);
  check_type(L, 1, type);
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
  lua_CFunction field = find_field(L, type->fields);
  if (!field) field = type->field;
  if (!field) return 1;
  lua_settop(L, 2);
  return field(L);
}

bool scr_box_names(lua_State *L, int arg, const luaL_Reg **fields) {
  int top = lua_gettop(L);
  if (lua_type(L, arg) != LUA_TUSERDATA || !lua_getmetatable(L, arg)) return false;
  lua_pushliteral(L, "__index");
  if (lua_rawget(L, -2) != LUA_TFUNCTION || lua_tocfunction(L, -1) != box_index) return lua_settop(L, top), false;
  lua_getupvalue(L, -1, 1);
  const ScrType *type = lua_touserdata(L, -1);
  *fields = type->fields;
  lua_getupvalue(L, -2, 2);
  lua_replace(L, top + 1);
  lua_settop(L, top + 1);
  return true;
}

static int box_tostring(lua_State *L) {
  const ScrBox *box = check_type(L, 1, upvalue_type(L));
  lua_pushfstring(L, scr_box_is_open(box) ? "%s: %p" : "%s: %p (closed)", box->type->name, (const void *)box);
  return 1;
}

/* Sets `name` of the table on top to a function with the type as its upvalue. */
static void set_typed(lua_State *L, const char *name, lua_CFunction function, const ScrType *type) {
  lua_pushlightuserdata(L, (void *)type);
  lua_pushcclosure(L, function, 1);
  lua_setfield(L, -2, name);
}

static void set_index(lua_State *L, const ScrType *type) {
  lua_pushlightuserdata(L, (void *)type);
  lua_newtable(L);
  if (type->methods) luaL_setfuncs(L, type->methods, 0);
  set_typed(L, "close", box_close, type);
  lua_pushcclosure(L, box_index, 2);
  lua_setfield(L, -2, "__index");
}

void scr_box_register(lua_State *L, const ScrType *type) {
  lua_newtable(L);
  lua_pushstring(L, type->name);
  lua_setfield(L, -2, "__name");
  lua_pushstring(L, type->name); /* scripts see a name instead of the metatable */
  lua_setfield(L, -2, "__metatable");
  set_typed(L, "__gc", box_close, type);
  set_typed(L, "__close", box_close, type);
  set_typed(L, "__tostring", box_tostring, type);
  set_index(L, type);
  if (type->metamethods) luaL_setfuncs(L, type->metamethods, 0);
  lua_rawsetp(L, LUA_REGISTRYINDEX, type);
}

void scr_box_add_methods(lua_State *L, const ScrType *type, const luaL_Reg *methods) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, type);
  lua_getfield(L, -1, "__index");
  lua_getupvalue(L, -1, 2);
  luaL_setfuncs(L, methods, 0);
  lua_pop(L, 3);
}

ScrBox *scr_box_new(lua_State *L, const ScrType *type, int owner) {
  if (owner) owner = lua_absindex(L, owner);
  luaL_checkstack(L, 3, type->name);
  ScrBox *box = memset(lua_newuserdatauv(L, type->size, 1), 0, type->size);
  box->type = type;
  if (owner) {
    box->owner = lua_touserdata(L, owner);
    lua_pushvalue(L, owner);
    lua_setiuservalue(L, -2, 1);
  }
  lua_rawgetp(L, LUA_REGISTRYINDEX, type);
  lua_setmetatable(L, -2);
  return box;
}

ScrBox *scr_box_test(lua_State *L, int arg, const ScrType *type) {
  ScrBox *box = lua_touserdata(L, arg);
  if (!box || !lua_getmetatable(L, arg)) return NULL;
  lua_rawgetp(L, LUA_REGISTRYINDEX, type);
  bool same = lua_rawequal(L, -1, -2);
  lua_pop(L, 2);
  return same ? box : NULL;
}

bool scr_box_is_open(const ScrBox *box) {
  return box->object && !(box->type->borrows && box->owner && !scr_box_is_open(box->owner));
}

ScrBox *scr_box_check(lua_State *L, int arg, const ScrType *type) {
  ScrBox *box = check_type(L, arg, type);
  if (!box->object) luaL_error(L, "%s is closed", type->name);
  if (!scr_box_is_open(box)) luaL_error(L, "%s of this %s is closed", box->owner->type->name, type->name);
  return box;
}

void scr_box_close(ScrBox *box) {
  if (box->object) box->type->release(box);
  box->object = NULL;
}

int scr_raise(lua_State *L, const EngError *err) { return luaL_error(L, "%s", err->message); }

int scr_fail(lua_State *L, const EngError *err) {
  luaL_pushfail(L);
  lua_pushstring(L, err->message);
  return 2;
}

void scr_account(lua_State *L, size_t bytes) {
  size_t kilobytes = bytes / 1024, most = 1 << 20;
  if (kilobytes > 0) lua_gc(L, LUA_GCSTEP, (int)(kilobytes < most ? kilobytes : most));
}
