/* A pass of its own over the text, before the one that scores. Sums are of batches, which are fixed, added up in
 * their order: the mean has the same bits for any number of threads. */
#include "scripting/scan_gather.h"

#include "scripting/scan_impl.h"

#include "engine/budget.h"
#include "engine/crew.h"
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

/* --- what the crew does */

typedef struct Gathering {
  ScrScanJob *job;
  ScrGathered all;
  uint64_t sequences;
} Gathering;

static bool take(void *context, void **piece, EngError *err) {
  const Gathering *gathering = context;
  ScrBatch *batch = scr_batch_take(gathering->job->corpus, err);
  if (!batch) return false;
  batch->gathers = true;
  if (batch->n > 0)
    *piece = batch;
  else
    scr_batch_free(batch);
  return true;
}

static bool work(void *context, int worker, void *piece, const EngCancel *cancel, EngError *err) {
  const ScrScanJob *job = ((const Gathering *)context)->job;
  return scr_batch_work(piece, job->scan->model, &job->names, job->probes[worker], &job->arenas[worker], cancel,
                        err);
}

static bool give(void *context, void *piece, EngError *err) {
  Gathering *gathering = context;
  ScrScanJob *job = gathering->job;
  ScrBatch *batch = piece;
  bool ok = scr_gathered_merge(&gathering->all, &batch->gathered, err);
  gathering->sequences += batch->n;
  scr_scan_advance(job, batch);
  scr_scan_show(job);
  scr_batch_free(batch);
  return ok;
}

static void drop(void *context, void *piece) {
  (void)context;
  scr_batch_free(piece);
}

/* --- the pass */

/* Texts without anything to gather are an error where there are texts at all. */
static bool learn(const Gathering *gathering, EngError *err) {
  const ScrScanJob *job = gathering->job;
  EngTensor mean;
  if (gathering->sequences == 0) return true;
  if (gathering->all.n_sequences == 0)
    return eng_error_set(err, NULL, "gather", "expected a sequence of which it takes something, found none");
  if (!scr_gathered_mean(&gathering->all, &mean, err)) return false;
  bool ok = true;
  for (int i = 0; ok && i < job->n_workers; i++) ok = scr_probe_learn(job->probes[i], &mean, err);
  eng_tensor_release(&mean);
  return ok;
}

bool scr_scan_gather(ScrScanJob *job, const EngCancel *cancel, EngError *err) {
  if (!job->plan->gathers) return true;
  Gathering gathering = {.job = job};
  EngCrewTask task = {take, work, give, drop, &gathering};
  job->totals.bytes_done = 0;
  job->gathering = true;
  bool ok = eng_corpus_seek(job->corpus, (EngMark){.line = 1}, err) &&
            eng_crew_run(&task, job->n_workers, cancel, err) && learn(&gathering, err) &&
            eng_corpus_seek(job->corpus, job->mark, err);
  job->gathering = false;
  job->totals.bytes_done = scr_scan_done_at(job, job->mark);
  scr_gathered_free(&gathering.all);
  return ok;
}
