/* Sums in double precision, whose memory is counted. Those of one batch after the other, in their order, give the
 * same bits for any number of threads. */
#include "scripting/gathered.h"

#include "engine/budget.h"
#include "engine/safetensors.h"

#include <stdlib.h>
#include <string.h>

static size_t bytes_of(size_t size) { return (size + 1) * sizeof(double); }

static bool begin(ScrGathered *gathered, int rank, const size_t *shape, size_t size, EngError *err) {
  size_t bytes = bytes_of(size);
  if (!eng_budget_take(bytes)) return eng_budget_error(err, "gather", bytes);
  gathered->rank = rank;
  gathered->size = size;
  memcpy(gathered->shape, shape, (size_t)rank * sizeof *shape);
  gathered->sums = calloc(1, bytes);
  if (gathered->sums) return true;
  eng_budget_give(bytes);
  return eng_error_memory(err, NULL, "%zu sums", size);
}

static bool fits(ScrGathered *gathered, int rank, const size_t *shape, size_t size, EngError *err) {
  if (!gathered->sums) return begin(gathered, rank, shape, size, err);
  if (gathered->rank == rank && memcmp(gathered->shape, shape, (size_t)rank * sizeof *shape) == 0) return true;
  char expected[64], found[64];
  return eng_error_set(err, NULL, "gather", "expected tensors of one shape, %s as before, found %s",
                       eng_shape_text(gathered->rank, gathered->shape, expected, sizeof expected),
                       eng_shape_text(rank, shape, found, sizeof found));
}

bool scr_gathered_add(ScrGathered *gathered, const EngTensor *tensor, EngError *err) {
  if (!fits(gathered, tensor->rank, tensor->shape, eng_tensor_size(tensor), err)) return false;
  for (size_t i = 0; i < gathered->size; i++) gathered->sums[i] += (double)tensor->data[i];
  gathered->n_sequences++;
  return true;
}

bool scr_gathered_merge(ScrGathered *into, const ScrGathered *from, EngError *err) {
  if (from->n_sequences == 0) return true;
  if (!fits(into, from->rank, from->shape, from->size, err)) return false;
  for (size_t i = 0; i < into->size; i++) into->sums[i] += from->sums[i];
  into->n_sequences += from->n_sequences;
  return true;
}

bool scr_gathered_mean(const ScrGathered *gathered, EngTensor *out, EngError *err) {
  if (!eng_tensor_new(out, gathered->rank, gathered->shape, err)) return false;
  for (size_t i = 0; i < gathered->size; i++)
    out->data[i] = (float)(gathered->sums[i] / (double)gathered->n_sequences);
  return true;
}

void scr_gathered_free(ScrGathered *gathered) {
  if (gathered->sums) eng_budget_give(bytes_of(gathered->size));
  free(gathered->sums);
  *gathered = (ScrGathered){0};
}
