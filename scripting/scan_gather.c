/* A pass of its own over the text, before the one that scores. Sums are of batches, which are fixed, added up in
 * their order: the mean has the same bits for any number of threads. */
#include "scripting/scan_impl.h"

#include "engine/crew.h"

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
