/* Cairo behind one call: a page, and every command of the list as the shape that it is. Cairo's SVG has no
 * place for provenance, so it goes in on the way to the file, behind the opening tag; PDF has its keywords. */
#include "render/vector_parts.h"

#include "engine/file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static const double points_per_pixel = 0.75; /* PDF: 72 to the inch, not 96 */
enum { MOST_LINES = 20000 };

/* --- the file */

typedef struct Output {
  FILE *file;
  const char *provenance; /* to be put into SVG; NULL: nothing, or done */
  int tags;               /* closed so far */
} Output;

static bool put_escaped(FILE *file, const char *text) {
  for (; *text; text++) {
    const char *out = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : NULL;
    if ((out ? fputs(out, file) : fputc(*text, file)) == EOF) return false;
  }
  return true;
}

static bool put_metadata(FILE *file, const char *provenance) {
  return fputs("\n<metadata>{\"headscope\":", file) != EOF && put_escaped(file, provenance) &&
         fputs("}</metadata>", file) != EOF;
}

/* Behind the second closing bracket: the declaration's, then the opening tag's. */
static cairo_status_t write_bytes(void *closure, const unsigned char *bytes, unsigned n) {
  Output *output = closure;
  unsigned from = 0;
  for (unsigned i = 0; output->provenance && i < n; i++) {
    if (bytes[i] != '>' || ++output->tags < 2) continue;
    fwrite(bytes, 1, i + 1, output->file);
    put_metadata(output->file, output->provenance);
    output->provenance = NULL;
    from = i + 1;
  }
  fwrite(bytes + from, 1, n - from, output->file);
  return ferror(output->file) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *new_svg(Output *output, double width, double height) {
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(write_bytes, output, width, height);
  cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
  return surface;
}

/* Version 1.4 keeps its objects in the open, where the provenance is found again. */
static cairo_surface_t *new_pdf(Output *output, double width, double height) {
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream(write_bytes, output, width * points_per_pixel, height * points_per_pixel);
  char *text = NULL;
  if (asprintf(&text, "{\"headscope\":%s}", output->provenance) < 0) text = NULL;
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "headscope " HEADSCOPE_VERSION);
  if (text) cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, text);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  free(text);
  output->provenance = NULL;
  return surface;
}

/* --- the page */

typedef struct Page {
  cairo_t *cr;
  RenVectorFonts *fonts;
  RenText *text;
  const RenVector *vector;
  RenRaster *raster; /* draws attention as images; NULL: it is strokes */
} Page;

static bool draw_shape(const Page *page, const RenCommand *command) {
  switch (command->kind) {
  case REN_CLIP:
  case REN_AREA:
    break;
  case REN_RECT:
    ren_vector_box(page->cr, command->rect, &command->box);
    break;
  case REN_LINE:
    ren_vector_line(page->cr, &command->line);
    break;
  case REN_TEXT:
    ren_vector_text(page->cr, page->fonts, page->text, command->rect, &command->text);
    break;
  case REN_CELLS:
  case REN_HEATMAP:
    ren_vector_values(page->cr, command->rect, &command->values);
    break;
  case REN_ATTENTION:
    if (page->raster) return ren_vector_image(page->cr, page->raster, command);
    return ren_vector_attention(page->cr, command, page->vector->scale);
  }
  return true;
}

static bool draw_command(const Page *page, const RenCommand *command) {
  RenRect clip = command->clip;
  if (ren_rect_empty(clip)) return true;
  cairo_save(page->cr);
  cairo_rectangle(page->cr, (double)clip.x, (double)clip.y, (double)clip.w, (double)clip.h);
  cairo_clip(page->cr);
  bool ok = draw_shape(page, command);
  cairo_restore(page->cr);
  return ok;
}

static bool is_cancelled(const Page *page) { return eng_cancel_raised(page->vector->cancel); }

static bool draw_page(const Page *page, const RenFrame *frame) {
  if (page->vector->kind == REN_VECTOR_PDF) cairo_scale(page->cr, points_per_pixel, points_per_pixel);
  for (size_t i = 0; i < ren_frame_count(frame); i++)
    if (is_cancelled(page) || !draw_command(page, ren_frame_at(frame, i))) return false;
  cairo_show_page(page->cr);
  return true;
}

/* What kept the page from being drawn. */
static bool refuse(const Page *page, const char *path, EngError *err) {
  return is_cancelled(page) ? eng_error_set(err, path, NULL, "cancelled") : eng_error_memory(err, path, "a figure");
}

static bool write_page(const char *path, FILE *file, const RenFrame *frame, Page *page, EngError *err) {
  Output output = {file, page->vector->provenance, 0};
  double width = (double)ren_frame_width(frame), height = (double)ren_frame_height(frame);
  bool svg = page->vector->kind == REN_VECTOR_SVG;
  cairo_surface_t *surface = (svg ? new_svg : new_pdf)(&output, width, height);
  page->cr = cairo_create(surface);
  bool drawn = draw_page(page, frame);
  cairo_status_t status = cairo_status(page->cr);
  cairo_destroy(page->cr);
  cairo_surface_finish(surface);
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (!drawn) return refuse(page, path, err);
  return status == CAIRO_STATUS_SUCCESS ||
         eng_error_set(err, path, NULL, "expected to write the figure, found: %s", cairo_status_to_string(status));
}

static bool check(const char *path, const RenFrame *frame, EngError *err) {
  struct stat info;
  if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
    return eng_error_set(err, path, NULL, "expected a file to write, found a folder");
  return (ren_frame_width(frame) >= 1 && ren_frame_height(frame) >= 1) ||
         eng_error_set(err, path, NULL, "expected a figure of at least 1x1");
}

static bool has_many_lines(const Page *page, const RenFrame *frame, bool *ok) {
  size_t n_lines = 0;
  for (size_t i = 0; *ok && n_lines <= MOST_LINES && i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->kind != REN_ATTENTION) continue;
    *ok = !is_cancelled(page) && ren_vector_count(command, page->vector->scale, MOST_LINES, &n_lines);
  }
  return n_lines > MOST_LINES;
}

static bool begin(Page *page, const RenFrame *frame, const char *path, EngError *err) {
  bool ok = true, many = has_many_lines(page, frame, &ok);
  if (!ok) return refuse(page, path, err);
  if (many) page->raster = ren_raster_new(page->text, err);
  if (many && !page->raster) return false;
  if (many) ren_raster_set_cancel(page->raster, page->vector->cancel);
  page->fonts = ren_vector_fonts_open(ren_text_folder(page->text), err);
  return page->fonts != NULL;
}

static bool write_file(const char *path, const RenFrame *frame, Page *page, EngError *err) {
  EngFile file;
  if (!eng_file_begin(&file, path, err)) return false;
  bool ok = write_page(path, file.stream, frame, page, err);
  return eng_file_end(&file, ok, ok ? err : NULL) && ok;
}

bool ren_vector_write(const char *path, const RenFrame *frame, RenText *text, const RenVector *vector,
                      EngError *err) {
  Page page = {.text = text, .vector = vector};
  if (!check(path, frame, err)) return false;
  bool ok = begin(&page, frame, path, err) && write_file(path, frame, &page, err);
  ren_vector_fonts_close(page.fonts);
  ren_raster_free(page.raster);
  return ok;
}
