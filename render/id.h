/* Which element of the window a draw command belongs to, and what a script calls it. */
#ifndef RENDER_ID_H
#define RENDER_ID_H

#include <stdbool.h>
#include <stddef.h>

/* The name of an element, "thumb.2.5" or "panel.2.5.query.3": a kind and up to three numbers. */
typedef enum RenIdKind {
  REN_ID_NONE,
  REN_ID_TAB,         /* tab.model: a = view */
  REN_ID_MODEL,       /* model */
  REN_ID_MODEL_ITEM,  /* model.N: entry of the open drop-down */
  REN_ID_TEXT,        /* text */
  REN_ID_EXAMPLES,    /* examples: at the end of the text field */
  REN_ID_EXAMPLE,     /* examples.N: entry of the open drop-down */
  REN_ID_PAIR,        /* pair */
  REN_ID_RUN,         /* run */
  REN_ID_LAYER,       /* layer */
  REN_ID_LAYER_ITEM,  /* layer.N */
  REN_ID_FILTER,      /* filter */
  REN_ID_FILTER_ITEM, /* filter.aa … : a = place of its key among all keys */
  REN_ID_THRESHOLD,   /* threshold */
  REN_ID_SINK,        /* sink */
  REN_ID_HELP,        /* help */
  REN_ID_OPTIONS,     /* options */
  REN_ID_OPTION,      /* options.safe …: a row of the open menu; a = its place */
  REN_ID_TILE,        /* tile.H */
  REN_ID_PICK,        /* pick.N: in their place, of the N-th picked head */
  REN_ID_THUMB,       /* thumb.L.H */
  REN_ID_PANEL,       /* panel.L.H */
  REN_ID_PANEL_QUERY, /* panel.L.H.query.I */
  REN_ID_PANEL_KEY,   /* panel.L.H.key.J */
  REN_ID_PANEL_PIN,   /* panel.L.H.pin, panel.L.H.close: the controls of its heading */
  REN_ID_PANEL_CLOSE,
  REN_ID_PREVIEW,   /* preview: of the thumbnail under the mouse, which goes through it */
  REN_ID_QUERY,     /* query.I */
  REN_ID_KEY,       /* key.J */
  REN_ID_CELL,      /* cell.Q.K: of the selected head */
  REN_ID_HEAD_CELL, /* cell.Q.K.H: of head H, or of the H-th picked one, beside it */
  REN_ID_EXPAND,    /* expand.I */
  REN_ID_STRIP_Q,   /* strip.q.I */
  REN_ID_STRIP_K,   /* strip.k.J */
  REN_ID_STRIP_QK,  /* strip.qk.J */
  REN_ID_STRIP_V,   /* strip.v.J */
  REN_ID_STRIP_Z,   /* strip.z: the values' sum */
  REN_ID_DOT,       /* dot.J, weight.J: the product's sum, its share after the softmax */
  REN_ID_WEIGHT,
  REN_ID_DIM,   /* dim.D: above the vectors */
  REN_ID_DIM_Q, /* dim.q.I, dim.k.J, dim.at.N: of the selected one, over tokens and over distances */
  REN_ID_DIM_K,
  REN_ID_DIM_AT,
  REN_ID_DIM_CLOSE, /* dim.close */
  REN_ID_DIM_ORDER, /* dim.order, dim.rest: what the vectors' headings say, to be changed */
  REN_ID_DIM_REST,
  REN_ID_VALUES,  /* values: shows or hides their column */
  REN_ID_MINIMAP, /* minimap: all of a view that scrolls, small */
  REN_ID_NUMBER,  /* number.I: cell of the token strip */
  REN_ID_STRIP,   /* strip: the token strip, strip.N: entry of its drop-down */
  REN_ID_STRIP_ITEM,
  REN_ID_LEGEND,    /* legend: of the classes of tokens */
  REN_ID_INSPECTOR, /* inspector, inspector.N: its row */
  REN_ID_INSPECTOR_ROW,
  REN_ID_DOCK,      /* dock */
  REN_ID_DOCK_FOLD, /* dock.fold, dock.new: in its heading */
  REN_ID_DOCK_NEW,
  REN_ID_PROBE, /* probe.ID: a = what its id hashes to */
  REN_ID_WHERE, /* where: the field of the filter */
  REN_ID_PARAM, /* param.N: of the active probe */
  REN_ID_VALUE, /* value.N: its number, a field while it has the keys */
  REN_ID_LESS,  /* less.N, more.N: beside one that has no ends */
  REN_ID_MORE,
  REN_ID_RANK,    /* rank.L.H: a head, or a neuron, of what the probe ranks */
  REN_ID_PLACE,   /* place.N: one of those that it found */
  REN_ID_STATUS,  /* status */
  REN_ID_ERROR,   /* error */
  REN_ID_DETAILS, /* details: the error's traceback; error.close */
  REN_ID_ERROR_CLOSE,
  REN_ID_FIRST, /* first, last: keep as much of a long text as the model reads */
  REN_ID_LAST,
  REN_ID_FIND, /* find: the field that finds a token; find.close */
  REN_ID_FIND_CLOSE,
  REN_ID_PALETTE,       /* palette: the field of the open command palette */
  REN_ID_PALETTE_ITEM,  /* palette.N: a command that matches */
  REN_ID_PATH,          /* path: the field of a path that is asked for */
  REN_ID_PATH_ITEM,     /* path.N: how it could go on */
  REN_ID_PATH_ACCEPT,   /* path.accept */
  REN_ID_NOTICE,        /* notice: what the status line says at its right */
  REN_ID_BOS,           /* bos: whether that token stands in front of the text */
  REN_ID_DETAILS_COPY,  /* details.copy: copies what shows in full */
  REN_ID_COPY,          /* copy: puts the path of what was written on the clipboard */
  REN_ID_PROGRESS,      /* progress: how much is done of what takes its time */
  REN_ID_CANCEL,        /* cancel: ends it */
  REN_ID_OVERLAY,       /* overlay: numbers about the window itself */
  REN_ID_CONSOLE,       /* console: the panel, and its text under edit where the keys go */
  REN_ID_CONSOLE_EDGE,  /* console.edge: dragged for its height */
  REN_ID_CONSOLE_LOG,   /* console.log: what it said */
  REN_ID_CONSOLE_INPUT, /* console.input: the text under edit */
  REN_ID_CONSOLE_CLOSE, /* console.close */
  REN_ID_VIEW,          /* view: the view area's own background */
  REN_ID_SPLIT,         /* split: the button that shows two views, or one */
  REN_ID_SPLITTER,      /* splitter: what moves between them */
  REN_ID_SECOND,        /* second: the field with the text to compare with */
  REN_ID_SHOWN,         /* shown.run: what the active view shows; a = which */
  REN_ID_UNCOMPARE,     /* compare.close */
  REN_ID_EDITS,         /* edits: how many there are, in the status line */
  REN_ID_EDIT,          /* edit.I, edit.I.remove: of the list in the inspector */
  REN_ID_EDIT_REMOVE,
  REN_ID_EDITS_MODE, /* edits.mode, edits.undo …: below it */
  REN_ID_EDITS_UNDO,
  REN_ID_EDITS_REDO,
  REN_ID_EDITS_CLEAR,
  REN_ID_EDITS_COMPARE,
  REN_ID_BRUSH,      /* brush.zero …: a = which */
  REN_ID_BRUSH_LESS, /* brush.less, brush.more: of its number */
  REN_ID_BRUSH_MORE,
  REN_ID_KINDS
} RenIdKind;

typedef struct RenId {
  RenIdKind kind;
  int a, b, c;
} RenId;

#define REN_NO_ID ((RenId){REN_ID_NONE, 0, 0, 0})

bool ren_id_equal(RenId a, RenId b);
void ren_id_format(RenId id, char *out, size_t size); /* "" for REN_NO_ID */
bool ren_id_parse(const char *text, RenId *out);
/* Of a kind whose elements have names of their own instead of numbers; alone it is written as a number behind '#',
 * and with its name where a frame knows that (ren_frame_name). */
RenId ren_id_named(RenIdKind kind, const char *name);
const char *ren_id_filter(int a);   /* the key of a block: "all", "aa", … "cross"; NULL past the last */
int ren_id_numbers(RenIdKind kind); /* how many numbers its name has */

/* Of two views beside each other both have elements of the same names; those of the right one are written
 * "2:query.3". */
typedef struct RenElement {
  RenId id;
  bool right;
} RenElement;

bool ren_element_equal(RenElement a, RenElement b);
void ren_element_format(RenElement element, char *out, size_t size);
bool ren_element_parse(const char *text, RenElement *out);

#endif
