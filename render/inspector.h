/* What is selected, in numbers: the rows of the inspector, made from state and source and drawn, or copied, as they
 * are. */
#ifndef RENDER_INSPECTOR_H
#define RENDER_INSPECTOR_H

#include "engine/readings.h"
#include "render/frame.h"
#include "render/state.h"

enum { REN_INSPECT_ROWS = 160, REN_INSPECT_BEST = 5 };

/* One weight of a head. */
typedef struct RenEdge {
  int query, key;
  float weight;
} RenEdge;

/* Of one head of the part that is shown; worth keeping, since all its weights are read. */
typedef struct RenHeadNumbers {
  float entropy;  /* of the rows, their mean, nats */
  float first;    /* share of the weights that goes to the first key */
  float previous; /* mean weight from a token to the one before it */
  int n_edges;
  RenEdge edges[REN_INSPECT_BEST]; /* the largest weights, largest first */
} RenHeadNumbers;

void ren_head_numbers(const EngSource *source, int block, int layer, int head, RenHeadNumbers *out);

/* A second run of the same shape, whose numbers stand beside those of the first. */
typedef struct RenInspectSecond {
  const EngSource *source;              /* NULL: nothing is compared */
  const RenState *state;                /* as a view of it sees it */
  const struct EngAlignment *alignment; /* of the tokens of both */
  const RenHeadNumbers *head;
  const EngReadings *readings;
} RenInspectSecond;

/* What rows are made from; of everything but state and frame there may be nothing. */
typedef struct RenInspectFrom {
  const RenState *state;
  const EngSource *source;
  const RenHeadNumbers *head;   /* of the selected head; NULL while its layer is not finished */
  const struct RenStrip *strip; /* NULL: none shows */
  RenInspectSecond second;
  const EngReadings *readings;
  const char *failed;    /* why there are no readings; NULL: they are on their way */
  const RenEdits *edits; /* NULL: what is shown cannot be edited */
  RenId focus;
  RenFrame *frame; /* in whose arena the texts are */
} RenInspectFrom;

typedef enum RenInspectKind {
  REN_INSPECT_HEADING,
  REN_INSPECT_FIELD,
  REN_INSPECT_RANKED,
  REN_INSPECT_NOTE,
  REN_INSPECT_EDIT,    /* of the model: can be turned off and on, and taken away */
  REN_INSPECT_CONTROLS /* buttons, behind a label where there is one; not copied */
} RenInspectKind;

typedef struct RenInspectControl {
  RenId id; /* of none: only a text */
  const char *title;
  bool active, disabled;
} RenInspectControl;

enum { REN_INSPECT_MOST_CONTROLS = 4 };

typedef struct RenInspectRow {
  RenInspectKind kind;
  const char *label, *value;       /* value: NULL for headings, notes, and where the label says it all */
  const char *second, *difference; /* beside the value, where two runs are compared; else NULL */
  float share;                     /* ranked: the length of its bar, 0 to 1 */
  RenSide side;                    /* ranked: a token that a click pins; none: no token */
  int token;                       /* … or which edit it is … */
  bool on, faded;                  /* … whether it is on, and does nothing all the same */
  int n_controls;
  RenInspectControl controls[REN_INSPECT_MOST_CONTROLS];
} RenInspectRow;

typedef struct RenInspection {
  RenId focus; /* which of the controls has the keys */
  int n;
  RenInspectRow rows[REN_INSPECT_ROWS];
} RenInspection;

void ren_inspect(const RenInspectFrom *from, RenInspection *out);

/* Label and value a line, tab separated, headings alone: malloc'ed; NULL when memory is short. */
char *ren_inspection_text(const RenInspection *inspection);

/* Of all rows, in logical pixels; draws those that show of it in the panel. */
float ren_inspection_height(const RenInspection *inspection);
void ren_inspection_draw(const RenInspection *inspection, const RenState *state, RenRect panel, float scroll,
                         RenFrame *frame);

#endif
