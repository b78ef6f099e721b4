/* What all that draws the window's controls shares: where they are drawn, how each looks now, what lies under them.
 */
#include "render/ui_impl.h"

RenPaint ren_ui_paint(RenUi *ui) { return (RenPaint){ui->frame, ui->state.theme, ui->fonts, ui->state.scale}; }

RenLook ren_ui_look(const RenUi *ui, RenId id, bool active) {
  return (RenLook){.hover = ren_id_equal(ui->state.hover, id),
                   .focus = ren_id_equal(ui->focus, id),
                   .active = active || ui->menu.owner == id.kind};
}

void ren_ui_draw_bar(RenUi *ui, RenRect bar, bool line_above) {
  ren_frame_fill(ui->frame, REN_NO_ID, bar, ui->state.theme->panel);
  RenRect line = line_above ? ren_rect_cut_top(&bar, 1) : ren_rect_cut_bottom(&bar, 1);
  ren_frame_fill(ui->frame, REN_NO_ID, line, ui->state.theme->border);
}
