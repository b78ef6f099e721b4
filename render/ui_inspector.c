/* The inspector in the window: its rows as of now, with the numbers of the selected head kept until something else
 * is selected. */
#include "render/ui_impl.h"
#include "render/view_scroll.h"

#include <string.h>

static const RenHeadNumbers *head_numbers(RenUi *ui) {
  RenHeadKept *kept = &ui->head_kept;
  const RenState *state = &ui->state;
  if (!ui->source || state->layer >= eng_source_layers_done(ui->source)) return NULL;
  uint64_t serial = eng_source_serial(ui->source);
  if (kept->serial == serial && kept->block == state->block && kept->layer == state->layer &&
      kept->head == state->head)
    return &kept->numbers;
  kept->serial = serial;
  kept->block = state->block;
  kept->layer = state->layer;
  kept->head = state->head;
  ren_head_numbers(ui->source, state->block, state->layer, state->head, &kept->numbers);
  return &kept->numbers;
}

void ren_ui_inspect(RenUi *ui, RenInspection *out) {
  const EngBlock *block = ren_ui_block(ui);
  bool there = block && block->n_rows > 0 && block->n_columns > 0;
  RenInspectFrom from = {.state = &ui->state,
                         .source = ui->source,
                         .head = there ? head_numbers(ui) : NULL,
                         .readings = ui->readings,
                         .failed = ui->readings_failed,
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
