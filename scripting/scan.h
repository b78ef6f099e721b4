/* A probe asked of files of any size: passages are packed into batches, batches worked on by several threads, and
 * what they find written in the order of the text. The bytes of the result do not depend on the threads. */
#ifndef SCRIPTING_SCAN_H
#define SCRIPTING_SCAN_H

#include "scripting/scan_result.h"

#include "engine/cancel.h"
#include "engine/error.h"
#include "engine/model.h"

#include <stdbool.h>
#include <stdint.h>

/* How far a scan has come. */
typedef struct ScrScanTotals {
  uint64_t bytes, bytes_done;       /* of the files */
  uint64_t sequences, tokens;       /* that were read, in earlier parts of a resumed scan, too */
  uint64_t found;                   /* lines of the result */
  uint64_t passed_over;             /* lines that are no text */
  uint64_t bytes_here, tokens_here; /* of this part alone */
  double seconds;                   /* of this part */
  bool kept;                        /* of a scan that failed: it can go on from what it found */
} ScrScanTotals;

typedef struct ScrScan {
  const char *home;               /* holds scripts/ */
  const char *probe;              /* a file, or the name of one as scripts/probe.lua takes it */
  const struct ScrLimits *limits; /* of the scan and of its probe (limits.h); NULL: none */
  EngCancel *stop; /* what scr_scan is given, raised when a limit of time is over; NULL: there is none */
  EngModel *model;
  const char *const *files;
  int n_files;
  const char *out;
  const char *const *settings; /* "name=value" for the probe's parameters */
  int n_settings;
  int top;     /* places kept for each head or neuron; of edges the heaviest; 0: 10, or all edges */
  int workers; /* 0: one for each processor */
  bool join;
  ScrResultMode mode; /* what may be in `out` */
  /* Both may be NULL; from any thread, one at a time. */
  void (*progress)(void *context, const ScrScanTotals *totals);
  void (*warn)(void *context, const char *sentence);
  void *context;
} ScrScan;

/* False when something failed or the scan was cancelled: what was found so far is in the result file then, and a
 * scan with `resume` goes on from there. */
bool scr_scan(const ScrScan *scan, const EngCancel *cancel, ScrScanTotals *totals, EngError *err);

#endif
