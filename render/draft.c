/* The list of commands of a figure names memory of its own and of the sources, which are held: so nothing of the
 * window is needed to turn it into pixels or shapes. Of the provenance only the model's hash is open until then. */
#include "render/draft.h"

#include "render/png.h"
#include "render/ui_impl.h"
#include "render/vector.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCES = 3 };

struct RenDraft {
  char *path;
  bool transparent;
  RenFrame *frame;
  float scale;
  RenColor ground;
  EngSource *sources[SOURCES]; /* what is shown, the second run, their difference; NULL: not there */
  json_t *provenance;
  char *model;
};

const char *ren_draft_path(const RenDraft *draft) { return draft->path; }

static bool no_memory(const char *path, EngError *err) { return eng_error_memory(err, path, "a figure"); }

/* --- made */

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
  ren_panes_draw(ui, panes, n, frame);
  ren_ui_draw_strips(ui, panes, n, (RenPoint){-area.x, -area.y}, frame);
  ren_ui_draw_legend(ui, (RenPoint){-area.x, -area.y}, frame);
  ren_ui_draw_captions(ui, panes, n, (RenPoint){area.x, area.y}, frame);
}

static bool fill(RenDraft *draft, RenUi *ui, const char *path) {
  EngSource *const sources[SOURCES] = {ui->source, ui->second, ui->difference};
  const char *model = ren_ui_model(ui);
  for (int i = 0; i < SOURCES; i++) draft->sources[i] = sources[i] ? eng_source_retain(sources[i]) : NULL;
  draft->path = strdup(path);
  draft->model = strdup(*model ? model : eng_source_name(ui->source));
  draft->scale = ui->state.scale;
  draft->ground = ui->state.theme->bg;
  draft->provenance = ren_figure_describe(ui, draft->transparent);
  draft->frame = ren_frame_new();
  if (!draft->path || !draft->model || !draft->provenance || !draft->frame) return false;
  draw(ui, draft->frame);
  if (draft->transparent) ren_frame_clear_background(draft->frame);
  return !ren_frame_failed(draft->frame);
}

RenDraft *ren_draft_new(RenUi *ui, const char *path, bool transparent, EngError *err) {
  if (!ren_ui_block(ui)) {
    eng_error_set(err, path, NULL, "expected something to draw, found nothing");
    return NULL;
  }
  ren_ui_lay_out(ui);
  RenDraft *draft = calloc(1, sizeof *draft);
  if (draft) draft->transparent = transparent;
  if (draft && fill(draft, ui, path)) return draft;
  ren_draft_free(draft);
  no_memory(path, err);
  return NULL;
}

void ren_draft_free(RenDraft *draft) {
  if (!draft) return;
  for (int i = 0; i < SOURCES; i++) eng_source_release(draft->sources[i]);
  ren_frame_free(draft->frame);
  json_decref(draft->provenance);
  free(draft->path);
  free(draft->model);
  free(draft);
}

/* --- written */

static bool draw_pixels(const RenDraft *draft, RenRaster *raster, RenPixels *out, EngError *err) {
  return draft->transparent ? ren_raster_draw_clear(raster, draft->frame, draft->scale, out, err)
                            : ren_raster_draw(raster, draft->frame, draft->scale, draft->ground, out, err);
}

static bool write_pixels(const RenDraft *draft, const char *provenance, RenText *text, const EngCancel *cancel,
                         EngError *err) {
  RenPixels pixels = {0};
  const EngInput *input = eng_source_input(draft->sources[0]);
  RenPngText texts[] = {{"Software", "headscope " HEADSCOPE_VERSION},
                        {"headscope", provenance},
                        {"Model", draft->model},
                        {"Text", input->text ? input->text : ""},
                        {"Pair", input->pair ? input->pair : ""}};
  RenRaster *raster = ren_raster_new(text, err);
  if (raster) ren_raster_set_cancel(raster, cancel);
  bool ok = raster && draw_pixels(draft, raster, &pixels, err) &&
            ren_png_write_until(draft->path, &pixels, texts, input->pair ? 5 : 4, cancel, err);
  ren_pixels_free(&pixels);
  ren_raster_free(raster);
  return ok;
}

static bool write_kind(const RenDraft *draft, const char *provenance, RenText *text, const EngCancel *cancel,
                       EngError *err) {
  RenFigureKind kind = ren_figure_kind(draft->path);
  RenVector vector = {.kind = kind == REN_FIGURE_SVG ? REN_VECTOR_SVG : REN_VECTOR_PDF,
                      .scale = draft->scale,
                      .provenance = provenance,
                      .cancel = cancel};
  if (kind == REN_FIGURE_PNG) return write_pixels(draft, provenance, text, cancel, err);
  return ren_vector_write(draft->path, draft->frame, text, &vector, err);
}

bool ren_draft_write(const RenDraft *draft, RenText *text, const EngCancel *cancel, EngError *err) {
  const char *hash = eng_source_hash_until(draft->sources[0], cancel);
  if (!hash) return eng_error_set(err, draft->path, NULL, "cancelled");
  char *provenance = ren_figure_print(draft->provenance, hash);
  if (!provenance) return no_memory(draft->path, err);
  bool ok = write_kind(draft, provenance, text, cancel, err);
  free(provenance);
  return ok;
}
