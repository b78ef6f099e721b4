/* The model view's detail panel: one head's lines with its tokens, beside the thumbnail it was opened from. */
#ifndef RENDER_VIEW_PANEL_H
#define RENDER_VIEW_PANEL_H

#include "render/view_scene.h"

/* Where a panel goes that belongs to `thumb`: over its last fifth, to the left of it where the right has no
 * room, and always inside `area`; a panel too high for the area is cut to it. */
RenRect ren_panel_place(RenRect area, RenRect thumb, const EngBlock *block);
/* The same panel with its corner at a place of the area, and inside it. */
RenRect ren_panel_move(RenRect area, RenRect panel, RenPoint at);
/* The same panel, beside those of `others` that it would hide half of, as far as there is room. */
RenRect ren_panel_clear(RenRect area, RenRect panel, const RenRect *others, int n);

/* How high its rows are together, and how much of that a panel of this size shows. */
float ren_panel_rows(const EngBlock *block);
float ren_panel_room(RenRect panel);

/* A head's panel, in range. Its rows scroll with the model view's scroll_y. */
void ren_panel_draw(const RenScene *scene, RenRect rect, RenPanel panel, bool pinned);

#endif
