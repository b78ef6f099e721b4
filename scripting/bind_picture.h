/* Pictures in Lua. */
#ifndef SCRIPTING_BIND_PICTURE_H
#define SCRIPTING_BIND_PICTURE_H

#include "render/raster.h"

#include <lua.h>

/* Adds hs.picture to the module's table on top of the stack. */
void scr_bind_picture(lua_State *L);

/* Pushes pixels as a tensor [height, width, 3], 0 to 255. Returns 1; raises when memory is short. `pixels`
 * must belong to something that stays when this raises. */
int scr_push_pixels(lua_State *L, const RenPixels *pixels);

#endif
