/* SDL_ttf rasterises and shapes; everything else is ours. A piece is drawn once for each font and size,
 * cropped to its ink and kept in a hash table that starts over when it is full. Advances are whole device
 * pixels and there is no kerning, so that a run is the sum of its pieces wherever it stands. */
#include "render/glyph.h"

#include "render/arena.h"
#include "render/face.h"
#include "render/glyph_box.h"
#include "render/glyph_ink.h"
#include "render/piece.h"
#include "render/point.h"
#include "render/script.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { SLOTS = 1 << 13, MAX_GLYPHS = SLOTS / 2, MAX_BYTES = 16 << 20, MAX_SIZE = 512 };

typedef struct Entry {
  size_t n;
  RenFont font;
  int size;
  RenGlyph glyph;
  char piece[]; /* (n), and a NUL */
} Entry;

struct RenGlyphs {
  RenFaces *faces;
  Entry **slots; /* NULL: free */
  int n_glyphs;
  RenArena arena; /* entries, coverage, colours */
  size_t bytes;
};

/* --- metrics */

static int legal_size(int size) { return size < 1 ? 1 : size > MAX_SIZE ? MAX_SIZE : size; }

int ren_glyphs_ascent(RenGlyphs *glyphs, RenFont font, int size) {
  TTF_Font *f = ren_faces_get(glyphs->faces, font, legal_size(size));
  return f ? TTF_FontAscent(f) : size;
}

int ren_glyphs_height(RenGlyphs *glyphs, RenFont font, int size) {
  TTF_Font *f = ren_faces_get(glyphs->faces, font, legal_size(size));
  return f ? TTF_FontHeight(f) : size;
}

/* --- drawing a piece */

/* Memory of the cache, counted; NULL when short. */
static void *keep(RenGlyphs *glyphs, size_t bytes) {
  void *memory = ren_arena_alloc(&glyphs->arena, bytes);
  if (memory) glyphs->bytes += bytes;
  return memory;
}

/* Crops the surface to its ink. (pen_x, baseline) is where the pen stood in it. */
static void take_ink(RenGlyphs *glyphs, const SDL_Surface *surface, int pen_x, int baseline, RenGlyph *out) {
  SDL_Rect ink = ren_ink_bounds(surface);
  if (ink.w <= 0 || ink.h <= 0) return;
  size_t n = (size_t)ink.w * (size_t)ink.h;
  bool colored = ren_ink_is_colored(surface, ink);
  uint8_t *coverage = keep(glyphs, n);
  uint32_t *colors = colored ? keep(glyphs, n * sizeof *colors) : NULL;
  if (!coverage || (colored && !colors)) return;
  ren_ink_copy(surface, ink, coverage, colors);
  out->left = ink.x - pen_x;
  out->top = ink.y - baseline;
  out->width = ink.w;
  out->height = ink.h;
  out->coverage = coverage;
  out->colors = colors;
}

/* A font of pictures has one size; what it drew is brought to the height of a line of the size asked for. */
static void take_picture(RenGlyphs *glyphs, const SDL_Surface *surface, int size, RenGlyph *out) {
  int height = size + size / 6, width = (int)((int64_t)surface->w * height / surface->h);
  SDL_Surface *small = ren_ink_resize(surface, width > 0 ? width : 1, height);
  if (!small) return;
  out->advance = small->w;
  take_ink(glyphs, small, 0, height - size / 5, out);
  SDL_FreeSurface(small);
}

static void draw_box(RenGlyphs *glyphs, uint32_t point, int size, RenGlyph *out) {
  int width = 0, height = 0;
  ren_glyph_box_size(point, size, &width, &height);
  uint8_t *coverage = keep(glyphs, (size_t)width * (size_t)height);
  if (!coverage) return;
  memset(coverage, 0, (size_t)width * (size_t)height);
  ren_glyph_box_draw(point, size, coverage);
  *out = (RenGlyph){true, width + 2, 1, -height, width, height, coverage, NULL};
}

/* How HarfBuzz is to shape the piece. */
static void set_script(TTF_Font *font, const char *piece, size_t n, utf8proc_int32_t point) {
  const RenScript *script = ren_script_of_piece(piece, n);
  bool rtl = ren_point_is_rtl(point);
  TTF_SetFontDirection(font, rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
  TTF_SetFontScriptName(font, script ? script->tag : rtl ? "Arab" : "Latn");
}

static bool is_invisible(utf8proc_int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_CF; }

static bool is_control(utf8proc_int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_CC; }

/* Whether the font has pictures in place of outlines, at whatever size they were painted. */
static bool has_one_size(TTF_Font *font, int size) {
  int height = TTF_FontHeight(font);
  TTF_SetFontSize(font, 4 * size);
  bool same = TTF_FontHeight(font) == height;
  TTF_SetFontSize(font, size);
  return same;
}

/* Lets SDL_ttf draw the piece, a string, whose first code point is `point`. */
static void draw_piece(RenGlyphs *glyphs, TTF_Font *font, const Entry *entry, utf8proc_int32_t point, bool single,
                       RenGlyph *out) {
  const char *piece = point == 0xFFFD ? "\xEF\xBF\xBD" : entry->piece;
  int min_x = 0, max_x = 0, min_y = 0, max_y = 0, advance = 0, width = 0, ascent = TTF_FontAscent(font);
  TTF_GlyphMetrics32(font, (Uint32)point, &min_x, &max_x, &min_y, &max_y, &advance);
  if (!single) set_script(font, entry->piece, entry->n, point);
  if (!single && TTF_SizeUTF8(font, piece, &width, NULL) == 0) advance = width;
  out->advance = advance;
  SDL_Surface *surface = TTF_RenderUTF8_Blended(font, piece, (SDL_Color){255, 255, 255, 255});
  if (surface && ren_ink_is_colored(surface, ren_ink_bounds(surface)) && has_one_size(font, entry->size))
    take_picture(glyphs, surface, entry->size, out);
  else if (surface)
    take_ink(glyphs, surface, min_x < 0 ? -min_x : 0, max_y > ascent ? max_y : ascent, out);
  SDL_FreeSurface(surface);
  if (!single) set_script(font, "x", 1, 'x');
}

static RenGlyph make_glyph(RenGlyphs *glyphs, const Entry *entry) {
  utf8proc_int32_t point = 0;
  bool single = ren_point_read(entry->piece, &point) == entry->n, control = is_control(point);
  RenGlyph glyph = {.whole = true};
  if (single && is_invisible(point)) return glyph;
  TTF_Font *font = control ? NULL : ren_faces_for(glyphs->faces, entry->font, entry->size, entry->piece, entry->n);
  if (font)
    draw_piece(glyphs, font, entry, point, single, &glyph);
  else if (single)
    draw_box(glyphs, (uint32_t)point, entry->size, &glyph);
  else
    glyph.whole = false;
  return glyph;
}

/* --- the cache */

static size_t hash(RenFont font, int size, const char *piece, size_t n) {
  uint64_t h = 14695981039346656037U ^ ((uint64_t)font << 32 | (uint64_t)size);
  for (size_t i = 0; i < n; i++) h = (h ^ (uint8_t)piece[i]) * 1099511628211U;
  return (size_t)(h ^ h >> 29) % SLOTS;
}

static bool holds(const Entry *entry, RenFont font, int size, const char *piece, size_t n) {
  return entry->n == n && entry->font == font && entry->size == size && memcmp(entry->piece, piece, n) == 0;
}

/* The slot of the piece, or the free one where it belongs. */
static Entry **find(const RenGlyphs *glyphs, RenFont font, int size, const char *piece, size_t n) {
  size_t i = hash(font, size, piece, n);
  while (glyphs->slots[i] && !holds(glyphs->slots[i], font, size, piece, n)) i = (i + 1) % SLOTS;
  return &glyphs->slots[i];
}

static void start_over(RenGlyphs *glyphs) {
  memset(glyphs->slots, 0, SLOTS * sizeof *glyphs->slots);
  ren_arena_reset(&glyphs->arena);
  glyphs->n_glyphs = 0;
  glyphs->bytes = 0;
}

const RenGlyph *ren_glyphs_get(RenGlyphs *glyphs, RenFont font, int size, const char *piece, size_t n) {
  static const RenGlyph none = {0};
  if (n == 0) return &none;
  size = legal_size(size);
  Entry **slot = find(glyphs, font, size, piece, n);
  if (*slot) return &(*slot)->glyph;
  if (glyphs->n_glyphs >= MAX_GLYPHS || glyphs->bytes > MAX_BYTES) {
    start_over(glyphs);
    slot = find(glyphs, font, size, piece, n);
  }
  Entry *entry = keep(glyphs, sizeof *entry + n + 1);
  if (!entry) return &none;
  *entry = (Entry){n, font, size, {0}};
  memcpy(entry->piece, piece, n);
  entry->piece[n] = '\0';
  entry->glyph = make_glyph(glyphs, entry);
  glyphs->n_glyphs++;
  *slot = entry;
  return &entry->glyph;
}

const RenGlyph *ren_glyphs_first(RenGlyphs *glyphs, RenFont font, int size, const char *run, size_t *n) {
  utf8proc_int32_t point = 0;
  *n = ren_piece_length(run);
  const RenGlyph *glyph = ren_glyphs_get(glyphs, font, size, run, *n);
  if (*n == 0 || glyph->whole) return glyph;
  *n = ren_piece_character(run);
  glyph = ren_glyphs_get(glyphs, font, size, run, *n);
  if (glyph->whole) return glyph;
  *n = ren_point_read(run, &point);
  return ren_glyphs_get(glyphs, font, size, run, *n);
}

const char *ren_glyphs_folder(const RenGlyphs *glyphs) { return ren_faces_folder(glyphs->faces); }

size_t ren_glyphs_bytes(const RenGlyphs *glyphs) { return glyphs->bytes + SLOTS * sizeof *glyphs->slots; }

/* --- opening */

bool ren_glyphs_search(RenGlyphs *glyphs, const char *folders) {
  start_over(glyphs);
  return ren_faces_search(glyphs->faces, folders);
}

RenGlyphs *ren_glyphs_open(const char *folder, EngError *err) {
  RenGlyphs *glyphs = calloc(1, sizeof *glyphs);
  if (glyphs) glyphs->slots = calloc(SLOTS, sizeof *glyphs->slots);
  if (!glyphs || !glyphs->slots) eng_error_set(err, folder, NULL, "not enough memory for glyphs");
  if (glyphs && glyphs->slots && (glyphs->faces = ren_faces_open(folder, err)) != NULL) return glyphs;
  ren_glyphs_close(glyphs);
  return NULL;
}

void ren_glyphs_close(RenGlyphs *glyphs) {
  if (!glyphs) return;
  ren_faces_close(glyphs->faces);
  ren_arena_free(&glyphs->arena);
  free(glyphs->slots);
  free(glyphs);
}
