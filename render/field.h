/* Text under edit: caret, selection, undo. Knows neither pixels nor keys.
 *
 * Offsets are bytes and lie between whole characters with their combining marks. The text is UTF-8 as it
 * was put in; it is never changed behind the user's back. */
#ifndef RENDER_FIELD_H
#define RENDER_FIELD_H

#include "render/geometry.h"

#include <stdbool.h>
#include <stddef.h>

#define REN_FIELD_BYTES ((size_t)1 << 20) /* longest text */

typedef struct RenFieldEdit {
  char *text;
  size_t caret, anchor;
} RenFieldEdit;

#define REN_FIELD_UNDO 64 /* steps that can be taken back */

typedef struct RenField { /* zeroed: empty */
  char *text;             /* NULL while nothing was ever put in */
  size_t length;
  size_t caret, anchor;      /* the selection lies between them */
  size_t word_from, word_to; /* the word that was selected last */
  float scroll;              /* logical pixels that are out of sight on the left: kept by who draws it */
  RenFieldEdit history[REN_FIELD_UNDO];
  int n_undo, n_redo; /* history holds undo steps from 0, redo steps right behind them */
  bool typing;        /* the next typed character belongs to the last undo step */
  bool lines;         /* of several lines: their starts and ends are where Home and End lead */
  char *composed;     /* what an input method puts together at the caret, no part of the text yet; NULL: nothing */
  RenRect caret_rect; /* where the caret was drawn: kept by who draws it */
} RenField;

typedef enum RenMotion {
  REN_TO_PREVIOUS,
  REN_TO_NEXT,
  REN_TO_PREVIOUS_WORD,
  REN_TO_NEXT_WORD,
  REN_TO_START, /* of the line */
  REN_TO_END,
  REN_TO_FIRST, /* of the text */
  REN_TO_LAST
} RenMotion;

void ren_field_free(RenField *field);
const char *ren_field_text(const RenField *field); /* "" when empty */

/* Replaces everything and forgets the history; `lines` stays. False when memory is short or the text too long. */
bool ren_field_set(RenField *field, const char *text);

/* Puts the caret at `offset` (brought between characters); with `extend` the selection grows to it. */
void ren_field_place(RenField *field, size_t offset, bool extend);
void ren_field_move(RenField *field, RenMotion motion, bool extend);
void ren_field_select_all(RenField *field);
void ren_field_select_word(RenField *field, size_t offset);
/* The selection goes from the word that was selected to the one at `offset`, both whole. */
void ren_field_extend_words(RenField *field, size_t offset);

bool ren_field_selected(const RenField *field, size_t *from, size_t *to); /* false: nothing is selected */

/* Replaces the selection by `text`. `typed` characters in a row are one undo step. */
bool ren_field_insert(RenField *field, const char *text, bool typed);
/* What an input method shows while it puts text together; "" for nothing. Every change of the text and every move
 * of the caret ends it. */
bool ren_field_compose(RenField *field, const char *text);
/* Deletes the selection, or what lies between the caret and where the motion leads. */
bool ren_field_delete(RenField *field, RenMotion motion);

bool ren_field_undo(RenField *field); /* false: nothing to take back */
bool ren_field_redo(RenField *field);

#endif
