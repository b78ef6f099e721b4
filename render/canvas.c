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

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

RenBounds ren_bounds_intersect(RenBounds a, RenBounds b) {
  return (RenBounds){most(a.left, b.left), most(a.top, b.top), least(a.right, b.right), least(a.bottom, b.bottom)};
}

RenBounds ren_bounds_unite(RenBounds a, RenBounds b) {
  if (ren_bounds_empty(a)) return b;
  if (ren_bounds_empty(b)) return a;
  return (RenBounds){least(a.left, b.left), least(a.top, b.top), most(a.right, b.right), most(a.bottom, b.bottom)};
}

bool ren_bounds_same(RenBounds a, RenBounds b) {
  return a.left == b.left && a.top == b.top && a.right == b.right && a.bottom == b.bottom;
}

bool ren_bounds_contain(RenBounds a, RenBounds b) {
  return a.left <= b.left && a.top <= b.top && a.right >= b.right && a.bottom >= b.bottom;
}

bool ren_bounds_empty(RenBounds bounds) { return bounds.right <= bounds.left || bounds.bottom <= bounds.top; }

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
