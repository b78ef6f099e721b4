/* How a window begins, ends, and begins anew: it owns the state, the fields, the frame and the pixels. */
#include "render/ui_impl.h"

#include <math.h>
#include <stdlib.h>

static bool start(RenUi *ui, const RenUiOptions *options, EngError *err) {
  ui->fonts = ren_text_open(options->fonts, err);
  if (!ui->fonts) return false;
  if (!ren_text_search(ui->fonts, options->more_fonts))
    return eng_error_set(err, options->more_fonts, NULL, "expected memory for fonts, found none");
  ui->raster = ren_raster_new(ui->fonts, err);
  if (!ui->raster) return false;
  ui->frame = ren_frame_new();
  if (!ui->frame) return eng_error_set(err, NULL, NULL, "expected memory for a window, found none");
  return true;
}

static bool check_options(const RenUiOptions *options, EngError *err) {
  if (!(options->width >= 1 && options->width <= REN_MAX_SIDE && options->height >= 1 &&
        options->height <= REN_MAX_SIDE))
    return eng_error_set(err, NULL, "size", "expected 1x1 to %dx%d, found %gx%g", REN_MAX_SIDE, REN_MAX_SIDE,
                         (double)options->width, (double)options->height);
  if (!(options->scale >= REN_MIN_SCALE && options->scale <= REN_MAX_SCALE))
    return eng_error_set(err, NULL, "scale", "expected %g to %g, found %g", (double)REN_MIN_SCALE,
                         (double)REN_MAX_SCALE, (double)options->scale);
  if (!ren_theme_find(options->theme))
    return eng_error_set(err, NULL, "theme", "expected dark or light, found %s", options->theme);
  return true;
}

RenUi *ren_ui_new(const RenUiOptions *options, EngError *err) {
  if (!check_options(options, err)) return NULL;
  RenUi *ui = calloc(1, sizeof *ui);
  if (!ui) {
    eng_error_set(err, NULL, NULL, "expected memory for a window, found none");
    return NULL;
  }
  ui->host = options->host;
  ui->chrome = options->chrome;
  ui->width = floorf(options->width);
  ui->height = floorf(options->height);
  ren_state_init(&ui->state);
  ui->state.scale = options->scale;
  ui->state.dock = options->dock;
  ui->state.theme = ren_theme_find(options->theme);
  ren_console_init(&ui->console);
  if (!start(ui, options, err)) {
    ren_ui_free(ui);
    return NULL;
  }
  ren_ui_touch(ui);
  return ui;
}

void ren_ui_free(RenUi *ui) {
  if (!ui) return;
  ren_pixels_free(&ui->pixels);
  ren_frame_free(ui->frame);
  ren_raster_free(ui->raster);
  ren_text_close(ui->fonts);
  eng_source_release(ui->source);
  ren_ranks_free(&ui->ranks);
  ren_ui_free_strip(ui);
  ren_ui_free_received(ui);
  eng_source_release(ui->base);
  for (int i = 0; i < REN_SHOWN_COUNT; i++) ren_classes_free(ui->classes[i]);
  ren_dock_free(&ui->dock);
  ren_field_free(&ui->where_field);
  ren_field_free(&ui->value_field);
  ren_ui_free_second(ui);
  free(ui->second_model);
  ren_field_free(&ui->second_field);
  ren_edits_free(&ui->edits);
  free(ui->stroke.at);
  ren_field_free(&ui->text_field);
  ren_field_free(&ui->pair_field);
  ren_field_free(&ui->find_field);
  ren_history_free(&ui->history);
  ren_field_free(&ui->launcher.field);
  free(ui->launcher.sought);
  ren_field_free(&ui->chooser.field);
  ren_paths_clear(&ui->chooser.found);
  free(ui->chooser.sought);
  free(ui->chooser.offered);
  free(ui->chooser.note);
  free(ui->writing);
  free(ui->written);
  ren_console_free(&ui->console);
  ren_models_free(&ui->models);
  free(ui->clipboard);
  free(ui->sought);
  free(ui->model);
  free(ui->status_left);
  free(ui->status_right);
  free(ui->error);
  free(ui->error_details);
  free(ui);
}

void ren_ui_start_over(RenUi *ui) {
  RenState before = ui->state;
  ren_ui_hide_sink(ui, false);
  ren_ui_merge(ui, &(EngMerge){.kind = ENG_MERGE_NONE}, NULL);
  ren_state_init(&ui->state);
  ui->state.theme = before.theme;
  ui->state.scale = before.scale;
  ui->state.mouse = before.mouse;
  ui->state.dock = before.dock;
  ui->state.dock_floats = before.dock_floats;
  ren_ui_fit_edits(ui);
  ren_state_fit(&ui->state, ui->source);
  ui->menu.owner = REN_ID_NONE;
  ui->find_open = ui->help_open = false;
  ui->details = REN_ID_NONE;
  ui->tile_scroll = 0;
  ren_ui_set_focus(ui, REN_NO_ID);
}
