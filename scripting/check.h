/* Arguments as Lua gives them, checked without coercion: indices that count from 0, and tables of options. */
#ifndef SCRIPTING_CHECK_H
#define SCRIPTING_CHECK_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

/* A whole number; a string or a fraction is a type error. */
lua_Integer scr_integer(lua_State *L, int arg);

/* A string that names something, so without NUL bytes: what comes after one would be ignored silently. */
const char *scr_name(lua_State *L, int arg);

/* The length of the list at `index`; a table with other keys than 1 … n is an error that calls it `what`. */
size_t scr_list(lua_State *L, int index, const char *what);

/* An index into `n` things, from 0, negative from the end; returns 0 … n-1. The error calls it `what` and
 * names the valid range: "layer 7: expected 0 to 5 (or -6 to -1)". */
size_t scr_index(lua_State *L, int arg, size_t n, const char *what);

/* The same for a bound that may also be `n` itself, as the end of a slice may. */
size_t scr_bound(lua_State *L, int arg, size_t n, const char *what);

/* Options are one table, or nothing at all. Raises for another type, and for a key that is not among
 * `names` (which NULL ends) with the key and the known ones. */
void scr_options(lua_State *L, int arg, const char *const *names);

/* Pushes an option's value; where it is absent pushes nothing and returns false. */
bool scr_option(lua_State *L, int arg, const char *name);

/* Options by type; another type is an error that names the option. The string (NULL where absent) lives as
 * long as the table holds it; `length` may be NULL. */
bool scr_option_boolean(lua_State *L, int arg, const char *name, bool fallback);
lua_Integer scr_option_integer(lua_State *L, int arg, const char *name, lua_Integer fallback);
lua_Number scr_option_number(lua_State *L, int arg, const char *name, lua_Number fallback);
const char *scr_option_string(lua_State *L, int arg, const char *name, size_t *length);

#endif
