/* Order: numbers travel with their places, so that sorting is stable and topk, which keeps the best few in a
 * heap, gives the same order as sorting would. NaN is the largest of all. */
#include "engine/tensor_ops.h"
#include "engine/tensor_walk.h"

#include <stdint.h>
#include <stdlib.h>

typedef struct Item {
  float value;
  uint32_t place;
} Item;

enum { MOST = 1 << 24 }; /* places that a float holds */

/* -1, 0 or 1 as a is smaller than, equal to or larger than b. */
static int compare_values(float a, float b) {
  if (a < b) return -1;
  if (a > b) return 1;
  return (a != a) - (b != b);
}

static int by_place(const Item *a, const Item *b) { return a->place < b->place ? -1 : a->place > b->place; }

static int ascending(const void *a, const void *b) {
  const Item *x = a, *y = b;
  int order = compare_values(x->value, y->value);
  return order ? order : by_place(x, y);
}

static int descending_order(const void *a, const void *b) {
  const Item *x = a, *y = b;
  int order = compare_values(y->value, x->value);
  return order ? order : by_place(x, y);
}

static void sort_line(Item *items, const float *x, size_t n, bool descending) {
  for (size_t i = 0; i < n; i++) items[i] = (Item){x[i], (uint32_t)i};
  qsort(items, n, sizeof *items, descending ? descending_order : ascending);
}

/* Moves the top of a heap of `k` down to its place. The worst of the kept items is on top. */
static void sift_down(Item *heap, size_t k) {
  size_t at = 0;
  Item item = heap[0];
  for (size_t child = 1; child < k; child = 2 * at + 1) {
    if (child + 1 < k && descending_order(&heap[child], &heap[child + 1]) < 0) child++;
    if (descending_order(&item, &heap[child]) >= 0) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = item;
}

/* The `k` best of `x` into items, best first; 0 < k <= n. */
static void top_of_line(Item *items, const float *x, size_t n, size_t k) {
  sort_line(items, x, k, true);
  for (size_t i = 0; i < k / 2; i++) { /* worst first is a heap */
    Item other = items[i];
    items[i] = items[k - 1 - i];
    items[k - 1 - i] = other;
  }
  for (size_t i = k; i < n; i++) {
    if (compare_values(x[i], items[0].value) <= 0) continue; /* a later equal one comes after */
    items[0] = (Item){x[i], (uint32_t)i};
    sift_down(items, k);
  }
  qsort(items, k, sizeof *items, descending_order);
}

/* rows (…, n) into values and indices (…, k). With k < n the k largest, else all in order. */
static void order_rows(EngTensor rows, size_t k, bool descending, Item *items, float *values, float *indices) {
  size_t n = rows.shape[rows.rank - 1];
  EngWalk walk = eng_walk_lines(1, (const EngTensor *[]){&rows});
  for (; walk.n; eng_walk_next(&walk))
    for (size_t j = 0; j < walk.n; j++) {
      const float *line = walk.data[0] + (ptrdiff_t)j * walk.step[0];
      if (k < n)
        top_of_line(items, line, n, k);
      else
        sort_line(items, line, n, descending);
      for (size_t i = 0; i < k; i++) *values++ = items[i].value, *indices++ = (float)items[i].place;
    }
}

/* Orders lines of the last axis of rows; both results are (…, k). */
static bool order(EngTensor *values, EngTensor *indices, EngTensor rows, size_t k, bool descending, EngError *err) {
  EngTensor v = {0}, p = {0};
  size_t n = rows.shape[rows.rank - 1];
  rows.shape[rows.rank - 1] = k;
  bool ok = eng_tensor_new(&v, rows.rank, rows.shape, err) && eng_tensor_new(&p, rows.rank, rows.shape, err);
  rows.shape[rows.rank - 1] = n;
  Item *items = ok && k > 0 ? malloc(k * sizeof *items) : NULL;
  if (ok && k > 0 && !items) ok = eng_error_memory(err, NULL, "%zu numbers in order", k);
  if (!ok) {
    eng_tensor_release(&v);
    eng_tensor_release(&p);
    return false;
  }
  if (k > 0) order_rows(rows, k, descending, items, v.data, p.data);
  free(items);
  *values = v;
  *indices = p;
  return true;
}

static bool check_length(const char *name, size_t n, EngError *err) {
  return n <= MOST || eng_error_set(err, NULL, name, "expected at most %d numbers on the axis, found %zu", MOST, n);
}

bool eng_tensor_sort(EngTensor *values, EngTensor *indices, const EngTensor *tensor, int axis, bool descending,
                     EngError *err) {
  EngTensor rows;
  size_t n = tensor->shape[axis];
  if (!check_length("sort", n, err) || !eng_tensor_rows(&rows, tensor, axis, err)) return false;
  bool ok = order(values, indices, rows, n, descending, err);
  int last = rows.rank - 1;
  eng_tensor_release(&rows);
  if (!ok) return false;
  *values = eng_tensor_move_axis(*values, last, axis);
  *indices = eng_tensor_move_axis(*indices, last, axis);
  return true;
}

bool eng_tensor_topk(EngTensor *values, EngTensor *indices, const EngTensor *tensor, size_t k, EngError *err) {
  EngTensor rows;
  if (tensor->rank == 0) return eng_error_set(err, NULL, "topk", "expected at least 1 axis, found 0");
  size_t n = tensor->shape[tensor->rank - 1];
  if (k > n) return eng_error_set(err, NULL, "topk", "k: expected 0 to %zu, found %zu", n, k);
  if (!check_length("topk", n, err) || !eng_tensor_rows(&rows, tensor, tensor->rank - 1, err)) return false;
  bool ok = order(values, indices, rows, k, true, err);
  eng_tensor_release(&rows);
  return ok;
}
