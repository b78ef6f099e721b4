/* A picture without a background: drawn over black and over white, what differs between the two is what shows
 * through. The rasteriser itself knows only opaque pixels. */
#include "render/raster.h"

static uint32_t channel(uint32_t argb, int shift) { return argb >> shift & 255; }

/* A pixel over black is c a, over white c a + 255 (1 - a). */
static uint32_t uncover(uint32_t black, uint32_t white) {
  uint32_t alpha = 255, argb = 0;
  for (int shift = 0; shift < 24; shift += 8) {
    uint32_t b = channel(black, shift), w = channel(white, shift), a = w > b ? 255 - (w - b) : 255;
    if (a < alpha) alpha = a;
  }
  for (int shift = 0; alpha && shift < 24; shift += 8) {
    uint32_t c = (channel(black, shift) * 255 + alpha / 2) / alpha;
    argb |= (c < 255 ? c : 255) << shift;
  }
  return alpha << 24 | argb;
}

bool ren_raster_draw_clear(RenRaster *raster, const RenFrame *frame, float scale, RenPixels *pixels,
                           EngError *err) {
  RenPixels white = {0};
  bool ok = ren_raster_draw(raster, frame, scale, (RenColor){0, 0, 0, 255}, pixels, err) &&
            ren_raster_draw(raster, frame, scale, (RenColor){255, 255, 255, 255}, &white, err);
  ren_pixels_forget(pixels);
  size_t n = ok ? (size_t)pixels->width * (size_t)pixels->height : 0;
  for (size_t i = 0; i < n; i++) pixels->argb[i] = uncover(pixels->argb[i], white.argb[i]);
  ren_pixels_free(&white);
  return ok;
}
