/* Every size of the window around its views, in logical pixels; shares, times and steps. */
#ifndef RENDER_SIZES_H
#define RENDER_SIZES_H

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
  REN_DROPDOWN_TIGHT = 72, /* … and in a narrower one whose text needs the rest */
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
  REN_HELP_KEYS = 144,
  REN_HELP_COLUMN = 576,
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
#define REN_HELP_KEYS_SHARE 0.38f /* of a narrow column: the keys, before what they do */
#define REN_FADE_OTHERS 0.55f     /* outline of heads that are drawn but not the selected one */
#define REN_FADE_DISABLED 0.5f

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

/* Inspector. */
enum {
  REN_INSPECTOR_WIDTH = 264,
  REN_DOCKED_WIDTH = 960,   /* narrower windows have panels float over their views */
  REN_INSPECT_HEIGHT = 20,  /* of a row */
  REN_INSPECT_BUTTONS = 30, /* … of one with buttons */
  REN_INSPECT_BUTTON = 24,
  REN_INSPECT_CHECK = 12,
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

/* Classes of tokens. */
enum {
  REN_CLASS_LINE = 2, /* under a token's text, this far above its cell's end */
  REN_CLASS_RISE = 2,
  REN_CLASS_ROOMY = 18, /* in smaller cells at it */
  REN_CLASS_SWATCH = 16,
  REN_LEGEND_HEIGHT = 22,
};

#endif
