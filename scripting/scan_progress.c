/* How far a scan is, and who is told of it. */
#include "scripting/scan_impl.h"

#include "engine/clock.h"

static const double show_each = 0.2; /* seconds */

uint64_t scr_scan_done_at(const ScrScanJob *job, EngMark mark) {
  uint64_t before = eng_corpus_before(job->corpus, mark);
  if (!job->plan->gathers) return before;
  return (job->gathering ? before : job->totals.bytes + before) / 2;
}

void scr_scan_advance(ScrScanJob *job, const ScrBatch *batch) {
  ScrScanTotals *t = &job->totals;
  uint64_t done = scr_scan_done_at(job, batch->after);
  t->bytes_here += done - t->bytes_done;
  t->bytes_done = done;
  t->tokens_here += batch->tokens;
  t->seconds = eng_clock_seconds() - job->start;
}

void scr_scan_show(ScrScanJob *job) {
  if (!job->scan->progress || job->totals.seconds - job->shown < show_each) return;
  job->shown = job->totals.seconds;
  job->scan->progress(job->scan->context, &job->totals);
}
