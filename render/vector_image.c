/* Attention of very many lines, as an image: what the rasteriser makes of that one command, of which only what
 * shows is drawn, without a background. */
#include "render/vector_parts.h"

#include "render/png.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DOTS = 2, MAX_SIDE = 8192 };

static float dots_for(RenRect rect) { return fminf(DOTS, MAX_SIDE / fmaxf(rect.w, rect.h)); }

static void push_moved(RenFrame *frame, RenRect rect, const RenAttentionShape *shape) {
  RenAttentionShape moved = *shape;
  size_t bytes = (size_t)shape->n_planes * sizeof *shape->planes;
  moved.planes = ren_frame_alloc(frame, bytes);
  if (!moved.planes) return;
  memcpy(moved.planes, shape->planes, bytes);
  for (int i = 0; i < moved.n_planes; i++) {
    moved.planes[i].origin.x -= rect.x;
    moved.planes[i].origin.y -= rect.y;
  }
  ren_frame_attention(frame, REN_NO_ID, moved);
}

static bool rasterise(RenRaster *raster, RenRect rect, const RenAttentionShape *shape, RenPixels *out) {
  RenFrame *frame = ren_frame_new();
  if (!frame) return false;
  ren_frame_begin(frame, rect.w, rect.h);
  push_moved(frame, rect, shape);
  bool ok = !ren_frame_failed(frame) && ren_raster_draw_clear(raster, frame, dots_for(rect), out, NULL);
  ren_frame_free(frame);
  return ok;
}

/* SVG holds images as PNG: our own is made in half of Cairo's time. */
typedef struct Png {
  unsigned char *bytes; /* NULL: Cairo makes one */
  size_t size;
} Png;

static Png make_png(cairo_t *cr, const RenPixels *pixels) {
  Png png = {0};
  bool svg = cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_SVG;
  if (svg && !ren_png_encode(pixels, &png.bytes, &png.size, NULL)) png.bytes = NULL;
  return png;
}

/* Once the image is complete. */
static void attach_png(cairo_surface_t *image, Png png) {
  if (!png.bytes) return;
  if (cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_PNG, png.bytes, png.size, free, png.bytes) !=
      CAIRO_STATUS_SUCCESS)
    free(png.bytes);
}

/* Cairo's pixels hold colours times opacity. */
static uint32_t multiplied(uint32_t argb) {
  uint32_t a = argb >> 24, out = a << 24;
  for (int shift = 0; shift < 24; shift += 8) out |= ((argb >> shift & 255) * a + 127) / 255 << shift;
  return out;
}

static void paint(cairo_t *cr, RenRect rect, RenPixels *pixels) {
  size_t n = (size_t)pixels->width * (size_t)pixels->height;
  cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, pixels->width, pixels->height);
  Png png = make_png(cr, pixels);
  for (size_t i = 0; i < n; i++) pixels->argb[i] = multiplied(pixels->argb[i]);
  unsigned char *to = cairo_image_surface_get_data(image);
  size_t stride = (size_t)cairo_image_surface_get_stride(image), row = (size_t)pixels->width;
  for (size_t y = 0; to && y < (size_t)pixels->height; y++)
    memcpy(to + y * stride, pixels->argb + y * row, row * sizeof *pixels->argb);
  cairo_surface_mark_dirty(image);
  attach_png(image, png);
  double dot = 1 / (double)dots_for(rect);
  cairo_save(cr);
  cairo_translate(cr, (double)rect.x, (double)rect.y);
  cairo_scale(cr, dot, dot);
  cairo_set_source_surface(cr, image, 0, 0);
  cairo_paint(cr);
  cairo_restore(cr);
  cairo_surface_destroy(image);
}

bool ren_vector_image(cairo_t *cr, RenRaster *raster, const RenCommand *command) {
  RenPixels pixels = {0};
  RenRect seen = ren_rect_intersect(command->rect, command->clip);
  if (ren_rect_empty(seen)) return true;
  bool ok = rasterise(raster, seen, &command->attention, &pixels);
  if (ok) paint(cr, seen, &pixels);
  ren_pixels_free(&pixels);
  return ok;
}
