/* A string as JSON writes it. */
#ifndef SCRIPTING_JSON_TEXT_H
#define SCRIPTING_JSON_TEXT_H

#include "scripting/growing.h"

/* Adds the text in quotes. Raises for what is no UTF-8, with the offset of its first byte. */
void scr_json_add_text(lua_State *L, ScrGrowing *out, const char *text, size_t size);

#endif
