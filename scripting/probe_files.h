/* The files of probes that there are: those of the user's folder, then those that ship, but for those that the user
 * has under the same name. What people ask first comes first, the others after by what they are called. */
#ifndef SCRIPTING_PROBE_FILES_H
#define SCRIPTING_PROBE_FILES_H

#include <stdbool.h>
#include <sys/stat.h>

typedef struct ScrProbeFile {
  char *path;
  bool own;
  bool read;   /* since it changed */
  bool failed; /* it could not be */
  int version; /* counts its changes */
  char *keep;  /* what it looks at, names with commas between them; NULL while nobody knows */
  bool input;
  char *name;              /* what it is called; NULL while nobody knows */
  struct timespec changed; /* these three differ when it was saved */
  off_t size;
  ino_t node;
} ScrProbeFile;

typedef struct ScrProbeFiles {
  char *shipped, *own; /* folders; own: NULL where none is known */
  int n;
  ScrProbeFile *files;
} ScrProbeFiles;

/* XDG_DATA_HOME/headscope/probes or ~/.local/share/headscope/probes, malloc'ed; NULL where neither is known. */
char *scr_probe_files_folder(void);

/* Looks again. True when another list of files is there; one that changed is no longer read. */
bool scr_probe_files_update(ScrProbeFiles *files);
/* Puts them in order by what is known of them now; true when that is another one. */
bool scr_probe_files_sort(ScrProbeFiles *files);
void scr_probe_files_free(ScrProbeFiles *files);

#endif
