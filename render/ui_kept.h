/* What a window works out of its source and keeps, each with what it was worked out from: it is worked out again
 * when that has changed. For ui_impl.h alone. */
#ifndef RENDER_UI_KEPT_H
#define RENDER_UI_KEPT_H

#include "render/inspector.h"
#include "render/state.h"
#include "render/strip.h"

/* What share of all weight the sink takes; computed once for each version of the source. */
typedef struct RenSink {
  uint64_t version;
  int block;
  bool known;
  float share;
  char name[48]; /* of the token */
} RenSink;

/* What numbers over the heads that are on depend on. */
typedef struct RenHeadsKey {
  uint64_t version, heads[REN_MAX_HEADS / 64];
  int picks[REN_MAX_PICKS][3];
  int block, layer, head, sink;
  uint64_t passing; /* serial of which pass the filter; 0: all do */
} RenHeadsKey;

/* The token strip as it is shown, and what it was worked out from. */
typedef struct RenStripKept {
  RenStrip strip;
  struct {
    RenHeadsKey heads;
    uint64_t second, difference; /* versions of theirs */
    uint64_t readings, numbers;
    char name[REN_STRIP_NAME];
  } key;
} RenStripKept;

/* Readings of a run as they came. */
typedef struct RenReadingsKept {
  EngReadings *readings;       /* NULL: none so far … */
  char *failed;                /* … or this is why */
  char neuron[REN_STRIP_NAME]; /* whose activations they have */
} RenReadingsKept;

/* What a view's keys receive, and what that was summed for. */
typedef struct RenReceivedKept {
  float *sums;
  bool known, selected;
  RenHeadsKey key;
} RenReceivedKept;

/* Of which picture it was the last time that all of it was there. */
typedef struct RenWhole {
  uint64_t version; /* of the source */
  int view, layer;
} RenWhole;

/* The numbers of the head that was selected last, and which one that is. */
typedef struct RenHeadKept {
  uint64_t serial; /* of the source; 0: none is kept */
  int block, layer, head;
  RenHeadNumbers numbers;
} RenHeadKept;

/* The heads by the score that is set; made once for each version of the source. */
typedef struct RenRanks {
  uint64_t version;
  int block;
  EngScore score;
  uint64_t scores_of; /* serial of the probe's, 0: of none */
  int *order, *places;
  float *scores;
  RenRanking shown;
} RenRanks;

/* What share of what the shown heads weigh is not drawn, and what that depends on. */
typedef struct RenHidden {
  uint64_t version;
  int block;
  float threshold;
  bool sink;
  int n_heads;
  RenPanel heads[REN_MAX_HEADS];
  float share;
} RenHidden;

#endif
