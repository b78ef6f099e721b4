/* A C object as Lua holds it: a userdata box around a pointer; NULL means closed.
 *
 * The box comes first and empty, with its metatable; only then is the object acquired and put in, so that no
 * failed allocation of Lua's leaks it:
 *
 *   ScrBox *box = scr_box_new(L, &run_type, 1);
 *   box->object = eng_run_new(…, &err);
 *   if (!box->object) return scr_raise(L, &err);
 *   return 1;
 *
 * Nothing that must be freed is held across a call into Lua that can raise. */
#ifndef SCRIPTING_BOX_H
#define SCRIPTING_BOX_H

#include "engine/error.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct ScrBox ScrBox;

/* What a kind of object is to Lua; one constant a type. */
typedef struct ScrType {
  const char *name;             /* "run": what messages call it */
  size_t size;                  /* of its box: a ScrBox, or a struct that begins with one */
  const luaL_Reg *methods;      /* without `close`, which every type gets */
  const luaL_Reg *metamethods;  /* may be NULL; __gc, __close, __index and __tostring are there already */
  const luaL_Reg *fields;       /* computed when they are read, each from (self); may be NULL */
  lua_CFunction field;          /* (self, key) → one value, for a key that is neither; NULL: always nil */
  void (*release)(ScrBox *box); /* gives back box->object, which is not NULL; called once */
  bool borrows;                 /* its memory is its owner's: once that is closed, this is, too */
} ScrType;

struct ScrBox {
  void *object; /* NULL: closed */
  const ScrType *type;
  const ScrBox *owner; /* kept alive by user value 1; NULL: none */
};

/* The names that a value of any of our types answers to: pushes its table of methods, and returns its fields (NULL
 * for none); false, with nothing pushed, for any other value. */
bool scr_box_names(lua_State *L, int arg, const luaL_Reg **fields);

/* Makes the type's metatable; must run once in a state before the first box. */
void scr_box_register(lua_State *L, const ScrType *type);

/* Adds methods from a second list to a registered type. */
void scr_box_add_methods(lua_State *L, const ScrType *type, const luaL_Reg *methods);

/* Pushes a closed box. `owner` is the stack index of a box that it keeps alive, 0 for none. */
ScrBox *scr_box_new(lua_State *L, const ScrType *type, int owner);

/* The box at `arg` when it is of that type, closed or not, else NULL. Raises nothing. */
ScrBox *scr_box_test(lua_State *L, int arg, const ScrType *type);

/* The open box at `arg`; raises "run is closed", "run of this tensor is closed", or a type error. */
ScrBox *scr_box_check(lua_State *L, int arg, const ScrType *type);

/* Whether the object can be used: neither it nor, where it borrows, its owner is closed. */
bool scr_box_is_open(const ScrBox *box);

/* Gives the object back now, as `:close()` does; twice is harmless. */
void scr_box_close(ScrBox *box);

/* Raises what the engine reported. Never returns; the type lets one write `return scr_raise(…)`. */
int scr_raise(lua_State *L, const EngError *err);

/* nil, message: for failures that are the world's fault. Returns 2. */
int scr_fail(lua_State *L, const EngError *err);

/* Tells the collector about memory outside of Lua that a new object holds. May run finalizers. */
void scr_account(lua_State *L, size_t bytes);

#endif
