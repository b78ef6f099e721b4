/* Every size inside of the views, in logical pixels; shares and opacities. */
#ifndef RENDER_VIEW_SIZES_H
#define RENDER_VIEW_SIZES_H

/* Views: what they share. */
enum {
  REN_CELL_PAD = 8,       /* between a token's text and its cell's edge towards the lines */
  REN_SELECTED = 2,       /* outline of what is selected */
  REN_PINNED = 3,         /* bar at the outer edge of what is pinned */
  REN_CORNER = 2,         /* radius of cells */
  REN_SCROLLBAR = 4,      /* width of the mark that shows how far a view is scrolled */
  REN_TOKEN_LABELS = 13,  /* tokens' texts thin out to keep this distance */
  REN_MINIMAP = 14,       /* width of the strip that shows a whole text */
  REN_MINIMAP_LANE = 3,   /* of it, for marks, at either side */
  REN_MINIMAP_MARK = 3,   /* least height of a token's mark in it … */
  REN_MINIMAP_WINDOW = 8, /* … and of the part that shows */
};

/* What is edited. */
enum {
  REN_EDIT_CORNER = 6,  /* of a head's tile and thumbnail */
  REN_EDIT_STRIKE = 2,  /* width of the line through it */
  REN_EDIT_OUTLINE = 1, /* of cells */
  REN_EDIT_FRAME = 2,   /* around the views in edit mode */
};

#define REN_LINE_WIDTH 2.0f    /* lines of attention, connectors */
#define REN_FADE_MINIMAP 0.12f /* what a minimap lays over the part that shows */
#define REN_ZOOM_STEP 1.25f    /* of one notch of the wheel */

/* Model view: the largest thumbnails, the axes, the detail panel. */
enum {
  REN_AXIS_LEFT = 40,
  REN_AXIS_TOP = 38,
  REN_GRID_WIDTH = 932,   /* all thumbnails of a row together, at most */
  REN_THUMB_WIDTH = 48,   /* what one may always have */
  REN_THUMB_PITCHES = 84, /* token pitch is at most this over the heads … */
  REN_THUMB_PITCH = 7,    /* … or this */
  REN_THUMBS_MERGED = 3,  /* where heads are merged the one of a layer is as large as one of so many */
  REN_THUMB_PAD_X = 4,
  REN_THUMB_PAD_Y = 8,
  REN_THUMB_NAME = 34,   /* a head's name in its corner */
  REN_THUMB_TOKENS = 64, /* of more, heat maps rather than lines */
  REN_LABEL_WIDTH = 18,  /* labels of an axis thin out to keep this distance */
  REN_LABEL_HEIGHT = 12,
  REN_PREVIEW_SIDE = 200,  /* the picture, at most as high */
  REN_PREVIEW_PITCH = 18,  /* its lines, at most so far from each other */
  REN_PREVIEW_LABELS = 14, /* at least so far for its tokens to stand beside them */
  REN_PREVIEW_CELL = 66,   /* a token */
  REN_PREVIEW_TOP = 22,    /* heading */
  REN_PANEL_WIDTH = 300,
  REN_PANEL_CELL = 80,
  REN_PANEL_PAD = 6, /* between frame and cells */
  REN_PANEL_PITCH = 18,
  REN_PANEL_TOP = 40,
  REN_PANEL_CONTROL = 24, /* its pin and cross */
  REN_PANEL_BOTTOM = 15,
  REN_PANEL_RISE = 13,    /* above the thumbnail's top */
  REN_PANEL_SHIFT = 3,    /* right of four fifths of the thumbnail */
  REN_PANEL_OVERLAP = 11, /* over the thumbnail when it opens to the left */
};

#define REN_THUMB_LINE_MAX 2.2f
#define REN_THUMB_LINE_SHARE 0.4f /* of the pitch between tokens */
#define REN_THUMB_LINE_MIN 1.0f
#define REN_PANEL_SHARE 0.8f /* of the thumbnail stays uncovered */
#define REN_PANEL_STROKE 1.5f
#define REN_PANEL_STROKE_FADE 0.7f

/* Head view. */
enum {
  REN_HEAD_TOP = 34, /* headings above the first row */
  REN_HEAD_CELL_MIN = 56,
  REN_HEAD_CELL_MAX = 176,
  REN_HEAD_BAND_MIN = 32,
  REN_HEAD_BAND_MAX = 400,
};

#define REN_HEAD_CELL_SHARE 0.3f /* of the area's width */

/* Neuron view: columns from left to right with the gaps between them. */
enum {
  REN_NEURON_TOP = 42,
  REN_NEURON_PITCH = 26,
  REN_NEURON_MARGIN = 28,
  REN_NEURON_QUERY = 126, /* token cells */
  REN_NEURON_KEY = 104,
  REN_NEURON_BAND = 520, /* collapsed: lines, at most */
  REN_NEURON_BAND_MIN = 96,
  REN_NEURON_NOTE = 200, /* room for the note at the right */
  REN_NEURON_ICON = 20,  /* expand control at the left end of a query's cell */
  REN_STRIP_MIN = 128,
  REN_STRIP_MAX = 320,
  REN_STRIP_HEIGHT = 20,
  REN_NEURON_TO_QUERY = 30,
  REN_NEURON_TO_KEY = 40,
  REN_NEURON_TO_PRODUCT = 28,
  REN_NEURON_TO_DOT = 24,
  REN_NEURON_TO_SOFTMAX = 26,
  REN_DOT = 22,
  REN_DOT_RADIUS = 4,
  REN_BAR_WIDTH = 90,
  REN_BAR_HEIGHT = 16,
  REN_NUMBER_WIDTH = 50,
  REN_NEURON_TO_VALUE = 28,
  REN_HEADING_LINE = 22, /* of the headings; numbers of dimensions stand under it */
  REN_RULER = 16,
  REN_RULER_STEP = 20,    /* numbers thin out to keep this distance */
  REN_HEADING_LONG = 176, /* a column this wide says in its heading how it is ordered */
  REN_TOP_FIRST = 8,      /* dimensions that count as first */
};

#define REN_CONNECTOR_GAIN 1.8f   /* opacity of a connector: tanh(gain * weight) */
#define REN_DOT_FILL_SCALE 4.0f   /* opacity of a dot product: tanh(|score| / scale) */
#define REN_DOT_STROKE_SCALE 2.0f /* of its border */
#define REN_DOT_STROKE_MIN 0.35f
#define REN_BAR_FADE 0.8f
#define REN_NEURON_WIDER 1.5f /* the tokens' cells and texts of enlarged rows, at most */

/* What the neuron view shows of one dimension, under the vectors. */
enum {
  REN_SPREAD_HEIGHT = 196, /* at most */
  REN_SPREAD_CLOSE = 24,
  REN_CHART_GAP = 28,
  REN_CHART_TITLE = 22,
  REN_CHART_AXIS = 48,   /* at their left: its ends in figures */
  REN_CHART_ROOMY = 260, /* a title is said in full */
  REN_CHART_FOOT = 16,   /* under the bars: where the axis begins and ends */
  REN_CHART_BAR = 2,     /* bars narrower than this stand for several numbers */
  REN_CHART_GAPPED = 5,  /* bars this wide are set apart */
  REN_CHART_DOT = 3,
  REN_CHART_LEAST = 12, /* bars get that much room or are not drawn */
};

#define REN_SPREAD_SHARE 0.45f /* of the area, at most */
#define REN_FADE_REST 0.18f    /* dimensions that are not among the first */

/* Matrix view. */
enum {
  REN_MATRIX_LEFT_MIN = 56, /* axes: token labels */
  REN_MATRIX_LEFT_MAX = 112,
  REN_MATRIX_TOP_MIN = 48,
  REN_MATRIX_TOP_MAX = 96,
  REN_MATRIX_WORDS = 82,   /* what "query ↓ key →" takes */
  REN_MATRIX_TITLE = 22,   /* a head's name above its cells, where there are several */
  REN_MATRIX_GAP = 16,     /* between heads */
  REN_MATRIX_SIDE = 48,    /* the least that a head gets */
  REN_MATRIX_PITCH = 28,   /* cells at rest, at most */
  REN_MATRIX_LARGEST = 64, /* and enlarged */
  REN_MATRIX_GAPPED = 8,   /* cells of this size have gaps and stand on whole pixels */
  REN_MATRIX_ROOMY = 17,   /* labels of this pitch are set larger */
};

#define REN_MATRIX_SHARE 0.15f /* of the area, for an axis */
#define REN_FADE_BAND 0.1f     /* over the row and the column under the mouse */

#endif
