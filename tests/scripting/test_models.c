/* The models at hand: what ships, our own cache, Hugging Face's; each once, sorted, and only what can be opened. */
#include "engine/craft.h"

#include "scripting/models.h"

static void lists_all_places(void **state) {
  Craft *craft = *state;
  static const char *const expected[] = {"fetched", "org/name", "recorded", "shipped", "twice"};
  char home[96];
  snprintf(home, sizeof home, "%s/share", craft->folder);
  setenv("HOME", craft->folder, 1);
  setenv("HF_HOME", "~/hf", 1);
  unsetenv("HF_HUB_CACHE");
  unsetenv("XDG_CACHE_HOME");
  craft_text(craft, "share/models/shipped/config.json", "{}");
  craft_text(craft, "share/models/twice/config.json", "{}");
  craft_text(craft, "share/models/recorded.safetensors", "{}");
  craft_text(craft, "share/models/README.md", "{}");
  craft_text(craft, "share/models/recipe/train.py", "{}");
  craft_text(craft, ".cache/headscope/models/fetched/config.json", "{}");
  craft_text(craft, ".cache/headscope/models/twice/config.json", "{}");
  craft_text(craft, ".cache/headscope/models/.hidden/config.json", "{}");
  craft_text(craft, "hf/hub/models--org--name/snapshots/abc123/config.json", "{}");
  craft_text(craft, "hf/hub/models--org--empty/snapshots/abc123/README.md", "{}");
  craft_text(craft, "hf/hub/datasets--org--data/snapshots/abc123/config.json", "{}");
  ScrModels models = scr_models_list(home);
  assert_int_equal(models.n_names, sizeof expected / sizeof *expected);
  for (size_t i = 0; i < models.n_names; i++) assert_string_equal(models.names[i], expected[i]);
  scr_models_free(&models);
}

static void lists_nothing_where_nothing_is(void **state) {
  Craft *craft = *state;
  setenv("HOME", craft->folder, 1);
  unsetenv("HF_HOME");
  ScrModels models = scr_models_list(NULL);
  assert_int_equal(models.n_names, 0);
  scr_models_free(&models);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(lists_all_places, craft_begin, craft_end),
      cmocka_unit_test_setup_teardown(lists_nothing_where_nothing_is, craft_begin, craft_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
