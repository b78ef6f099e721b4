/* A run whose characters the shipped font draws one by one is set with it: outlines, and words that can be
 * searched where the file knows words. A run that needs shaping, another font or the box of a missing character
 * is what the program draws anyway, as a mask or an image of eight dots to the pixel. Both stand where the picture
 * has them, but for the rounding to whole pixels. */
#include "render/vector_parts.h"

#include "render/piece.h"
#include "render/point.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_SYSTEM_H
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FACES = 3 };
static const float dots = 8; /* of a mask, and of what text is measured in */
static const char *const files[FACES] = {
    [REN_SANS] = "DejaVuSans.ttf", [REN_SANS_BOLD] = "DejaVuSans-Bold.ttf", [REN_MONO] = "DejaVuSansMono.ttf"};

/* Cairo keeps a face for as long as it likes: the last one to let go closes it. */
typedef struct Face {
  FT_Library library;
  FT_Face face;
} Face;

struct RenVectorFonts {
  FT_Library library;
  Face *faces[FACES];
  cairo_font_face_t *fonts[FACES];
};

/* FreeType's own memory would be freed with the first who lets go of the library, not with the last. */
static void *take(FT_Memory memory, long size) {
  (void)memory;
  return malloc((size_t)size);
}

static void *resize(FT_Memory memory, long before, long size, void *block) {
  (void)memory, (void)before;
  return realloc(block, (size_t)size);
}

static void give_back(FT_Memory memory, void *block) {
  (void)memory;
  free(block);
}

static struct FT_MemoryRec_ heap = {NULL, take, give_back, resize}; /* nobody writes to it */

static bool open_library(FT_Library *out) {
  if (FT_New_Library(&heap, out) != 0) return false;
  FT_Add_Default_Modules(*out);
  return true;
}

static void close_face(void *closure) {
  Face *face = closure;
  if (face->face) FT_Done_Face(face->face);
  FT_Done_Library(face->library);
  free(face);
}

static bool open_face(RenVectorFonts *fonts, int i, const char *path) {
  static const cairo_user_data_key_t key;
  Face *face = calloc(1, sizeof *face);
  if (!face) return false;
  face->library = fonts->library;
  FT_Reference_Library(face->library);
  bool ok = FT_New_Face(face->library, path, 0, &face->face) == 0;
  if (ok) fonts->fonts[i] = cairo_ft_font_face_create_for_ft_face(face->face, FT_LOAD_NO_HINTING);
  ok = ok && cairo_font_face_set_user_data(fonts->fonts[i], &key, face, close_face) == CAIRO_STATUS_SUCCESS;
  if (ok)
    fonts->faces[i] = face;
  else
    close_face(face);
  return ok;
}

RenVectorFonts *ren_vector_fonts_open(const char *folder, EngError *err) {
  char path[4096];
  RenVectorFonts *fonts = calloc(1, sizeof *fonts);
  bool ok = fonts && open_library(&fonts->library);
  for (int i = 0; ok && i < FACES; i++) {
    int length = snprintf(path, sizeof path, "%s/%s", folder, files[i]);
    ok = length > 0 && (size_t)length < sizeof path && open_face(fonts, i, path);
  }
  if (ok) return fonts;
  eng_error_set(err, folder, NULL, "expected the shipped fonts, cannot open them");
  ren_vector_fonts_close(fonts);
  return NULL;
}

void ren_vector_fonts_close(RenVectorFonts *fonts) {
  if (!fonts) return;
  for (int i = 0; i < FACES; i++)
    if (fonts->fonts[i]) cairo_font_face_destroy(fonts->fonts[i]);
  if (fonts->library) FT_Done_Library(fonts->library);
  free(fonts);
}

/* Whether the font draws the run character by character, from left to right. */
static bool is_plain(const Face *face, const char *run) {
  while (*run) {
    int32_t point;
    size_t n = ren_point_read(run, &point);
    if (ren_piece_length(run) != n || ren_point_is_rtl(point)) return false;
    if (FT_Get_Char_Index(face->face, (FT_ULong)point) == 0) return false;
    run += n;
  }
  return true;
}

typedef struct Place {
  RenRect rect;
  RenAlign align;
  double baseline;
} Place;

static double left_of(const Place *place, double width) {
  double room = (double)place->rect.w - width, left = (double)place->rect.x;
  return place->align == REN_LEFT ? left : place->align == REN_CENTER ? left + room / 2 : left + room;
}

static double advance_of(cairo_scaled_font_t *font, const cairo_glyph_t *glyphs, int n) {
  cairo_text_extents_t extents;
  if (n == 0) return 0;
  cairo_scaled_font_glyph_extents(font, glyphs + n - 1, 1, &extents);
  return glyphs[n - 1].x + extents.x_advance;
}

static void set_outlines(cairo_t *cr, const char *run, const Place *place) {
  cairo_scaled_font_t *font = cairo_get_scaled_font(cr);
  cairo_glyph_t *glyphs = NULL;
  cairo_text_cluster_t *clusters = NULL;
  cairo_text_cluster_flags_t flags;
  int n_glyphs = 0, n_clusters = 0, length = (int)strlen(run);
  if (cairo_scaled_font_text_to_glyphs(font, 0, 0, run, length, &glyphs, &n_glyphs, &clusters, &n_clusters,
                                       &flags) != CAIRO_STATUS_SUCCESS)
    return;
  double x = left_of(place, advance_of(font, glyphs, n_glyphs));
  for (int i = 0; i < n_glyphs; i++) glyphs[i].x += x, glyphs[i].y += place->baseline;
  cairo_show_text_glyphs(cr, run, length, glyphs, n_glyphs, clusters, n_clusters, flags);
  cairo_glyph_free(glyphs);
  cairo_text_cluster_free(clusters);
}

static cairo_surface_t *new_mask(const RenCoverage *coverage) {
  cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, coverage->width, coverage->height);
  unsigned char *to = cairo_image_surface_get_data(mask);
  int stride = cairo_image_surface_get_stride(mask);
  for (int y = 0; to && y < coverage->height; y++)
    memcpy(to + (ptrdiff_t)y * stride, coverage->pixels + (ptrdiff_t)y * coverage->pitch, (size_t)coverage->width);
  cairo_surface_mark_dirty(mask);
  return mask;
}

/* A pixel in its own colour or the text's, times how much of it is covered. */
static uint32_t colored(uint32_t own, RenColor text, uint8_t covered) {
  uint32_t rgb = own ? own : (uint32_t)text.r << 16 | (uint32_t)text.g << 8 | text.b, a = covered * text.a / 255U;
  uint32_t out = a << 24;
  for (int shift = 0; shift < 24; shift += 8) out |= ((rgb >> shift & 255) * a + 127) / 255 << shift;
  return out;
}

static cairo_surface_t *new_image(const RenCoverage *coverage, RenColor text) {
  cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, coverage->width, coverage->height);
  unsigned char *bytes = cairo_image_surface_get_data(image);
  int stride = cairo_image_surface_get_stride(image);
  for (int y = 0; bytes && y < coverage->height; y++) {
    uint32_t *row = (uint32_t *)(void *)(bytes + (ptrdiff_t)y * stride);
    ptrdiff_t from = (ptrdiff_t)y * coverage->pitch;
    for (int x = 0; x < coverage->width; x++)
      row[x] = colored(coverage->colors[from + x], text, coverage->pixels[from + x]);
  }
  cairo_surface_mark_dirty(image);
  return image;
}

static void set_mask(cairo_t *cr, RenText *text, const RenTextShape *shape, const char *run, const Place *place) {
  RenCoverage coverage;
  double dot = 1 / (double)dots;
  double x = left_of(place, ren_text_advance(text, shape->font, shape->size, dots, run) * dot);
  if (!ren_text_coverage(text, shape->font, shape->size, dots, run, &coverage)) return;
  cairo_surface_t *mask = coverage.colors ? new_image(&coverage, shape->color) : new_mask(&coverage);
  cairo_save(cr);
  cairo_translate(cr, x + coverage.left * dot, place->baseline + coverage.top * dot);
  cairo_scale(cr, dot, dot);
  if (coverage.colors) {
    cairo_set_source_surface(cr, mask, 0, 0);
    cairo_paint(cr);
  } else {
    cairo_mask_surface(cr, mask, 0, 0);
  }
  cairo_restore(cr);
  cairo_surface_destroy(mask);
}

static void use_font(cairo_t *cr, const RenVectorFonts *fonts, const RenTextShape *shape) {
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_face(cr, fonts->fonts[shape->font]);
  cairo_set_font_size(cr, shape->size);
  cairo_set_font_options(cr, options);
  cairo_font_options_destroy(options);
}

static void set_run(cairo_t *cr, RenVectorFonts *fonts, RenText *text, RenRect rect, const RenTextShape *shape) {
  const char *run = shape->text;
  if (shape->ellipsis)
    run = ren_text_shorten(text, shape->font, shape->size, dots, run, (int)lroundf(rect.w * dots));
  double height = ren_text_height(text, shape->font, shape->size, dots) / (double)dots;
  double ascent = ren_text_ascent(text, shape->font, shape->size, dots) / (double)dots;
  Place place = {rect, shape->align, (double)(rect.y + rect.h / 2) - height / 2 + ascent};
  ren_vector_color(cr, shape->color, 1);
  if (is_plain(fonts->faces[shape->font], run)) {
    use_font(cr, fonts, shape);
    set_outlines(cr, run, &place);
  } else {
    set_mask(cr, text, shape, run, &place);
  }
}

/* A turned run goes up from the bottom of its box. */
void ren_vector_text(cairo_t *cr, RenVectorFonts *fonts, RenText *text, RenRect rect, const RenTextShape *shape) {
  if (!shape->color.a) return;
  if (!shape->turned) {
    set_run(cr, fonts, text, rect, shape);
    return;
  }
  cairo_save(cr);
  cairo_translate(cr, (double)rect.x, (double)(rect.y + rect.h));
  cairo_rotate(cr, -1.5707963267948966);
  set_run(cr, fonts, text, (RenRect){0, 0, rect.h, rect.w}, shape);
  cairo_restore(cr);
}
