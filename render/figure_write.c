/* The view drawn for itself and written: pixels, or shapes. */
#include "render/figure.h"

#include "render/png.h"
#include "render/ui_impl.h"
#include "render/vector.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool ends_with(const char *path, const char *end) {
  size_t n = strlen(path), m = strlen(end);
  return n > m && strcasecmp(path + n - m, end) == 0;
}

RenFigureKind ren_figure_kind(const char *path) {
  return ends_with(path, ".svg") ? REN_FIGURE_SVG : ends_with(path, ".pdf") ? REN_FIGURE_PDF : REN_FIGURE_PNG;
}

bool ren_figure_is_named(const char *path) {
  return ren_figure_kind(path) != REN_FIGURE_PNG || ends_with(path, ".png");
}

/* The model's name without folders and endings, in characters that every file system takes. */
static void put_model(const char *model, char *out, size_t size) {
  const char *slash = strrchr(model, '/');
  snprintf(out, size, "%s", slash && slash[1] ? slash + 1 : *model ? model : "headscope");
  char *end = strrchr(out, '.');
  if (end && end > out && strcmp(end, ".safetensors") == 0) *end = '\0';
  for (char *c = out; *c; c++)
    if (!isalnum((unsigned char)*c) && !strchr("-_.", *c)) *c = '-';
}

/* The model view shows every head. */
void ren_figure_name(const RenUi *ui, char out[REN_FIGURE_NAME]) {
  char model[64], name[48], head[64] = "";
  const EngBlock *block = ren_ui_block(ui);
  const RenState *state = &ui->state;
  put_model(ren_ui_model(ui), model, sizeof model);
  if (state->view != REN_VIEW_MODEL && block)
    snprintf(head, sizeof head, "-%s", eng_block_name(block, state->layer, state->head, name, sizeof name));
  snprintf(out, REN_FIGURE_NAME, "%s-%s%s.png", model, ren_view_name(state->view), head);
}

/* --- pixels */

typedef struct Job {
  RenUi *ui;
  const RenFrame *frame;
  const char *path, *provenance;
  bool transparent;
} Job;

static bool write_pixels(const Job *job, EngError *err) {
  RenUi *ui = job->ui;
  RenPixels pixels = {0};
  const EngInput *input = eng_source_input(ui->source);
  const char *model = ren_ui_model(ui);
  RenPngText texts[] = {{"Software", "headscope " HEADSCOPE_VERSION},
                        {"headscope", job->provenance},
                        {"Model", *model ? model : eng_source_name(ui->source)},
                        {"Text", input->text ? input->text : ""},
                        {"Pair", input->pair ? input->pair : ""}};
  bool ok = job->transparent
                ? ren_raster_draw_clear(ui->raster, job->frame, ui->state.scale, &pixels, err)
                : ren_raster_draw(ui->raster, job->frame, ui->state.scale, ui->state.theme->bg, &pixels, err);
  ok = ok && ren_png_write(job->path, &pixels, texts, input->pair ? 5 : 4, err);
  ren_pixels_free(&pixels);
  return ok;
}

/* --- either */

static bool no_memory(const char *path, EngError *err) { return eng_error_memory(err, path, "a figure"); }

static bool write_job(Job *job, RenFigureKind kind, EngError *err) {
  RenVectorKind shapes = kind == REN_FIGURE_SVG ? REN_VECTOR_SVG : REN_VECTOR_PDF;
  char *provenance = ren_figure_provenance(job->ui, job->transparent);
  if (!provenance) return no_memory(job->path, err);
  RenVector vector = {.kind = shapes, .scale = job->ui->state.scale, .provenance = provenance};
  job->provenance = provenance;
  bool ok = kind == REN_FIGURE_PNG ? write_pixels(job, err)
                                   : ren_vector_write(job->path, job->frame, job->ui->fonts, &vector, err);
  free(provenance);
  return ok;
}

/* What the views show, without the mouse. */
static void draw(RenUi *ui, RenFrame *frame) {
  RenPane panes[2];
  RenRect area = ui->layout.area;
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) {
    ren_state_hover(&panes[i].state, REN_NO_ID);
    panes[i].area.x -= area.x;
    panes[i].area.y -= area.y;
  }
  ren_frame_begin(frame, area.w, area.h);
  ren_panes_draw(panes, n, ui->fonts, frame);
  ren_ui_draw_strip(ui, &panes[0].state, (RenPoint){-area.x, -area.y}, frame);
  ren_ui_draw_legend(ui, (RenPoint){-area.x, -area.y}, frame);
  ren_ui_draw_captions(ui, panes, n, (RenPoint){area.x, area.y}, frame);
}

bool ren_figure_write(RenUi *ui, const char *path, bool transparent, EngError *err) {
  if (!ren_ui_block(ui)) return eng_error_set(err, path, NULL, "expected something to draw, found nothing");
  ren_ui_lay_out(ui);
  RenFrame *frame = ren_frame_new();
  if (!frame) return no_memory(path, err);
  draw(ui, frame);
  if (transparent) ren_frame_clear_background(frame);
  Job job = {.ui = ui, .frame = frame, .path = path, .transparent = transparent};
  bool ok = ren_frame_failed(frame) ? no_memory(path, err) : write_job(&job, ren_figure_kind(path), err);
  ren_frame_free(frame);
  return ok;
}
