/* The allocations of the engine fail in turn, on the way from a folder to finished runs: each time the work
 * ends with an error, nothing crashes, and (under the sanitizers) nothing leaks. The linker puts these
 * functions in the place of the C library's; see tests/CMakeLists.txt. */
#include "runs.h"

#include "engine/source.h"
#include "engine/tensor_ops.h"

#include <sys/mman.h>

static struct {
  bool armed;
  int count, fail_at;
} allocations;

static bool fails(void) { return allocations.armed && allocations.count++ == allocations.fail_at; }

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
char *__real_strdup(const char *text);
void *__real_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__wrap_strdup(const char *text);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);

void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t n, size_t size) { return fails() ? NULL : __real_calloc(n, size); }
void *__wrap_realloc(void *p, size_t size) { return fails() ? NULL : __real_realloc(p, size); }
char *__wrap_strdup(const char *text) { return fails() ? NULL : __real_strdup(text); }
void *__wrap_mmap(void *at_address, size_t size, int protection, int flags, int file, off_t offset) {
  return fails() ? MAP_FAILED : __real_mmap(at_address, size, protection, flags, file, offset);
}

static EngRun *try_run(EngModel *model, const EngInput *input, const EngRun *past, EngError *err) {
  EngSequence sequences[2] = {{input, past, 0}, {input, NULL, 0}};
  EngEdit edits[2] = {{.at = ENG_ACT_Z, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL},
                      {.at = ENG_ACT_Z, .head = 1, .token = ENG_ALL, .key = ENG_ALL, .dim = ENG_ALL}};
  EngRunSpec spec = {
      .sequences = sequences, .n_sequences = 2, .logits = ENG_LOGITS_LAST, .edits = edits, .n_edits = 2};
  if (past) spec.base = edits[1].from = past, edits[1].op = ENG_EDIT_PATCH;
  if (!eng_keep_add(&spec.keep, "all", eng_model_config(model), err)) return NULL;
  EngRun *run = eng_run_new(model, &spec, err);
  if (run && eng_run_forward(run, err)) return run;
  eng_run_release(run);
  return NULL;
}

/* A run, a run that continues it, and a source for views; false with an error at the first thing refused. */
static bool try_model(EngModel *model, EngError *err) {
  const int ids[] = {1, 2, 3, 4, 5};
  EngInput *input = eng_input_from_ids(model, ids, NULL, 5, err);
  EngRun *run = input ? try_run(model, input, NULL, err) : NULL;
  EngRun *next = run && eng_model_config(model)->causal ? try_run(model, input, run, err)
                 : run                                  ? eng_run_retain(run)
                                                        : NULL;
  EngSource *source = next ? eng_source_from_run(run, err) : NULL;
  bool ok = source != NULL;
  eng_source_release(source);
  eng_run_release(next);
  eng_run_release(run);
  eng_input_release(input);
  return ok;
}

static bool try_folder(const char *folder, EngError *err) {
  EngModel *model = eng_model_open(folder, err);
  bool ok = model && try_model(model, err);
  eng_model_release(model);
  return ok;
}

/* From text: opens the tokenizer and encodes. */
static bool try_text(const char *folder, EngError *err) {
  static const char TEXT[] = "The doctor asked the nurse.";
  EngModel *model = eng_model_open(folder, err);
  EngEncodeOptions options = {.special = true};
  EngInput *input = model ? eng_input_from_text(model, TEXT, strlen(TEXT), NULL, 0, options, err) : NULL;
  bool ok = input != NULL;
  eng_input_release(input);
  eng_model_release(model);
  return ok;
}

/* Two tensors of which the second may be empty; true where both are there. */
static bool both(bool ok, EngTensor *a, EngTensor *b) {
  if (ok) {
    eng_tensor_release(a);
    eng_tensor_release(b);
  }
  return ok;
}

/* Operations on tensors that need more memory than their result. */
static bool try_tensors(const char *folder, EngError *err) {
  float numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 0};
  const EngTensor t = eng_tensor_view(numbers, 2, (size_t[]){3, 3}), turned = eng_tensor_transpose(t, 0, 1);
  const EngRange any = {-INFINITY, INFINITY};
  EngTensor a = {0}, b = {0};
  double median = 0;
  (void)folder;
  return both(eng_tensor_places(&a, &b, &t, any, any, err), &a, &b) &&
         both(eng_tensor_eigenvalues(&a, &b, &turned, err), &a, &b) &&
         both(eng_tensor_sort(&a, &b, &t, 0, false, err), &a, &b) && (b = (EngTensor){0}, true) &&
         both(eng_tensor_reduce(&a, ENG_MEDIAN, &t, 0, err), &a, &b) &&
         both(eng_tensor_stack(&a, 2, (const EngTensor *[]){&t, &turned}, err), &a, &b) &&
         eng_tensor_reduce_all(&median, ENG_MEDIAN, &turned, err);
}

static void fail_each(bool (*work)(const char *folder, EngError *err), const char *folder) {
  int refused = 0;
  for (int i = 0;; i += i < 300 ? 1 : 41) { /* a vocabulary is thousands alike */
    EngError err = {""};
    allocations.count = 0, allocations.fail_at = i, allocations.armed = true;
    bool ok = work(folder, &err);
    allocations.armed = false;
    if (!ok && err.message[0] == '\0') fail_msg("%s: allocation %d failed without an error", folder, i);
    if (!ok && allocations.count <= i) fail_msg("%s: %s, though no allocation failed", folder, err.message);
    refused += !ok;
    if (ok && allocations.count <= i) break; /* none was left to fail */
  }
  print_message("  %d refusals\n", refused);
  assert_true(refused > 10);
}

static void every_allocation_may_fail(void **state) {
  (void)state;
  fail_each(try_folder, FIXTURES "/tiny/gpt2");
  fail_each(try_folder, FIXTURES "/tiny/gpt2-f16");
  fail_each(try_folder, FIXTURES "/tiny/bert-untied-bf16");
  fail_each(try_tensors, "");
  fail_each(try_text, HEADSCOPE_SOURCE "/models/novella");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};
  return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
