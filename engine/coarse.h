/* Patterns made smaller where they are hot, so that a thumbnail of a long text need not read them whole: of every
 * few tokens on either side the weight of largest size, with its sign (engine/pool.h). Where there are so few
 * tokens that this would save nothing, there is none. */
#ifndef ENGINE_COARSE_H
#define ENGINE_COARSE_H

#include "engine/error.h"
#include "engine/pool.h"
#include "engine/tensor.h"

/* All patterns of one shape. */
typedef struct EngCoarse {
  size_t rows, columns; /* of a pattern */
  float
      *values; /* room for 2 columns, which making one takes, then (patterns, cells, cells); NULL: there is none */
} EngCoarse;

/* How many of n tokens a cell is made of, a power of two; 1: they are few. */
size_t eng_coarse_size(size_t n);

/* Numbers that such patterns need; 0 where there is none, or they are more than can be counted. */
size_t eng_coarse_floats(size_t n_patterns, size_t rows, size_t columns);
/* Memory of its own for them. False when it is short; what there is none of needs none. */
bool eng_coarse_new(EngCoarse *coarse, size_t n_patterns, size_t rows, size_t columns, EngError *err);
void eng_coarse_free(EngCoarse *coarse);

/* Takes in rows of a pattern from `first` on, which begins a cell, as the last ones end one; columns that they do
 * not have are 0. `lower`, of whole patterns: above the diagonal is 0 as well. One thread at a time. */
void eng_coarse_put(const EngCoarse *coarse, size_t pattern, size_t first, const EngTensor *rows, bool lower);

/* The first patterns of others of the same shape. */
void eng_coarse_copy(const EngCoarse *to, const EngCoarse *from, size_t n_patterns);

/* (cells, cells) of one pattern; without data where there is none. */
EngTensor eng_coarse_get(const EngCoarse *coarse, size_t pattern);

#endif
