/* The parts of the rasteriser, one for each kind of command; raster.c hands the commands out. */
#ifndef RENDER_RASTER_PARTS_H
#define RENDER_RASTER_PARTS_H

#include "render/layer.h"

/* Memory for one row of pixels or the like, grown as needed, kept between commands. */
typedef struct RenScratch {
  float *values;
  size_t capacity;
} RenScratch;

float *ren_scratch_reserve(RenScratch *scratch, size_t n_values); /* not cleared; NULL when memory is short */

/* What drawing attention needs: working memory and the layers that are kept. */
typedef struct RenAttention RenAttention;

RenAttention *ren_attention_new(void); /* NULL when memory is short */
void ren_attention_free(RenAttention *attention);
size_t ren_attention_bytes(const RenAttention *attention);
/* Before a frame: what it is drawn on, and whether it is wanted soon. After it: whether all lines are there that
 * should be; then what stood in for them is freed. */
void ren_attention_begin(RenAttention *attention, const RenPixels *pixels, bool soon);
bool ren_attention_end(RenAttention *attention);
void ren_attention_set_cancel(RenAttention *attention, const EngCancel *cancel); /* NULL: nobody cancels */

/* Heat maps that are kept. */
typedef struct RenHeatmaps RenHeatmaps;

RenHeatmaps *ren_heatmaps_new(void); /* NULL when memory is short */
void ren_heatmaps_free(RenHeatmaps *heatmaps);
size_t ren_heatmaps_bytes(const RenHeatmaps *heatmaps);
RenLayers *ren_heatmaps_pictures(RenHeatmaps *heatmaps);
void ren_heatmaps_begin(RenHeatmaps *heatmaps, const RenPixels *pixels, bool soon); /* as for attention */
bool ren_heatmaps_finished(const RenHeatmaps *heatmaps);

/* Whether a heat map is pooled, that is, has a cell or more to each pixel and wants to be. */
bool ren_raster_is_pooled(const RenCanvas *canvas, RenRect rect, const RenValuesShape *shape);

/* Each draws one command inside the canvas's clip; false when memory is short. */
bool ren_raster_box(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenRectShape *shape);
bool ren_raster_line(const RenCanvas *canvas, RenScratch *scratch, const RenLineShape *line);
bool ren_raster_text(const RenCanvas *canvas, RenText *text, RenRect rect, const RenTextShape *shape);
bool ren_raster_cells(const RenCanvas *canvas, RenScratch *scratch, RenRect rect, const RenValuesShape *shape);
bool ren_raster_heatmap(const RenCanvas *canvas, RenLayers *layers, RenScratch *scratch, RenRect rect,
                        const RenValuesShape *shape); /* kept in `layers` where the values have a version */
bool ren_raster_pooled(const RenCanvas *canvas, RenHeatmaps *heatmaps, RenScratch *scratch, RenRect rect,
                       const RenValuesShape *shape);
bool ren_raster_attention(const RenCanvas *canvas, RenAttention *attention, const RenAttentionShape *shape);

#endif
