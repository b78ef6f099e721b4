/* Where a number lies in a range: rows are looked at one by one, and of each only the columns that are as far from
 * the row as asked. Once to count, once to write down. */
#include "engine/tensor_ops.h"

#include <math.h>

/* The same range for floats: every float within it is within `range` and no other. */
static void as_floats(EngRange range, float *low, float *high) {
  *low = (float)range.from;
  *high = (float)range.to;
  if ((double)*low < range.from) *low = nextafterf(*low, INFINITY);
  if ((double)*high > range.to) *high = nextafterf(*high, -INFINITY);
}

/* Row `row` of all in C order, its place along the axes before the last one in `index`. */
static const float *row_at(const EngTensor *tensor, size_t row, size_t *index) {
  const float *data = tensor->data;
  for (int axis = tensor->rank - 2; axis >= 0; axis--) {
    index[axis] = row % tensor->shape[axis];
    row /= tensor->shape[axis];
    data += (ptrdiff_t)index[axis] * tensor->stride[axis];
  }
  return data;
}

/* The columns [from, to) whose distance, row minus column, lies in the range. */
static void columns(const EngTensor *tensor, const size_t *index, EngRange distance, size_t *from, size_t *to) {
  double n = (double)tensor->shape[tensor->rank - 1], row = tensor->rank > 1 ? (double)index[tensor->rank - 2] : 0;
  double first = fmax(0, ceil(row - distance.to)), end = fmin(n, floor(row - distance.from) + 1);
  *from = (size_t)fmin(first, n);
  *to = end > first ? (size_t)end : *from;
}

enum { MOST = 1 << 24 }; /* indices that a float holds */

typedef struct Found {
  float *places, *values; /* NULL: they are only counted */
  size_t n;
} Found;

static void note(Found *found, int rank, const size_t *index, size_t column, float value) {
  if (found->places) {
    float *place = found->places + found->n * (size_t)rank;
    for (int axis = 0; axis + 1 < rank; axis++) place[axis] = (float)index[axis];
    place[rank - 1] = (float)column;
    found->values[found->n] = value;
  }
  found->n++;
}

static void look(Found *found, const EngTensor *tensor, EngRange range, EngRange distance) {
  size_t n = tensor->shape[tensor->rank - 1], rows = n ? eng_tensor_size(tensor) / n : 0;
  ptrdiff_t step = tensor->stride[tensor->rank - 1];
  float low, high;
  as_floats(range, &low, &high);
  for (size_t r = 0; r < rows; r++) {
    size_t index[ENG_TENSOR_RANK], from, to;
    const float *row = row_at(tensor, r, index);
    columns(tensor, index, distance, &from, &to);
    for (size_t i = from; i < to; i++) {
      float value = row[(ptrdiff_t)i * step];
      if (value >= low && value <= high) note(found, tensor->rank, index, i, value);
    }
  }
}

static bool check(const EngTensor *tensor, EngRange distance, EngError *err) {
  int least = isfinite(distance.from) || isfinite(distance.to) ? 2 : 1;
  if (tensor->rank < least)
    return eng_error_set(err, NULL, "places", "expected at least %d axes, found %d", least, tensor->rank);
  for (int axis = 0; axis < tensor->rank; axis++)
    if (tensor->shape[axis] > MOST)
      return eng_error_set(err, NULL, "places", "expected axes of at most %d, found %zu", MOST,
                           tensor->shape[axis]);
  return true;
}

bool eng_tensor_places(EngTensor *places, EngTensor *values, const EngTensor *tensor, EngRange range,
                       EngRange distance, EngError *err) {
  Found found = {0};
  EngTensor at = {0}, what = {0};
  if (!check(tensor, distance, err)) return false;
  look(&found, tensor, range, distance);
  bool ok = eng_tensor_new(&at, 2, (size_t[]){found.n, (size_t)tensor->rank}, err) &&
            eng_tensor_new(&what, 1, (size_t[]){found.n}, err);
  if (!ok) {
    eng_tensor_release(&at);
    return false;
  }
  found = (Found){at.data, what.data, 0};
  if (what.shape[0] > 0) look(&found, tensor, range, distance);
  *places = at;
  *values = what;
  return true;
}
