/* What is too long for its bar, in full: an error with what there is to say beside it, below its bar; a notice
 * above the status line. Lines are broken between words, and scroll where there are too many. */
#include "render/ui_impl.h"
#include "render/wrap.h"

#include <limits.h>
#include <math.h>

static const RenId copy_id = {REN_ID_DETAILS_COPY, 0, 0, 0};

const char *ren_ui_details(const RenUi *ui) {
  if (ui->details == REN_ID_ERROR) return ui->error_details ? ui->error_details : ui->error;
  return ui->details == REN_ID_NOTICE ? ui->status_right : NULL;
}

/* Below the error bar, or above the status line; as high as its lines, at most as the views. */
static RenRect box_of(const RenUi *ui, int n_lines) {
  RenRect area = ui->layout.area, status = ui->layout.status;
  float height = fminf(fmaxf((float)n_lines, 2) * REN_LINE_SMALL + 2 * REN_PAD, area.h);
  float y = ui->details == REN_ID_ERROR ? ui->layout.error_bar.y + ui->layout.error_bar.h : status.y - height;
  return (RenRect){REN_PAD, y, ui->width - 2 * REN_PAD, height};
}

static void draw_lines(RenUi *ui, const RenPaint *paint, RenRect rect, const char *text) {
  for (int i = 0; *text && rect.h >= REN_LINE_SMALL; i++) {
    char *line = ren_wrap_line(paint, REN_MONO, REN_TEXT_SMALL, &text, rect.w);
    if (!line) return;
    if (i < ui->details_line) continue;
    ren_frame_text(paint->frame, REN_NO_ID, ren_rect_cut_top(&rect, REN_LINE_SMALL),
                   (RenTextShape){.text = line,
                                  .font = REN_MONO,
                                  .size = REN_TEXT_SMALL,
                                  .align = REN_LEFT,
                                  .color = paint->theme->text,
                                  .ellipsis = true});
  }
}

void ren_ui_draw_details(RenUi *ui, const RenPaint *paint) {
  const char *text = ren_ui_details(ui);
  if (!text) return;
  float width = ui->width - 4 * REN_PAD - REN_DETAILS_WIDTH - REN_PAD;
  int n = ren_wrap_count(paint, REN_MONO, REN_TEXT_SMALL, text, width, INT_MAX);
  RenRect box = box_of(ui, n), rest = ren_rect_inset(box, REN_PAD);
  int last = n - (int)(rest.h / REN_LINE_SMALL);
  if (ui->details_line > last) ui->details_line = last < 0 ? 0 : last;
  ren_widget_menu(paint, box);
  ren_frame_area(paint->frame, (RenId){REN_ID_ERROR, 0, 0, 0}, box);
  RenRect button = ren_rect_cut_right(&rest, REN_DETAILS_WIDTH);
  button.h = fminf(REN_DETAILS_HEIGHT, button.h);
  ren_rect_cut_right(&rest, REN_PAD);
  RenLook look = {.hover = ren_id_equal(ui->state.hover, copy_id), .focus = ren_id_equal(ui->focus, copy_id)};
  ren_widget_button(paint, copy_id, button, look, "Copy");
  draw_lines(ui, paint, rest, text);
}
