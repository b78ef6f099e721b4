/* Text: the run's coverage, blended in the text's colour where the box says. The pen stands on a whole
 * device pixel, so that the same word has the same pixels everywhere. A turned run is the same coverage a
 * quarter turned to the left: along it one goes up, below its line one goes to the right. */
#include "render/raster_parts.h"

static float share_before(RenAlign align) { return align == REN_LEFT ? 0 : align == REN_CENTER ? 0.5F : 1; }

/* A pixel's own colour, as opaque as the text is. */
static RenColor color_of(uint32_t own, RenColor text) {
  return own ? (RenColor){(uint8_t)(own >> 16), (uint8_t)(own >> 8), (uint8_t)own, text.a} : text;
}

static uint32_t blend(uint32_t under, const RenCoverage *coverage, ptrdiff_t at, RenColor color) {
  RenColor over = coverage->colors ? color_of(coverage->colors[at], color) : color;
  return ren_over(under, over, (float)coverage->pixels[at] / 255);
}

static void blend_coverage(const RenCanvas *canvas, const RenCoverage *coverage, int left, int top,
                           RenColor color) {
  RenBounds all = {left, top, left + coverage->width, top + coverage->height};
  RenBounds bounds = ren_bounds_intersect(all, canvas->clip);
  for (int y = bounds.top; y < bounds.bottom; y++) {
    ptrdiff_t start = (ptrdiff_t)(y - top) * coverage->pitch - left;
    uint32_t *row = ren_canvas_row(canvas, y);
    for (int x = bounds.left; x < bounds.right; x++)
      if (coverage->pixels[start + x]) row[x] = blend(row[x], coverage, start + x, color);
  }
}

static void blend_turned(const RenCanvas *canvas, const RenCoverage *coverage, int left, int bottom,
                         RenColor color) {
  RenBounds all = {left, bottom - coverage->width, left + coverage->height, bottom};
  RenBounds bounds = ren_bounds_intersect(all, canvas->clip);
  for (int y = bounds.top; y < bounds.bottom; y++) {
    uint32_t *row = ren_canvas_row(canvas, y);
    for (int x = bounds.left; x < bounds.right; x++) {
      ptrdiff_t at = (ptrdiff_t)(x - left) * coverage->pitch + bottom - 1 - y;
      if (coverage->pixels[at]) row[x] = blend(row[x], coverage, at, color);
    }
  }
}

/* A stretch of device pixels along the run, and the middle across it. */
typedef struct Line {
  int from, to;
  float middle;
} Line;

static Line line_of(RenRect rect, bool turned, float scale) {
  if (turned)
    return (Line){ren_device_round(rect.y, scale), ren_device_round(rect.y + rect.h, scale), rect.x + rect.w / 2};
  return (Line){ren_device_round(rect.x, scale), ren_device_round(rect.x + rect.w, scale), rect.y + rect.h / 2};
}

bool ren_raster_text(const RenCanvas *canvas, RenText *text, RenRect rect, const RenTextShape *shape) {
  float scale = canvas->scale;
  const char *run = shape->text;
  Line line = line_of(rect, shape->turned, scale);
  int length = line.to - line.from;
  if (shape->ellipsis) run = ren_text_shorten(text, shape->font, shape->size, scale, run, length);
  int advance = ren_text_advance(text, shape->font, shape->size, scale, run);
  int height = ren_text_height(text, shape->font, shape->size, scale);
  int before = ren_device_round((float)(length - advance) * share_before(shape->align), 1);
  int top = ren_device_round(line.middle - (float)height / scale / 2, scale);
  RenCoverage coverage;
  if (!ren_text_coverage(text, shape->font, shape->size, scale, run, &coverage)) return true;
  int baseline = top + ren_text_ascent(text, shape->font, shape->size, scale);
  if (shape->turned)
    blend_turned(canvas, &coverage, baseline + coverage.top, line.to - before - coverage.left, shape->color);
  else
    blend_coverage(canvas, &coverage, line.from + before + coverage.left, baseline + coverage.top, shape->color);
  return true;
}
