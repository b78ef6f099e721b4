/* Goes through the list and hands every command to the part that draws its kind, with the clip that the frame has
 * already worked out for it: once for each rectangle of what changed, without what lies outside of it, and what is
 * hidden there. */
#include "render/raster.h"

#include "render/drawn.h"
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

static bool draw_shape(RenRaster *raster, const RenCanvas *canvas, const RenCommand *command) {
  RenScratch *scratch = &raster->scratch;
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

/* Text and cells are the same wherever they are cut. */
static bool may_be_cut(const RenCommand *command) {
  return command->kind == REN_TEXT || command->kind == REN_CELLS ||
         (command->kind == REN_HEATMAP && !command->values.version);
}

static bool draw_command(RenRaster *raster, RenCanvas *canvas, const RenCommand *command) {
  RenBounds whole = {0, 0, canvas->pixels->width, canvas->pixels->height};
  RenBounds place = ren_drawn_place(command, canvas->scale, whole);
  if (ren_bounds_empty(ren_bounds_intersect(place, canvas->change))) return true;
  ren_canvas_set_clip(canvas, command->clip);
  canvas->clip = ren_bounds_intersect(canvas->clip, place);
  if (may_be_cut(command)) canvas->clip = ren_bounds_intersect(canvas->clip, canvas->change);
  return ren_bounds_empty(canvas->clip) || draw_shape(raster, canvas, command);
}

/* A fill over nothing but its own colour. */
static bool is_background(const RenCommand *command, RenColor background) {
  const RenRectShape *box = &command->box;
  RenColor fill = box->fill;
  return command->kind == REN_RECT && box->stroke.a == 0 && fill.a == 255 && fill.r == background.r &&
         fill.g == background.g && fill.b == background.b;
}

/* In whole device pixels, less `by` logical ones and a pixel on every side. */
static RenBounds inside_of(RenRect rect, float by, float scale) {
  return (RenBounds){ren_device_round(rect.x + by, scale) + 1, ren_device_round(rect.y + by, scale) + 1,
                     ren_device_round(rect.x + rect.w - by, scale) - 1,
                     ren_device_round(rect.y + rect.h - by, scale) - 1};
}

/* A box of which all that changes lies inside of its border and corners. */
static bool hides_all(const RenCommand *command, const RenCanvas *canvas) {
  const RenRectShape *box = &command->box;
  if (command->kind != REN_RECT || box->fill.a < 255) return false;
  float bend = ren_most(ren_most(box->radius, box->stroke.a ? box->stroke_width : 0), 0);
  return ren_bounds_contain(inside_of(command->rect, bend, canvas->scale), canvas->change) &&
         ren_bounds_contain(inside_of(command->clip, 0, canvas->scale), canvas->change);
}

/* The first command that changes what shows: views and windows begin with their ground, and a panel hides what is
 * below it. */
static size_t first_to_draw(const RenFrame *frame, const RenCanvas *canvas, RenColor background) {
  size_t i = 0, n = ren_frame_count(frame);
  while (i < n && (ren_frame_at(frame, i)->kind == REN_CLIP || ren_frame_at(frame, i)->kind == REN_AREA ||
                   is_background(ren_frame_at(frame, i), background)))
    i++;
  for (size_t last = n; last > i; last--)
    if (hides_all(ren_frame_at(frame, last - 1), canvas)) return last - 1;
  return i;
}

static int device_side(float logical, float scale) { return (int)ceilf(ren_device(logical, scale)); }

/* What of the frame lies in one part of what changed, over nothing but the background. */
static bool draw_part(RenRaster *raster, RenCanvas *canvas, const RenFrame *frame, RenColor background,
                      EngError *err) {
  canvas->clip = canvas->change;
  ren_canvas_fill(canvas, canvas->change, background);
  for (size_t i = first_to_draw(frame, canvas, background); i < ren_frame_count(frame); i++) {
    bool drawn = draw_command(raster, canvas, ren_frame_at(frame, i));
    if (eng_cancel_raised(raster->cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
    if (!drawn) return eng_error_set(err, NULL, "rasteriser", "not enough memory");
  }
  return true;
}

/* Whether nothing is missing. */
static bool end_frame(RenRaster *raster) {
  return ren_attention_end(raster->attention) && ren_heatmaps_finished(raster->heatmaps);
}

/* Soon where somebody asks whether it is finished. */
static bool draw_frame(RenRaster *raster, const RenFrame *frame, float scale, RenColor background,
                       RenPixels *pixels, bool *finished, EngError *err) {
  int width = device_side(ren_frame_width(frame), scale), height = device_side(ren_frame_height(frame), scale);
  if (finished) *finished = false;
  if (!ren_pixels_resize(pixels, width, height, err)) return false;
  ren_attention_begin(raster->attention, pixels, finished != NULL);
  ren_heatmaps_begin(raster->heatmaps, pixels, finished != NULL);
  background.a = 255;
  pixels->n_drawn++;
  pixels->changed = ren_drawn_change(&pixels->drawn, frame, scale, background, (RenBounds){0, 0, width, height});
  bool ok = true;
  for (int i = 0; ok && i < pixels->changed.n; i++) {
    RenCanvas canvas = {.pixels = pixels, .scale = scale, .change = pixels->changed.parts[i], .simd = ren_simd()};
    ok = draw_part(raster, &canvas, frame, background, err);
  }
  bool whole = end_frame(raster);
  if (!ok) ren_pixels_forget(pixels);
  if (!whole) ren_drawn_doubt(pixels->drawn);
  if (finished) *finished = ok && whole;
  return ok;
}

bool ren_raster_draw(RenRaster *raster, const RenFrame *frame, float scale, RenColor background, RenPixels *pixels,
                     EngError *err) {
  return draw_frame(raster, frame, scale, background, pixels, NULL, err);
}

bool ren_raster_draw_soon(RenRaster *raster, const RenFrame *frame, float scale, RenColor background,
                          RenPixels *pixels, bool *finished, EngError *err) {
  return draw_frame(raster, frame, scale, background, pixels, finished, err);
}

size_t ren_raster_cache_bytes(const RenRaster *raster) {
  return raster->scratch.capacity * sizeof(float) + ren_attention_bytes(raster->attention) +
         ren_heatmaps_bytes(raster->heatmaps);
}
