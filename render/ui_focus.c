/* Where Tab goes: through the controls as they lie, bar by bar from the top down, in a bar from left to right; of
 * two views first what is in the left one, then what lies between them. */
#include "render/ui_impl.h"
#include "render/widget.h"

/* A row of controls, from the top of the window to its bottom. */
typedef enum Band { INPUT, FAILURE, BAR, COMPARE, DOCK, OVER, VIEWS, INSPECTOR, CONSOLE, STATUS } Band;

/* In the order in which they stand in their band. */
static const struct {
  RenIdKind kind;
  Band band;
} stops[] = {{REN_ID_MODEL, INPUT},
             {REN_ID_TEXT, INPUT},
             {REN_ID_EXAMPLES, INPUT},
             {REN_ID_PAIR, INPUT},
             {REN_ID_RUN, INPUT},
             {REN_ID_FIRST, FAILURE},
             {REN_ID_LAST, FAILURE},
             {REN_ID_DETAILS, FAILURE},
             {REN_ID_ERROR_CLOSE, FAILURE},
             {REN_ID_DETAILS_COPY, FAILURE},
             {REN_ID_TAB, BAR},
             {REN_ID_SPLIT, BAR},
             {REN_ID_LAYER, BAR},
             {REN_ID_TILE, BAR},
             {REN_ID_PICK, BAR},
             {REN_ID_FILTER, BAR},
             {REN_ID_THRESHOLD, BAR},
             {REN_ID_SINK, BAR},
             {REN_ID_OPTIONS, BAR},
             {REN_ID_HELP, BAR},
             {REN_ID_SECOND, COMPARE},
             {REN_ID_SHOWN, COMPARE},
             {REN_ID_UNCOMPARE, COMPARE},
             {REN_ID_DOCK_NEW, DOCK},
             {REN_ID_DOCK_FOLD, DOCK},
             {REN_ID_PROBE, DOCK},
             {REN_ID_PARAM, DOCK},
             {REN_ID_VALUE, DOCK},
             {REN_ID_RANK, DOCK},
             {REN_ID_PLACE, DOCK},
             {REN_ID_WHERE, DOCK},
             {REN_ID_STRIP, OVER},
             {REN_ID_FIND, OVER},
             {REN_ID_FIND_CLOSE, OVER},
             {REN_ID_DIM_REST, VIEWS},
             {REN_ID_VALUES, VIEWS},
             {REN_ID_DIM_ORDER, VIEWS},
             {REN_ID_QUERY, VIEWS},
             {REN_ID_KEY, VIEWS},
             {REN_ID_CELL, VIEWS},
             {REN_ID_THUMB, VIEWS},
             {REN_ID_DIM_CLOSE, VIEWS},
             {REN_ID_PANEL_PIN, VIEWS},
             {REN_ID_PANEL_CLOSE, VIEWS},
             {REN_ID_PANEL_QUERY, VIEWS},
             {REN_ID_PANEL_KEY, VIEWS},
             {REN_ID_SPLITTER, VIEWS},
             {REN_ID_INSPECTOR, INSPECTOR},
             {REN_ID_EDIT, INSPECTOR},
             {REN_ID_EDIT_REMOVE, INSPECTOR},
             {REN_ID_EDITS_MODE, INSPECTOR},
             {REN_ID_EDITS_UNDO, INSPECTOR},
             {REN_ID_EDITS_REDO, INSPECTOR},
             {REN_ID_EDITS_CLEAR, INSPECTOR},
             {REN_ID_BRUSH, INSPECTOR},
             {REN_ID_BRUSH_LESS, INSPECTOR},
             {REN_ID_BRUSH_MORE, INSPECTOR},
             {REN_ID_EDITS_COMPARE, INSPECTOR},
             {REN_ID_CONSOLE, CONSOLE},
             {REN_ID_CONSOLE_CLOSE, CONSOLE},
             {REN_ID_EDITS, STATUS},
             {REN_ID_BOS, STATUS},
             {REN_ID_NOTICE, STATUS},
             {REN_ID_COPY, STATUS},
             {REN_ID_CANCEL, STATUS}};
enum { N_STOPS = sizeof stops / sizeof stops[0] };

static int find(RenIdKind kind) {
  for (int i = 0; i < N_STOPS; i++)
    if (stops[i].kind == kind) return i;
  return -1;
}

bool ren_focus_takes(RenIdKind kind) { return find(kind) >= 0; }

bool ren_focus_in_views(RenIdKind kind) {
  int i = find(kind);
  return i >= 0 && stops[i].band == VIEWS && kind != REN_ID_SPLITTER;
}

bool ren_focus_walks(RenIdKind kind) {
  return kind == REN_ID_THUMB || kind == REN_ID_QUERY || kind == REN_ID_KEY || kind == REN_ID_CELL ||
         kind == REN_ID_PANEL_QUERY || kind == REN_ID_PANEL_KEY;
}

/* The one that the ring is drawn at where both views have it: the active one's. */
static bool place(const RenUi *ui, RenId id, RenElement *out, RenRect *rect) {
  bool active = ui->state.right && !ren_rect_empty(ui->layout.beside);
  *out = (RenElement){id, active};
  if (ren_frame_place(ui->frame, *out, rect)) return true;
  out->right = !active;
  return ren_frame_place(ui->frame, *out, rect);
}

bool ren_focus_find(RenUi *ui, RenId id, RenElement *out, RenRect *rect) {
  ren_ui_frame(ui);
  return place(ui, id, out, rect);
}

bool ren_focus_shows(RenUi *ui, RenId id) {
  RenElement element;
  RenRect rect;
  return ren_focus_find(ui, id, &element, &rect);
}

static int side_of(const RenUi *ui, RenId id) {
  RenElement element;
  RenRect rect;
  if (id.kind == REN_ID_SPLITTER) return 1;
  return place(ui, id, &element, &rect) && element.right ? 2 : 0;
}

/* A list in which the arrows go from row to row: for Tab it is one place. */
static bool is_list(RenIdKind kind) { return kind == REN_ID_PROBE || kind == REN_ID_RANK || kind == REN_ID_PLACE; }

/* What stands together with others: a panel has three places beside each other, all that a view draws is one. */
typedef struct Group {
  RenIdKind first;
  int part;
} Group;

static Group group_of(RenIdKind kind) {
  if (kind == REN_ID_EDIT_REMOVE) return (Group){REN_ID_EDIT, 1};
  if (kind == REN_ID_PANEL_CLOSE) return (Group){REN_ID_PANEL_PIN, 1};
  if (kind == REN_ID_PANEL_QUERY || kind == REN_ID_PANEL_KEY) return (Group){REN_ID_PANEL_PIN, 2};
  return (Group){ren_focus_walks(kind) ? REN_ID_QUERY : kind, 0};
}

int64_t ren_focus_place(const RenUi *ui, RenId id) {
  Group group = group_of(id.kind);
  int i = find(group.first);
  if (i < 0) return -1;
  int side = stops[i].band == VIEWS ? side_of(ui, id) : 0;
  int64_t row = ((int64_t)stops[i].band * 3 + side) * N_STOPS + i;
  bool one = is_list(id.kind) || group.first == REN_ID_QUERY;
  int a = one ? 0 : id.a % REN_MAX_HEADS, b = one ? 0 : id.b;
  return ((row * REN_MAX_HEADS + a) * REN_MAX_HEADS + b) * 3 + group.part;
}

/* What the views draw, and panels of their own, do not know of the focus. */
static bool is_plain(RenIdKind kind) {
  bool bare = kind == REN_ID_CONSOLE_CLOSE || kind == REN_ID_INSPECTOR || kind == REN_ID_STRIP;
  return bare || ren_focus_in_views(kind);
}

void ren_ui_draw_focus(RenUi *ui, const RenPaint *paint) {
  RenElement element;
  RenRect rect;
  if (!is_plain(ui->focus.kind) || !place(ui, ui->focus, &element, &rect)) return;
  bool inside = ui->focus.kind == REN_ID_INSPECTOR; /* at the window's edge */
  ren_widget_ring(paint, inside ? ren_rect_inset(rect, 2 * REN_RING) : rect, (RenLook){.focus = true});
}
