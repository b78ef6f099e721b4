/* What is drawn in some pixels, so that the next frame draws what differs: a digest and the place of each command.
 */
#ifndef RENDER_DRAWN_H
#define RENDER_DRAWN_H

#include "render/canvas.h"

typedef struct RenDrawn RenDrawn;

void ren_drawn_free(RenDrawn *drawn);

/* All that the frame draws otherwise than what is there; from now on the frame is. All of `whole`, which is always
 * the same, where *drawn is NULL, scale or background are others, or memory is short. */
RenRegion ren_drawn_change(RenDrawn **drawn, const RenFrame *frame, float scale, RenColor background,
                           RenBounds whole);

/* What is kept between frames was not drawn to its end: it differs from the same the next time. */
void ren_drawn_doubt(RenDrawn *drawn);

/* Where a command may leave pixels, and a few more. */
RenBounds ren_drawn_place(const RenCommand *command, float scale, RenBounds whole);

#endif
