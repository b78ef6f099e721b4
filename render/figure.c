/* A figure laid over the state of a window, where its source has what the figure shows. */
#include "render/figure.h"

#include "render/command_impl.h"
#include "render/view_scene.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ren_figure_free(RenFigure *figure) {
  if (!figure) return;
  free(figure->file);
  free(figure->model);
  free(figure->hash);
  free(figure->text);
  free(figure->pair);
  free(figure->numbers);
  free(figure->edits);
  ren_comparison_free(&figure->comparison);
  free(figure);
}

void ren_figure_window(const RenFigure *figure, float *width, float *height) {
  float bars = REN_INPUT_BAR_HEIGHT + REN_VIEW_BAR_HEIGHT + REN_STATUS_HEIGHT;
  if (figure->comparison.text) bars += REN_VIEW_BAR_HEIGHT;
  *width = figure->state.split ? fmaxf(figure->width, REN_SPLIT_WINDOW) : figure->width; /* else one view shows */
  *height = fminf(figure->height + bars, REN_MAX_SIDE);
}

static bool in_range(const RenFigure *figure, const char *key, int value, int count, EngError *err) {
  return value < count || eng_error_set(err, figure->file, key, "expected 0 to %d, found %d", count - 1, value);
}

static bool fits(const RenFigure *figure, const EngBlock *block, EngError *err) {
  const RenState *state = &figure->state;
  int last = REN_MAX_HEADS - 1;
  while (last > 0 && !ren_state_head_active(state, last)) last--;
  return in_range(figure, "layer", state->layer, block->n_layers, err) &&
         in_range(figure, "head", state->head, block->n_heads, err) &&
         (ren_state_heads_active(state, block->n_heads) == ren_state_heads_active(state, REN_MAX_HEADS) ||
          in_range(figure, "heads", last, block->n_heads, err)) &&
         in_range(figure, "token", state->token, block->n_rows, err) &&
         in_range(figure, "dimension", state->dimensions.selected, block->d_head, err) &&
         (!state->panel_open || (in_range(figure, "panel", state->panel.layer, block->n_layers, err) &&
                                 in_range(figure, "panel", state->panel.head, block->n_heads, err)));
}

static bool pins_fit(const RenFigure *figure, const EngBlock *block, EngError *err) {
  const RenPins *pins = &figure->state.pins;
  for (int i = 0; i < pins->n; i++)
    if (!in_range(figure, "pins", pins->at[i].token,
                  pins->at[i].side == REN_SIDE_QUERY ? block->n_rows : block->n_columns, err))
      return false;
  return true;
}

static bool panels_fit(const RenFigure *figure, const EngBlock *block, EngError *err) {
  for (int i = 0; i < figure->state.n_pinned_panels; i++) {
    RenPanel panel = figure->state.pinned_panels[i].panel;
    if (!in_range(figure, "pinned_panels", panel.layer, block->n_layers, err) ||
        !in_range(figure, "pinned_panels", panel.head, block->n_heads, err))
      return false;
  }
  return true;
}

static bool picks_fit(const RenFigure *figure, const EngBlock *block, EngError *err) {
  for (int i = 0; i < figure->state.n_picks; i++) {
    RenPanel head = figure->state.picks[i].head;
    if (!in_range(figure, "picks", head.layer, block->n_layers, err) ||
        !in_range(figure, "picks", head.head, block->n_heads, err))
      return false;
  }
  return true;
}

/* By the commands that a person has, which refuse the same things. */
static bool apply_numbers(const RenFigure *figure, RenUi *ui, EngError *err) {
  RenArg args[] = {{.kind = REN_ARG_STRING, .string = figure->state.strip},
                   {.kind = REN_ARG_STRING, .string = figure->numbers}};
  RenArg classes = {.kind = REN_ARG_STRING, .string = figure->state.classes_file};
  if (!ren_do_classes_set(ui, &classes, err)) return false;
  return figure->numbers ? ren_do_strip_numbers(ui, args, err) : ren_do_strip_set(ui, args, err);
}

/* The merge comes first: it says how many layers, heads and tokens there are. */
static bool merge(const RenFigure *figure, RenUi *ui, EngError *err) {
  ren_ui_hide_sink(ui, figure->state.sink_hidden);
  return ren_ui_merge(ui, &figure->state.merge, err);
}

bool ren_figure_apply(const RenFigure *figure, RenUi *ui, EngError *err) {
  if (!merge(figure, ui, err)) return false;
  int block = ui->source ? eng_source_find_block(ui->source, figure->filter) : -1;
  if (block < 0)
    return eng_error_set(err, figure->file, "filter", "expected a part of what is shown, found %s", figure->filter);
  const EngBlock *shown = eng_source_block(ui->source, block);
  if (!fits(figure, shown, err) || !pins_fit(figure, shown, err) || !panels_fit(figure, shown, err) ||
      !picks_fit(figure, shown, err) || !apply_numbers(figure, ui, err))
    return false;
  RenState *state = &ui->state, before = ui->state;
  *state = figure->state;
  state->kept = before.kept;
  ui->comparing = figure->comparison.text != NULL;
  if (!ui->comparing) ren_ui_set_second(ui, NULL, NULL, NULL);
  state->block = block;
  state->scale = before.scale;
  state->theme = before.theme;
  state->mouse = before.mouse;
  state->classes = before.classes;
  state->inspector = before.inspector;
  state->edits = before.edits;
  state->stroke = NULL;
  state->editing = before.editing;
  state->brush = before.brush;
  state->scores = NULL;
  state->passing = NULL;
  ren_field_set(&ui->where_field, state->where);
  state->dock = before.dock;
  state->dock_floats = before.dock_floats;
  ren_state_fit(state, ui->source);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  ren_ui_reveal_tile(ui, ren_scene_selected_slot(state, shown));
  ren_ui_touch(ui);
  return true;
}

bool ren_figure_check(const RenFigure *figure, EngSource *source, EngError *err) {
  const char *text = eng_source_input(source)->text;
  if (strcmp(figure->text, text ? text : "") != 0)
    return eng_error_set(err, figure->file, "text", "expected the text of the recorded run %s, found another",
                         figure->model);
  const char *hash = eng_source_hash(source);
  if (!*figure->hash || !*hash || strcmp(figure->hash, hash) == 0) return true;
  return eng_error_set(err, figure->file, "hash", "expected the model it was made with, %s, found %s: %s differs",
                       figure->hash, hash, figure->model);
}
