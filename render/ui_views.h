/* What ui_*.c do about the views: which show and of which run, what they are made of, what goes with them, how they
 * are scrolled and walked through. Part of ui_impl.h. */
#ifndef RENDER_UI_VIEWS_H
#define RENDER_UI_VIEWS_H

#include "render/strip.h"
#include "render/ui.h"
#include "render/ui_kept.h"
#include "render/widget.h"

/* ui_pane.c: one of the views that show. */
typedef struct RenPane {
  RenState state;          /* as this side sees it */
  const EngSource *source; /* what it shows; may be NULL */
  RenShown shown;          /* of which run */
  RenRect area;
  bool active; /* keys act on it */
  bool right;  /* its elements are those of the right one of two */
} RenPane;

int ren_ui_panes(const RenUi *ui, RenPane out[2]); /* from left to right; how many */
RenPane ren_ui_active_pane(const RenUi *ui);       /* which keys act on */
/* The one under the mouse, or at a point; false for none. */
bool ren_ui_hovered_pane(const RenUi *ui, RenPane *out);
bool ren_ui_pane_at(const RenUi *ui, RenPoint at, RenPane *out);

/* ui_split.c: draws them; keys act on the right one, or on the left one. */
void ren_panes_draw(RenUi *ui, RenPane *panes, int n_panes, RenFrame *frame);
void ren_ui_activate(RenUi *ui, bool right);

/* ui_compare.c: what a view shows; its state as that sees it, where the mouse is on a view that shows `hovered`. */
const EngSource *ren_ui_shown_source(const RenUi *ui, bool active, RenShown *shown);
void ren_ui_translate_pane(const RenUi *ui, RenPane *pane, RenShown hovered);
/* The token of a run at a place of the difference that is shown; -1 for none. */
int ren_ui_token_in(const RenUi *ui, RenShown shown, bool key, int place);
/* An element of a view with the first run's tokens in its name, or REN_NO_ID where that lacks them. */
RenId ren_ui_selected_id(const RenUi *ui, RenElement element);

/* ui_caption.c: above a view, what it shows; the bar with the second text. */
void ren_ui_draw_captions(const RenUi *ui, const RenPane *panes, int n_panes, RenPoint from, RenFrame *frame);
void ren_ui_draw_compare_bar(RenUi *ui, const RenPaint *paint);

/* ui_second.c: what is shown of the second run follows from what was given and from the merge that is set. */
void ren_ui_show_second(RenUi *ui);
void ren_ui_free_second(RenUi *ui);
bool ren_ui_behind(const RenUi *ui); /* ren_ui_advance would do something */

/* ui_merge.c */
bool ren_ui_merge(RenUi *ui, const EngMerge *merge, EngError *err); /* on failure all is as it was */
void ren_ui_hide_sink(RenUi *ui, bool hidden);
const char *ren_ui_aggregate(const RenUi *ui); /* what aggregate.set would be called with, without its heads */
/* "mean of 3 heads · words · ", for the status line; "" for nothing. */
void ren_ui_say_merge(const RenUi *ui, char *out, size_t size);

/* ui_tiles.c: whether heads are merged. Those that show, instead of them the picked ones, which may be put
 * together. */
bool ren_ui_merges_heads(const RenUi *ui);
int ren_ui_n_picked(const RenUi *ui);
RenPanel ren_ui_picked(const RenUi *ui, int i);
int ren_ui_n_shown_tiles(const RenUi *ui);
float ren_ui_tile_width(const RenUi *ui);
RenId ren_ui_tile_id(const RenUi *ui, int i);
int ren_ui_n_tiles(const RenUi *ui); /* the shown heads, or those that are merged and might be */
bool ren_ui_tile_lit(const RenUi *ui, int head);

/* ui_rank.c: brings the state's ranking up to date. */
void ren_ui_rank(RenUi *ui);
void ren_ranks_free(RenRanks *ranks);

/* ui_hidden.c: "12 % of layer 2 hidden · ", for the status line; "" for nothing. */
void ren_ui_say_hidden(RenUi *ui, char *out, size_t size);

/* ui_sink.c: what the chip says, whole or only the number, in `out`; "" for no chip. */
void ren_ui_chip(RenUi *ui, bool whole, char *out, size_t size);

/* ui_strip.c: has the host work out what readings are wanted; false and an error where there are none such. */
bool ren_ui_ask(RenUi *ui, EngError *err);
/* Of one of the runs, or of their difference; NULL where no strip shows. */
const RenStrip *ren_ui_strip_of(RenUi *ui, RenShown shown);
bool ren_ui_two_strips(const RenUi *ui); /* two views show different runs: each has a strip of its own */
/* Drawn at their places, moved by so much, as the panes mark their tokens. */
void ren_ui_draw_strips(RenUi *ui, const RenPane *panes, int n_panes, RenPoint by, RenFrame *frame);
void ren_ui_free_strip(RenUi *ui);
/* Numbers of the user's own, taken; the strip shows them. */
void ren_ui_take_numbers(RenUi *ui, const char *name, float *values, int n);
/* Of a state as it shows a source; compared byte by byte: there are none between its fields. */
void ren_heads_key(const RenState *state, const EngSource *source, RenHeadsKey *out);
/* Another source is shown: its readings are not there yet, and the user's numbers may be of another text. */
void ren_ui_leave_source(RenUi *ui, const EngSource *old, const EngSource *now);

/* ui_received.c: has a pane's state know what its keys receive, where its minimap shows that. */
void ren_ui_receive(RenUi *ui, RenPane *pane);
void ren_ui_free_received(RenUi *ui);

void ren_ui_drag_minimap(RenUi *ui, RenPoint at); /* ui_minimap.c: the view goes where it is dragged to */

/* ui_scroll.c */
void ren_ui_scroll_by(RenUi *ui, RenViewKind view, float dx, float dy);
void ren_ui_clamp_scroll(RenUi *ui);
void ren_ui_reveal_token(RenUi *ui, int token);
void ren_ui_reveal(RenUi *ui, RenId id);   /* a token on its side, or a cell */
void ren_ui_reveal_tile(RenUi *ui, int i); /* none for -1 */

/* ui_walk.c: the keyboard inside of a view: into the view, or a panel, that has an element (REN_NO_ID: the active
 * one); to an element; from one to the next. Where it is in a view that shows no longer, it follows to the active
 * one; the focused element, and in a view the first run's tokens in its name. */
void ren_walk_enter(RenUi *ui, RenId id);
void ren_walk_set(RenUi *ui, RenId id);
void ren_walk_step(RenUi *ui, int dx, int dy);
void ren_walk_follow(RenUi *ui);
RenId ren_walk_id(RenUi *ui);

/* command_find.c: how many tokens hold what is sought, and which of them is selected, counted from 1; 0: none. */
typedef struct RenFound {
  int place, n;
} RenFound;

RenFound ren_find_count(const RenUi *ui);

RenPlace ren_ui_place(const RenUi *ui); /* ui_place.c: what is selected */

#endif
