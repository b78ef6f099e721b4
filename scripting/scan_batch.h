/* What one thread of a scan works on at a time: passages that go through the model in one pass, and what the probe
 * says of them. */
#ifndef SCRIPTING_SCAN_BATCH_H
#define SCRIPTING_SCAN_BATCH_H

#include "scripting/gathered.h"
#include "scripting/scan_line.h"
#include "scripting/scan_probe.h"

/* One line of the result. */
typedef struct ScrFound {
  size_t start, stop; /* of its bytes in the batch's text, with its newline */
  double weight;
} ScrFound;

typedef struct ScrBatch {
  EngPassage *passages;
  size_t n, room, tokens;
  EngMark after; /* where reading goes on behind it */
  uint64_t passed_over;
  /* Edges and what probes of runs say: lines. */
  char *text;
  size_t length;
  ScrFound *found;
  size_t n_found, room_found;
  /* Scores, one passage after another: `places` numbers each, or one for each token. */
  float *scores;
  /* What the probe gathers, where this is asked for instead. */
  bool gathers;
  ScrGathered gathered;
} ScrBatch;

/* Takes the next passages, as many as one pass should have. NULL and an error; without passages at the end. */
ScrBatch *scr_batch_take(EngCorpus *corpus, EngError *err);
void scr_batch_free(ScrBatch *batch);

/* Runs the model and asks the probe. `arenas` are the thread's own. */
bool scr_batch_work(ScrBatch *batch, EngModel *model, const ScrNames *names, ScrProbe *probe, EngArenaPool *arenas,
                    const EngCancel *cancel, EngError *err);

#endif
