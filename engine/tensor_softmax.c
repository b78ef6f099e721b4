/* Softmax, line by line: the largest number is taken off first, so that nothing overflows. */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <math.h>

static void softmax_line(float *out, const float *x, size_t n) {
  float top = -INFINITY;
  double sum = 0;
  for (size_t i = 0; i < n; i++) top = x[i] > top ? x[i] : top;
  for (size_t i = 0; i < n; i++) out[i] = expf(x[i] - top);
  for (size_t i = 0; i < n; i++) sum += (double)out[i];
  double scale = 1 / sum;
  for (size_t i = 0; i < n; i++) out[i] = (float)((double)out[i] * scale);
}

/* rows (…, n) into out (…, n), in C order. */
static void softmax_rows(float *out, EngTensor rows) {
  size_t n = rows.shape[rows.rank - 1];
  EngWalk walk = eng_walk_lines(1, (const EngTensor *[]){&rows});
  for (; walk.n; eng_walk_next(&walk))
    for (size_t j = 0; j < walk.n; j++, out += n) softmax_line(out, walk.data[0] + (ptrdiff_t)j * walk.step[0], n);
}

bool eng_tensor_softmax(EngTensor *out, const EngTensor *tensor, int axis, EngError *err) {
  EngTensor rows, result;
  if (!eng_tensor_rows(&rows, tensor, axis, err)) return false;
  bool ok = eng_tensor_new(&result, rows.rank, rows.shape, err);
  if (ok) {
    softmax_rows(result.data, rows);
    *out = eng_tensor_move_axis(result, result.rank - 1, axis);
  }
  eng_tensor_release(&rows);
  return ok;
}
