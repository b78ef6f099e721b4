/* Where the regions and controls of the window are: rectangles cut from the window, nothing else. */
#ifndef RENDER_LAYOUT_H
#define RENDER_LAYOUT_H

#include "render/geometry.h"
#include "render/state.h"

/* What decides about room. */
typedef struct RenLayoutNeeds {
  float width, height;
  bool chrome;    /* false: the view is all there is */
  bool error;     /* the error bar shows … */
  bool limit;     /* … with what shortens a text */
  bool pair;      /* the model takes a second sentence … */
  bool pair_open; /* … and its field is unfolded */
  bool filter;    /* there is more than one block to choose from */
  bool compare;   /* a second run is compared with */
  bool split;     /* two views are wanted … */
  bool right;     /* … and the right one is active */
  float share;    /* of the width: the left one's */
  float console;  /* height of the console; 0: folded */
  int n_heads;    /* 0: no tiles … */
  float tile;     /* … and how wide one is; 0: as usual */
  float strip;    /* height of the token strip; 0: there is none … */
  bool strips;    /* … and each of two views has one */
  bool legend;    /* of classes of tokens */
  bool inspector;
  bool dock;
  float chip_long; /* widths of the chip with its sentence and with its number; 0: no chip */
  float chip_short;
} RenLayoutNeeds;

/* Logical pixels; a rectangle without area is not there. */
typedef struct RenLayout {
  RenRect input_bar, error_bar, view_bar, area, console, status;
  RenRect dock;          /* left of the area, or over it where the window is narrow */
  RenRect inspector;     /* right of the area, or over it where the window is narrow */
  RenRect strip_title;   /* of the token strip: its drop-down is below it */
  RenRect strip, legend; /* of the area: its upper and its lower edge, above and below the views */
  RenRect beside_strip;  /* where each of two views has one: the other one's, the first is the active one's */
  RenRect compare_bar, compare_label, second, shown[REN_SHOWN_COUNT], uncompare;
  RenRect caption, beside_caption; /* above the active view, above the other one */
  RenRect view, beside, splitter;  /* of the area: the active view, and what is beside it where two show */
  RenRect model, text, pair, run;  /* pair: the field, or the button that unfolds it */
  RenRect examples;                /* lies inside text */
  RenRect details, first, last, error_close;
  RenRect find, find_close;
  RenRect tabs[REN_VIEW_COUNT], split;
  RenRect layer_label, layer, heads_label, tiles;
  RenRect filter;
  RenRect threshold, slider, number; /* slider and number lie inside threshold */
  RenRect chip, options, help;
  bool chip_is_long;
} RenLayout;

RenLayout ren_layout_make(const RenLayoutNeeds *needs);

/* Cuts an area in three: what is left of the splitter, the splitter, what is right of it. */
void ren_layout_split(RenRect area, float share, RenRect out[3]);
/* The share that puts the splitter's middle at x. */
float ren_layout_share(RenRect area, float x);

#endif
