/* Many straight lines, sixteen pictures at once: a line has the same pixels in every plane, so each plane
 * is one lane of a vector and the geometry is worked out once. What is summed up is transmittance: how much
 * of what is behind still shows, the product of (1 - opacity * coverage) over all lines. */
#ifndef RENDER_COLUMNS_H
#define RENDER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REN_LANES = 16 };
typedef float RenLanes __attribute__((vector_size(4 * REN_LANES)));

/* A line in device pixels: at x it covers `half` above and below y + slope * x. */
typedef struct RenStroke {
  float y, slope, half;
} RenStroke;

typedef struct RenStrokes {
  size_t n, capacity;
  RenStroke *strokes;
  RenLanes *opacities; /* 0 … 1, of each line in each plane */
} RenStrokes;

bool ren_strokes_push(RenStrokes *strokes, RenStroke stroke, const RenLanes *opacities); /* false: no memory */
void ren_strokes_free(RenStrokes *strokes);

/* Takes column x, whose `rows` values say what shows through at its pixels. */
typedef void (*RenColumnTaker)(void *context, int x, const RenLanes *column);

typedef struct RenColumns RenColumns; /* working memory, and the instructions that this processor has */

RenColumns *ren_columns_new(void); /* NULL when memory is short */
void ren_columns_free(RenColumns *columns);

/* Works out the columns from … to, each from the pixel rows 0 … rows. False when memory is short. */
bool ren_columns_draw(RenColumns *columns, const RenStrokes *strokes, int from, int to, int rows,
                      RenColumnTaker take, void *context);

#endif
