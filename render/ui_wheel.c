/* What the wheel scrolls: what floats above all else, else what is under the mouse. */
#include "render/command.h"
#include "render/ui_impl.h"

#include <math.h>

/* What is under the mouse stays there. */
static void call_zoom(RenUi *ui, RenPoint at, float notches) {
  RenArg args[3] = {{.kind = REN_ARG_NUMBER, .number = (double)powf(REN_ZOOM_STEP, fmaxf(-20, fminf(notches, 20)))},
                    {.kind = REN_ARG_NUMBER, .number = (double)at.x},
                    {.kind = REN_ARG_NUMBER, .number = (double)at.y}};
  ren_ui_call(ui, "zoom", args, 3);
}

/* The part under the mouse. */
static void call_dock(RenUi *ui, RenPoint at, float dy) {
  RenArg args[2] = {{.kind = REN_ARG_NUMBER, .number = (double)dy},
                    {.kind = REN_ARG_STRING, .string = ren_ui_over_list(ui, at) ? "list" : "answer"}};
  ren_ui_call(ui, "dock.scroll", args, 2);
}

void ren_ui_wheel(RenUi *ui, const RenEvent *event) {
  RenPoint by = event->shift ? (RenPoint){event->by.x - event->by.y, 0} : event->by;
  RenPane pane;
  bool view = ren_ui_pane_at(ui, event->at, &pane), two = !ren_rect_empty(ui->layout.beside);
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = (double)(by.x * REN_SCROLL_STEP)},
                   {.kind = REN_ARG_NUMBER, .number = (double)(-by.y * REN_SCROLL_STEP)},
                   {.kind = REN_ARG_STRING, .string = view && pane.right ? "right" : "left"}};
  if (ui->help_open)
    ren_ui_call(ui, by.y > 0 ? "help.up" : "help.down", NULL, 0);
  else if (ui->menu.owner != REN_ID_NONE)
    ren_ui_call(ui, by.y > 0 ? "menu.previous" : "menu.next", NULL, 0);
  else if (ren_ui_launcher_open(ui))
    ren_ui_call(ui, by.y > 0 ? "commands.previous" : "commands.next", NULL, 0);
  else if (ren_ui_chooser_open(ui))
    ren_ui_call(ui, by.y > 0 ? "path.previous" : "path.next", NULL, 0);
  else if (ui->details != REN_ID_NONE && ui->state.hover.kind == REN_ID_ERROR)
    ren_ui_call_number(ui, "details.scroll", -3 * by.y);
  else if (ren_rect_contains(ui->layout.console, event->at))
    ren_ui_call_number(ui, "console.scroll", roundf(by.y * REN_CONSOLE_NOTCH));
  else if (ren_rect_contains(ui->layout.inspector, event->at))
    ren_ui_call_number(ui, "inspector.scroll", -by.y * REN_SCROLL_STEP);
  else if (ren_rect_contains(ui->layout.dock, event->at))
    call_dock(ui, event->at, -by.y * REN_SCROLL_STEP);
  else if (ren_rect_contains(ui->layout.tiles, event->at))
    ren_ui_call_number(ui, "tiles.scroll", (by.x - by.y) * REN_TILE);
  else if (view && event->ctrl && pane.state.view != REN_VIEW_MODEL)
    call_zoom(ui, event->at, event->by.y);
  else if (view)
    ren_ui_call(ui, "scroll", args, two ? 3 : 2);
}
