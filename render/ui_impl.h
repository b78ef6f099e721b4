/* What a RenUi is made of: shared by the files ui_*.c and command_*.c, and by nobody else. */
#ifndef RENDER_UI_IMPL_H
#define RENDER_UI_IMPL_H

#include "render/classes.h"
#include "render/field.h"
#include "render/inspector.h"
#include "render/layout.h"
#include "render/meter.h"
#include "render/strip.h"
#include "render/ui.h"
#include "render/ui_kept.h"
#include "render/ui_popup.h"
#include "render/ui_views.h"
#include "render/widget.h"

/* What takes its time: what it is, how much of it is done (negative: unknown), since when. */
typedef struct RenProgress {
  char text[128];
  float share, seconds;
} RenProgress;

struct RenUi {
  RenHost host;
  bool chrome;
  float width, height; /* logical pixels */

  RenState state;
  EngSource *base;                      /* what the host gave */
  EngSource *source;                    /* what is shown: the base, or merged from it */
  uint64_t drawn_version, drawn_second; /* of the sources, in the frame */
  RenWhole whole;
  RenSink sink;
  RenRanks ranks;
  RenHidden hidden;

  RenClasses *classes[REN_SHOWN_COUNT];  /* of what can be shown; the first run's are the state's */
  char classes_before[REN_CLASSES_FILE]; /* what toggling brings back */
  RenHeadKept head_kept[2];              /* of the first run, of the second */
  RenDock dock;
  RenScores scores;
  RenField where_field, value_field;
  float inspector_scroll;
  RenNumbers numbers;
  RenReadingsKept readings[2]; /* of the first run, of the second */
  uint64_t n_readings;         /* counts what came */
  char strip_before[REN_STRIP_NAME];
  RenStripKept strips[REN_SHOWN_COUNT];
  RenReceivedKept received[2]; /* of the left or only view, of the right one */
  struct {
    EngSource *second, *difference, *first; /* the difference is from `first`; NULL: none */
  } given;                                  /* to compare with, by the host */
  EngSource *second, *difference;           /* the same as they are shown: merged as the source is; NULL: none */
  EngSource *compared;                      /* the source that the difference was made with */
  bool merges_away;   /* the source was handed to the host: it is not brought up to date here any more */
  char *second_model; /* where it is not the first one's */
  RenField second_field;
  bool comparing;

  RenEdits edits;
  RenEditList stroke;           /* what the pressed mouse paints … */
  int stroke_query, stroke_key; /* … and where it was last */

  RenField text_field, pair_field, find_field;
  RenHistory history;
  RenLauncher launcher;
  RenChooser chooser;
  RenConsole console;
  RenProgress progress;
  RenMeter meter;
  bool overlay_open;
  bool pair_open, find_open;
  char *sought;    /* what the search looked for last */
  char *clipboard; /* used where the host has none */

  char *model;
  RenModels models;
  int n_token_types;
  bool has_bos, bos;

  char *status_left, *status_right;
  char *writing;     /* what is said while the host writes a figure; NULL: it does not */
  char *written;     /* whole path of the figure that was written last */
  bool says_written; /* that is what status_right says */
  char *error, *error_details;
  int limit;         /* tokens that the model reads, where the error is that there are more; else 0 */
  RenIdKind details; /* REN_ID_ERROR, REN_ID_NOTICE: what shows in full; REN_ID_NONE */
  int details_line;  /* the first that shows of it */
  bool help_open, busy;
  int help_first; /* row of the keys at the top of what shows */

  RenId focus; /* set with ren_ui_set_focus */
  char focus_name[96];
  RenMenu menu;
  RenElement pressed; /* what the last press was on */
  RenIdKind drag;     /* what the pressed mouse moves: the threshold, a selection of text */
  bool drags_words;   /* of the text, and the byte of it that the mouse was on last */
  size_t dragged_to;
  RenPoint grip; /* of the mouse in a panel that it moves, from the panel's corner */
  float tile_scroll;
  int depth; /* of commands that called this one and stand for it: see command_run.c */

  RenText *fonts;
  RenRaster *raster;
  RenFrame *frame;
  RenPixels pixels;
  RenLayout layout;
  bool dirty;   /* the frame is out of date */
  bool unshown; /* the pixels are */
};

void ren_ui_touch(RenUi *ui); /* something to draw changed */
void ren_ui_set_focus(RenUi *ui, RenId id);
bool ren_ui_replace(char **string, const char *with); /* NULL clears; false when memory is short */
void ren_ui_say(RenUi *ui, const char *notice);       /* at the right of the status line */

/* The block that is shown, or NULL. */
const EngBlock *ren_ui_block(const RenUi *ui);
EngMerge ren_ui_wanted_merge(const RenUi *ui); /* what the source is made by */
/* Whether the model takes a second sentence; whether the dock shows. */
bool ren_ui_takes_pair(const RenUi *ui);
bool ren_ui_dock_shows(const RenUi *ui);
/* ui_field.c: the field with the focus, or NULL. */
RenField *ren_ui_focused_field(RenUi *ui);
RenField *ren_ui_field(RenUi *ui, RenIdKind kind); /* of REN_ID_TEXT or REN_ID_PAIR, else NULL */

/* ui_layout.c: brings ui->layout up to date. */
void ren_ui_lay_out(RenUi *ui);

/* ui_inspector.c: what the inspector says now, in the frame's arena. */
void ren_ui_inspect(RenUi *ui, RenInspection *out);
void ren_ui_draw_inspector(RenUi *ui);

/* ui_dock.c */
void ren_ui_draw_dock(RenUi *ui);
/* Its elements from the top down; how many there are, and which one an id is, or -1. */
int ren_ui_dock_count(const RenUi *ui);
RenId ren_ui_dock_at(const RenUi *ui, int i);
int ren_ui_dock_place(const RenUi *ui, RenId id);
void ren_ui_dock_reveal(RenUi *ui, RenId id);
void ren_ui_scroll_dock(RenUi *ui, bool list, float dy);
bool ren_ui_over_list(RenUi *ui, RenPoint at); /* of its probes */
RenRect ren_ui_where_rect(const RenUi *ui);    /* of the filter's field */

/* ui_score.c: the active probe, or NULL; whether what was asked is what shows; brings the state's scores, and which
 * heads pass, up to date. */
const RenProbe *ren_ui_probe(const RenUi *ui);
bool ren_ui_shows_subject(const RenUi *ui, RenSubject subject);
void ren_ui_score(RenUi *ui);

/* ui_classes.c: has the tokens of both runs marked as the state's file says; without marks where that fails. Those
 * of the second run alone, and of what shows of it, when it is another one. */
bool ren_ui_mark_classes(RenUi *ui, EngError *err);
void ren_ui_mark_second(RenUi *ui);
void ren_ui_mark_difference(RenUi *ui);
bool ren_ui_has_legend(const RenUi *ui);
void ren_ui_draw_legend(RenUi *ui, RenPoint by, RenFrame *frame);

/* ui_draw.c, ui_status.c */
void ren_ui_draw(RenUi *ui);
void ren_ui_draw_status(RenUi *ui);
/* ui_paint.c: where controls draw; how one looks now; what lies under a row of them. */
RenPaint ren_ui_paint(RenUi *ui);
RenLook ren_ui_look(const RenUi *ui, RenId id, bool active);
void ren_ui_draw_bar(RenUi *ui, RenRect bar, bool line_above);

/* On the host's clipboard, or the ui's own. */
void ren_ui_keep_on_clipboard(RenUi *ui, const char *text); /* command_edit.c */

/* Whether one dimension is looked at. */
bool ren_ui_at_dimension(const RenUi *ui);

/* ui_console.c: a press on what it said or on its edge, false for another; what follows from it. */
bool ren_ui_press_console(RenUi *ui, const RenEvent *event, RenId id, int clicks);
void ren_ui_drag_console(RenUi *ui, RenPoint at);

/* ui_progress.c: begins anew; time until it shows (negative: none) and that passes; cuts its controls off the bar;
 * what it says, NULL while it does not show. */
void ren_ui_begin_progress(RenUi *ui);
float ren_ui_next_progress(const RenUi *ui);
bool ren_ui_step_progress(RenUi *ui, float seconds);
bool ren_ui_shows_progress(const RenUi *ui);
void ren_ui_draw_progress(RenUi *ui, const RenPaint *paint, RenRect *bar);
const char *ren_ui_progress(const RenUi *ui);

/* The byte of a field's text under a point, and the place of what the console said. */
size_t ren_ui_field_offset(RenUi *ui, RenIdKind kind, RenPoint at);
RenLogPlace ren_ui_log_place(RenUi *ui, RenPoint at);

/* ui_act.c: what a press on an element, or Enter on the focused one, does: calls commands. */
void ren_ui_act(RenUi *ui, RenId id, int clicks);
void ren_ui_pick(RenUi *ui, RenPanel head); /* adds it to the picked ones, or drops it */

/* command_run.c: from the ui itself. */
void ren_ui_call(RenUi *ui, const char *name, const struct RenArg *args, size_t n_args);
void ren_ui_call_int(RenUi *ui, const char *name, int a, int b, int n); /* n numbers */
void ren_ui_call_number(RenUi *ui, const char *name, float number);
/* A refusal is said in the status line. */
void ren_ui_try(RenUi *ui, const char *name, const struct RenArg *args, size_t n_args);
void ren_ui_call_string(RenUi *ui, const char *name, const char *string);
void ren_ui_call_param(RenUi *ui, const char *name, double value); /* sets one of the active probe's */

/* ui_edits.c: a run to edit, as its model's numbers, or NULL and an error; the state's edits are brought up to
 * date. */
const EngConfig *ren_ui_edited(const RenUi *ui, EngError *err);
void ren_ui_fit_edits(RenUi *ui);
void ren_ui_drop_edits(RenUi *ui); /* another model: also what could be taken back or put back */
/* Adds edits, or takes away what they would do again, by one command. */
bool ren_ui_flip_edits(RenUi *ui, const EngEdit *edits, int n);
/* In edit mode: an element is a place, which the brush edits, or restores where it has edited; false: it is none.
 */
bool ren_ui_edit(RenUi *ui, RenId id);
/* A tooltip of the hovered element, with what a click does there in edit mode; NULL stays NULL. */
const char *ren_ui_edit_tip(RenUi *ui, const char *tip);
/* The same held and moved: begins on a cell, goes on, becomes one edit of all. */
bool ren_ui_begin_stroke(RenUi *ui, RenId id);
void ren_ui_drag_stroke(RenUi *ui, RenPoint at);
void ren_ui_end_stroke(RenUi *ui);
void ren_ui_choose_brush(RenUi *ui, RenId id); /* a control of it */
enum { REN_EDITS_SAID = 48 };
void ren_ui_say_edits(const RenUi *ui, char *out, size_t size); /* "2 of 3 edits"; "" for none */

/* ui_param.c: moves the active probe's i-th parameter by steps; its number becomes the text of the field; what is
 * written there becomes its number; where that field is. */
void ren_ui_step_param(RenUi *ui, int i, int by);
void ren_ui_begin_value(RenUi *ui, int i);
bool ren_ui_end_value(RenUi *ui, EngError *err);
RenRect ren_ui_value_rect(const RenUi *ui);

/* ui_wheel.c: scrolls what is under the mouse. */
void ren_ui_wheel(RenUi *ui, const RenEvent *event);

/* ui_focus.c: whether Tab stops at such controls, and where in its order one is (-1: nowhere); whether one shows;
 * the ring around what does not draw its own. */
bool ren_focus_takes(RenIdKind kind);
bool ren_focus_in_views(RenIdKind kind); /* of two views each has its own such element */
bool ren_focus_walks(RenIdKind kind);    /* a view draws it, and arrows go from one to the next */
int64_t ren_focus_place(const RenUi *ui, RenId id);
bool ren_focus_shows(RenUi *ui, RenId id);
bool ren_focus_find(RenUi *ui, RenId id, RenElement *out, RenRect *rect); /* the same, and where */
void ren_ui_draw_focus(RenUi *ui, const struct RenPaint *paint);

/* ui_key.c: a key by its name, text as it is typed, text that is being put together. */
void ren_ui_key(RenUi *ui, const char *key);
void ren_ui_type(RenUi *ui, const char *text);
void ren_ui_compose(RenUi *ui, const char *text);

#endif
