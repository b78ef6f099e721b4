/* Pearson's correlation in double precision, with both means taken off first: the textbook's one-pass form
 * would lose the digits that matter. */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <math.h>

static double mean(const float *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i];
  return sum / (double)n;
}

static double correlate(const float *x, const float *y, size_t n) {
  double mx = mean(x, n), my = mean(y, n), xx = 0, yy = 0, xy = 0;
  for (size_t i = 0; i < n; i++) {
    double dx = (double)x[i] - mx, dy = (double)y[i] - my;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xy / sqrt(xx * yy);
}

/* Lines of two operands of one shape into out (…), in C order. */
static void correlate_rows(float *out, EngTensor a, EngTensor b) {
  size_t n = a.shape[a.rank - 1];
  EngWalk walk = eng_walk_lines(2, (const EngTensor *[]){&a, &b});
  for (; walk.n; eng_walk_next(&walk))
    for (size_t j = 0; j < walk.n; j++) {
      ptrdiff_t at = (ptrdiff_t)j;
      *out++ = (float)correlate(walk.data[0] + at * walk.step[0], walk.data[1] + at * walk.step[1], n);
    }
}

/* Both operands stretched to their common shape, without references. */
static bool stretch_both(EngTensor *x, EngTensor *y, const EngTensor *a, const EngTensor *b, EngError *err) {
  int rank = 0;
  size_t shape[ENG_TENSOR_RANK];
  if (!eng_tensor_common_shape(2, (const EngTensor *[]){a, b}, &rank, shape, err)) return false;
  *x = eng_tensor_stretch(*a, rank, shape);
  *y = eng_tensor_stretch(*b, rank, shape);
  return true;
}

bool eng_tensor_correlation(EngTensor *out, const EngTensor *a, const EngTensor *b, int axis, EngError *err) {
  EngTensor x, y, x_rows = {0}, y_rows = {0}, result;
  if (!stretch_both(&x, &y, a, b, err)) return false;
  bool ok = eng_tensor_rows(&x_rows, &x, axis, err) && eng_tensor_rows(&y_rows, &y, axis, err) &&
            eng_tensor_new(&result, x_rows.rank - 1, x_rows.shape, err);
  if (ok) {
    correlate_rows(result.data, x_rows, y_rows);
    *out = result;
  }
  eng_tensor_release(&x_rows);
  eng_tensor_release(&y_rows);
  return ok;
}

bool eng_tensor_correlation_all(double *out, const EngTensor *a, const EngTensor *b, EngError *err) {
  EngTensor x, y, x_flat = {0}, y_flat = {0};
  if (!stretch_both(&x, &y, a, b, err)) return false;
  bool ok = eng_tensor_flat(&x_flat, &x, err) && eng_tensor_flat(&y_flat, &y, err);
  if (ok) *out = correlate(x_flat.data, y_flat.data, x_flat.shape[0]);
  eng_tensor_release(&x_flat);
  eng_tensor_release(&y_flat);
  return ok;
}
