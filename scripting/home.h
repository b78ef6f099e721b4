/* Where the program's own files are: the folder that holds scripts/, fonts/ and models/. */
#ifndef SCRIPTING_HOME_H
#define SCRIPTING_HOME_H

#include "engine/error.h"

/* HEADSCOPE_HOME where it is set; else the folder beside the build, else share/headscope of the install
 * prefix. Returns a malloc'ed path, or NULL and an error that lists where it looked. */
char *scr_home_find(EngError *err);

/* The same for something else than the program: a Lua module in a build, or in lib/lua/5.4 of a prefix. */
char *scr_home_of(const char *file, EngError *err);

#endif
