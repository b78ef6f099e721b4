/* Folders, for scripts. */
#ifndef SCRIPTING_BIND_FILES_H
#define SCRIPTING_BIND_FILES_H

#include <lua.h>

/* Adds hs.files and hs.make_folder to the module's table on top of the stack. */
void scr_bind_files(lua_State *L);

#endif
