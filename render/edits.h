/* The edits that a person makes of the model: a list in order, in which an edit that is off stays; every change of
 * it is a step, taken back and put back as a whole. Plain data; memory is the edits' own. */
#ifndef RENDER_EDITS_H
#define RENDER_EDITS_H

#include "engine/edit.h"

typedef struct RenEdit {
  EngEdit edit;
  bool off;
  bool waits; /* the text that is shown has no such token: it does nothing */
} RenEdit;

typedef struct RenEditList {
  int n;
  RenEdit *at;
} RenEditList;

enum { REN_EDIT_STEPS = 100 };

/* All zeros: no edits, nothing to take back. */
typedef struct RenEdits {
  RenEditList steps[REN_EDIT_STEPS]; /* the first is where taking back ends */
  int now, last;                     /* of the steps */
} RenEdits;

/* As it is written. */
typedef struct RenEditText {
  char text[ENG_EDIT_TEXT];
  bool off;
} RenEditText;

/* What an edit is made with, at whatever place. */
typedef struct RenBrush {
  EngEditOp op;
  float value; /* of scale and set */
} RenBrush;

const RenEditList *ren_edits_now(const RenEdits *edits);
void ren_edits_free(RenEdits *edits);      /* what remains is empty */
bool ren_edit_counts(const RenEdit *edit); /* it is on, and does not wait */
int ren_edits_count(const RenEditList *list);
/* Which of them wait, of a text of so many tokens. */
void ren_edits_fit(RenEdits *edits, const EngConfig *config, size_t n_tokens);

/* The edit at the place of another, whatever either does there; -1: none. */
int ren_edits_find(const RenEditList *list, const EngEdit *at);

/* Whether there is this very edit, and it is on: to do it again is to take it away. */
bool ren_edits_done(const RenEditList *list, const EngEdit *edit);

/* Each is one step; an error leaves all as it was. What is added at the place of another takes its place. */
bool ren_edits_add(RenEdits *edits, const EngEdit *added, int n, EngError *err);
bool ren_edits_erase(RenEdits *edits, const EngEdit *at, int n, EngError *err); /* those at the places of these */
bool ren_edits_remove(RenEdits *edits, int i, EngError *err);
bool ren_edits_toggle(RenEdits *edits, int i, EngError *err);
bool ren_edits_clear(RenEdits *edits, EngError *err);
bool ren_edits_undo(RenEdits *edits); /* false: nothing to take back, to put back */
bool ren_edits_redo(RenEdits *edits);
/* A list that begins anew, without what could be taken back. */
bool ren_edits_begin(RenEdits *edits, const RenEditList *list, EngError *err);

/* "zero", "mean", "scale 0.5", "set 0.9". */
enum { REN_BRUSH_TEXT = 32 };
bool ren_brush_parse(const char *text, RenBrush *out, EngError *err);
void ren_brush_print(RenBrush brush, char out[REN_BRUSH_TEXT]);

#endif
