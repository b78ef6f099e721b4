/* The program is found through /proc, so that a moved build or prefix still finds its own files. */
#include "scripting/home.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A home has both: a lone folder of that name happens to exist in many places. */
static bool is_home(const char *path) {
  char scripts[PATH_MAX], models[PATH_MAX];
  int a = snprintf(scripts, sizeof scripts, "%s/scripts", path);
  int b = snprintf(models, sizeof models, "%s/models", path);
  if (a < 0 || b < 0 || (size_t)a >= sizeof scripts || (size_t)b >= sizeof models) return false;
  return is_folder(scripts) && is_folder(models);
}

/* The folder that a file is in, without a slash at its end. */
static bool folder_of(const char *file, char *out) {
  char *slash = realpath(file, out) ? strrchr(out, '/') : NULL;
  if (slash) *slash = '\0';
  return slash != NULL;
}

static char *copy(const char *path, EngError *err) {
  char *out = strdup(path);
  if (!out) eng_error_memory(err, path, "a path");
  return out;
}

char *scr_home_find(EngError *err) { return scr_home_of("/proc/self/exe", err); }

char *scr_home_of(const char *file, EngError *err) {
  const char *set = getenv("HEADSCOPE_HOME");
  if (set && *set) {
    if (is_folder(set)) return copy(set, err);
    eng_error_set(err, set, "HEADSCOPE_HOME", "expected a folder, found none");
    return NULL;
  }
  static const char *const places[] = {"/..", "", "/../share/headscope", "/../../../share/headscope"};
  char folder[PATH_MAX], path[PATH_MAX];
  if (!folder_of(file, folder)) strcpy(folder, ".");
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    int length = snprintf(path, sizeof path, "%s%s", folder, places[i]);
    if (length < 0 || (size_t)length >= sizeof path || !is_home(path)) continue;
    char *real = realpath(path, NULL);
    return real ? real : copy(path, err);
  }
  eng_error_set(err, folder, NULL,
                "expected scripts/ and models/ in .., here or in ../share/headscope, found none; HEADSCOPE_HOME "
                "may name the folder that holds them");
  return NULL;
}
