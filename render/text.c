/* A run is the sum of its pieces: widths add up their advances, carets fall between their characters, and
 * the run's coverage is put together from theirs. One buffer holds the answer until the next question. */
#include "render/text_impl.h"

#include "render/piece.h"

#include <stdlib.h>
#include <string.h>

static const char ellipsis[] = "\xE2\x80\xA6";

RenText *ren_text_open(const char *fonts, EngError *err) {
  RenText *text = calloc(1, sizeof *text);
  if (!text) return eng_error_set(err, fonts, NULL, "not enough memory for fonts"), NULL;
  text->glyphs = ren_glyphs_open(fonts, err);
  if (text->glyphs) return text;
  free(text);
  return NULL;
}

bool ren_text_search(RenText *text, const char *folders) { return ren_glyphs_search(text->glyphs, folders); }

void ren_text_close(RenText *text) {
  if (!text) return;
  ren_glyphs_close(text->glyphs);
  ren_placing_free(&text->placing);
  free(text->coverage);
  free(text->colors);
  free(text->shortened);
  free(text);
}

int ren_text_device_size(int size, float scale) {
  float device = (float)size * scale + 0.5F;
  return device >= 1 ? (device < 4096 ? (int)device : 4096) : 1;
}

int ren_text_advance_of(RenText *text, RenFont font, int size, const char *piece, size_t n) {
  return ren_glyphs_get(text->glyphs, font, size, piece, n)->advance;
}

int ren_text_advance(RenText *text, RenFont font, int size, float scale, const char *run) {
  int device = ren_text_device_size(size, scale), sum = 0;
  size_t n = 0;
  do {
    sum += ren_glyphs_first(text->glyphs, font, device, run, &n)->advance;
    run += n;
  } while (n > 0 && sum <= REN_MAX_RUN);
  return sum;
}

float ren_text_width(RenText *text, RenFont font, int size, float scale, const char *run) {
  return (float)ren_text_advance(text, font, size, scale, run) / scale;
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

/* Bytes of the first characters of a piece that fit into `room`. */
static size_t fitting(RenText *text, RenFont font, int size, const char *piece, size_t n, int room) {
  size_t fits = 0, next = ren_piece_character(piece);
  while (next < n && ren_text_advance_of(text, font, size, piece, next) <= room) {
    fits = next;
    next += ren_piece_character(piece + next);
  }
  return fits;
}

const char *ren_text_shorten(RenText *text, RenFont font, int size, float scale, const char *run, int width) {
  int device = ren_text_device_size(size, scale);
  int room = width - ren_text_advance_of(text, font, device, ellipsis, sizeof ellipsis - 1), used = 0;
  size_t fits = 0, at = 0, character = 0;
  for (size_t n = 1; used <= width && n > 0; at += n) {
    int advance = ren_glyphs_first(text->glyphs, font, device, run + at, &n)->advance;
    if (at >= character && used <= room) fits = at + fitting(text, font, device, run + at, n, room - used);
    if (at >= character) character = at + ren_piece_character(run + at);
    used += advance;
  }
  if (used <= width) return run;
  return room < 0 ? "" : with_ellipsis(text, run, fits);
}

/* --- coverage */

typedef struct Extent {
  int left, top, right, bottom;
  bool colored;
} Extent;

static void include(Extent *extent, int pen, const RenGlyph *glyph) {
  if (glyph->width == 0) return;
  bool first = extent->right <= extent->left;
  int left = pen + glyph->left, right = left + glyph->width, bottom = glyph->top + glyph->height;
  if (first || left < extent->left) extent->left = left;
  if (first || right > extent->right) extent->right = right;
  if (first || glyph->top < extent->top) extent->top = glyph->top;
  if (first || bottom > extent->bottom) extent->bottom = bottom;
  extent->colored = extent->colored || glyph->colors;
}

static const RenGlyph *glyph_of(RenText *text, RenFont font, int size, const RenPlace *place) {
  return ren_glyphs_get(text->glyphs, font, size, place->piece, place->n);
}

static Extent extent_of(RenText *text, RenFont font, int size) {
  Extent extent = {0};
  for (size_t i = 0; i < text->placing.n; i++)
    include(&extent, text->placing.places[i].x, glyph_of(text, font, size, &text->placing.places[i]));
  return extent;
}

/* Zeroed room for a run of so many pixels, for its colours too where it has some; false when memory is short. */
static bool reserve(RenText *text, size_t pixels, bool colored) {
  if (pixels > text->coverage_capacity) {
    uint8_t *grown = realloc(text->coverage, pixels);
    if (!grown) return false;
    text->coverage = grown;
    text->coverage_capacity = pixels;
  }
  memset(text->coverage, 0, pixels);
  if (!colored) return true;
  if (pixels > text->colors_capacity) {
    uint32_t *grown = realloc(text->colors, pixels * sizeof *grown);
    if (!grown) return false;
    text->colors = grown;
    text->colors_capacity = pixels;
  }
  memset(text->colors, 0, pixels * sizeof *text->colors);
  return true;
}

/* Where pieces overlap the denser one shows. Cut to the buffer: a cache that started over between measuring
 * and drawing must not make us write outside. */
static void put(RenText *text, const Extent *extent, int pen, const RenGlyph *glyph) {
  int width = extent->right - extent->left, height = extent->bottom - extent->top;
  for (int row = 0; row < glyph->height; row++)
    for (int column = 0; column < glyph->width; column++) {
      int tx = pen + glyph->left - extent->left + column, ty = glyph->top - extent->top + row;
      if (tx < 0 || ty < 0 || tx >= width || ty >= height) continue;
      size_t to = (size_t)ty * (size_t)width + (size_t)tx;
      size_t from = (size_t)row * (size_t)glyph->width + (size_t)column;
      if (glyph->coverage[from] <= text->coverage[to]) continue;
      text->coverage[to] = glyph->coverage[from];
      if (extent->colored) text->colors[to] = glyph->colors ? glyph->colors[from] : 0;
    }
}

bool ren_text_coverage(RenText *text, RenFont font, int size, float scale, const char *run, RenCoverage *out) {
  int device = ren_text_device_size(size, scale);
  if (!ren_placing_set(&text->placing, text->glyphs, font, device, run, REN_MAX_RUN)) return false;
  Extent extent = extent_of(text, font, device);
  int width = extent.right - extent.left, height = extent.bottom - extent.top;
  if (width <= 0 || height <= 0 || !reserve(text, (size_t)width * (size_t)height, extent.colored)) return false;
  for (size_t i = 0; i < text->placing.n; i++)
    put(text, &extent, text->placing.places[i].x, glyph_of(text, font, device, &text->placing.places[i]));
  *out = (RenCoverage){text->coverage, extent.colored ? text->colors : NULL, width, height, width, extent.left,
                       extent.top};
  return true;
}

int ren_text_ascent(RenText *text, RenFont font, int size, float scale) {
  return ren_glyphs_ascent(text->glyphs, font, ren_text_device_size(size, scale));
}

int ren_text_height(RenText *text, RenFont font, int size, float scale) {
  return ren_glyphs_height(text->glyphs, font, ren_text_device_size(size, scale));
}

const char *ren_text_folder(const RenText *text) { return ren_glyphs_folder(text->glyphs); }

size_t ren_text_cache_bytes(const RenText *text) {
  return ren_glyphs_bytes(text->glyphs) + text->coverage_capacity + text->colors_capacity * sizeof *text->colors;
}
