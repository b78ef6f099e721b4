/* A number for each token, worked out as the token strip shows it. What attention tells is worked out here; the
 * rest comes with the readings, or from the user. */
#ifndef RENDER_STRIP_H
#define RENDER_STRIP_H

#include "engine/alignment.h"
#include "engine/readings.h"
#include "render/state.h"
#include "render/strip_kind.h"

/* Numbers of the user's own, one for each token of the text. */
typedef struct RenNumbers {
  char name[REN_STRIP_NAME]; /* "": there are none */
  int n;
  float *values;
  uint64_t serial; /* differs between any two */
} RenNumbers;

/* What it is worked out from; of everything but state and source there may be nothing. */
typedef struct RenStripFrom {
  const RenState *state;
  const EngSource *source;
  const EngReadings *readings;
  const char *neuron; /* whose activations they hold, "" for none */
  const char *failed; /* why there are no readings; NULL: they are on their way */
  const RenNumbers *numbers;
  bool second; /* of the run to compare with: the user's own numbers are of the first one's text */
} RenStripFrom;

/* Colours go from 0, which has none, to `most`. */
typedef struct RenStrip {
  char title[128];
  char missing[256]; /* what stands where the numbers would; "": they are there */
  RenSide side;      /* of the block that is shown: whose tokens they are of */
  int n, room;       /* room: of the memory */
  float *values;     /* (n), NaN for none */
  const float *both; /* (2, n) of a difference: what is subtracted, and from what; NULL: it is none */
  float most;        /* the largest magnitude */
  bool diverges;     /* both signs count, else one does: `negative` */
  bool negative;
} RenStrip;

/* Fills it anew, keeping its memory. False when memory is short. */
bool ren_strip_fill(RenStrip *strip, const RenStripFrom *from);
/* The second less the first, for n places with a token of each. */
bool ren_strip_subtract(RenStrip *strip, const RenStrip *first, const RenStrip *second, const EngPlace *places,
                        int n);
void ren_strip_free(RenStrip *strip);

#endif
