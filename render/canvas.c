/* Plain fills and the arithmetic of device pixels. */
#include "render/canvas.h"

#include <math.h>

static const float far = 1e6F; /* device pixels: far outside of any image, far inside an int */

float ren_device(float logical, float scale) {
  float device = logical * scale;
  if (isnan(device)) return 0;
  return ren_least(ren_most(device, -far), far);
}

int ren_device_round(float logical, float scale) { return (int)floorf(ren_device(logical, scale) + 0.5F); }

void ren_canvas_set_clip(RenCanvas *canvas, RenRect clip) {
  float scale = canvas->scale;
  RenBounds whole = {0, 0, canvas->pixels->width, canvas->pixels->height};
  RenBounds wanted = {ren_device_round(clip.x, scale), ren_device_round(clip.y, scale),
                      ren_device_round(clip.x + clip.w, scale), ren_device_round(clip.y + clip.h, scale)};
  canvas->clip = ren_bounds_intersect(whole, wanted);
}

RenBounds ren_canvas_shown(const RenCanvas *canvas, RenBounds bounds) {
  return ren_bounds_intersect(bounds, ren_bounds_intersect(canvas->clip, canvas->change));
}

void ren_canvas_fill(const RenCanvas *canvas, RenBounds bounds, RenColor color) {
  bounds = ren_canvas_shown(canvas, bounds);
  uint32_t solid = ren_opaque(color.r, color.g, color.b);
  for (int y = bounds.top; y < bounds.bottom; y++) {
    uint32_t *row = ren_canvas_row(canvas, y);
    if (color.a == 255)
      for (int x = bounds.left; x < bounds.right; x++) row[x] = solid;
    else
      for (int x = bounds.left; x < bounds.right; x++) row[x] = ren_over(row[x], color, 1);
  }
}
