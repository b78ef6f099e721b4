/* Files mapped, and what of them counts as memory. */
#include "craft.h"

#include "engine/map.h"
#include "engine/record.h"
#include "engine/safetensors.h"

#include "resident.h"

enum { HEADS = 4, TOKENS = 256, N = HEADS * TOKENS * TOKENS, KILOBYTES = N * (int)sizeof(float) / 1024 };

/* Ones in the first column of every head. */
static const char *write_patterns(Craft *craft) {
  EngError err = {{0}};
  float *weights = calloc(N, sizeof *weights);
  assert_non_null(weights);
  for (int i = 0; i < N; i += TOKENS) weights[i] = 1;
  EngSafetensorsEntry entry = {"blocks.0.attn.hook_pattern",
                               eng_tensor_view(weights, 3, (size_t[]){HEADS, TOKENS, TOKENS})};
  const char *path = craft_path(craft, "run.safetensors");
  if (!eng_safetensors_write(path, &entry, 1, NULL, 0, &err)) fail_msg("%s", err.message);
  free(weights);
  return path;
}

static float sum_of(const float *weights) {
  float sum = 0;
  for (int i = 0; i < N; i++) sum += weights[i];
  return sum;
}

static void forgets_what_was_read(void **state) {
  EngMap map;
  EngError err = {{0}};
  const char *path = write_patterns(*state);
  if (!eng_map_open(&map, path, &err)) fail_msg("%s", err.message);
  const float *weights = (const float *)(const void *)(map.data + map.size - N * sizeof(float));
  assert_true(sum_of(weights) == HEADS * TOKENS);
  long read = resident(path);
  eng_map_forget(&map);
  long forgotten = resident(path);
  assert_true(sum_of(weights) == HEADS * TOKENS);
  eng_map_close(&map);
  eng_map_forget(&map);
  if (read < 0) skip();
  assert_true(read >= KILOBYTES);
  assert_int_equal(forgotten, 0);
}

static void a_checked_record_is_not_in_memory(void **state) {
  EngRecord record;
  EngError err = {{0}};
  const char *path = write_patterns(*state);
  if (!eng_record_open(&record, path, &err)) fail_msg("%s", err.message);
  long checked = resident(path);
  assert_true(sum_of(record.parts[0].pattern[0].data) == HEADS * TOKENS);
  long read = resident(path);
  eng_record_close(&record);
  if (read < 0) skip();
  assert_true(read >= KILOBYTES);
  assert_true(checked < KILOBYTES / 2);
}

static void refuses_what_is_no_file(void **state) {
  EngMap map;
  EngError err = {{0}};
  Craft *craft = *state;
  assert_false(eng_map_open(&map, craft->folder, &err));
  assert_message(err.message, "expected a file, found a folder");
  assert_false(eng_map_open(&map, craft_path(craft, "none"), &err));
  assert_message(err.message, "expected a readable file, found: ");
  eng_map_close(&map);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(forgets_what_was_read),
      TEST(a_checked_record_is_not_in_memory),
      TEST(refuses_what_is_no_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
