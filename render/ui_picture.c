/* What shows and for how long: the frame and the pixels, drawn when something is out of date, and the moment at
 * which time alone changes them. */
#include "render/ui_impl.h"

#include <string.h>

/* A host that merges elsewhere says itself when there is more to do. */
static bool source_grew(const RenUi *ui) {
  if (ui->second && eng_source_version(ui->second) != ui->drawn_second) return true;
  if (!ui->source) return false;
  return eng_source_version(ui->source) != ui->drawn_version || (!ui->host.merge && ren_ui_behind(ui));
}

bool ren_ui_dirty(const RenUi *ui) { return ui->dirty || ui->unshown || source_grew(ui); }

const RenFrame *ren_ui_frame(RenUi *ui) {
  if (!ui->dirty && !source_grew(ui)) return ui->frame;
  ren_ui_advance(ui);
  ui->drawn_version = ui->source ? eng_source_version(ui->source) : 0;
  ui->drawn_second = ui->second ? eng_source_version(ui->second) : 0;
  ui->dirty = false;
  ui->unshown = true;
  ren_ui_lay_out(ui);
  ren_ui_draw(ui);
  return ui->frame;
}

/* The first whole picture of a layer is kept in pixels, and what it was made from need not stay in memory: a hover
 * reads a little of it again. */
static void forget_weights(RenUi *ui) {
  RenWhole whole = {ui->drawn_version, (int)ui->state.view, ui->state.layer};
  if (!ui->source || memcmp(&whole, &ui->whole, sizeof whole) == 0) return;
  eng_source_forget(ui->source);
  ui->whole = whole;
}

static const RenPixels *draw_pixels(RenUi *ui, bool soon, EngError *err) {
  const RenFrame *frame = ren_ui_frame(ui);
  const RenState *state = &ui->state;
  bool finished = true;
  if (ren_frame_failed(frame)) {
    eng_error_set(err, NULL, NULL, "expected memory for a picture, found none");
    return NULL;
  }
  if (!ui->unshown) return &ui->pixels;
  bool ok =
      soon ? ren_raster_draw_soon(ui->raster, frame, state->scale, state->theme->bg, &ui->pixels, &finished, err)
           : ren_raster_draw(ui->raster, frame, state->scale, state->theme->bg, &ui->pixels, err);
  if (!ok) return NULL;
  ui->unshown = !finished;
  if (finished) forget_weights(ui);
  return &ui->pixels;
}

const RenPixels *ren_ui_pixels(RenUi *ui, EngError *err) { return draw_pixels(ui, false, err); }
const RenPixels *ren_ui_pixels_soon(RenUi *ui, EngError *err) { return draw_pixels(ui, true, err); }

void ren_ui_timed(RenUi *ui, float seconds) { ren_meter_add(&ui->meter, seconds); }

/* A tooltip appears once, after a while on the same element. */
static float next_tooltip(const RenUi *ui) {
  bool waits = ui->state.hover.kind != REN_ID_NONE && ui->state.hover_seconds < REN_TOOLTIP_SECONDS;
  return waits ? REN_TOOLTIP_SECONDS - ui->state.hover_seconds : -1;
}

static bool step_tooltip(RenUi *ui, float seconds) {
  float next = next_tooltip(ui);
  if (next < 0) return false;
  ui->state.hover_seconds += seconds;
  if (seconds < next) return false;
  ui->state.hover_seconds = REN_TOOLTIP_SECONDS;
  return true;
}

float ren_ui_next(const RenUi *ui) {
  float tooltip = next_tooltip(ui), progress = ren_ui_next_progress(ui);
  return tooltip < 0 ? progress : progress < 0 || tooltip < progress ? tooltip : progress;
}

bool ren_ui_step(RenUi *ui, float seconds) {
  if (!(seconds > 0)) return false;
  bool tooltip = step_tooltip(ui, seconds), progress = ren_ui_step_progress(ui, seconds);
  if (tooltip || progress) ren_ui_touch(ui);
  return tooltip || progress;
}
