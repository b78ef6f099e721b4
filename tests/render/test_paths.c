/* A folder of its own, listed and completed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = P_tmpdir "/headscope-paths-XXXXXX";

static void touch(const char *name, bool is_folder) {
  char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  if (is_folder)
    assert_int_equal(mkdir(path, 0700), 0);
  else
    assert_int_equal(fclose(fopen(path, "w")), 0);
}

static int setup(void **unused) {
  char link[256];
  (void)unused;
  if (!mkdtemp(folder)) return -1;
  touch("beta", true), touch("alpha.png", false), touch("alps", false), touch(".dot", false), touch("zz", true);
  snprintf(link, sizeof link, "%s/link", folder);
  return symlink(folder, link);
}

static int teardown(void **unused) {
  char command[256];
  (void)unused;
  snprintf(command, sizeof command, "rm -r %s", folder);
  return system(command);
}

/* The names that follow the typed part, as "beta/ link/ zz/ alpha.png alps ". */
static void assert_listed(const char *part, const char *expected) {
  char typed[256], names[256] = "";
  RenPaths paths = {0};
  snprintf(typed, sizeof typed, "%s/%s", folder, part);
  ren_paths_list(&paths, typed);
  for (size_t i = 0; i < paths.n; i++) {
    strcat(names, paths.entries[i].name);
    strcat(names, paths.entries[i].kind == REN_PATH_FOLDER ? "/ " : " ");
  }
  assert_string_equal(names, expected);
  ren_paths_clear(&paths);
  assert_int_equal(paths.n, 0);
}

static void folders_first_hidden_when_asked(void **unused) {
  (void)unused;
  assert_listed("", "beta/ link/ zz/ alpha.png alps ");
  assert_listed("al", "alpha.png alps ");
  assert_listed(".", ".dot ");
  assert_listed("nothing", "");
  assert_listed("nothing/x", "");
  assert_listed("link/be", "beta/ ");
}

static void assert_completed(const char *part, const char *expected) {
  char typed[256], whole[256];
  RenPaths paths = {0};
  snprintf(typed, sizeof typed, "%s/%s", folder, part);
  ren_paths_list(&paths, typed);
  char *path = ren_paths_complete(&paths, typed);
  snprintf(whole, sizeof whole, "%s/%s", folder, expected ? expected : "");
  if (expected)
    assert_string_equal(path, whole);
  else
    assert_null(path);
  free(path);
  ren_paths_clear(&paths);
}

static void completed_as_far_as_all_agree(void **unused) {
  (void)unused;
  assert_completed("a", "alp");
  assert_completed("alph", "alpha.png");
  assert_completed("b", "beta/");
  assert_completed("", "");
  assert_completed("x", NULL);
}

static void models_stand_in_front_and_are_not_completed(void **unused) {
  (void)unused;
  char typed[256];
  RenPaths paths = {0};
  snprintf(typed, sizeof typed, "%s/b", folder);
  ren_paths_list(&paths, typed);
  ren_paths_add_model(&paths, "novella");
  ren_paths_add_model(&paths, "org/model");
  assert_string_equal(paths.entries[0].name, "novella");
  assert_string_equal(paths.entries[1].name, "org/model");
  char *model = ren_paths_take(typed, &paths.entries[1]), *path = ren_paths_complete(&paths, typed);
  assert_string_equal(model, "org/model");
  assert_string_equal(path + strlen(folder), "/beta/");
  free(model);
  free(path);
  ren_paths_clear(&paths);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(folders_first_hidden_when_asked),
      cmocka_unit_test(completed_as_far_as_all_agree),
      cmocka_unit_test(models_stand_in_front_and_are_not_completed),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
