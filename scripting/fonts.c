/* The user's own fonts go before those of the machine. */
#include "scripting/fonts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MACHINE "/usr/local/share/fonts:/usr/share/fonts"

char *scr_fonts_folders(void) {
  const char *set = getenv("HEADSCOPE_FONTS"), *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME");
  if (set) return strdup(set);
  char *folders = NULL;
  int length = 0;
  if (data && *data)
    length = asprintf(&folders, "%s/fonts:%s%s" MACHINE, data, home ? home : "", home ? "/.fonts:" : "");
  else if (home && *home)
    length = asprintf(&folders, "%s/.local/share/fonts:%s/.fonts:" MACHINE, home, home);
  else
    return strdup(MACHINE);
  return length < 0 ? NULL : folders;
}

RenText *scr_fonts_open(const char *home, EngError *err) {
  char shipped[4096];
  snprintf(shipped, sizeof shipped, "%s/fonts", home);
  RenText *text = ren_text_open(shipped, err);
  char *folders = text ? scr_fonts_folders() : NULL;
  bool ok = folders && ren_text_search(text, folders);
  free(folders);
  if (ok || !text) return text;
  eng_error_memory(err, NULL, "fonts");
  ren_text_close(text);
  return NULL;
}
