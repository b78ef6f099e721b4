/* Eigenvalues, by LAPACK's dgeev in double precision. A matrix and its transpose have the same, so rows may stand
 * for LAPACK's columns. */
#include "engine/tensor_ops.h"

#include "engine/blas.h"

#include <math.h>
#include <stdlib.h>

typedef struct Value {
  double real, imaginary;
} Value;

/* Memory for one matrix. */
typedef struct Room {
  double *matrix, *real, *imaginary, *work;
  Value *values;
} Room;

static void free_room(Room *room) {
  free(room->matrix);
  free(room->values);
}

static bool make_room(Room *room, size_t n, EngError *err) {
  *room = (Room){.matrix = malloc((n * n + 6 * n) * sizeof(double)), .values = malloc(n * sizeof(Value))};
  if (!room->matrix || !room->values) {
    free_room(room);
    return eng_error_memory(err, NULL, "eigenvalues of %zu rows", n);
  }
  room->real = room->matrix + n * n;
  room->imaginary = room->real + n;
  room->work = room->imaginary + n;
  return true;
}

static int by_size(const void *a, const void *b) {
  const Value *x = a, *y = b;
  double size_x = hypot(x->real, x->imaginary), size_y = hypot(y->real, y->imaginary);
  if (size_x != size_y) return size_x > size_y ? -1 : 1;
  if (x->real != y->real) return x->real > y->real ? -1 : 1;
  return x->imaginary > y->imaginary ? -1 : x->imaginary < y->imaginary;
}

/* False where there are none: a number that is none, or no convergence. */
static bool solve(EngDgeev dgeev, Room *room, int n) {
  int one = 1, work_size = 4 * n, info = 0;
  for (int i = 0; i < n * n; i++)
    if (!isfinite(room->matrix[i])) return false;
  dgeev("N", "N", &n, room->matrix, &n, room->real, room->imaginary, NULL, &one, NULL, &one, room->work, &work_size,
        &info, 1, 1);
  for (int i = 0; i < n; i++) room->values[i] = (Value){room->real[i], room->imaginary[i]};
  qsort(room->values, (size_t)n, sizeof *room->values, by_size);
  return info == 0;
}

static void one_matrix(EngDgeev dgeev, Room *room, const float *from, int n, float *real, float *imaginary) {
  for (int i = 0; i < n * n; i++) room->matrix[i] = (double)from[i];
  bool ok = solve(dgeev, room, n);
  for (int i = 0; i < n; i++) {
    real[i] = ok ? (float)room->values[i].real : NAN;
    imaginary[i] = ok ? (float)room->values[i].imaginary : NAN;
  }
}

/* `matrices` (…, n, n) in C order, n > 0. */
static bool all_matrices(EngTensor *real, EngTensor *imaginary, const EngTensor *matrices, EngError *err) {
  size_t n = matrices->shape[matrices->rank - 1], count = eng_tensor_size(real) / n;
  const EngBlas *blas = eng_blas();
  if (!blas) return eng_error_set(err, "libopenblas.so.0", NULL, "expected OpenBLAS for eigenvalues, found none");
  Room room;
  if (!make_room(&room, n, err)) return false;
  for (size_t i = 0; i < count; i++)
    one_matrix(blas->dgeev, &room, matrices->data + i * n * n, (int)n, real->data + i * n, imaginary->data + i * n);
  free_room(&room);
  return true;
}

enum { MOST = 8192 };

bool eng_tensor_eigenvalues(EngTensor *real, EngTensor *imaginary, const EngTensor *tensor, EngError *err) {
  int rank = tensor->rank;
  if (rank < 2 || tensor->shape[rank - 1] != tensor->shape[rank - 2] || tensor->shape[rank - 1] > MOST)
    return eng_error_set(err, NULL, "eigenvalues", "expected square matrices of at most %d rows", MOST);
  EngTensor copy, re = {0}, im = {0};
  if (!eng_tensor_copy(&copy, tensor, err)) return false;
  bool ok = eng_tensor_new(&re, rank - 1, tensor->shape, err) &&
            eng_tensor_new(&im, rank - 1, tensor->shape, err) &&
            (eng_tensor_size(&re) == 0 || all_matrices(&re, &im, &copy, err));
  eng_tensor_release(&copy);
  if (ok) {
    *real = re;
    *imaginary = im;
    return true;
  }
  eng_tensor_release(&re);
  eng_tensor_release(&im);
  return false;
}
