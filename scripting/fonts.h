/* Where the machine keeps its fonts, for characters that the fonts of the program lack. */
#ifndef SCRIPTING_FONTS_H
#define SCRIPTING_FONTS_H

#include "render/text.h"

/* Folders, separated by ':' (malloc'ed): what HEADSCOPE_FONTS says, "" for none, else the usual ones. NULL
 * when memory is short. */
char *scr_fonts_folders(void);

/* The program's fonts, which lie in fonts/ of `home`, and behind them the machine's: the same as every window has.
 * NULL and an error where they cannot be opened. */
RenText *scr_fonts_open(const char *home, EngError *err);

#endif
