/* The models at hand: what ships, the recent ones, our own cache, Hugging Face's; each once, folders by name, and
 * only what can be opened. */
#include "engine/craft.h"

#include "scripting/models.h"

static void lists_all_places(void **state) {
  Craft *craft = *state;
  static const RenModel expected[] = {{"recorded", REN_MODELS_SHIPPED}, {"shipped", REN_MODELS_SHIPPED},
                                      {"twice", REN_MODELS_SHIPPED},    {"/a/folder", REN_MODELS_RECENT},
                                      {"again", REN_MODELS_RECENT},     {"fetched", REN_MODELS_FETCHED},
                                      {"org/name", REN_MODELS_HUB}};
  char *recent[] = {"/a/folder", "twice", "again"};
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
  craft_text(craft, ".cache/headscope/models/again/config.json", "{}");
  craft_text(craft, ".cache/headscope/models/.hidden/config.json", "{}");
  craft_text(craft, "hf/hub/models--org--name/snapshots/abc123/config.json", "{}");
  craft_text(craft, "hf/hub/models--org--empty/snapshots/abc123/README.md", "{}");
  craft_text(craft, "hf/hub/datasets--org--data/snapshots/abc123/config.json", "{}");
  RenModels models = scr_models_list(home, recent, 3);
  assert_int_equal(models.n, sizeof expected / sizeof *expected);
  for (int i = 0; i < models.n; i++) {
    assert_string_equal(models.at[i].name, expected[i].name);
    assert_int_equal(models.at[i].group, expected[i].group);
  }
  ren_models_free(&models);
}

static void lists_nothing_where_nothing_is(void **state) {
  Craft *craft = *state;
  setenv("HOME", craft->folder, 1);
  unsetenv("HF_HOME");
  RenModels models = scr_models_list(NULL, NULL, 0);
  assert_int_equal(models.n, 0);
  ren_models_free(&models);
}

/* A heading stands before each group, and the last row asks. */
static void rows_have_headings(void **state) {
  (void)state;
  static const char *const rows[] = {"Shipped", NULL, NULL, "Hugging Face's cache", NULL, "Elsewhere", NULL};
  RenModels models = {0};
  assert_int_equal(ren_models_rows(&models), 2);
  assert_int_equal(ren_models_row(&models, 1).model, 0);
  assert_true(ren_models_add(&models, "a", REN_MODELS_SHIPPED));
  assert_true(ren_models_add(&models, "b", REN_MODELS_SHIPPED));
  assert_true(ren_models_add(&models, "c", REN_MODELS_HUB));
  assert_true(ren_models_add(&models, "a", REN_MODELS_HUB));
  assert_int_equal(ren_models_rows(&models), 7);
  for (int row = 0, model = 0; row < 7; row++) {
    RenModelRow found = ren_models_row(&models, row);
    if (rows[row]) {
      assert_string_equal(found.heading, rows[row]);
      continue;
    }
    assert_null(found.heading);
    assert_int_equal(found.model, model);
    assert_int_equal(ren_models_row_of(&models, model++), row);
  }
  ren_models_free(&models);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(lists_all_places, craft_begin, craft_end),
      cmocka_unit_test(rows_have_headings),
      cmocka_unit_test_setup_teardown(lists_nothing_where_nothing_is, craft_begin, craft_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
