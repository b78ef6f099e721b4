/* From what a user wrote to a folder. The environment is this test's own: a home in a temporary folder. */
#include "craft.h"

#include "engine/model.h"

#include <fcntl.h>

static int begin(void **state) {
  craft_begin(state);
  Craft *craft = *state;
  setenv("HOME", craft->folder, 1);
  unsetenv("HF_HOME");
  unsetenv("HF_HUB_CACHE");
  unsetenv("XDG_CACHE_HOME");
  return 0;
}

static void assert_located(Craft *craft, const char *name, const char *home, const char *expected) {
  char whole[600];
  EngError err = {{0}};
  char *found = eng_model_locate(name, home, &err);
  if (!found) fail_msg("%s", err.message);
  snprintf(whole, sizeof whole, "%s/%s", craft->folder, expected);
  assert_string_equal(found, whole);
  free(found);
}

/* A model at revision abc123 in the hub at `hub`. */
static void make_snapshot(Craft *craft, const char *hub, const char *repository) {
  char name[512];
  snprintf(name, sizeof name, "%s/%s/snapshots/abc123", hub, repository);
  craft_folder(craft, name);
  snprintf(name, sizeof name, "%s/%s/refs/main", hub, repository);
  craft_text(craft, name, "abc123\n");
}

static void takes_a_folder_as_it_is(void **state) {
  Craft *craft = *state;
  char *found = eng_model_locate(craft->folder, NULL, NULL);
  assert_string_equal(found, craft->folder);
  free(found);
}

static void looks_in_models_and_our_cache(void **state) {
  Craft *craft = *state;
  char home[80];
  craft_folder(craft, "share/models/shipped-only-here");
  craft_folder(craft, ".cache/headscope/models/minilm");
  snprintf(home, sizeof home, "%s/share", craft->folder);
  assert_located(craft, "shipped-only-here", home, "share/models/shipped-only-here");
  assert_located(craft, "models/shipped-only-here", home, "share/models/shipped-only-here");
  assert_located(craft, "minilm", home, ".cache/headscope/models/minilm");
  craft_folder(craft, "xdg/headscope/models/other");
  setenv("XDG_CACHE_HOME", craft_path(craft, "xdg"), 1);
  assert_located(craft, "other", home, "xdg/headscope/models/other");
}

static void looks_in_the_hub(void **state) {
  Craft *craft = *state;
  make_snapshot(craft, ".cache/huggingface/hub", "models--openai-community--gpt2");
  assert_located(craft, "openai-community/gpt2", NULL,
                 ".cache/huggingface/hub/models--openai-community--gpt2/snapshots/abc123");
  make_snapshot(craft, "hf/hub", "models--gpt2");
  setenv("HF_HOME", craft_path(craft, "hf"), 1);
  assert_located(craft, "gpt2", NULL, "hf/hub/models--gpt2/snapshots/abc123");
  make_snapshot(craft, "cache", "models--gpt2");
  setenv("HF_HUB_CACHE", craft_path(craft, "cache"), 1);
  assert_located(craft, "gpt2", NULL, "cache/models--gpt2/snapshots/abc123");
}

static void refuse(const char *name, const char *why) {
  EngError err = {{0}};
  assert_null(eng_model_locate(name, "/nowhere", &err));
  assert_message(err.message, why);
}

/* "~" is the home directory, as in Hugging Face's own variables. */
static void expands_the_home(void **state) {
  Craft *craft = *state;
  make_snapshot(craft, "hf/hub", "models--gpt2");
  setenv("HF_HOME", "~/hf", 1);
  assert_located(craft, "gpt2", NULL, "hf/hub/models--gpt2/snapshots/abc123");
  make_snapshot(craft, "cache", "models--gpt2");
  setenv("HF_HUB_CACHE", "~/cache", 1);
  assert_located(craft, "gpt2", NULL, "cache/models--gpt2/snapshots/abc123");
  make_snapshot(craft, "hub", "models--gpt2");
  setenv("HF_HUB_CACHE", "", 1);
  setenv("HF_HOME", "~", 1);
  assert_located(craft, "gpt2", NULL, "hub/models--gpt2/snapshots/abc123");
  craft_folder(craft, "~other");
  setenv("HF_HOME", "~other", 1);
  refuse("gpt2", "~other/hub/models--gpt2");
}

static void set_time(Craft *craft, const char *name, time_t seconds) {
  struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
  assert_int_equal(utimensat(AT_FDCWD, craft_path(craft, name), times, 0), 0);
}

static void takes_the_newest_snapshot_without_refs(void **state) {
  Craft *craft = *state;
  craft_folder(craft, ".cache/huggingface/hub/models--gpt2/snapshots/a");
  craft_folder(craft, ".cache/huggingface/hub/models--gpt2/snapshots/b");
  craft_folder(craft, ".cache/huggingface/hub/models--gpt2/snapshots/c");
  craft_text(craft, ".cache/huggingface/hub/models--gpt2/snapshots/d", "a file, and newer than all");
  set_time(craft, ".cache/huggingface/hub/models--gpt2/snapshots/a", 1000);
  set_time(craft, ".cache/huggingface/hub/models--gpt2/snapshots/b", 3000);
  set_time(craft, ".cache/huggingface/hub/models--gpt2/snapshots/c", 2000);
  assert_located(craft, "gpt2", NULL, ".cache/huggingface/hub/models--gpt2/snapshots/b");
  craft_folder(craft, ".cache/huggingface/hub/models--bare/snapshots");
  refuse("bare", ".cache/huggingface/hub/models--bare");
}

static void names_snapshots_by_their_model(void **state) {
  (void)state;
  char *name = eng_model_name_of("/x/hub/models--openai-community--gpt2/snapshots/abc123");
  assert_string_equal(name, "openai-community/gpt2");
  free(name);
  name = eng_model_name_of("/x/models/novella//");
  assert_string_equal(name, "novella");
  free(name);
}

static void says_where_it_looked(void **state) {
  (void)state;
  refuse("org/none", "org/none: expected a model");
  refuse("org/none", "/nowhere/models/org/none, ");
  refuse("org/none", "/.cache/headscope/models/org/none, ");
  refuse("org/none", "/.cache/huggingface/hub/models--org--none");
  refuse("", "it is no model's name");
}

/* None of these names anything, whatever lies above the caches. */
static void never_leaves_the_caches(void **state) {
  Craft *craft = *state;
  craft_folder(craft, ".cache/headscope/models");
  craft_folder(craft, ".cache/headscope/secret");
  refuse("../secret", "it is no model's name");
  refuse("a/../../secret", "it is no model's name");
  refuse("org/..", "it is no model's name");
  refuse(".hidden", "it is no model's name");
  refuse("/absent/folder", "it is no model's name");
  refuse("a/b/c", "it is no model's name");
  refuse("new\nline", "it is no model's name");
}

/* A revision is a word: nothing that refs/main says leads elsewhere. */
static void distrusts_refs(void **state) {
  Craft *craft = *state;
  make_snapshot(craft, ".cache/huggingface/hub", "models--gpt2");
  craft_text(craft, ".cache/huggingface/hub/models--gpt2/refs/main", "../../../../..");
  refuse("gpt2", "expected a model");
  craft_text(craft, ".cache/huggingface/hub/models--gpt2/refs/main", "");
  refuse("gpt2", "expected a model");
}

static void says_that_a_file_is_no_model(void **state) {
  refuse(craft_text(*state, "run.safetensors", "x"), "run.safetensors: expected a model's folder, found a file");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(takes_a_folder_as_it_is),
      TEST(looks_in_models_and_our_cache),
      TEST(looks_in_the_hub),
      TEST(expands_the_home),
      TEST(takes_the_newest_snapshot_without_refs),
      TEST(names_snapshots_by_their_model),
      TEST(says_where_it_looked),
      TEST(never_leaves_the_caches),
      TEST(distrusts_refs),
      TEST(says_that_a_file_is_no_model),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
