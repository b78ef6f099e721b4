/* The token strip as it lies above a view: a title and its scale, a coloured cell for each token, and under the
 * cells the tokens, where there is room. */
#ifndef RENDER_VIEW_STRIP_H
#define RENDER_VIEW_STRIP_H

#include "render/strip.h"
#include "render/text.h"

/* How high it is at this width. */
float ren_strip_height(const RenStrip *strip, float width);

/* `menu`: its title says that a drop-down is below it. */
void ren_strip_draw(const RenStrip *strip, const RenState *state, const EngSource *source, RenRect area, bool menu,
                    RenFrame *frame);

/* Of the hovered cell: q8 "·She"  -4.000; NULL for none. In the frame's arena. */
const char *ren_strip_tip(const RenStrip *strip, const RenState *state, const EngSource *source, RenFrame *frame);

#endif
