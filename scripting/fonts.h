/* Where the machine keeps its fonts, for characters that the fonts of the program lack. */
#ifndef SCRIPTING_FONTS_H
#define SCRIPTING_FONTS_H

/* Folders, separated by ':' (malloc'ed): what HEADSCOPE_FONTS says, "" for none, else the usual ones. NULL
 * when memory is short. */
char *scr_fonts_folders(void);

#endif
