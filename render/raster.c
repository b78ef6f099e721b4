/* Goes through the list once and hands every command to the part that draws its kind, with the clip that
 * the frame has already worked out for it. */
#include "render/raster.h"

#include "render/raster_parts.h"

#include <math.h>
#include <stdlib.h>

struct RenRaster {
  RenText *text;
  RenScratch scratch;
  RenAttention *attention;
  RenHeatmaps *heatmaps;
  const EngCancel *cancel;
};

RenRaster *ren_raster_new(RenText *text, EngError *err) {
  RenRaster *raster = calloc(1, sizeof *raster);
  if (raster) *raster = (RenRaster){.text = text, .attention = ren_attention_new(), .heatmaps = ren_heatmaps_new()};
  if (raster && raster->attention && raster->heatmaps) return raster;
  eng_error_set(err, NULL, "rasteriser", "not enough memory");
  ren_raster_free(raster);
  return NULL;
}

void ren_raster_free(RenRaster *raster) {
  if (!raster) return;
  ren_attention_free(raster->attention);
  ren_heatmaps_free(raster->heatmaps);
  free(raster->scratch.values);
  free(raster);
}

void ren_raster_set_cancel(RenRaster *raster, const EngCancel *cancel) {
  raster->cancel = cancel;
  ren_attention_set_cancel(raster->attention, cancel);
}

static bool draw_command(RenRaster *raster, RenCanvas *canvas, const RenCommand *command) {
  RenScratch *scratch = &raster->scratch;
  ren_canvas_set_clip(canvas, command->clip);
  if (ren_bounds_empty(canvas->clip)) return true;
  switch (command->kind) {
  case REN_CLIP:
  case REN_AREA:
    break;
  case REN_RECT:
    return ren_raster_box(canvas, scratch, command->rect, &command->box);
  case REN_LINE:
    return ren_raster_line(canvas, scratch, &command->line);
  case REN_TEXT:
    return ren_raster_text(canvas, raster->text, command->rect, &command->text);
  case REN_CELLS:
    return ren_raster_cells(canvas, scratch, command->rect, &command->values);
  case REN_HEATMAP:
    if (ren_raster_is_pooled(canvas, command->rect, &command->values))
      return ren_raster_pooled(canvas, raster->heatmaps, scratch, command->rect, &command->values);
    return ren_raster_heatmap(canvas, ren_heatmaps_pictures(raster->heatmaps), scratch, command->rect,
                              &command->values);
  case REN_ATTENTION:
    return ren_raster_attention(canvas, raster->attention, &command->attention);
  }
  return true;
}

static int device_side(float logical, float scale) { return (int)ceilf(ren_device(logical, scale)); }

static bool draw_frame(RenRaster *raster, const RenFrame *frame, float scale, RenColor background, bool soon,
                       RenPixels *pixels, EngError *err) {
  ren_attention_begin(raster->attention, soon);
  ren_heatmaps_begin(raster->heatmaps, soon);
  int width = device_side(ren_frame_width(frame), scale), height = device_side(ren_frame_height(frame), scale);
  if (!ren_pixels_resize(pixels, width, height, err)) return false;
  RenCanvas canvas = {pixels, scale, {0, 0, width, height}, ren_simd()};
  background.a = 255;
  ren_canvas_fill(&canvas, canvas.clip, background);
  bool ok = true;
  for (size_t i = 0; ok && i < ren_frame_count(frame); i++) {
    ok = draw_command(raster, &canvas, ren_frame_at(frame, i));
    if (eng_cancel_raised(raster->cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
  }
  return ok || eng_error_set(err, NULL, "rasteriser", "not enough memory");
}

bool ren_raster_draw(RenRaster *raster, const RenFrame *frame, float scale, RenColor background, RenPixels *pixels,
                     EngError *err) {
  return draw_frame(raster, frame, scale, background, false, pixels, err);
}

bool ren_raster_draw_soon(RenRaster *raster, const RenFrame *frame, float scale, RenColor background,
                          RenPixels *pixels, bool *finished, EngError *err) {
  bool ok = draw_frame(raster, frame, scale, background, true, pixels, err);
  *finished = ok && ren_attention_finished(raster->attention) && ren_heatmaps_finished(raster->heatmaps);
  return ok;
}

size_t ren_raster_cache_bytes(const RenRaster *raster) {
  return raster->scratch.capacity * sizeof(float) + ren_attention_bytes(raster->attention) +
         ren_heatmaps_bytes(raster->heatmaps);
}
