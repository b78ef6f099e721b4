/* A scan while it runs, for the files that make it: scan.c runs it. */
#ifndef SCRIPTING_SCAN_IMPL_H
#define SCRIPTING_SCAN_IMPL_H

#include "scripting/scan.h"
#include "scripting/scan_batch.h"
#include "scripting/scan_tally.h"
#include "scripting/scan_watch.h"

typedef struct ScrScanJob {
  const ScrScan *scan;
  ScrNames names;
  char *model; /* names.model */
  EngCorpus *corpus;
  ScrProbe **probes; /* (n_workers), and as many of */
  EngArenaPool *arenas;
  ScrWatch *watch;
  int n_workers, top;
  const ScrPlan *plan;
  ScrTally *tally; /* NULL: what is found is written as it is found */
  ScrResult result;
  bool has_result;
  EngMark mark; /* up to here everything is in the result or the tally */
  ScrScanTotals totals;
  uint64_t passed_over, named; /* lines since the last batch; of all, those that somebody was told about */
  double start, saved, shown;  /* seconds */
  bool gathering;              /* this is the first of two passes */
} ScrScanJob;

/* scan_progress.c: bytes that are behind a scan when it has come to `mark`: of who reads the text twice halves. */
uint64_t scr_scan_done_at(const ScrScanJob *job, EngMark mark);
/* Notes that it has come so far, and tells it from time to time. */
void scr_scan_advance(ScrScanJob *job, const ScrBatch *batch);
void scr_scan_show(ScrScanJob *job);

/* scan_gather.c: goes through all of the text, hands the mean to every probe, and leaves reading where it was.
 * Nothing to do for probes that gather nothing. */
bool scr_scan_gather(ScrScanJob *job, const EngCancel *cancel, EngError *err);

/* scan_state.c: saves where a scan can go on. */
bool scr_scan_save(ScrScanJob *job, EngError *err);
/* Goes on where the last scan into this file ended. Refuses another probe, model, text or other options. */
bool scr_scan_resume(ScrScanJob *job, EngError *err);

#endif
