/* The console as it was, and under the mouse: its edge follows it, what was said is selected like text. */
#include "render/command.h"
#include "render/ui_impl.h"

#include <math.h>

static void call_select(RenUi *ui, RenLogPlace place, bool extend) {
  RenArg args[3] = {{.kind = REN_ARG_NUMBER, .number = (double)place.line},
                    {.kind = REN_ARG_NUMBER, .number = (double)place.offset},
                    {.kind = REN_ARG_BOOL, .boolean = extend}};
  ren_ui_call(ui, "console.select", args, extend ? 3 : 2);
}

static void drag_edge(RenUi *ui, RenPoint at) {
  RenRect panel = ui->layout.console;
  RenArg height = {.kind = REN_ARG_NUMBER, .number = (double)fmaxf(floorf(panel.y + panel.h - at.y), 0)};
  if (height.number < (double)panel.h || height.number > (double)panel.h)
    ren_ui_call(ui, "console.height", &height, 1);
}

void ren_ui_drag_console(RenUi *ui, RenPoint at) {
  if (ui->drag == REN_ID_CONSOLE_EDGE) {
    drag_edge(ui, at);
    return;
  }
  RenLogPlace place = ren_ui_log_place(ui, at), caret = ui->console.log.caret;
  if (place.line != caret.line || place.offset != caret.offset) call_select(ui, place, true);
}

/* A double-click takes a line, a third everything. */
static void press_log(RenUi *ui, const RenEvent *event, int clicks) {
  RenLogPlace place = ren_ui_log_place(ui, event->at);
  ren_ui_call_string(ui, "focus.set", "console");
  if (clicks >= 3) {
    ren_ui_call(ui, "console.select_all", NULL, 0);
    return;
  }
  RenLogPlace start = {place.line, 0}, end = {place.line + 1, 0};
  call_select(ui, clicks == 2 ? start : place, event->shift && clicks == 1);
  if (clicks == 2) call_select(ui, end, true);
  ui->drag = clicks == 1 ? REN_ID_CONSOLE_LOG : REN_ID_NONE;
}

bool ren_ui_press_console(RenUi *ui, const RenEvent *event, RenId id, int clicks) {
  if (id.kind == REN_ID_CONSOLE_LOG) press_log(ui, event, clicks);
  if (id.kind == REN_ID_CONSOLE_EDGE) ui->drag = id.kind;
  return id.kind == REN_ID_CONSOLE_LOG || id.kind == REN_ID_CONSOLE_EDGE;
}

void ren_ui_restore_console(RenUi *ui, const RenHistory *history, float height, bool open) {
  for (int i = 0; i < history->n; i++) ren_history_add(&ui->console.history, history->inputs[i].text, NULL);
  ui->console.height = height;
  ui->console.open = open;
  ren_ui_lay_out(ui);
  ren_ui_touch(ui);
}
