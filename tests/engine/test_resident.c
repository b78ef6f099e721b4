/* Weights that are widened or packed are not in memory a second time, as pages of the mapped file. */
#include "resident.h"

#include "craft.h"
#include "engine/safetensors.h"
#include "runs.h"

static const char file[] = "/model.safetensors";

static EngModel *open_model(const char *folder) {
  EngError err = {""};
  EngModel *model = eng_model_open(folder, &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

static void run_once(EngModel *model) {
  EngInput *input = some_ids(model, 0, 0, 4);
  eng_run_release(forward_all(model, input, NULL));
  eng_input_release(input);
}

static void copy(const char *from, const char *to) {
  char text[4096];
  FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
  assert_true(in && out);
  size_t n = fread(text, 1, sizeof text, in);
  assert_true(n > 0 && n < sizeof text && fwrite(text, 1, n, out) == n);
  fclose(in);
  fclose(out);
}

/* The same model with weights of four bytes. */
static void write_wide(Craft *craft) {
  EngError err = {""};
  EngSafetensorsEntry entries[256];
  EngSafetensors *half = eng_safetensors_open(HEADSCOPE_SOURCE "/models/novella/model.safetensors", &err);
  if (!half) fail_msg("%s", err.message);
  size_t n = eng_safetensors_count(half);
  assert_true(n < sizeof entries / sizeof *entries);
  for (size_t i = 0; i < n; i++) {
    const EngSafetensor *tensor = eng_safetensors_at(half, i);
    entries[i].name = tensor->name;
    assert_true(eng_tensor_new(&entries[i].tensor, tensor->rank, tensor->shape, &err));
    assert_true(eng_safetensor_widen(tensor, entries[i].tensor.data));
  }
  assert_true(eng_safetensors_write(craft_path(craft, file + 1), entries, n, NULL, 0, &err));
  for (size_t i = 0; i < n; i++) eng_tensor_release(&entries[i].tensor);
  eng_safetensors_close(half);
  copy(HEADSCOPE_SOURCE "/models/novella/config.json", craft_path(craft, "config.json"));
}

/* The third run packs them, the fourth reads them packed; norms, biases and embeddings it still takes from the
 * file, and what lies around them. */
static void packed_weights_leave_the_file(void **state) {
  Craft *craft = *state;
  write_wide(craft);
  EngModel *model = open_model(craft->folder);
  for (int i = 0; i < 3; i++) run_once(model);
  long read = resident(file);
  run_once(model);
  long left = resident(file);
  bool packs = eng_model_cache_bytes(model) > 0 && eng_ops()->lanes > 4;
  eng_model_release(model);
  if (read < 0 || !packs) skip();
  assert_true(left < read / 2);
}

static void widened_weights_leave_the_file(void **state) {
  (void)state;
  EngModel *model = open_model(HEADSCOPE_SOURCE "/models/novella");
  run_once(model);
  long widened = resident(file);
  assert_true(*eng_model_hash(model));
  long hashed = resident(file);
  eng_model_release(model);
  assert_true(widened <= 0 && hashed <= 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(packed_weights_leave_the_file), TEST(widened_weights_leave_the_file)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
