/* What takes its time says so when it has taken some: a sentence, how much of it is done where that is known, and a
 * button that ends it, in the status line. A run comes before a figure, and both before a script of the console. */
#include "render/ui_impl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool works(const RenUi *ui) { return ui->busy || ui->writing || ui->console.running || ui->dock.running; }

bool ren_ui_shows_progress(const RenUi *ui) { return works(ui) && ui->progress.seconds >= REN_PROGRESS_SECONDS; }

void ren_ui_set_progress(RenUi *ui, const char *text, float share) {
  RenProgress *progress = &ui->progress;
  if (strcmp(progress->text, text) == 0 && !(share < progress->share || share > progress->share)) return;
  snprintf(progress->text, sizeof progress->text, "%s", text);
  progress->share = share;
  if (ren_ui_shows_progress(ui)) ren_ui_touch(ui);
}

void ren_ui_begin_progress(RenUi *ui) { ui->progress = (RenProgress){.share = -1}; }

void ren_ui_set_writing(RenUi *ui, const char *text) {
  if (!ui->busy) ren_ui_begin_progress(ui);
  ren_ui_replace(&ui->writing, text);
  ren_ui_touch(ui);
}

bool ren_ui_writing(const RenUi *ui) { return ui->writing != NULL; }

float ren_ui_next_progress(const RenUi *ui) {
  return works(ui) && ui->progress.seconds < REN_PROGRESS_SECONDS ? REN_PROGRESS_SECONDS - ui->progress.seconds
                                                                  : -1;
}

bool ren_ui_step_progress(RenUi *ui, float seconds) {
  if (!works(ui) || ren_ui_shows_progress(ui)) return false;
  ui->progress.seconds += seconds;
  return ren_ui_shows_progress(ui);
}

static void draw_bar(const RenPaint *paint, RenRect bar, float share) {
  bar = ren_rect_inset(bar, (bar.h - REN_PROGRESS_BAR) / 2);
  bar.h = REN_PROGRESS_BAR;
  RenRectShape shape = {.fill = paint->theme->raised, .radius = REN_PROGRESS_BAR / 2.0f};
  ren_frame_box(paint->frame, (RenId){REN_ID_PROGRESS, 0, 0, 0}, bar, shape);
  shape.fill = paint->theme->accent;
  bar.w = floorf(bar.w * share);
  if (bar.w > 0) ren_frame_box(paint->frame, REN_NO_ID, bar, shape);
}

void ren_ui_draw_progress(RenUi *ui, const RenPaint *paint, RenRect *bar) {
  RenId id = {REN_ID_CANCEL, 0, 0, 0};
  if (!ren_ui_shows_progress(ui)) return;
  RenRect button = ren_rect_cut_right(bar, REN_DETAILS_WIDTH), area = button;
  area.y += (area.h - REN_DETAILS_HEIGHT) / 2;
  area.h = REN_DETAILS_HEIGHT;
  RenLook look = {.hover = ren_id_equal(ui->state.hover, id), .focus = ren_id_equal(ui->focus, id)};
  ren_widget_button(paint, id, area, look, "Cancel");
  ren_rect_cut_right(bar, REN_PAD);
  bool known = (ui->busy || (ui->console.running && !ui->writing)) && ui->progress.share >= 0;
  if (known) draw_bar(paint, ren_rect_cut_right(bar, REN_PROGRESS_WIDTH), ui->progress.share);
  if (known) ren_rect_cut_right(bar, REN_PAD);
}

const char *ren_ui_progress(const RenUi *ui) {
  if (!ren_ui_shows_progress(ui)) return NULL;
  if (ui->busy) return ui->progress.text;
  if (ui->writing) return ui->writing;
  if (!ui->console.running) return "a probe runs";
  return ui->progress.text[0] ? ui->progress.text : "a script runs";
}

void ren_ui_set_script(RenUi *ui, bool running) {
  if (ui->console.running == running) return;
  ui->console.running = running;
  if (!ui->busy && !ui->writing) ren_ui_begin_progress(ui);
  ren_ui_touch(ui);
}

void ren_ui_set_busy(RenUi *ui, bool busy) {
  if (ui->busy == busy) return;
  ui->busy = busy;
  ren_ui_begin_progress(ui);
  ren_ui_touch(ui);
}
