/* Files of token classes: Lua tables of names with words and patterns. */
#ifndef SCRIPTING_CLASSES_H
#define SCRIPTING_CLASSES_H

#include "engine/source.h"
#include "render/classes.h"

/* The tokens of a source (of a derived one, its base's) by the classes of a file; "default" is the one that ships
 * in `home`. The file is data from outside: it runs without libraries, within bounds of time and memory, and every
 * entry of it is checked. NULL and an error that names the entry; ren_classes_free is the caller's. */
RenClasses *scr_classes_mark(const char *home, const char *file, EngSource *source, EngError *err);

#endif
