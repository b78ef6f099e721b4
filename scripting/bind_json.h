/* hs.json: values of Lua as JSON text and back.
 *
 * null is hs.json.null; an array is a sequence, an object a table with string keys. An empty table is an
 * empty array, unless hs.json.object(t) marked it (decode marks the empty objects that it finds). */
#ifndef SCRIPTING_BIND_JSON_H
#define SCRIPTING_BIND_JSON_H

#include <lua.h>
#include <stdbool.h>

enum { SCR_JSON_DEPTH = 256 }; /* levels of tables that are written and read */

/* Adds the table `json` to the module's table on top of the stack. */
void scr_bind_json(lua_State *L);

/* hs.json.encode(value) → text. Integers stay integers; a float gets the fewest digits that read back as the
 * same number; a tensor is nested arrays; keys are sorted. Raises for what JSON lacks: NaN, infinities,
 * functions, text that is no UTF-8, mixed keys, a table inside itself. */
int scr_json_encode(lua_State *L);

/* hs.json.decode(text) → value, or nil, message. */
int scr_json_decode(lua_State *L);

/* Once in a state; then marks the table at `index` as an object, and tells whether one is marked. */
void scr_json_new_mark(lua_State *L);
void scr_json_mark_object(lua_State *L, int index);
bool scr_json_is_object(lua_State *L, int index);

#endif
