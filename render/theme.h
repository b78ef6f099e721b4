/* Every colour and every size that is drawn. Nothing else in render holds a literal colour or length. */
#ifndef RENDER_THEME_H
#define RENDER_THEME_H

#include <stdbool.h>
#include <stdint.h>

typedef struct RenColor {
  uint8_t r, g, b, a;
} RenColor;

typedef struct RenTheme {
  const char *name; /* "dark", "light" */
  RenColor bg, panel, raised, border, text, muted, accent, error, warn, ok;
  RenColor negative, positive; /* signed values, centred on 0 */
} RenTheme;

const RenTheme *ren_theme_find(const char *name); /* NULL for an unknown name */

RenColor ren_color_rgb(uint32_t rgb);              /* 0xRRGGBB, opaque */
RenColor ren_color_fade(RenColor color, float by); /* alpha times `by`, clamped to 0 … 1 */
RenColor ren_color_mix(RenColor from, RenColor to, float t);
RenColor ren_color_over(RenColor over, RenColor ground); /* what is seen of both; the ground is opaque */

/* WCAG's ratio of two opaque colours, 1 to 21: text is read from 4.5 on. */
double ren_color_contrast(RenColor a, RenColor b);
/* The preferred colour where it can be read on the ground, else black or white, one of which always can. */
RenColor ren_color_ink(RenColor preferred, RenColor ground);
#define REN_READABLE 4.5

RenColor ren_theme_head_color(int head);   /* head view: ten colours, six more, then a shade darker */
RenColor ren_theme_layer_color(int layer); /* model view: ten colours, repeating */
RenColor ren_theme_tile_color(const RenTheme *theme, int head, bool active); /* an inactive tile is paled */

/* The safe one: the eight colours of Okabe and Ito, which colour-blind people can tell apart. Their black is
 * the theme's text colour, which stands out on either ground. */
typedef enum RenPalette { REN_PALETTE_STANDARD, REN_PALETTE_SAFE } RenPalette;

const char *ren_theme_palette_name(RenPalette palette); /* "standard", "safe" */
RenColor ren_theme_palette_head(const RenTheme *theme, RenPalette palette, int head);
RenColor ren_theme_palette_layer(const RenTheme *theme, RenPalette palette, int layer);
RenColor ren_theme_palette_tile(const RenTheme *theme, RenPalette palette, int head, bool active);

/* Sizes in logical pixels (window.md sections 1 and 2, views.md for the views). */
enum {
  REN_GRID = 4,
  REN_PAD = 8,
  REN_RADIUS = 4,
  REN_CONTROL_HEIGHT = 28,
  REN_INPUT_BAR_HEIGHT = 44,
  REN_VIEW_BAR_HEIGHT = 36,
  REN_STATUS_HEIGHT = 24,
  REN_ERROR_HEIGHT = 28,
  REN_MODEL_WIDTH = 200,
  REN_TILE = 20,
  REN_PICK = 40, /* the tile of a picked head, with its layer */
  REN_TOKEN_PITCH = 24,
  REN_MIN_WIDTH = 640,
  REN_MIN_HEIGHT = 400,
  REN_MAX_SIDE = 16384,  /* of a picture */
  REN_TEXT_SMALL = 11,   /* axes, status */
  REN_TEXT_CONTROL = 13, /* controls, numbers */
  REN_TEXT_TOKEN = 15,
  REN_TEXT_HEADING = 16, /* bold */
};

/* Bars and controls. */
enum {
  REN_RUN_WIDTH = 88,
  REN_FOLDED_WIDTH = 62, /* the button that unfolds the second sentence */
  REN_ROOMY_WIDTH = 944, /* bars narrower than this shrink their controls */
  REN_TAB_WIDTH = 74,
  REN_TAB_NARROW = 56,
  REN_TAB_LEAST = 50,
  REN_LAYER_LABEL = 44,
  REN_LAYER_WIDTH = 54,
  REN_LAYER_LEAST = 40,
  REN_HEADS_LABEL = 48,
  REN_TILES_FEW = 4, /* at least that many tiles show */
  REN_FILTER_WIDTH = 96,
  REN_FILTER_NARROW = 68,
  REN_FILTER_LEAST = 62,
  REN_SIGN_WIDTH = 16, /* before the slider */
  REN_SLIDER_WIDTH = 90,
  REN_SLIDER_NARROW = 44,
  REN_NUMBER_BOX = 28, /* behind it */
  REN_KNOB = 12,
  REN_TRACK = 2,
  REN_CHIP_HEIGHT = 24,
  REN_CHIP_PAD = 8,
  REN_HELP_WIDTH = 36,
  REN_HELP_NARROW = 28,
  REN_OPTIONS_WIDTH = 28,
  REN_LIMIT_WIDTH = 80,
  REN_FIND_WIDTH = 260,
  REN_FIND_SAID = 72, /* of that: which of how many */
  REN_DETAILS_WIDTH = 64,
  REN_DETAILS_HEIGHT = 20,
  REN_COPY_WIDTH = 84,
  REN_EDGE = 4,   /* coloured edge of the error bar */
  REN_ARROW = 18, /* room for a drop-down's arrow, … */
  REN_ARROW_TIGHT = 12,
  REN_DROPDOWN_TIGHT = 48, /* … and for that of a narrower one, which has two figures beside it */
  REN_MENU_ROWS = 16,      /* a longer drop-down scrolls */
  REN_MENU_WIDTH = 120,
  REN_LAUNCHER_WIDTH = 720, /* of the command palette, and its columns */
  REN_LAUNCHER_NAME = 144,
  REN_LAUNCHER_KEYS = 144,
  REN_EXAMPLES_WIDTH = 168,
  REN_MODELS_WIDTH = 320, /* and the letters of a path that it shows */
  REN_MODEL_LETTERS = 40,
  REN_OPTIONS_MENU = 300, /* its rows: a mark, a title, a key */
  REN_OPTIONS_ROW = 24,
  REN_OPTIONS_MARK = 20,
  REN_TOOLTIP_HEIGHT = 26,
  REN_TOOLTIP_GAP = 10,
  REN_RING = 2, /* focus ring: this wide and this far outside */
  REN_CARET = 1,
  REN_LINE_SMALL = 16, /* lines of small text: help, tracebacks */
  REN_LINE_HELP = 18,
  REN_LINE_HELP_LEAST = 14,
  REN_HELP_KEYS = 132,
  REN_HELP_COLUMN = 564,
  REN_SCROLL_STEP = 72,   /* of one notch of the wheel */
  REN_SPLIT_WIDTH = 28,   /* the button for two views */
  REN_SPLITTER = 8,       /* what lies between them */
  REN_SPLIT_WINDOW = 960, /* narrower windows show one view */
  REN_COMPARE_LABEL = 100,
  REN_SHOWN_WIDTH = 88, /* buttons for what the active view shows */
  REN_SHOWN_NARROW = 76,
  REN_CAPTION = 24,
  REN_DIVERGING_WIDTH = 96,
  REN_DIVERGING_HEIGHT = 8,
  REN_DIVERGING_CELLS = 49, /* an odd number: 0 in the middle */
};

#define REN_MIN_SCALE 0.5f
#define REN_MAX_SCALE 4.0f
#define REN_SCALE_STEP 0.25f
#define REN_THRESHOLD_STEP 0.05f /* along the slider */
#define REN_PAIR_SHARE 0.41f     /* of the room for both sentences */
#define REN_RUN_SHRINK 0.75f     /* least share of its width that the Run button keeps */
#define REN_FADE_SELECTION 0.35f
#define REN_FADE_CHIP 0.12f
#define REN_FADE_VEIL 0.75f
#define REN_TOOLTIP_SECONDS 0.3f
#define REN_SPLIT_SHARE 0.6f   /* the left one's share of the width: at first, at least, of a step */
#define REN_COMPARE_SHARE 0.5f /* beside a second run */
#define REN_SPLIT_LEAST 0.1f
#define REN_SPLIT_STEP 0.02f

/* What takes its time, in the status line; the numbers of the debug overlay. */
enum {
  REN_PROGRESS_WIDTH = 120,
  REN_PROGRESS_BAR = 6, /* its height */
  REN_OVERLAY_WIDTH = 304,
  REN_OVERLAY_NAME = 72,
};

#define REN_PROGRESS_SECONDS 0.2f /* what is done sooner shows none */

/* The console. */
enum {
  REN_CONSOLE_HEIGHT = 200,
  REN_CONSOLE_LEAST = 72, /* and what it leaves to the view, at least */
  REN_CONSOLE_EDGE = 6,   /* its upper edge, where it is dragged */
  REN_CONSOLE_LINES = 6,  /* of the text under edit, at most */
  REN_LINE_CODE = 18,
  REN_PROMPT_WIDTH = 16,
  REN_CONSOLE_NOTCH = 3, /* rows of one notch of the wheel */
};

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

/* Head view. */
enum {
  REN_HEAD_TOP = 34, /* headings above the first row */
  REN_HEAD_CELL_MIN = 56,
  REN_HEAD_CELL_MAX = 176,
  REN_HEAD_BAND_MIN = 32,
  REN_HEAD_BAND_MAX = 400,
};

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

/* Classes of tokens. */
enum {
  REN_CLASS_LINE = 2, /* under a token's text, this far above its cell's end */
  REN_CLASS_RISE = 2,
  REN_CLASS_ROOMY = 18, /* in smaller cells at it */
  REN_CLASS_SWATCH = 16,
  REN_LEGEND_HEIGHT = 22,
};

/* Inspector. */
enum {
  REN_INSPECTOR_WIDTH = 264,
  REN_DOCKED_WIDTH = 960,  /* narrower windows have panels float over their views */
  REN_INSPECT_HEIGHT = 20, /* of a row */
  REN_INSPECT_NUMBER = 68, /* width of the number of a ranked row … */
  REN_INSPECT_VALUE = 108, /* … and of another one's value */
  REN_INSPECT_COLUMN = 53, /* of each of three, where two runs are compared */
};
#define REN_INSPECT_FADE 0.3f /* of bars under text */

/* Dock: a list of probes, and below it what the active one says. */
enum {
  REN_DOCK_WIDTH = 264,
  REN_DOCK_PAD = 12,
  REN_DOCK_HEADING = 38,
  REN_DOCK_NEW_WIDTH = 60,
  REN_DOCK_BUTTON = 24,
  REN_DOCK_PROBE = 26, /* rows: of a probe, of what is ranked, of a parameter */
  REN_DOCK_RANK = 22,
  REN_DOCK_PARAM = 26,
  REN_DOCK_NAME = 56,   /* of what is ranked, in front of its bar, … */
  REN_DOCK_LONG = 84,   /* … of a neuron … */
  REN_DOCK_NUMBER = 52, /* … and behind it */
  REN_DOCK_BAR = 12,
  REN_DOCK_MARK = 2, /* of the null */
  REN_DOCK_CHART = 36,
  REN_DOCK_DOC = 3, /* lines of it that show, and of an error */
  REN_DOCK_ERROR = 6,
  REN_DOCK_WHERE = 60, /* the filter's field with its title */
  REN_SCORE_BAR = 3,   /* under a thumbnail */
  REN_SCORE_ROOM = 24,
};
#define REN_FILTER_DIM 0.85f /* share of their opacity that heads lose which the filter leaves out */
#define REN_DOCK_SHARE 0.32f /* of the dock's height: the list of probes, at most */

/* Token strip. */
enum {
  REN_STRIP_MENU = 240,
  REN_STRIP_TITLE = 20,  /* row of its title and its scale */
  REN_STRIP_CELL = 20,   /* height of cells */
  REN_STRIP_PITCH = 96,  /* from token to token, at most */
  REN_STRIP_LABELS = 28, /* tokens stand under cells at least this wide */
  REN_STRIP_ROOMY = 480, /* a narrower title has half of the scale beside it */
  REN_STRIP_SCALE = 96,  /* width and height of the scale's colours, in so many steps */
  REN_STRIP_COLORS = 8,
  REN_STRIP_STEPS = 33,
  REN_STRIP_NUMBER = 60, /* at either end of it */
};

#define REN_MATRIX_SHARE 0.15f /* of the area, for an axis */
#define REN_FADE_BAND 0.1f     /* over the row and the column under the mouse */
#define REN_NEURON_WIDER 1.5f  /* the tokens' cells and texts of enlarged rows, at most */
#define REN_ZOOM_STEP 1.25f    /* of one notch of the wheel */

#define REN_LINE_WIDTH 2.0f       /* lines of attention, connectors */
#define REN_HELP_KEYS_SHARE 0.38f /* of a narrow column: the keys, before what they do */
#define REN_THUMB_LINE_MAX 2.2f
#define REN_THUMB_LINE_SHARE 0.4f /* of the pitch between tokens */
#define REN_THUMB_LINE_MIN 1.0f
#define REN_PANEL_SHARE 0.8f /* of the thumbnail stays uncovered */
#define REN_PANEL_STROKE 1.5f
#define REN_PANEL_STROKE_FADE 0.7f
#define REN_FADE_MINIMAP 0.12f   /* what a minimap lays over the part that shows */
#define REN_HEAD_CELL_SHARE 0.3f /* of the area's width */
#define REN_FADE_OTHERS 0.55f    /* outline of heads that are drawn but not the selected one */
#define REN_FADE_DISABLED 0.5f
#define REN_CONNECTOR_GAIN 1.8f   /* opacity of a connector: tanh(gain * weight) */
#define REN_DOT_FILL_SCALE 4.0f   /* opacity of a dot product: tanh(|score| / scale) */
#define REN_DOT_STROKE_SCALE 2.0f /* of its border */
#define REN_DOT_STROKE_MIN 0.35f
#define REN_BAR_FADE 0.8f

#endif
