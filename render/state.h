/* Everything that the window shows beside the source itself: one selection for all views, and what the
 * user set. Plain data: commands change it, views read it. */
#ifndef RENDER_STATE_H
#define RENDER_STATE_H

#include "engine/score.h"
#include "engine/source.h"
#include "render/choice.h"
#include "render/dock.h"
#include "render/edits.h"
#include "render/frame.h"
#include "render/pins.h"
#include "render/theme.h"

#define REN_MAX_HEADS 256
#define REN_MAX_ZOOM 1024.0f
#define REN_LEAST_ROWS 0.001f /* the head view's rows, of their pitch at first */
#define REN_MOST_ROWS 3.0f
#define REN_MAX_SCROLL (1 << 24)

typedef struct RenPanel {
  int layer, head;
} RenPanel;

/* One of the heads of any layers that are shown instead of one layer's. */
typedef struct RenPick {
  RenPanel head;
  bool off; /* is listed, but not drawn */
} RenPick;

/* Stays open. No head has two panels. */
typedef struct RenPinnedPanel {
  RenPanel panel;
  bool moved;
  RenPoint at; /* where it was moved: its corner, from the view's */
} RenPinnedPanel;

enum { REN_MAX_PANELS = 8, REN_MAX_PICKS = 16 };

enum { REN_CLASSES_FILE = 512 }; /* bytes of the name of a file of token classes */
enum { REN_STRIP_NAME = 64 };    /* bytes of the name of what the token strip shows */

/* The selection as it was before heads or layers were merged. */
typedef struct RenKept {
  int layer, head;
  uint64_t heads[REN_MAX_HEADS / 64];
} RenKept;

enum { REN_MAX_TOP = 1024 };

/* What the expanded neuron view shows of a head's dimensions. */
typedef struct RenDimensionState {
  int selected; /* seen over all tokens; -1 for none */
  RenOrder order;
  RenRest rest;
  int top;     /* how many are first */
  bool values; /* the column of values, too */
} RenDimensionState;

/* What a probe says of every head. */
typedef struct RenScores {
  int n_layers, n_heads;
  const float *values; /* (layers * heads) */
  float most;          /* what fills a bar */
  const char *name;    /* of the probe */
  uint64_t serial;     /* differs between any two */
} RenScores;

enum { REN_WHERE = 256 }; /* bytes of what heads are filtered by */

/* All heads from the highest score to the lowest, or those of each layer, that with the highest mean first. */
typedef struct RenRanking {
  int n;
  const int *order;    /* (n) layer * heads + head, in order */
  const int *places;   /* (n) where that head is in the order */
  const float *scores; /* (n) by layer * heads + head */
  bool grouped;        /* a row is a layer */
} RenRanking;

typedef struct RenState {
  RenViewKind view;                   /* the active one, which keys act on */
  bool split;                         /* another one is beside it */
  RenViewKind beside;                 /* that one, or the one that was there last */
  RenShown shown, beside_shown;       /* of which run */
  bool right;                         /* the active one is the right one */
  float share;                        /* of the width: the left one's */
  int layer;                          /* selected layer */
  int head;                           /* selected head: what the neuron view shows */
  uint64_t heads[REN_MAX_HEADS / 64]; /* heads drawn in the head and matrix views, a bit each; at least one */
  int n_picks;                        /* instead of those heads of any layers, … */
  RenPick picks[REN_MAX_PICKS];       /* … in the order in which they were picked; at least one of them on */
  int token;                          /* selected query token, -1 for none */
  RenPins pins;                       /* drawn alone, as the selected token is */
  int block;                          /* attention filter: index of the source's block */
  float threshold;                    /* weights below are not drawn */
  bool sink_hidden;                   /* first token (causal) or separators left out of the drawing */
  EngMerge merge;                     /* how what is shown is made; its heads those of the tiles */
  RenKept kept;
  bool expanded;                /* neuron view */
  RenDimensionState dimensions; /* of the expanded one */
  bool panel_open;
  RenPanel panel; /* detail panel of the model view: follows the selection */
  int n_pinned_panels;
  RenPinnedPanel pinned_panels[REN_MAX_PANELS]; /* stay beside it, the last one in front */
  RenThumbs thumbs;                             /* model view */
  bool sorted;                                  /* … its heads by a score instead of by layer and head */
  EngScore sort;
  bool by_probe;                       /* … which is the active probe's */
  bool grouped;                        /* … within their layers, which are in the order of their means */
  const RenRanking *ranking;           /* … which the window has made of that; NULL: none */
  RenRamp ramp;                        /* matrix view: from weight to opacity */
  float zoom;                          /* matrix view: 1 shows everything */
  float row_zoom;                      /* head and neuron view: their rows' pitch, of that at first */
  const float *received;               /* (columns) what received.h tells, where a minimap shows it, or NULL */
  bool inspector;                      /* its panel shows */
  bool dock, dock_floats;              /* the dock does: beside the views, over those of a narrow window */
  bool unopened;                       /* no model is open, nor will be by itself */
  char probe[REN_PROBE_ID];            /* the active one's id, "" for none */
  RenSettings params;                  /* what it, and others, are asked with */
  char where[REN_WHERE];               /* heads that it does not hold for … */
  bool where_hides;                    /* … are hidden, else dimmed; "": it holds for all */
  const RenPassing *passing;           /* those that it holds for, NULL: all, or nobody knows yet */
  const RenScores *scores;             /* what it says of the heads that are shown, or NULL */
  char classes_file[REN_CLASSES_FILE]; /* tokens are marked as it says; "default", "": none is */
  const struct RenClasses *classes;    /* of the text that is shown, or NULL */
  char strip[REN_STRIP_NAME];          /* what the token strip shows, as strip_kind.h names it; "": folded */
  bool editing;                        /* clicks edit the model … */
  RenBrush brush;                      /* … like this */
  const RenEditList *edits;            /* of the run that is shown, or NULL: it has none */
  const RenEditList *stroke;           /* places that the mouse has been over, held, or NULL */

  int preview;         /* slot whose tile the mouse came upon: drawn alone in the head view; -1 for none */
  RenId hover;         /* what the mouse is on; REN_NO_ID for nothing */
  bool hover_right;    /* it is of the right one of two views */
  RenSide hover_side;  /* token of the view under the mouse */
  int hover_token;     /* index inside the block, -1 */
  RenPoint mouse;      /* logical pixels */
  float hover_seconds; /* how long: a tooltip appears after 0.3 */

  float scroll_x[REN_VIEW_COUNT], scroll_y[REN_VIEW_COUNT];
  const RenTheme *theme;
  RenPalette palette;
  RenLineWeights lines;
  float scale;
} RenState;

bool ren_block_has(const EngBlock *block, RenPanel head);

/* What the thumbnails are sorted by: a score's name, "probe", or "none". */
const char *ren_state_sort_name(const RenState *state);
bool ren_state_sort_parse(const char *name, RenState *out);

void ren_state_init(RenState *state);
/* Brings every index into the range of `source` (a new run has other tokens); drops the hover. `source`
 * may be NULL. */
void ren_state_fit(RenState *state, const EngSource *source);

/* The colours of heads and layers in the theme and palette that are set. */
RenColor ren_state_head_color(const RenState *state, int head);
RenColor ren_state_layer_color(const RenState *state, int layer);
RenColor ren_state_tile_color(const RenState *state, int head, bool active);

/* Opacity over weight of lines at rest, of n heads over each other; of lines drawn alone. */
float ren_state_gain(const RenState *state, int n_heads, bool alone);

bool ren_state_head_active(const RenState *state, int head);
void ren_state_head_set(RenState *state, int head, bool active);
int ren_state_heads_active(const RenState *state, int n_heads);

/* Selects a query, -1 for none, and pins a key, -1 for none, and nothing else. */
void ren_state_point(RenState *state, int query, int key);

/* The place of a head among the picked ones, or -1. */
int ren_state_pick(const RenState *state, RenPanel head);
/* What the head and matrix views choose from, a tile each: the picked heads in their order or, without any, the
 * heads of the layer. How many slots there are, whether one is on, how many are. */
int ren_state_slots(const RenState *state, int n_heads);
bool ren_state_slot_on(const RenState *state, int slot);
int ren_state_slots_on(const RenState *state, int n_heads);

/* Whether a head passes the filter; whether a slot that is on does, and how many: numbers about several heads are
 * of those; whether a slot that is on is not hidden by it, and how many are. */
bool ren_state_passes(const RenState *state, RenPanel head);
bool ren_state_slot_counts(const RenState *state, int slot);
int ren_state_slots_count(const RenState *state, int n_heads);
bool ren_state_slot_shown(const RenState *state, int slot);
int ren_state_slots_shown(const RenState *state, int n_heads);

/* The place of a head's panel among the pinned ones, or -1. */
int ren_state_pinned_panel(const RenState *state, RenPanel panel);
/* Whether the panel that follows the selection shows: it is open, and not pinned as well. */
bool ren_state_panel_shown(const RenState *state);

/* The mouse is on `id` (REN_NO_ID: on nothing): sets the hovered side and token that follow from it. Strips
 * and the expand control belong to their token, a tile to the head that it previews. */
void ren_state_hover(RenState *state, RenId id);

/* The query token whose row is drawn alone: the hovered one, else the selected one, else -1. */
int ren_state_query(const RenState *state);
/* The hovered key token, whose column is then drawn alone, or -1. */
int ren_state_key(const RenState *state);

#endif
