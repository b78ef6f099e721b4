/* Which of the texts under edit an element is, and which one has the keys. */
#include "render/ui_impl.h"

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

bool ren_ui_caret(RenUi *ui, RenRect *out) {
  const RenField *field = ren_ui_focused_field(ui);
  if (field) *out = field->caret_rect;
  return field && !ren_rect_empty(*out);
}

/* What the keyboard leaves inside of a view is pointed at no longer. */
static void leave(RenUi *ui) {
  if (ren_focus_walks(ui->focus.kind) && ren_id_equal(ui->state.hover, ui->focus))
    ren_state_hover(&ui->state, REN_NO_ID);
}

void ren_ui_set_focus(RenUi *ui, RenId id) {
  if (id.kind == REN_ID_VALUE && !ren_id_equal(ui->focus, id)) ren_ui_begin_value(ui, id.a);
  leave(ui);
  ui->focus = id;
  ren_ui_touch(ui);
}

const char *ren_ui_focus(RenUi *ui) {
  RenElement element = {ui->focus, false};
  RenRect rect;
  if (ren_focus_in_views(ui->focus.kind)) ren_focus_find(ui, ui->focus, &element, &rect);
  ren_frame_format_element(ui->frame, element, ui->focus_name, sizeof ui->focus_name);
  return ui->focus_name;
}
