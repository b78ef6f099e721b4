/* A run is the sum of its pieces: widths add up their advances, carets fall between their characters, and
 * the run's coverage is put together from theirs. One buffer holds the answer until the next question. */
#include "render/text.h"

#include "render/glyph.h"
#include "render/piece.h"

#include <stdlib.h>
#include <string.h>

static const char ellipsis[] = "\xE2\x80\xA6";
enum { MAX_RUN = 16384 }; /* device pixels: what lies further right is not drawn */

struct RenText {
  RenGlyphs *glyphs;
  uint8_t *coverage;
  size_t capacity;
  char *shortened;
};

RenText *ren_text_open(const char *fonts, EngError *err) {
  RenText *text = calloc(1, sizeof *text);
  if (!text) return eng_error_set(err, fonts, NULL, "not enough memory for fonts"), NULL;
  text->glyphs = ren_glyphs_open(fonts, err);
  if (text->glyphs) return text;
  free(text);
  return NULL;
}

void ren_text_close(RenText *text) {
  if (!text) return;
  ren_glyphs_close(text->glyphs);
  free(text->coverage);
  free(text->shortened);
  free(text);
}

/* Size in device pixels. */
static int device_size(int size, float scale) {
  float device = (float)size * scale + 0.5F;
  return device >= 1 ? (device < 4096 ? (int)device : 4096) : 1;
}

static int advance_of(RenText *text, RenFont font, int size, const char *run, size_t n) {
  return ren_glyphs_get(text->glyphs, font, size, run, n)->advance;
}

int ren_text_advance(RenText *text, RenFont font, int size, float scale, const char *run) {
  int device = device_size(size, scale), sum = 0;
  for (size_t n = 0; (n = ren_piece_length(run)) > 0; run += n) {
    sum += advance_of(text, font, device, run, n);
    if (sum > MAX_RUN) break;
  }
  return sum;
}

float ren_text_width(RenText *text, RenFont font, int size, float scale, const char *run) {
  return (float)ren_text_advance(text, font, size, scale, run) / scale;
}

/* --- carets */

/* Called with the offset and x of every place for a caret, from the left on; false stops. */
typedef bool (*CaretVisitor)(void *context, size_t offset, float x);

/* Inside a piece of several characters, each place is as far right as the characters before it are wide. */
static bool visit_inside(RenText *text, RenFont font, int size, const char *piece, size_t n, size_t start, float x,
                         CaretVisitor visit, void *context) {
  for (size_t inner = ren_piece_character(piece); inner < n; inner += ren_piece_character(piece + inner))
    if (!visit(context, start + inner, x + (float)advance_of(text, font, size, piece, inner))) return false;
  return true;
}

static void visit_carets(RenText *text, RenFont font, int size, const char *run, CaretVisitor visit,
                         void *context) {
  float x = 0;
  size_t at = 0;
  for (size_t n = 0; visit(context, at, x) && (n = ren_piece_length(run + at)) > 0; at += n) {
    if (!visit_inside(text, font, size, run + at, n, at, x, visit, context)) return;
    x += (float)advance_of(text, font, size, run + at, n);
  }
}

typedef struct Nearest {
  float wanted, distance;
  size_t offset;
} Nearest;

static bool keep_nearest(void *context, size_t offset, float x) {
  Nearest *nearest = context;
  float distance = x > nearest->wanted ? x - nearest->wanted : nearest->wanted - x;
  if (distance > nearest->distance && offset > 0) return x < nearest->wanted;
  nearest->distance = distance;
  nearest->offset = offset;
  return true;
}

size_t ren_text_offset(RenText *text, RenFont font, int size, float scale, const char *run, float x) {
  Nearest nearest = {x * scale, 0, 0};
  visit_carets(text, font, device_size(size, scale), run, keep_nearest, &nearest);
  return nearest.offset;
}

typedef struct Reached {
  size_t wanted;
  float x;
} Reached;

static bool reach(void *context, size_t offset, float x) {
  Reached *reached = context;
  if (offset > reached->wanted) return false;
  reached->x = x;
  return true;
}

float ren_text_caret(RenText *text, RenFont font, int size, float scale, const char *run, size_t offset) {
  Reached reached = {offset, 0};
  visit_carets(text, font, device_size(size, scale), run, reach, &reached);
  return reached.x / scale;
}

/* --- shortening */

static const char *with_ellipsis(RenText *text, const char *run, size_t n) {
  char *grown = realloc(text->shortened, n + sizeof ellipsis);
  if (!grown) return "";
  text->shortened = grown;
  memcpy(grown, run, n);
  memcpy(grown + n, ellipsis, sizeof ellipsis);
  return grown;
}

const char *ren_text_shorten(RenText *text, RenFont font, int size, float scale, const char *run, int width) {
  int device = device_size(size, scale);
  int room = width - advance_of(text, font, device, ellipsis, sizeof ellipsis - 1), used = 0;
  size_t fits = 0, at = 0;
  for (size_t n = 0; used <= width && (n = ren_piece_length(run + at)) > 0; at += n) {
    if (used <= room) fits = at;
    used += advance_of(text, font, device, run + at, n);
  }
  if (used <= width) return run;
  return room < 0 ? "" : with_ellipsis(text, run, fits);
}

/* --- coverage */

typedef struct Extent {
  int left, top, right, bottom;
} Extent;

static void include(Extent *extent, int pen, const RenGlyph *glyph) {
  if (glyph->width == 0) return;
  bool first = extent->right <= extent->left;
  int left = pen + glyph->left, right = left + glyph->width, bottom = glyph->top + glyph->height;
  if (first || left < extent->left) extent->left = left;
  if (first || right > extent->right) extent->right = right;
  if (first || glyph->top < extent->top) extent->top = glyph->top;
  if (first || bottom > extent->bottom) extent->bottom = bottom;
}

static Extent extent_of(RenText *text, RenFont font, int size, const char *run) {
  Extent extent = {0};
  int pen = 0;
  for (size_t n = 0; pen < MAX_RUN && (n = ren_piece_length(run)) > 0; run += n) {
    const RenGlyph *glyph = ren_glyphs_get(text->glyphs, font, size, run, n);
    include(&extent, pen, glyph);
    pen += glyph->advance;
  }
  return extent;
}

/* Zeroed room for the run; false when memory is short. */
static bool reserve(RenText *text, size_t bytes) {
  if (bytes > text->capacity) {
    uint8_t *grown = realloc(text->coverage, bytes);
    if (!grown) return false;
    text->coverage = grown;
    text->capacity = bytes;
  }
  memset(text->coverage, 0, bytes);
  return true;
}

/* Where pieces overlap the denser one shows. Cut to the buffer: a cache that started over between measuring
 * and drawing must not make us write outside. */
static void put(uint8_t *pixels, int width, int height, int x, int y, const RenGlyph *glyph) {
  for (int row = 0; row < glyph->height; row++)
    for (int column = 0; column < glyph->width; column++) {
      int tx = x + column, ty = y + row;
      if (tx < 0 || ty < 0 || tx >= width || ty >= height) continue;
      uint8_t *pixel = &pixels[(size_t)ty * (size_t)width + (size_t)tx];
      uint8_t coverage = glyph->coverage[(size_t)row * (size_t)glyph->width + (size_t)column];
      if (coverage > *pixel) *pixel = coverage;
    }
}

bool ren_text_coverage(RenText *text, RenFont font, int size, float scale, const char *run, RenCoverage *out) {
  int device = device_size(size, scale), pen = 0;
  Extent extent = extent_of(text, font, device, run);
  int width = extent.right - extent.left, height = extent.bottom - extent.top;
  if (width <= 0 || height <= 0 || !reserve(text, (size_t)width * (size_t)height)) return false;
  for (size_t n = 0; pen < MAX_RUN && (n = ren_piece_length(run)) > 0; run += n) {
    const RenGlyph *glyph = ren_glyphs_get(text->glyphs, font, device, run, n);
    put(text->coverage, width, height, pen + glyph->left - extent.left, glyph->top - extent.top, glyph);
    pen += glyph->advance;
  }
  *out = (RenCoverage){text->coverage, width, height, width, extent.left, extent.top};
  return true;
}

int ren_text_ascent(RenText *text, RenFont font, int size, float scale) {
  return ren_glyphs_ascent(text->glyphs, font, device_size(size, scale));
}

int ren_text_height(RenText *text, RenFont font, int size, float scale) {
  return ren_glyphs_height(text->glyphs, font, device_size(size, scale));
}

size_t ren_text_cache_bytes(const RenText *text) { return ren_glyphs_bytes(text->glyphs) + text->capacity; }
