/* Many straight lines, sixteen pictures at once: a line has the same pixels in every plane, so each plane
 * is one lane of a vector and the geometry is worked out once. What comes out is transmittance: how much of
 * what is behind still shows, the product of (1 - opacity * coverage) over all lines. */
#ifndef RENDER_COLUMNS_H
#define RENDER_COLUMNS_H

#include "render/canvas.h"
#include "render/lines.h"

typedef struct RenColumn {
  int x, top, bottom;      /* nothing is drawn outside of these rows */
  const RenLanes *through; /* what shows through at each of them, and at three more, where all does */
} RenColumn;

typedef void (*RenColumnTaker)(void *context, const RenColumn *column);

typedef struct RenColumns RenColumns; /* working memory, and the instructions that this processor has */

RenColumns *ren_columns_new(void); /* NULL when memory is short */
void ren_columns_free(RenColumns *columns);

/* Works out the columns of a window, whose top is not negative; those without a line are left out. The bits
 * of a pixel do not depend on the window. False when memory is short. */
bool ren_columns_draw(RenColumns *columns, const RenLines *lines, RenBounds window, RenColumnTaker take,
                      void *context);

/* Of one picture alone a lane is a column: neighbouring columns of the lines' first plane come together. */
typedef struct RenBlock {
  int left, right, top, bottom; /* nothing is drawn in other rows of these columns */
  const RenLanes *through;      /* what shows through in each row, in the first right - left lanes */
} RenBlock;

typedef void (*RenBlockTaker)(void *context, const RenBlock *block);

bool ren_columns_draw_single(RenColumns *columns, const RenLines *lines, RenBounds window, RenBlockTaker take,
                             void *context); /* the same bits */

enum { REN_SINGLE = 3 }; /* times as many lines take the same time there */

/* How many lines there were, and how often one was looked at in a column, all told; of a picture alone by that much
 * less. */
size_t ren_columns_work(const RenColumns *columns);

#endif
