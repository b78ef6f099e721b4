/* Font files found on the machine, for characters that the shipped fonts lack. Folders are walked once, at
 * the first question. */
#ifndef RENDER_FONT_FILES_H
#define RENDER_FONT_FILES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct RenFontFiles { /* zeroed: no files */
  char *folders;              /* separated by ':'; NULL: none, or walked already */
  char **paths;
  int n, capacity;
} RenFontFiles;

/* Takes a copy of the folders' names; false when memory is short. */
bool ren_font_files_set(RenFontFiles *files, const char *folders);
void ren_font_files_free(RenFontFiles *files);

/* The number of the file of a font, such as "NotoSansThai", whatever its version is called
 * (NotoSansThai-Regular.ttf, NotoSansThai[wdth,wght].ttf, …); -1 where there is none. */
int ren_font_files_find(RenFontFiles *files, const char *name);

#endif
