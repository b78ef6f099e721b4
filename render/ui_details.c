/* What is too long for its bar, in full: an error with what there is to say beside it, below its bar; a notice
 * above the status line. Lines are broken between words, and scroll where there are too many. */
#include "render/ui_impl.h"

#include <math.h>
#include <string.h>

enum { MEASURED = 1024 }; /* bytes that are looked at for one line */

static const RenId copy_id = {REN_ID_DETAILS_COPY, 0, 0, 0};

const char *ren_ui_details(const RenUi *ui) {
  if (ui->details == REN_ID_ERROR) return ui->error_details ? ui->error_details : ui->error;
  return ui->details == REN_ID_NOTICE ? ui->status_right : NULL;
}

/* The start of the text as it is drawn: control characters are spaces. In the frame's arena. */
static char *start_of(RenFrame *frame, const char *text, size_t length) {
  char *line = ren_frame_alloc(frame, length + 1);
  for (size_t i = 0; line && i < length; i++) line[i] = (unsigned char)text[i] < 0x20 ? ' ' : text[i];
  if (line) line[length] = '\0';
  return line;
}

/* Takes the next line off the text: up to its end, or as many whole words as fit. NULL when memory is short. */
static char *take_line(const RenPaint *paint, const char **text, float width) {
  size_t whole = strcspn(*text, "\n"), most = whole < MEASURED ? whole : MEASURED;
  char *line = start_of(paint->frame, *text, most);
  if (!line) return NULL;
  size_t fits = ren_text_offset(paint->text, REN_MONO, REN_TEXT_SMALL, paint->scale, line,
                                width - REN_TEXT_SMALL); /* to the nearest place between characters */
  if (fits < most) {
    size_t space = fits;
    while (space > 0 && line[space] != ' ') space--;
    fits = space > 0 ? space : fits > 0 ? fits : most;
  }
  line[fits] = '\0';
  *text += fits;
  *text += **text == '\n' || **text == ' ';
  return line;
}

static int count_lines(const RenPaint *paint, const char *text, float width) {
  int n = 0;
  while (*text && take_line(paint, &text, width)) n++;
  return n;
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
    char *line = take_line(paint, &text, rect.w);
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
  int n = count_lines(paint, text, width);
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
