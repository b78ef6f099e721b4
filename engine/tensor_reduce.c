/* One line of numbers to one number, in double precision, with eight sums side by side: a fixed order, so the
 * same bits on every machine, and one that the compiler can make vectors of. An axis is brought to lie in
 * lines first (eng_tensor_rows). */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef double (*Line)(const float *x, size_t n);

enum { LANES = 8 };

static double fold(const double *lane) {
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

#define SUM(name, expression)                                                                                      \
  static double name(const float *x, size_t n, double shift) {                                                     \
    double lane[LANES] = {0};                                                                                      \
    size_t i = 0;                                                                                                  \
    for (; i + LANES <= n; i += LANES)                                                                             \
      for (size_t k = 0; k < LANES; k++) {                                                                         \
        double v = (double)x[i + k] - shift;                                                                       \
        lane[k] += (expression);                                                                                   \
      }                                                                                                            \
    for (size_t k = 0; i < n; i++, k++) {                                                                          \
      double v = (double)x[i] - shift;                                                                             \
      lane[k] += (expression);                                                                                     \
    }                                                                                                              \
    return fold(lane);                                                                                             \
  }

SUM(sum_of, v)
SUM(squares_of, v *v)
#undef SUM

static double line_sum(const float *x, size_t n) { return sum_of(x, n, 0); }
static double line_mean(const float *x, size_t n) { return sum_of(x, n, 0) / (double)n; }
static double line_norm(const float *x, size_t n) { return sqrt(squares_of(x, n, 0)); }
static double line_std(const float *x, size_t n) { return sqrt(squares_of(x, n, line_mean(x, n)) / (double)n); }

static double line_entropy(const float *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    if (x[i] != 0.0f) sum -= (double)(x[i] * logf(x[i]));
  return sum;
}

/* The largest of sign * x; NaN where one is among them. */
static float peak(const float *x, size_t n, float sign) {
  float lane[LANES];
  int nans = 0;
  for (size_t k = 0; k < LANES; k++) lane[k] = sign * x[0];
  size_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (size_t k = 0; k < LANES; k++) {
      float v = sign * x[i + k];
      lane[k] = v > lane[k] ? v : lane[k];
      nans |= v != v;
    }
  for (; i < n; i++) {
    float v = sign * x[i];
    lane[0] = v > lane[0] ? v : lane[0];
    nans |= v != v;
  }
  for (size_t k = 1; k < LANES; k++) lane[0] = lane[k] > lane[0] ? lane[k] : lane[0];
  return nans ? NAN : lane[0];
}

static double line_max(const float *x, size_t n) { return (double)peak(x, n, 1); }
static double line_min(const float *x, size_t n) { return -(double)peak(x, n, -1); }

static double place(const float *x, size_t n, double value) {
  for (size_t i = 0; i < n; i++)
    if ((double)x[i] == value) return (double)i;
  return (double)NAN;
}

static double line_argmax(const float *x, size_t n) { return place(x, n, line_max(x, n)); }
static double line_argmin(const float *x, size_t n) { return place(x, n, line_min(x, n)); }

static void swap(float *a, float *b) {
  float other = *a;
  *a = *b, *b = other;
}

/* Puts the number that belongs at `k` there, no larger ones before it and no smaller ones behind it. */
static void select_place(float *x, size_t n, size_t k) {
  size_t from = 0, to = n - 1;
  while (from < to) {
    float pivot = x[from + (to - from) / 2];
    size_t i = from, j = to;
    for (;; i++, j--) {
      while (x[i] < pivot) i++;
      while (x[j] > pivot) j--;
      if (i >= j) break;
      swap(&x[i], &x[j]);
    }
    if (k <= j)
      to = j;
    else
      from = j + 1;
  }
}

static double line_median(float *x, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (x[i] != x[i]) return (double)NAN;
  select_place(x, n, n / 2);
  if (n % 2 == 1) return (double)x[n / 2];
  return ((double)peak(x, n / 2, 1) + (double)x[n / 2]) / 2;
}

static const struct {
  const char *name;
  Line line;
  bool needs_one;                      /* has no answer over nothing */
  bool is_place;                       /* gives an index, which a float holds only up to 2^24 */
  double (*order)(float *x, size_t n); /* in place of `line`: puts the numbers of a copy in order */
} reductions[] = {
    [ENG_SUM] = {"sum", line_sum, false, false},
    [ENG_MEAN] = {"mean", line_mean, false, false},
    [ENG_MAX] = {"max", line_max, true, false},
    [ENG_MIN] = {"min", line_min, true, false},
    [ENG_ARGMAX] = {"argmax", line_argmax, true, true},
    [ENG_ARGMIN] = {"argmin", line_argmin, true, true},
    [ENG_STD] = {"std", line_std, false, false},
    [ENG_NORM] = {"norm", line_norm, false, false},
    [ENG_ENTROPY] = {"entropy", line_entropy, false, false},
    [ENG_MEDIAN] = {"median", .needs_one = true, .order = line_median},
};

/* Room for a copy of a line where the reduction needs one; false when memory is short. */
static bool scratch_for(EngReduce op, size_t n, float **scratch, EngError *err) {
  *scratch = reductions[op].order ? malloc(n * sizeof **scratch) : NULL;
  return *scratch || !reductions[op].order || eng_error_memory(err, NULL, "%zu numbers in order", n);
}

static double reduce_line(EngReduce op, const float *x, size_t n, float *scratch) {
  if (!scratch) return reductions[op].line(x, n);
  memcpy(scratch, x, n * sizeof *x);
  return reductions[op].order(scratch, n);
}

/* (…, n) with stride 1 last into out (…) in C order. */
static void reduce_rows(float *out, EngReduce op, EngTensor rows, float *scratch) {
  size_t n = rows.shape[rows.rank - 1];
  EngWalk walk = eng_walk_lines(1, (const EngTensor *[]){&rows});
  for (; walk.n; eng_walk_next(&walk))
    for (size_t j = 0; j < walk.n; j++)
      *out++ = (float)reduce_line(op, walk.data[0] + (ptrdiff_t)j * walk.step[0], n, scratch);
}

static bool check_length(EngReduce op, size_t n, size_t most, EngError *err) {
  if (n == 0 && reductions[op].needs_one)
    return eng_error_set(err, NULL, reductions[op].name, "expected at least 1 number, found 0");
  if (n > most && reductions[op].is_place)
    return eng_error_set(err, NULL, reductions[op].name, "expected at most %zu numbers, found %zu", most, n);
  return true;
}

bool eng_tensor_reduce(EngTensor *out, EngReduce op, const EngTensor *tensor, int axis, EngError *err) {
  EngTensor rows, result;
  if (!check_length(op, tensor->shape[axis], 1 << 24, err)) return false;
  if (!eng_tensor_rows(&rows, tensor, axis, err)) return false;
  float *scratch = NULL;
  bool ok = scratch_for(op, tensor->shape[axis], &scratch, err) &&
            eng_tensor_new(&result, rows.rank - 1, rows.shape, err);
  if (ok) {
    reduce_rows(result.data, op, rows, scratch);
    *out = result;
  }
  free(scratch);
  eng_tensor_release(&rows);
  return ok;
}

bool eng_tensor_reduce_all(double *out, EngReduce op, const EngTensor *tensor, EngError *err) {
  EngTensor flat;
  if (!check_length(op, eng_tensor_size(tensor), (size_t)1 << 53, err)) return false;
  if (!eng_tensor_flat(&flat, tensor, err)) return false;
  float *scratch = NULL;
  bool ok = scratch_for(op, flat.shape[0], &scratch, err);
  if (ok) *out = reduce_line(op, flat.data, flat.shape[0], scratch);
  free(scratch);
  eng_tensor_release(&flat);
  return ok;
}
