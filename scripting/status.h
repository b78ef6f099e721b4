/* What the window says about a source: its numbers in the status line, its best previous-token head. */
#ifndef SCRIPTING_STATUS_H
#define SCRIPTING_STATUS_H

#include "engine/source.h"
#include "render/ui.h"

/* "novella · 6 layers × 6 heads · 9 tokens · 2 ms · 31 MB · BOS off"; "" for no source. On the right side `note`,
 * which may be NULL. */
void scr_status_show(RenUi *ui, const EngSource *source, const char *note);

/* The head with the largest mean of A[q, q-1] over q, among the layers that are finished; 0.0 where there is
 * nothing to compare. */
void scr_status_best_head(const EngSource *source, int *layer, int *head);

#endif
