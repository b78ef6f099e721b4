/* A figure as it was asked for and not yet written: what is drawn in it, laid out, with the sources that its
 * weights lie in, and everything that it says of itself. It is made where the window is and does not change
 * afterwards, whatever the window shows then; any one thread may write it. */
#ifndef RENDER_DRAFT_H
#define RENDER_DRAFT_H

#include "engine/cancel.h"
#include "render/figure.h"

typedef struct RenDraft RenDraft;

/* Of what the ui shows now. `transparent`: without its background. NULL and an error where that is nothing. */
RenDraft *ren_draft_new(RenUi *ui, const char *path, bool transparent, EngError *err);
void ren_draft_free(RenDraft *draft); /* NULL is fine */

const char *ren_draft_path(const RenDraft *draft);

/* Reads the whole model where its hash is not known yet. `text` is that thread's own. The file is there when it is
 * complete, or not at all: with an error, also when cancelled. */
bool ren_draft_write(const RenDraft *draft, RenText *text, const EngCancel *cancel, EngError *err);

#endif
