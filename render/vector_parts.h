/* What a vector file is drawn with: shared by the files vector*.c, and by nobody else. */
#ifndef RENDER_VECTOR_PARTS_H
#define RENDER_VECTOR_PARTS_H

#include "render/raster.h"
#include "render/vector.h"

#include <cairo.h>

/* vector_shape.c: what the next path is drawn with; a box with its border inside; a line. */
void ren_vector_color(cairo_t *cr, RenColor color, float opacity);
void ren_vector_box(cairo_t *cr, RenRect rect, const RenRectShape *shape);
void ren_vector_line(cairo_t *cr, const RenLineShape *line);

/* vector_text.c: the shipped fonts as cairo knows them. */
typedef struct RenVectorFonts RenVectorFonts;
RenVectorFonts *ren_vector_fonts_open(const char *folder, EngError *err);
void ren_vector_fonts_close(RenVectorFonts *fonts); /* cairo may go on using them */
void ren_vector_text(cairo_t *cr, RenVectorFonts *fonts, RenText *text, RenRect rect, const RenTextShape *shape);

/* vector_values.c: cells as boxes; a map of many cells as one image. */
void ren_vector_values(cairo_t *cr, RenRect rect, const RenValuesShape *shape);

/* vector_attention.c: strokes, and how many there are, counted no further than beyond `most`; false when memory is
 * short. */
bool ren_vector_attention(cairo_t *cr, const RenCommand *command, float scale);
bool ren_vector_count(const RenCommand *command, float scale, size_t most, size_t *n_lines);

/* vector_image.c: the same as an image. */
bool ren_vector_image(cairo_t *cr, RenRaster *raster, const RenCommand *command);

#endif
