/* What the tests of runs share: opening a tiny checkpoint, running ids, comparing values. */
#ifndef TESTS_ENGINE_RUNS_H
#define TESTS_ENGINE_RUNS_H

#include "engine/run.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline EngModel *open_tiny(const char *name) {
  char path[512];
  EngError err = {""};
  snprintf(path, sizeof path, FIXTURES "/tiny/%s", name);
  EngModel *model = eng_model_open(path, &err);
  if (!model) fail_msg("%s", err.message);
  return model;
}

/* Ids from 0 to 210 that differ with `seed`; the same seed gives the same beginning. */
static inline EngInput *some_ids(EngModel *model, int seed, size_t from, size_t n) {
  EngError err = {""};
  int ids[512], types[512];
  int n_types = eng_model_config(model)->n_token_types;
  for (size_t i = 0; i < n; i++) {
    size_t at = from + i;
    ids[i] = (int)((at * at * 31 + (size_t)seed * 57 + at * 7) % 211);
    types[i] = n_types > 0 ? (int)(at / 3) % n_types : 0;
  }
  EngInput *input = eng_input_from_ids(model, ids, n_types > 0 ? types : NULL, n, &err);
  if (!input) fail_msg("%s", err.message);
  return input;
}

static inline void keep(EngRunSpec *spec, EngModel *model, const char *name) {
  EngError err = {""};
  if (!eng_keep_add(&spec->keep, name, eng_model_config(model), &err)) fail_msg("%s", err.message);
}

static inline EngRun *new_run(EngModel *model, const EngRunSpec *spec) {
  EngError err = {""};
  EngRun *run = eng_run_new(model, spec, &err);
  if (!run) fail_msg("%s", err.message);
  return run;
}

static inline EngRun *forward(EngModel *model, const EngRunSpec *spec) {
  EngError err = {""};
  EngRun *run = new_run(model, spec);
  if (!eng_run_forward(run, &err)) fail_msg("%s", err.message);
  return run;
}

/* One sequence, everything kept, all logits. */
static inline EngRun *forward_all(EngModel *model, EngInput *input, const EngRun *past) {
  EngSequence sequence = {.input = input, .past = past};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = ENG_LOGITS_ALL};
  keep(&spec, model, "all");
  return forward(model, &spec);
}

static inline EngTensor get(const EngRun *run, int sequence, EngActivation id, int layer) {
  EngTensor tensor;
  EngError err = {""};
  if (!eng_run_get(run, sequence, id, layer, &tensor, &err)) fail_msg("%s", err.message);
  return tensor;
}

static inline EngTensor logits(const EngRun *run, int sequence) {
  EngTensor tensor;
  EngError err = {""};
  if (!eng_run_logits(run, sequence, &tensor, &err)) fail_msg("%s", err.message);
  return tensor;
}

static inline float at(const EngTensor *t, size_t i) {
  const float *p = t->data;
  for (int axis = t->rank - 1; axis >= 0; axis--) {
    p += (ptrdiff_t)(i % t->shape[axis]) * t->stride[axis];
    i /= t->shape[axis];
  }
  return *p;
}

/* Same shape, and equal within `tolerance` times the larger of 1 and the largest expected value. */
static inline void assert_close(const char *what, EngTensor got, EngTensor want, double tolerance) {
  double scale = 1, worst = 0;
  assert_int_equal(got.rank, want.rank);
  for (int i = 0; i < got.rank; i++)
    if (got.shape[i] != want.shape[i])
      fail_msg("%s: axis %d is %zu, expected %zu", what, i, got.shape[i], want.shape[i]);
  for (size_t i = 0; i < eng_tensor_size(&want); i++) {
    float a = at(&got, i), b = at(&want, i);
    if (isfinite(b)) scale = fmax(scale, fabs((double)b));
    if (a != b) worst = fmax(worst, isnan(a - b) ? HUGE_VAL : fabs((double)(a - b)));
  }
  if (worst > tolerance * scale) fail_msg("%s differs by %g (largest value %g)", what, worst, scale);
}

static inline void assert_error_says(const EngError *err, const char *part) {
  if (!strstr(err->message, part)) fail_msg("\"%s\" lacks \"%s\"", err->message, part);
}

#endif
