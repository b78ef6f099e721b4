/* How a path could go on as it is typed: what lies in its folder and begins as its last part does, folders
 * first. Hidden ones only where that part begins with a dot; "~" at its start is HOME. */
#ifndef RENDER_PATHS_H
#define RENDER_PATHS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum RenPathKind { REN_PATH_FOLDER, REN_PATH_FILE, REN_PATH_MODEL } RenPathKind;

typedef struct RenPathEntry {
  char *name;
  RenPathKind kind; /* a model is known by its name alone */
} RenPathEntry;

typedef struct RenPaths { /* zeroed: empty */
  RenPathEntry *entries;
  size_t n;
} RenPaths;

/* Replaces what was listed. A folder that cannot be read has nothing in it. */
void ren_paths_list(RenPaths *paths, const char *typed);
/* In front of the others, in the order of the calls. */
void ren_paths_add_model(RenPaths *paths, const char *name);
void ren_paths_clear(RenPaths *paths);

/* Where the last part of a path begins. */
size_t ren_paths_last(const char *typed);
/* The typed path with an entry in the place of its last part: malloc'ed, a folder with a slash behind it. */
char *ren_paths_take(const char *typed, const RenPathEntry *entry);
/* The typed path as far as all entries agree on how it goes on, malloc'ed; NULL where nothing is listed. */
char *ren_paths_complete(const RenPaths *paths, const char *typed);

/* Whether it is named as a session is: a Lua script. */
bool ren_paths_is_session(const char *path);

#endif
