/* SDL_ttf rasterises and shapes; everything else is ours. A piece is drawn once for each font and size,
 * cropped to its ink and kept in a hash table that starts over when it is full. Advances are whole device
 * pixels and there is no kerning, so that a run is the sum of its pieces wherever it stands. */
#include "render/glyph.h"

#include "render/arena.h"
#include "render/glyph_box.h"
#include "render/piece.h"

#include <SDL_ttf.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_FONTS = 32, SLOTS = 1 << 13, MAX_GLYPHS = SLOTS / 2, MAX_BYTES = 16 << 20, MAX_SIZE = 512 };

static const char *const files[] = {
    [REN_SANS] = "DejaVuSans.ttf", [REN_SANS_BOLD] = "DejaVuSans-Bold.ttf", [REN_MONO] = "DejaVuSansMono.ttf"};
enum { FILES = sizeof files / sizeof files[0] };

typedef struct Face {
  TTF_Font *font; /* NULL: free */
  RenFont name;
  int size;
  uint64_t used; /* when last asked for */
} Face;

typedef struct Slot {
  const char *piece; /* NULL: free; in the arena */
  size_t n;
  RenFont font;
  int size;
  RenGlyph glyph;
} Slot;

struct RenGlyphs {
  char *folder;
  Face faces[MAX_FONTS];
  uint64_t clock;
  Slot *slots;
  int n_glyphs;
  RenArena arena; /* pieces and coverage */
  size_t bytes;
};

/* --- fonts */

static TTF_Font *open_font(const RenGlyphs *glyphs, RenFont name, int size) {
  size_t length = strlen(glyphs->folder) + strlen(files[name]) + 2;
  char *path = malloc(length);
  if (!path) return NULL;
  snprintf(path, length, "%s/%s", glyphs->folder, files[name]);
  TTF_Font *font = TTF_OpenFont(path, size);
  free(path);
  if (!font) return NULL;
  TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
  TTF_SetFontKerning(font, 0);
  return font;
}

/* The font at this size, opened if need be in place of the one that was not asked for longest. */
static TTF_Font *face(RenGlyphs *glyphs, RenFont name, int size) {
  Face *oldest = &glyphs->faces[0];
  glyphs->clock++;
  for (Face *f = glyphs->faces; f < glyphs->faces + MAX_FONTS; f++) {
    if (f->font && f->name == name && f->size == size) return f->used = glyphs->clock, f->font;
    if (f->used < oldest->used) oldest = f;
  }
  TTF_Font *font = open_font(glyphs, name, size);
  if (!font) return NULL;
  if (oldest->font) TTF_CloseFont(oldest->font);
  *oldest = (Face){font, name, size, glyphs->clock};
  return font;
}

static int legal_size(int size) { return size < 1 ? 1 : size > MAX_SIZE ? MAX_SIZE : size; }

int ren_glyphs_ascent(RenGlyphs *glyphs, RenFont font, int size) {
  TTF_Font *f = face(glyphs, font, legal_size(size));
  return f ? TTF_FontAscent(f) : size;
}

int ren_glyphs_height(RenGlyphs *glyphs, RenFont font, int size) {
  TTF_Font *f = face(glyphs, font, legal_size(size));
  return f ? TTF_FontHeight(f) : size;
}

/* --- drawing a piece */

static int alpha_at(const SDL_Surface *surface, int x, int y) {
  const uint8_t *row = (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
  uint32_t pixel = 0;
  memcpy(&pixel, row + 4 * (ptrdiff_t)x, sizeof pixel);
  return (int)(pixel >> 24);
}

static bool column_has_ink(const SDL_Surface *surface, int x) {
  for (int y = 0; y < surface->h; y++)
    if (alpha_at(surface, x, y)) return true;
  return false;
}

static bool row_has_ink(const SDL_Surface *surface, int y) {
  for (int x = 0; x < surface->w; x++)
    if (alpha_at(surface, x, y)) return true;
  return false;
}

static SDL_Rect ink_of(const SDL_Surface *surface) {
  int left = 0, right = surface->w, top = 0, bottom = surface->h;
  while (left < right && !column_has_ink(surface, left)) left++;
  while (right > left && !column_has_ink(surface, right - 1)) right--;
  while (top < bottom && !row_has_ink(surface, top)) top++;
  while (bottom > top && !row_has_ink(surface, bottom - 1)) bottom--;
  return (SDL_Rect){left, top, right - left, bottom - top};
}

/* Memory of the cache, counted; NULL when short. */
static uint8_t *keep(RenGlyphs *glyphs, size_t bytes) {
  uint8_t *memory = ren_arena_alloc(&glyphs->arena, bytes);
  if (memory) glyphs->bytes += bytes;
  return memory;
}

/* Crops the surface to its ink. (pen_x, baseline) is where the pen stood in it. */
static void take_ink(RenGlyphs *glyphs, const SDL_Surface *surface, int pen_x, int baseline, RenGlyph *out) {
  SDL_Rect ink = ink_of(surface);
  if (ink.w <= 0 || ink.h <= 0) return;
  uint8_t *coverage = keep(glyphs, (size_t)ink.w * (size_t)ink.h);
  if (!coverage) return;
  for (int y = 0; y < ink.h; y++)
    for (int x = 0; x < ink.w; x++)
      coverage[(size_t)y * (size_t)ink.w + (size_t)x] = (uint8_t)alpha_at(surface, ink.x + x, ink.y + y);
  out->left = ink.x - pen_x;
  out->top = ink.y - baseline;
  out->width = ink.w;
  out->height = ink.h;
  out->coverage = coverage;
}

static void draw_box(RenGlyphs *glyphs, uint32_t point, int size, RenGlyph *out) {
  int width = 0, height = 0;
  ren_glyph_box_size(point, size, &width, &height);
  uint8_t *coverage = keep(glyphs, (size_t)width * (size_t)height);
  if (!coverage) return;
  memset(coverage, 0, (size_t)width * (size_t)height);
  ren_glyph_box_draw(point, size, coverage);
  *out = (RenGlyph){width + 2, 1, -height, width, height, coverage};
}

static void set_direction(TTF_Font *font, utf8proc_int32_t point) {
  bool hebrew = point >= 0x0590 && point <= 0x05FF;
  TTF_SetFontDirection(font, ren_piece_is_rtl(point) ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
  TTF_SetFontScriptName(font, !ren_piece_is_rtl(point) ? "Latn" : hebrew ? "Hebr" : "Arab");
}

static bool is_invisible(utf8proc_int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_CF; }

static bool is_control(utf8proc_int32_t point) { return utf8proc_category(point) == UTF8PROC_CATEGORY_CC; }

/* Lets SDL_ttf draw the piece, a string, whose first code point is `point`. */
static void draw_piece(RenGlyphs *glyphs, TTF_Font *font, const char *piece, utf8proc_int32_t point, bool single,
                       RenGlyph *out) {
  int min_x = 0, max_x = 0, min_y = 0, max_y = 0, advance = 0, width = 0, ascent = TTF_FontAscent(font);
  TTF_GlyphMetrics32(font, (Uint32)point, &min_x, &max_x, &min_y, &max_y, &advance);
  if (!single) set_direction(font, point);
  if (!single && TTF_SizeUTF8(font, piece, &width, NULL) == 0) advance = width;
  out->advance = advance;
  SDL_Surface *surface = TTF_RenderUTF8_Blended(font, piece, (SDL_Color){255, 255, 255, 255});
  if (surface) {
    int pen_x = min_x < 0 ? -min_x : 0, baseline = max_y > ascent ? max_y : ascent;
    take_ink(glyphs, surface, pen_x, baseline, out);
  }
  SDL_FreeSurface(surface);
  if (!single) set_direction(font, 'x');
}

static RenGlyph make_glyph(RenGlyphs *glyphs, const Slot *slot) {
  RenGlyph glyph = {0};
  utf8proc_int32_t point = 0;
  bool single = ren_piece_point(slot->piece, &point) == slot->n;
  TTF_Font *font = face(glyphs, slot->font, slot->size);
  if (!font || (single && is_invisible(point))) return glyph;
  if (is_control(point) || !TTF_GlyphIsProvided32(font, (Uint32)point))
    draw_box(glyphs, (uint32_t)point, slot->size, &glyph);
  else
    draw_piece(glyphs, font, point == 0xFFFD ? "\xEF\xBF\xBD" : slot->piece, point, single, &glyph);
  return glyph;
}

/* --- the cache */

static size_t hash(RenFont font, int size, const char *piece, size_t n) {
  uint64_t h = 14695981039346656037U ^ ((uint64_t)font << 32 | (uint64_t)size);
  for (size_t i = 0; i < n; i++) h = (h ^ (uint8_t)piece[i]) * 1099511628211U;
  return (size_t)(h ^ h >> 29) % SLOTS;
}

static bool holds(const Slot *slot, RenFont font, int size, const char *piece, size_t n) {
  return slot->n == n && slot->font == font && slot->size == size && memcmp(slot->piece, piece, n) == 0;
}

/* The slot that holds the piece, or the free one where it belongs. */
static Slot *find(const RenGlyphs *glyphs, RenFont font, int size, const char *piece, size_t n) {
  size_t i = hash(font, size, piece, n);
  while (glyphs->slots[i].piece && !holds(&glyphs->slots[i], font, size, piece, n)) i = (i + 1) % SLOTS;
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
  size = legal_size(size);
  Slot *slot = find(glyphs, font, size, piece, n);
  if (slot->piece) return &slot->glyph;
  if (glyphs->n_glyphs >= MAX_GLYPHS || glyphs->bytes > MAX_BYTES) {
    start_over(glyphs);
    slot = find(glyphs, font, size, piece, n);
  }
  char *copy = (char *)keep(glyphs, n + 1);
  if (!copy) return &none;
  memcpy(copy, piece, n);
  copy[n] = '\0';
  *slot = (Slot){copy, n, font, size, {0}};
  slot->glyph = make_glyph(glyphs, slot);
  glyphs->n_glyphs++;
  return &slot->glyph;
}

size_t ren_glyphs_bytes(const RenGlyphs *glyphs) { return glyphs->bytes + SLOTS * sizeof *glyphs->slots; }

/* --- opening */

static bool all_open(RenGlyphs *glyphs, EngError *err) {
  for (int i = 0; i < FILES; i++)
    if (!face(glyphs, (RenFont)i, 13))
      return eng_error_set(err, glyphs->folder, files[i], "expected a font, found: %s", TTF_GetError());
  return true;
}

RenGlyphs *ren_glyphs_open(const char *folder, EngError *err) {
  if (TTF_Init() != 0) {
    eng_error_set(err, NULL, "SDL_ttf", "expected to start, found: %s", TTF_GetError());
    return NULL;
  }
  RenGlyphs *glyphs = calloc(1, sizeof *glyphs);
  if (glyphs) {
    glyphs->folder = strdup(folder);
    glyphs->slots = calloc(SLOTS, sizeof *glyphs->slots);
  }
  bool complete = glyphs && glyphs->folder && glyphs->slots;
  if (!complete) eng_error_set(err, folder, NULL, "not enough memory for glyphs");
  if (complete && all_open(glyphs, err)) return glyphs;
  if (glyphs)
    ren_glyphs_close(glyphs);
  else
    TTF_Quit();
  return NULL;
}

void ren_glyphs_close(RenGlyphs *glyphs) {
  if (!glyphs) return;
  for (int i = 0; i < MAX_FONTS; i++)
    if (glyphs->faces[i].font) TTF_CloseFont(glyphs->faces[i].font);
  ren_arena_free(&glyphs->arena);
  free(glyphs->slots);
  free(glyphs->folder);
  free(glyphs);
  TTF_Quit();
}
