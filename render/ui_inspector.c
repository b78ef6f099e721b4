/* The inspector in the window: its rows as of now, with the numbers of the selected head kept until something else
 * is selected. */
#include "render/ui_impl.h"
#include "render/view_scene.h"
#include "render/view_scroll.h"

static const RenHeadNumbers *head_numbers(RenHeadKept *kept, const EngSource *source, const RenState *state) {
  const EngBlock *block = ren_scene_block(state, source);
  bool there = block && block->n_rows > 0 && block->n_columns > 0;
  if (!there || state->layer >= eng_source_layers_done(source)) return NULL;
  uint64_t serial = eng_source_serial(source);
  if (kept->serial == serial && kept->block == state->block && kept->layer == state->layer &&
      kept->head == state->head)
    return &kept->numbers;
  kept->serial = serial;
  kept->block = state->block;
  kept->layer = state->layer;
  kept->head = state->head;
  ren_head_numbers(source, state->block, state->layer, state->head, &kept->numbers);
  return &kept->numbers;
}

/* Tokens are the first run's, also those of a view of another one that the mouse is on. */
static RenState first_state(const RenUi *ui) {
  RenState state = ui->state;
  RenElement hovered = {state.hover, state.hover_right};
  ren_state_hover(&state, ren_ui_selected_id(ui, hovered));
  return state;
}

static RenInspectSecond second_of(RenUi *ui, RenPane *pane) {
  if (!ui->second || !ui->difference || ui->compared != ui->source) return (RenInspectSecond){.source = NULL};
  *pane = (RenPane){.state = ui->state, .source = ui->second, .shown = REN_SHOWS_SECOND};
  ren_ui_translate_pane(ui, pane, REN_SHOWS_RUN);
  return (RenInspectSecond){.source = ui->second,
                            .state = &pane->state,
                            .alignment = eng_source_alignment(ui->difference),
                            .head = head_numbers(&ui->head_kept[1], ui->second, &pane->state),
                            .readings = ui->readings[1].readings};
}

void ren_ui_inspect(RenUi *ui, RenInspection *out) {
  RenPane second;
  RenState state = first_state(ui);
  RenInspectFrom from = {.state = &state,
                         .source = ui->source,
                         .head = head_numbers(&ui->head_kept[0], ui->source, &state),
                         .second = second_of(ui, &second),
                         .strip = ren_ui_strip_of(ui, REN_SHOWS_RUN),
                         .readings = ui->readings[0].readings,
                         .failed = ui->readings[0].failed,
                         .edits = ui->state.edits ? &ui->edits : NULL,
                         .focus = ui->focus,
                         .frame = ui->frame};
  ren_inspect(&from, out);
}

void ren_ui_draw_inspector(RenUi *ui) {
  RenInspection inspection;
  RenRect panel = ui->layout.inspector;
  if (ren_rect_empty(panel)) return;
  ren_ui_inspect(ui, &inspection);
  ui->inspector_scroll = ren_scroll_clamp(ui->inspector_scroll, ren_inspection_height(&inspection), panel.h);
  ren_inspection_draw(&inspection, &ui->state, panel, ui->inspector_scroll, ui->frame);
}
