/* The view as a picture in a file: the same that `draw` makes of the same state. */
#include "render/command_impl.h"
#include "render/png.h"
#include "render/view.h"

#include <stdio.h>

static bool write_frame(RenUi *ui, const RenFrame *frame, const char *path, EngError *err) {
  RenPixels pixels = {0};
  RenPngText texts[] = {{"Software", "headscope " HEADSCOPE_VERSION},
                        {"Model", ren_ui_model(ui)},
                        {"Text", ren_ui_text(ui)},
                        {"Pair", ren_ui_pair(ui) ? ren_ui_pair(ui) : ""}};
  bool ok = ren_raster_draw(ui->raster, frame, ui->state.scale, ui->state.theme->bg, &pixels, err) &&
            ren_png_write(path, &pixels, texts, ren_ui_pair(ui) ? 4 : 3, err);
  ren_pixels_free(&pixels);
  return ok;
}

bool ren_ui_write_view(RenUi *ui, const char *path, EngError *err) {
  RenRect area = {0, 0, ui->layout.view.w, ui->layout.view.h};
  RenFrame *frame = ren_frame_new();
  if (!frame) return eng_error_set(err, path, NULL, "expected memory for a picture, found none");
  RenState state = ui->state;
  ren_state_hover(&state, REN_NO_ID);
  ren_frame_begin(frame, area.w, area.h);
  ren_view_of(state.view)->draw(&state, ui->source, ui->fonts, area, frame);
  bool ok = ren_frame_failed(frame) ? eng_error_set(err, path, NULL, "expected memory for a picture, found none")
                                    : write_frame(ui, frame, path, err);
  ren_frame_free(frame);
  return ok;
}

/* "headscope-head-2.5.png" in the working directory, unless a name is given. */
bool ren_do_figure_save(RenUi *ui, const RenArg *args, EngError *err) {
  char name[64], said[160];
  const RenState *state = &ui->state;
  if (!ren_ui_block(ui)) return eng_error_set(err, NULL, "figure", "expected something to draw, found nothing");
  snprintf(name, sizeof name, "headscope-%s-%d.%d.png", ren_view_name(state->view), state->layer, state->head);
  const char *path = args[0].string && args[0].string[0] ? args[0].string : name;
  EngError why = {0};
  bool ok = ren_ui_write_view(ui, path, &why);
  snprintf(said, sizeof said, "wrote %s", path);
  ren_ui_replace(&ui->status_right, ok ? said : why.message);
  return ok || eng_error_set(err, NULL, NULL, "%s", why.message);
}
