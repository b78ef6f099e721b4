/* Where values come with a smaller matrix, as those of a source do, that is read in place of the weights. Of a
 * column of cells in which keys are left out it says nothing: there the weights are read. Out come the same
 * numbers either way. */
#include "render/pool.h"

#include "engine/coarse.h"

enum { CACHE_LINE = 16 }; /* numbers */

static size_t tokens_of(size_t n, size_t pixels) {
  size_t each = 1;
  while (n / (2 * each) >= pixels) each *= 2;
  return each;
}

RenPool ren_pool_of(const RenValuesShape *shape, size_t height, size_t width) {
  const size_t *n = shape->values.shape;
  RenPool pool = {.row_size = tokens_of(n[0], height), .column_size = tokens_of(n[1], width)};
  size_t rows = eng_coarse_size(n[0]), columns = eng_coarse_size(n[1]);
  bool known = shape->coarse.data && rows <= pool.row_size && columns <= pool.column_size;
  pool.rows = eng_cut_each(n[0], pool.row_size).cells;
  pool.columns = eng_cut_each(n[1], pool.column_size).cells;
  pool.from = known ? &shape->coarse : &shape->values;
  pool.row_known = known ? rows : 1, pool.column_known = known ? columns : 1;
  return pool;
}

static bool is_known(const RenValuesShape *shape, const RenPool *pool) { return pool->from != &shape->values; }

/* The keys of a column of cells. */
static EngTensor keys_of(const RenValuesShape *shape, const RenPool *pool, size_t column) {
  size_t n = shape->values.shape[1], from = column * pool->column_size, to = from + pool->column_size;
  return eng_tensor_slice(shape->values, 1, from, to < n ? to : n);
}

/* Whether what is known of a column of cells does not do, since keys in it are left out. */
static bool is_spoilt(const RenValuesShape *shape, const RenPool *pool, size_t column) {
  if (!shape->skip || !is_known(shape, pool)) return false;
  size_t n = keys_of(shape, pool, column).shape[1];
  for (size_t i = 0; i < n; i++)
    if (shape->skip[column * pool->column_size + i]) return true;
  return false;
}

/* Of a few keys a line of the cache is read for each query. */
size_t ren_pool_cost(const RenValuesShape *shape, const RenPool *pool) {
  size_t n = eng_tensor_size(pool->from);
  for (size_t i = 0; i < pool->columns; i++)
    if (is_spoilt(shape, pool, i)) n += shape->values.shape[0] * (pool->column_size + CACHE_LINE);
  return n;
}

static void read_column(const RenValuesShape *shape, const RenPool *pool, size_t column, float *work, float *out) {
  EngTensor keys = keys_of(shape, pool, column);
  EngPooling pooling = {.values = &keys,
                        .skip = shape->skip + column * pool->column_size,
                        .rows = eng_cut_each(keys.shape[0], pool->row_size),
                        .columns = eng_cut_each(keys.shape[1], pool->column_size)};
  eng_pool(&pooling, work, out + column, pool->columns);
}

void ren_pool_make(const RenValuesShape *shape, const RenPool *pool, float *work, float *out) {
  EngPooling pooling = {.values = pool->from,
                        .skip = is_known(shape, pool) ? NULL : shape->skip,
                        .lower = shape->lower,
                        .rows = eng_cut_each(pool->from->shape[0], pool->row_size / pool->row_known),
                        .columns = eng_cut_each(pool->from->shape[1], pool->column_size / pool->column_known)};
  eng_pool(&pooling, work, out, pool->columns);
  for (size_t i = 0; i < pool->columns; i++)
    if (is_spoilt(shape, pool, i)) read_column(shape, pool, i, work, out);
}

void ren_pool_spread(const RenValuesShape *shape, const RenPool *pool, const EngTensor *smaller, size_t height,
                     size_t width, float *work, float *out) {
  const size_t *n = shape->values.shape;
  EngPooling pooling = {
      .values = smaller, .rows = {n[0], pool->row_size, height}, .columns = {n[1], pool->column_size, width}};
  eng_pool(&pooling, work, out, width);
}
