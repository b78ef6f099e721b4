/* Which files a script may name: all of them, or, in a sandbox, those in its folders. Links are followed first. */
#ifndef SCRIPTING_ALLOWED_H
#define SCRIPTING_ALLOWED_H

#include <lua.h>
#include <stdbool.h>

/* From now on the state's scripts may only read what is in `home`'s scripts/ and models/, and read and write what
 * is in `folders` ("a:b"; NULL: none). Pushes nothing; may raise, also for a folder that is none. */
void scr_allow_only(lua_State *L, const char *home, const char *folders);

/* The same folders as templates for package.path ("DIR/?.lua;DIR/?/init.lua;…"): pushes one string. */
void scr_push_allowed_path(lua_State *L);

/* The argument as a file's or folder's name (scr_name) that the script may read, or write; raises otherwise. */
const char *scr_file_to_read(lua_State *L, int arg);
const char *scr_file_to_write(lua_State *L, int arg);

/* Whether it may name all files. */
bool scr_may_read_all(lua_State *L);
/* Whether it may read a file or folder of this name, there or not. */
bool scr_may_read(lua_State *L, const char *path);

/* Whether it may read a folder that C has found, such as a model's, and all that lies right in it: links in it do
 * not lead out. */
bool scr_may_read_in(lua_State *L, const char *folder);

#endif
