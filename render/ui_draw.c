/* The window from back to front: the view, the bars around it, then what floats above (ui_popup.c). Widgets
 * get their look from what the mouse is on and where the focus is, both of which are ids. */
#include "render/ui_impl.h"
#include "render/view_edits.h"

#include <stdio.h>
#include <string.h>

static const RenId model_id = {REN_ID_MODEL, 0, 0, 0}, run_id = {REN_ID_RUN, 0, 0, 0},
                   text_id = {REN_ID_TEXT, 0, 0, 0}, examples_id = {REN_ID_EXAMPLES, 0, 0, 0},
                   pair_id = {REN_ID_PAIR, 0, 0, 0}, layer_id = {REN_ID_LAYER, 0, 0, 0},
                   filter_id = {REN_ID_FILTER, 0, 0, 0}, threshold_id = {REN_ID_THRESHOLD, 0, 0, 0},
                   sink_id = {REN_ID_SINK, 0, 0, 0}, help_id = {REN_ID_HELP, 0, 0, 0},
                   options_id = {REN_ID_OPTIONS, 0, 0, 0}, error_id = {REN_ID_ERROR, 0, 0, 0},
                   error_close_id = {REN_ID_ERROR_CLOSE, 0, 0, 0}, details_id = {REN_ID_DETAILS, 0, 0, 0},
                   first_id = {REN_ID_FIRST, 0, 0, 0}, last_id = {REN_ID_LAST, 0, 0, 0},
                   split_id = {REN_ID_SPLIT, 0, 0, 0}, splitter_id = {REN_ID_SPLITTER, 0, 0, 0};

static void draw_pair(RenUi *ui, const RenPaint *paint) {
  RenLook look = ren_ui_look(ui, pair_id, false);
  if (!ren_ui_takes_pair(ui)) return;
  if (ui->pair_open)
    ren_widget_field(paint, pair_id, ui->layout.pair, look, &ui->pair_field, "Second sentence", 0);
  else
    ren_widget_button(paint, pair_id, ui->layout.pair, look, "+ B");
}

/* Of a path the last part; a name with an organisation in front stays whole. */
static const char *short_name(const char *model) {
  const char *slash = model ? strrchr(model, '/') : NULL, *first = model ? strchr(model, '/') : NULL;
  bool path = slash && (model[0] == '/' || model[0] == '.' || first != slash);
  return path && slash[1] ? slash + 1 : model ? model : "no model";
}

static void draw_input_bar(RenUi *ui, const RenPaint *paint) {
  const RenLayout *layout = &ui->layout;
  ren_ui_draw_bar(ui, layout->input_bar, false);
  ren_widget_dropdown(paint, model_id, layout->model, ren_ui_look(ui, model_id, false), short_name(ui->model));
  ren_widget_field(paint, text_id, layout->text, ren_ui_look(ui, text_id, false), &ui->text_field,
                   "Type a sentence and press Enter", layout->examples.w);
  ren_widget_mark(paint, examples_id, layout->examples, ren_ui_look(ui, examples_id, false));
  draw_pair(ui, paint);
  ren_widget_button(paint, run_id, layout->run, ren_ui_look(ui, run_id, true), ui->busy ? "Running" : "Run ⏎");
}

/* What is left of a text that is too long. */
static void draw_limit(RenUi *ui, const RenPaint *paint) {
  char label[32];
  if (ui->limit <= 0) return;
  snprintf(label, sizeof label, "First %d", ui->limit);
  ren_widget_button(paint, first_id, ui->layout.first, ren_ui_look(ui, first_id, false), label);
  snprintf(label, sizeof label, "Last %d", ui->limit);
  ren_widget_button(paint, last_id, ui->layout.last, ren_ui_look(ui, last_id, false), label);
}

static void draw_error_bar(RenUi *ui, const RenPaint *paint) {
  const RenTheme *theme = ui->state.theme;
  RenRect bar = ui->layout.error_bar;
  if (!ui->error) return;
  ren_frame_fill(ui->frame, error_id, bar, theme->panel);
  ren_frame_fill(ui->frame, REN_NO_ID, (RenRect){bar.x, bar.y, REN_EDGE, bar.h}, theme->error);
  float end = ui->limit > 0 ? ui->layout.first.x : ui->layout.details.x;
  RenRect text = {bar.x + 2 * REN_PAD, bar.y, end - bar.x - 3 * REN_PAD, bar.h};
  ren_widget_label(paint, text, REN_LEFT, theme->text, ui->error);
  ren_widget_button(paint, details_id, ui->layout.details, ren_ui_look(ui, details_id, ui->details == REN_ID_ERROR),
                    "Details");
  ren_widget_button(paint, error_close_id, ui->layout.error_close, ren_ui_look(ui, error_close_id, false), "×");
  draw_limit(ui, paint);
  ren_frame_fill(ui->frame, REN_NO_ID, ren_rect_cut_bottom(&bar, 1), theme->border);
}

static void draw_tabs(RenUi *ui, const RenPaint *paint) {
  static const char *const titles[REN_VIEW_COUNT] = {"Model", "Head", "Neuron", "Matrix"};
  bool two = !ren_rect_empty(ui->layout.beside);
  for (int i = 0; i < REN_VIEW_COUNT; i++) {
    RenId id = {REN_ID_TAB, i, 0, 0};
    bool shows = (int)ui->state.view == i || (two && (int)ui->state.beside == i);
    ren_widget_button(paint, id, ui->layout.tabs[i], ren_ui_look(ui, id, shows), titles[i]);
  }
  if (ren_rect_empty(ui->layout.split)) return;
  ren_widget_button(paint, split_id, ui->layout.split, ren_ui_look(ui, split_id, ui->state.split), "◫");
}

/* A picked head says its layer, too. */
static const char *tile_name(const RenUi *ui, int i) {
  if (i >= ren_ui_n_picked(ui)) return ren_frame_format(ui->frame, "%d", i);
  RenPanel head = ren_ui_picked(ui, i);
  return ren_frame_format(ui->frame, "%d.%d", head.layer, head.head);
}

static void draw_tiles(RenUi *ui, const RenPaint *paint) {
  int n_tiles = ren_ui_n_shown_tiles(ui);
  float width = ren_ui_tile_width(ui);
  RenRect strip = ui->layout.tiles;
  if (n_tiles == 0 || ren_rect_empty(strip)) return;
  ren_frame_push_clip(ui->frame, strip);
  for (int i = 0; i < n_tiles; i++) {
    RenId id = ren_ui_tile_id(ui, i);
    RenRect tile = {strip.x + (float)i * width - ui->tile_scroll, strip.y, width, REN_TILE};
    if (ren_rect_empty(ren_rect_intersect(tile, strip))) continue;
    RenPanel head = i < ui->state.n_picks ? ui->state.picks[i].head : (RenPanel){ui->state.layer, i};
    bool lit = ren_ui_tile_lit(ui, i) && ren_state_passes(&ui->state, head);
    const char *name = tile_name(ui, i);
    if (!name) continue;
    ren_widget_tile(paint, id, tile, ren_ui_look(ui, id, lit), name, ren_state_tile_color(&ui->state, i, lit));
    ren_edits_mark_head(&ui->state, head, tile, ui->frame);
  }
  ren_frame_pop_clip(ui->frame);
}

/* ".02", ".004", "1.00": two decimals, a third where it says something. */
static void format_threshold(float value, char out[16]) {
  snprintf(out, 16, "%.3f", (double)value);
  size_t length = strlen(out);
  if (out[length - 1] == '0') out[length - 1] = '\0';
  if (out[0] == '0') memmove(out, out + 1, strlen(out));
}

static void draw_threshold(RenUi *ui, const RenPaint *paint) {
  char number[16];
  const RenLayout *layout = &ui->layout;
  format_threshold(ui->state.threshold, number);
  if (ren_rect_empty(layout->threshold)) return;
  RenRect sign = layout->threshold;
  ren_widget_label(paint, ren_rect_cut_left(&sign, REN_SIGN_WIDTH), REN_LEFT, ui->state.theme->muted, "≥");
  ren_widget_slider(paint, threshold_id, layout->slider, ren_ui_look(ui, threshold_id, false), ui->state.threshold);
  ren_frame_text(ui->frame, REN_NO_ID, layout->number,
                 (RenTextShape){.text = number,
                                .font = REN_MONO,
                                .size = REN_TEXT_SMALL,
                                .align = REN_RIGHT,
                                .color = ui->state.theme->text});
}

static void draw_choices(RenUi *ui, const RenPaint *paint) {
  char label[64];
  const RenLayout *layout = &ui->layout;
  RenColor muted = ui->state.theme->muted;
  if (!ren_rect_empty(layout->layer_label)) ren_widget_label(paint, layout->layer_label, REN_LEFT, muted, "Layer");
  ren_menu_label(ui, REN_ID_LAYER, ui->state.layer, label, sizeof label);
  ren_widget_dropdown(paint, layer_id, layout->layer, ren_ui_look(ui, layer_id, false), label);
  if (!ren_rect_empty(layout->heads_label)) ren_widget_label(paint, layout->heads_label, REN_LEFT, muted, "Heads");
  draw_tiles(ui, paint);
  if (ren_rect_empty(layout->filter)) return;
  ren_menu_label(ui, REN_ID_FILTER, ui->state.block, label, sizeof label);
  ren_widget_dropdown(paint, filter_id, layout->filter, ren_ui_look(ui, filter_id, false), label);
}

static void draw_view_bar(RenUi *ui, const RenPaint *paint) {
  char chip[96];
  const RenLayout *layout = &ui->layout;
  ren_ui_draw_bar(ui, layout->view_bar, false);
  draw_tabs(ui, paint);
  draw_choices(ui, paint);
  draw_threshold(ui, paint);
  ren_ui_chip(ui, layout->chip_is_long, chip, sizeof chip);
  if (!ren_rect_empty(layout->chip))
    ren_widget_chip(paint, sink_id, layout->chip, ren_ui_look(ui, sink_id, ui->state.sink_hidden), chip);
  ren_widget_button(paint, options_id, layout->options, ren_ui_look(ui, options_id, false), "⋯");
  ren_widget_button(paint, help_id, layout->help, ren_ui_look(ui, help_id, ui->help_open), "?");
}

/* What moves between two views, and a line above the one that keys act on. */
static void draw_splitter(RenUi *ui, const RenPaint *paint) {
  RenRect view = ren_rect_empty(ui->layout.caption) ? ui->layout.view : ui->layout.caption;
  if (!ren_rect_empty(ui->layout.beside_strip)) view = ui->layout.strip;
  RenRect splitter = ui->layout.splitter;
  RenLook look = ren_ui_look(ui, splitter_id, false);
  if (ren_rect_empty(splitter)) return;
  bool lit = look.hover || look.focus || ui->drag == REN_ID_SPLITTER;
  RenRect grip = {splitter.x + (splitter.w - REN_SELECTED) / 2,
                  splitter.y + splitter.h / 2 - REN_CONTROL_HEIGHT / 2.0f, REN_SELECTED, REN_CONTROL_HEIGHT};
  ren_frame_area(ui->frame, splitter_id, splitter);
  if (lit) ren_frame_fill(ui->frame, REN_NO_ID, splitter, paint->theme->raised);
  ren_widget_ring(paint, grip, look);
  ren_frame_fill(ui->frame, REN_NO_ID, grip, look.focus ? paint->theme->accent : paint->theme->muted);
  ren_frame_fill(ui->frame, REN_NO_ID, ren_rect_cut_top(&view, REN_SELECTED), paint->theme->accent);
}

/* A frame around the views, where a click now edits. */
static void draw_edit_mode(RenUi *ui) {
  if (ui->state.editing)
    ren_frame_box(ui->frame, REN_NO_ID, ui->layout.area,
                  (RenRectShape){.stroke = ui->state.theme->warn, .stroke_width = REN_EDIT_FRAME});
}

void ren_ui_draw(RenUi *ui) {
  RenPane panes[2];
  ren_frame_begin(ui->frame, ui->width, ui->height);
  int n_panes = ren_ui_panes(ui, panes);
  ren_panes_draw(ui, panes, n_panes, ui->frame);
  ren_ui_draw_captions(ui, panes, n_panes, (RenPoint){0, 0}, ui->frame);
  ren_ui_draw_strips(ui, panes, n_panes, (RenPoint){0, 0}, ui->frame);
  ren_ui_draw_legend(ui, (RenPoint){0, 0}, ui->frame);
  if (!ui->chrome) return;
  RenPaint paint = ren_ui_paint(ui);
  draw_edit_mode(ui);
  draw_splitter(ui, &paint);
  ren_ui_draw_inspector(ui);
  ren_ui_draw_dock(ui);
  draw_input_bar(ui, &paint);
  draw_error_bar(ui, &paint);
  draw_view_bar(ui, &paint);
  ren_ui_draw_compare_bar(ui, &paint);
  ren_ui_draw_status(ui);
  if (ui->console.open)
    ren_console_draw(&ui->console, &paint, ui->layout.console, ui->state.hover, ui->focus.kind == REN_ID_CONSOLE);
  ren_ui_draw_focus(ui, &paint);
  ren_ui_draw_popups(ui);
}

static RenRect field_rect(const RenUi *ui, RenIdKind kind) {
  switch (kind) {
  case REN_ID_TEXT:
    return ui->layout.text;
  case REN_ID_PAIR:
    return ui->layout.pair;
  case REN_ID_SECOND:
    return ui->layout.second;
  case REN_ID_PALETTE:
    return ren_launcher_rect(ui);
  case REN_ID_PATH:
    return ren_chooser_rect(ui);
  case REN_ID_WHERE:
    return ren_ui_where_rect(ui);
  case REN_ID_VALUE:
    return ren_ui_value_rect(ui);
  case REN_ID_CONSOLE:
    return ren_console_layout(&ui->console, ui->layout.console).editor;
  default:
    return ui->layout.find;
  }
}

size_t ren_ui_field_offset(RenUi *ui, RenIdKind kind, RenPoint at) {
  RenPaint paint = ren_ui_paint(ui);
  RenField *field = ren_ui_field(ui, kind);
  RenRect rect = field_rect(ui, kind);
  if (!field) return 0;
  return kind == REN_ID_CONSOLE ? ren_widget_editor_offset(&paint, rect, field, at)
                                : ren_widget_field_offset(&paint, rect, field, at.x);
}

RenLogPlace ren_ui_log_place(RenUi *ui, RenPoint at) {
  RenPaint paint = ren_ui_paint(ui);
  return ren_console_place(&ui->console, &paint, ui->layout.console, at);
}
