/* Text that grows, outside of Lua's memory but owned by a box on the stack: it may be added to while other
 * values come and go above it, which luaL_Buffer does not allow, and it runs no finalizers. */
#ifndef SCRIPTING_GROWING_H
#define SCRIPTING_GROWING_H

#include <lua.h>
#include <stddef.h>

typedef struct ScrGrowing ScrGrowing;

ScrGrowing *scr_new_growing(lua_State *L); /* pushes an empty one */

/* Both raise when memory is short. */
void scr_growing_add(lua_State *L, ScrGrowing *text, const char *bytes, size_t n);
void scr_growing_add_text(lua_State *L, ScrGrowing *text, const char *bytes); /* up to its NUL */

/* Pushes what it holds as a string, and frees it. */
void scr_growing_push(lua_State *L, ScrGrowing *text);

#endif
