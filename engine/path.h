/* Paths: joined, asked for. Everything returned is malloc'ed and the caller's; NULL when memory is short. */
#ifndef ENGINE_PATH_H
#define ENGINE_PATH_H

#include <stdbool.h>
#include <stddef.h>

char *eng_path_join(const char *folder, const char *name);
char *eng_path_expand(const char *path); /* "~" at its start, alone or before a slash, is HOME */
char *eng_path_cache(const char *name);  /* in XDG_CACHE_HOME, or in ~/.cache; NULL without a home, too */
char *eng_path_base(const char *path);   /* the last part, trailing slashes left out; "." made real */
/* The folders above a file, as far as they are missing; what goes wrong shows when the file is written. */
void eng_path_make_folders(const char *file, unsigned mode);
bool eng_path_exists(const char *path);
bool eng_path_is_file(const char *path); /* links are followed */
bool eng_path_is_folder(const char *path);

/* Whether the name is "FILE:LINE" of a file that is there: the bytes of FILE's path and the line, from 1. */
bool eng_path_line(const char *name, size_t *length, size_t *line);

#endif
