/* The mouse on a minimap scrolls the view that it belongs to. */
#include "render/command.h"
#include "render/ui_impl.h"
#include "render/view_minimap.h"

void ren_ui_drag_minimap(RenUi *ui, RenPoint at) {
  RenPane panes[2];
  RenMinimap map;
  int n = ren_ui_panes(ui, panes);
  const RenPane *pane = &panes[n == 2 && ui->pressed.right];
  const EngBlock *block = ren_scene_block(&pane->state, pane->source);
  if (!block || !ren_minimap_place(&pane->state, block, pane->area, &map)) return;
  RenPoint by = ren_minimap_scroll(&map, at);
  RenArg args[] = {{.kind = REN_ARG_NUMBER, .number = (double)by.x},
                   {.kind = REN_ARG_NUMBER, .number = (double)by.y},
                   {.kind = REN_ARG_STRING, .string = pane->right ? "right" : "left"}};
  ren_ui_call(ui, "scroll", args, n == 2 ? 3 : 2);
}
