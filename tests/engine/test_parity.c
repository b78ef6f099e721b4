/* Every activation of every tiny checkpoint against what Hugging Face computed (tests/make), and the shipped
 * model's patterns and logits. Name and largest difference are printed for each. ctest runs this once for
 * every level of HEADSCOPE_SIMD. */
#include "engine/run.h"
#include "engine/safetensors.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What was recorded: a file, and the tensors widened from it. */
static float *recorded(const EngSafetensors *file, const char *name, size_t *count) {
  const EngSafetensor *tensor = eng_safetensors_find(file, name);
  if (!tensor) fail_msg("%s is not in the file", name);
  float *values = malloc(tensor->count * sizeof *values);
  assert_true(eng_safetensor_widen(tensor, values));
  *count = tensor->count;
  return values;
}

static int *recorded_ints(const EngSafetensors *file, const char *name, size_t *count) {
  const EngSafetensor *tensor = eng_safetensors_find(file, name);
  assert_non_null(tensor);
  assert_string_equal(tensor->dtype_name, "I32");
  int *values = malloc(tensor->size);
  memcpy(values, tensor->data, tensor->size);
  *count = tensor->count;
  return values;
}

/* Our value in C order. */
static float *flat(EngTensor t, size_t *count) {
  *count = eng_tensor_size(&t);
  float *out = malloc((*count + 1) * sizeof *out);
  for (size_t i = 0; i < *count; i++) {
    size_t rest = i;
    const float *at = t.data;
    for (int axis = t.rank - 1; axis >= 0; axis--) {
      at += (ptrdiff_t)(rest % t.shape[axis]) * t.stride[axis];
      rest /= t.shape[axis];
    }
    out[i] = *at;
  }
  return out;
}

/* Asserts that they differ by at most `tolerance` times the larger of 1 and the largest expected value;
 * infinities must be the same. */
static void compare(const char *where, const char *name, const float *got, const float *want, size_t count,
                    double tolerance) {
  double scale = 1, worst = 0;
  for (size_t i = 0; i < count; i++)
    if (isfinite(want[i])) scale = fmax(scale, fabs((double)want[i]));
  for (size_t i = 0; i < count; i++) {
    bool same = got[i] == want[i];
    double difference = same ? 0 : fabs((double)got[i] - (double)want[i]);
    worst = fmax(worst, isnan(difference) ? HUGE_VAL : difference);
  }
  printf("  %-18s %-38s %.2e (largest value %.3g)\n", where, name, worst, scale);
  if (worst > tolerance * scale) fail_msg("%s: %s differs by %g", where, name, worst);
}

static EngModel *open_model(const char *folder) {
  EngError err = {""};
  EngModel *model = eng_model_open(folder, &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

static EngRun *run_ids(EngModel *model, const int *ids, const int *types, size_t n, const char *keep,
                       EngLogits logits) {
  EngError err = {""};
  EngInput *input = eng_input_from_ids(model, ids, types, n, &err);
  if (!input) fail_msg("%s", err.message);
  EngSequence sequence = {.input = input};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = logits};
  assert_true(eng_keep_add(&spec.keep, keep, eng_model_config(model), &err));
  EngRun *run = eng_run_new(model, &spec, &err);
  if (!run) fail_msg("%s", err.message);
  eng_input_release(input);
  if (!eng_run_forward(run, &err)) fail_msg("%s", err.message);
  assert_true(eng_run_finished(run));
  assert_int_equal(eng_run_layers_done(run), eng_model_config(model)->n_layers);
  return run;
}

static EngTensor value(const EngRun *run, const char *name) {
  EngActivation id;
  EngTensor tensor;
  EngError err = {""};
  int layer;
  bool found = strcmp(name, "logits") == 0
                   ? eng_run_logits(run, 0, &tensor, &err)
                   : eng_activation_parse(name, eng_model_config(eng_run_model(run)), &id, &layer, &err) &&
                         eng_run_get(run, 0, id, layer, &tensor, &err);
  if (!found) fail_msg("%s", err.message);
  return tensor;
}

/* Every activation that exists must have been recorded: none goes unchecked. */
static void check_completeness(const EngRun *run, const EngSafetensors *file) {
  const EngConfig *config = eng_model_config(eng_run_model(run));
  for (int i = 0; i < ENG_ACT_COUNT; i++) {
    if (!eng_activation_exists((EngActivation)i, config)) continue;
    char name[80];
    eng_activation_full_name((EngActivation)i, config->n_layers - 1, name, sizeof name);
    if (!eng_safetensors_find(file, name)) fail_msg("%s was not recorded", name);
  }
}

static void check_tiny(const char *folder) {
  char path[512];
  EngError err = {""};
  snprintf(path, sizeof path, FIXTURES "/tiny/%s", folder);
  EngModel *model = open_model(path);
  snprintf(path, sizeof path, FIXTURES "/tiny/%s/expected.safetensors", folder);
  EngSafetensors *file = eng_safetensors_open(path, &err);
  if (!file) fail_msg("%s", err.message);
  size_t n, n_types;
  int *ids = recorded_ints(file, "ids", &n), *types = recorded_ints(file, "token_types", &n_types);
  EngRun *run = run_ids(model, ids, types, n, "all", ENG_LOGITS_ALL);
  check_completeness(run, file);
  for (size_t i = 0; i < eng_safetensors_count(file); i++) {
    const char *name = eng_safetensors_at(file, i)->name;
    if (strcmp(name, "ids") == 0 || strcmp(name, "token_types") == 0) continue;
    size_t count, want_count;
    float *want = recorded(file, name, &want_count), *got = flat(value(run, name), &count);
    assert_int_equal(count, want_count);
    compare(folder, name, got, want, count, 1e-4);
    free(want), free(got);
  }
  eng_run_release(run);
  eng_safetensors_close(file);
  eng_model_release(model);
  free(ids), free(types);
}

static void tiny_checkpoints(void **state) {
  static const char *FOLDERS[] = {"gpt2", "gpt2-bare", "gpt2-untied", "gpt2-f16",        "gpt2-bf16",
                                  "bert", "bert-bare", "bert-f16",    "bert-untied-bf16"};
  (void)state;
  for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) check_tiny(FOLDERS[i]);
}

/* The recorded file holds some rows of some layers: pattern [H, rows, T]. */
static void check_rows(const EngRun *run, const EngSafetensors *file, const char *text, int layer, const int *rows,
                       size_t n_rows) {
  char name[64], pattern[64];
  size_t want_count, count, heads = 6;
  snprintf(name, sizeof name, "%s.pattern.%d", text, layer);
  snprintf(pattern, sizeof pattern, "pattern%d", layer);
  float *want = recorded(file, name, &want_count), *all = flat(value(run, pattern), &count);
  size_t n = (size_t)sqrt((double)count / (double)heads);
  if (!rows) n_rows = n;
  assert_int_equal(want_count, heads * n_rows * n);
  float *got = malloc(want_count * sizeof *got);
  for (size_t h = 0; h < heads; h++)
    for (size_t i = 0; i < n_rows; i++)
      memcpy(got + (h * n_rows + i) * n, all + (h * n + (rows ? (size_t)rows[i] : i)) * n, n * sizeof *got);
  compare("novella", name, got, want, want_count, 1e-5);
  free(want), free(all), free(got);
}

static void check_novella(const EngSafetensors *file, const char *text, const int *layers, size_t n_layers,
                          const int *rows, size_t n_rows) {
  char name[32];
  size_t n, count, want_count;
  EngModel *model = open_model(HEADSCOPE_SOURCE "/models/novella");
  snprintf(name, sizeof name, "%s.ids", text);
  int *ids = recorded_ints(file, name, &n);
  EngRun *run = run_ids(model, ids, NULL, n, "pattern", ENG_LOGITS_LAST);
  for (size_t i = 0; i < n_layers; i++) check_rows(run, file, text, layers[i], rows, n_rows);
  snprintf(name, sizeof name, "%s.logits", text);
  float *want = recorded(file, name, &want_count), *got = flat(value(run, "logits"), &count);
  assert_int_equal(count, want_count);
  compare("novella", name, got, want, count, 1e-4);
  eng_run_release(run);
  eng_model_release(model);
  free(ids), free(want), free(got);
}

static void the_shipped_model(void **state) {
  static const int ALL[] = {0, 1, 2, 3, 4, 5}, SOME[] = {0, 1, 2, 3, 4, 5};
  EngError err = {""};
  size_t n_rows;
  (void)state;
  EngSafetensors *file = eng_safetensors_open(FIXTURES "/novella/expected.safetensors", &err);
  if (!file) fail_msg("%s", err.message);
  int *rows = recorded_ints(file, "rows", &n_rows);
  check_novella(file, "short", ALL, 6, NULL, 0);
  check_novella(file, "long", SOME, 6, rows, n_rows);
  eng_safetensors_close(file);
  free(rows);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(tiny_checkpoints), cmocka_unit_test(the_shipped_model)};
  printf("level %s\n", eng_ops()->name);
  return cmocka_run_group_tests_name("parity", tests, NULL, NULL);
}
