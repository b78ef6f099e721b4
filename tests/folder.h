/* A folder of the test's own. It has to be empty again at the end: a file that is left behind fails the test. */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = P_tmpdir "/headscope-test-XXXXXX";

static inline int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static inline int remove_folder(void **state) {
  (void)state;
  return rmdir(folder);
}

/* A path in it, until the next one is asked for. */
static inline const char *in_folder(const char *name) {
  static char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static inline int count_files(void) {
  int n = 0;
  DIR *listing = opendir(folder);
  assert_non_null(listing);
  while (readdir(listing)) n++;
  closedir(listing);
  return n - 2;
}

#endif
