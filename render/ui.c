/* The window's object: it owns the state, the fields, the frame and the pixels, and keeps track of what is
 * out of date. Everything that changes the state is a command (command_*.c); what the host tells it
 * (a source, an error) comes in through the setters here. */
#include "render/ui_impl.h"

#include "render/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static void free_models(RenUi *ui) {
  for (int i = 0; i < ui->n_models; i++) free(ui->models[i]);
  free(ui->models);
  ui->models = NULL;
  ui->n_models = 0;
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
  ren_classes_free(ui->classes);
  ren_dock_free(&ui->dock);
  ren_field_free(&ui->where_field);
  ren_field_free(&ui->value_field);
  ren_ui_free_second(ui);
  free(ui->second_model);
  ren_field_free(&ui->second_field);
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
  free_models(ui);
  free(ui->clipboard);
  free(ui->sought);
  free(ui->model);
  free(ui->status_left);
  free(ui->status_right);
  free(ui->error);
  free(ui->error_details);
  free(ui);
}

void ren_ui_touch(RenUi *ui) { ui->dirty = ui->unshown = true; }

bool ren_ui_replace(char **string, const char *with) {
  char *copy = with ? strdup(with) : NULL;
  if (with && !copy) return false;
  free(*string);
  *string = copy;
  return true;
}

const RenState *ren_ui_state(const RenUi *ui) { return &ui->state; }
const EngSource *ren_ui_source(const RenUi *ui) { return ui->source; }
const char *ren_ui_model(const RenUi *ui) { return ui->model ? ui->model : ""; }
const char *ren_ui_text(const RenUi *ui) { return ren_field_text(&ui->text_field); }
const char *ren_ui_error(const RenUi *ui) { return ui->error; }
bool ren_ui_busy(const RenUi *ui) { return ui->busy; }
bool ren_ui_bos(const RenUi *ui) { return ui->bos && ui->has_bos; }
float ren_ui_width(const RenUi *ui) { return ui->width; }
float ren_ui_height(const RenUi *ui) { return ui->height; }

char *ren_ui_clipboard(const RenUi *ui) {
  if (ui->host.clipboard) return ui->host.clipboard(ui->host.context);
  return ui->clipboard ? strdup(ui->clipboard) : NULL;
}

const char *ren_ui_pair(const RenUi *ui) {
  bool used = ren_ui_takes_pair(ui) && ui->pair_open && ui->pair_field.length > 0;
  return used ? ren_field_text(&ui->pair_field) : NULL;
}

const EngBlock *ren_ui_block(const RenUi *ui) {
  if (!ui->source || ui->state.block >= eng_source_n_blocks(ui->source)) return NULL;
  return eng_source_block(ui->source, ui->state.block);
}

void ren_ui_remember(RenUi *ui, const char *text, const char *pair) { ren_history_add(&ui->history, text, pair); }
const RenHistory *ren_ui_history(const RenUi *ui) { return &ui->history; }

void ren_ui_print(RenUi *ui, RenLogKind kind, const char *text, size_t length) {
  ren_log_add(&ui->console.log, kind, text, length);
  if (ui->console.open) ren_ui_touch(ui);
}

void ren_ui_set_script(RenUi *ui, bool running) {
  if (ui->console.running == running) return;
  ui->console.running = running;
  if (!ui->busy && !ui->writing) ren_ui_begin_progress(ui);
  ren_ui_touch(ui);
}

void ren_ui_restore_console(RenUi *ui, const RenHistory *history, float height, bool open) {
  for (int i = 0; i < history->n; i++) ren_history_add(&ui->console.history, history->inputs[i].text, NULL);
  ui->console.height = height;
  ui->console.open = open;
  ren_ui_lay_out(ui);
  ren_ui_touch(ui);
}

const RenConsole *ren_ui_console(const RenUi *ui) { return &ui->console; }

bool ren_ui_takes_pair(const RenUi *ui) { return ui->n_token_types > 1; }

RenField *ren_ui_field(RenUi *ui, RenIdKind kind) {
  if (kind == REN_ID_TEXT) return &ui->text_field;
  if (kind == REN_ID_FIND) return ui->find_open ? &ui->find_field : NULL;
  if (kind == REN_ID_PALETTE) return &ui->launcher.field;
  if (kind == REN_ID_PATH) return &ui->chooser.field;
  if (kind == REN_ID_CONSOLE) return ui->console.open ? &ui->console.field : NULL;
  if (kind == REN_ID_WHERE) return ren_ui_dock_shows(ui) ? &ui->where_field : NULL;
  if (kind == REN_ID_VALUE) return ren_ui_dock_shows(ui) && ren_ui_probe(ui) ? &ui->value_field : NULL;
  if (kind == REN_ID_SECOND) return ui->comparing && ui->chrome ? &ui->second_field : NULL;
  return kind == REN_ID_PAIR && ui->pair_open ? &ui->pair_field : NULL;
}

RenField *ren_ui_focused_field(RenUi *ui) { return ren_ui_field(ui, ui->focus.kind); }

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
  ren_state_fit(&ui->state, ui->source);
  ui->menu.owner = REN_ID_NONE;
  ui->find_open = ui->help_open = false;
  ui->details = REN_ID_NONE;
  ui->tile_scroll = 0;
  ren_ui_set_focus(ui, REN_NO_ID);
}

void ren_ui_set_models(RenUi *ui, const char *const *names, int n_names) {
  free_models(ui);
  ui->models = calloc((size_t)n_names + 1, sizeof *ui->models);
  for (int i = 0; ui->models && i < n_names; i++) {
    char *name = strdup(names[i]);
    if (name) ui->models[ui->n_models++] = name;
  }
  ren_ui_touch(ui);
}

/* A second sentence that cannot be run is not kept: with the next model it would stand there without having
 * been run. */
static void drop_pair(RenUi *ui) {
  ren_field_set(&ui->pair_field, "");
  ui->pair_open = false;
  if (ui->focus.kind == REN_ID_PAIR) ren_ui_set_focus(ui, REN_NO_ID);
}

void ren_ui_set_model(RenUi *ui, const char *name, int n_token_types, bool has_bos) {
  ren_ui_replace(&ui->model, name);
  ui->n_token_types = n_token_types;
  ui->has_bos = has_bos;
  ui->state.unopened = false;
  if (!ren_ui_takes_pair(ui)) drop_pair(ui);
  ren_ui_touch(ui);
}

void ren_ui_set_unopened(RenUi *ui, bool unopened) {
  ui->state.unopened = unopened;
  ren_ui_touch(ui);
}

void ren_ui_set_bos(RenUi *ui, bool bos) {
  ui->bos = bos;
  ren_ui_touch(ui);
}

void ren_ui_say(RenUi *ui, const char *notice) {
  ren_ui_replace(&ui->status_right, notice);
  ui->says_written = false;
  if (ui->details == REN_ID_NOTICE) ui->details = REN_ID_NONE;
}

void ren_ui_set_status(RenUi *ui, const char *left, const char *right) {
  ren_ui_replace(&ui->status_left, left);
  ren_ui_say(ui, right);
  ren_ui_touch(ui);
}

void ren_ui_set_error(RenUi *ui, const char *sentence, const char *details) {
  ren_ui_replace(&ui->error, sentence);
  ren_ui_replace(&ui->error_details, sentence ? details : NULL);
  if (ui->details == REN_ID_ERROR) ui->details = REN_ID_NONE;
  ui->limit = 0;
  ren_ui_touch(ui);
}

void ren_ui_set_limit(RenUi *ui, int limit) {
  ui->limit = limit;
  ren_ui_touch(ui);
}

void ren_ui_set_busy(RenUi *ui, bool busy) {
  if (ui->busy == busy) return;
  ui->busy = busy;
  ren_ui_begin_progress(ui);
  ren_ui_touch(ui);
}

bool ren_ui_caret(RenUi *ui, RenRect *out) {
  const RenField *field = ren_ui_focused_field(ui);
  if (field) *out = field->caret_rect;
  return field && !ren_rect_empty(*out);
}

int ren_ui_views(const RenUi *ui, RenViewKind out[2]) {
  RenPane panes[2];
  int n = ren_ui_panes(ui, panes);
  for (int i = 0; i < n; i++) out[i] = panes[i].state.view;
  return n;
}

RenRect ren_ui_view_area(const RenUi *ui) { return ui->layout.view; }

void ren_ui_set_focus(RenUi *ui, RenId id) {
  if (id.kind == REN_ID_VALUE && !ren_id_equal(ui->focus, id)) ren_ui_begin_value(ui, id.a);
  ren_walk_leave(ui);
  ui->focus = id;
  ren_frame_format_element(ui->frame, (RenElement){id, false}, ui->focus_name, sizeof ui->focus_name);
  ren_ui_touch(ui);
}

const char *ren_ui_focus(const RenUi *ui) { return ui->focus_name; }
