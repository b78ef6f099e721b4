/* The inspector: shown or folded, scrolled, copied; a row of it is a token to pin. */
#include "render/command_impl.h"

#include <math.h>
#include <stdlib.h>

bool ren_do_inspector_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  ui->state.inspector = !ui->state.inspector;
  ui->inspector_scroll = 0;
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return ren_ui_ask(ui, err);
}

static bool scroll_by(RenUi *ui, float dy) {
  ui->inspector_scroll += dy;
  return true;
}

bool ren_do_inspector_scroll(RenUi *ui, const RenArg *args, EngError *err) {
  if (!isfinite(args[0].number))
    return eng_error_set(err, NULL, "dy", "expected a finite number, found %g", args[0].number);
  return scroll_by(ui, (float)args[0].number);
}

static float page_of(const RenUi *ui) {
  return fmaxf(ui->layout.inspector.h - REN_INSPECT_HEIGHT, REN_INSPECT_HEIGHT);
}

bool ren_do_inspector_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_by(ui, REN_SCROLL_STEP);
}

bool ren_do_inspector_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_by(ui, -REN_SCROLL_STEP);
}

bool ren_do_inspector_page_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_by(ui, page_of(ui));
}

bool ren_do_inspector_page_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll_by(ui, -page_of(ui));
}

bool ren_do_inspector_copy(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenInspection inspection;
  ren_ui_frame(ui);
  ren_ui_inspect(ui, &inspection);
  char *text = ren_inspection_text(&inspection);
  if (!text) return eng_error_memory(err, NULL, "a table");
  ren_ui_keep_on_clipboard(ui, text);
  free(text);
  ren_ui_replace(&ui->status_right, "copied what the inspector shows");
  return true;
}
