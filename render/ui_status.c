/* The status line: at its left what is shown, in numbers; at its right what happened last, or, while something
 * takes its time, how far that is. */
#include "render/ui_impl.h"

#include <math.h>

static const RenId status_id = {REN_ID_STATUS, 0, 0, 0}, copy_id = {REN_ID_COPY, 0, 0, 0},
                   notice_id = {REN_ID_NOTICE, 0, 0, 0}, bos_id = {REN_ID_BOS, 0, 0, 0},
                   edits_id = {REN_ID_EDITS, 0, 0, 0};

/* A text that can be clicked, unless it has no id. */
static void draw_text(RenUi *ui, RenId id, RenRect rect, RenAlign align, const char *text) {
  RenPaint paint = ren_ui_paint(ui);
  RenLook look = ren_ui_look(ui, id, false);
  if (id.kind != REN_ID_NONE) ren_frame_area(ui->frame, id, rect);
  if (id.kind != REN_ID_NONE) ren_widget_ring(&paint, ren_rect_inset(rect, 2 * REN_RING), look);
  ren_frame_text(
      ui->frame, REN_NO_ID, rect,
      (RenTextShape){.text = text,
                     .font = REN_MONO,
                     .size = REN_TEXT_SMALL,
                     .align = align,
                     .color = id.kind != REN_ID_NONE && look.hover ? ui->state.theme->text : ui->state.theme->muted,
                     .ellipsis = true});
}

static float status_width(RenUi *ui, const char *text) {
  return ceilf(ren_text_width(ui->fonts, REN_MONO, REN_TEXT_SMALL, ui->state.scale, text));
}

/* What is put together and left out comes first: where there is little room, the numbers lose their end. */
static const char *numbers_of(RenUi *ui) {
  char merged[96], hidden[96];
  ren_ui_say_merge(ui, merged, sizeof merged);
  ren_ui_say_hidden(ui, hidden, sizeof hidden);
  return ren_frame_format(ui->frame, "%s%s%s", merged, hidden, ui->status_left ? ui->status_left : "");
}

/* The numbers, and behind them whether BOS stands in front: of a model that has one, a click switches it. */
static void draw_numbers(RenUi *ui, RenRect bar) {
  bool on = ui->source ? eng_source_input(ui->source)->bos : ren_ui_bos(ui);
  const char *left = numbers_of(ui), *bos = on ? "BOS on" : "BOS off";
  if (!left) return;
  if (!ui->has_bos && !on) {
    draw_text(ui, REN_NO_ID, bar, REN_LEFT, left);
    return;
  }
  if (*left && !(left = ren_frame_format(ui->frame, "%s ·", left))) return;
  float width = status_width(ui, bos) + 2 * REN_PAD, room = fmaxf(bar.w - width, 0);
  RenRect numbers = ren_rect_cut_left(&bar, fminf(status_width(ui, left), room));
  draw_text(ui, REN_NO_ID, numbers, REN_LEFT, left);
  draw_text(ui, ui->has_bos ? bos_id : REN_NO_ID, ren_rect_cut_left(&bar, fminf(width, bar.w)), REN_CENTER, bos);
}

/* How the model is edited, before its numbers: these are not of the model as it is. A click begins or ends edit
 * mode. */
static void draw_edits(RenUi *ui, RenRect *bar) {
  char count[REN_EDITS_SAID], brush[REN_BRUSH_TEXT];
  ren_ui_say_edits(ui, count, sizeof count);
  ren_brush_print(ui->state.brush, brush);
  if (!ui->state.editing && !*count) return;
  const char *text = ui->state.editing
                         ? ren_frame_format(ui->frame, "edit mode: %s%s%s", brush, *count ? " · " : "", count)
                         : count;
  if (!text) return;
  RenPaint paint = ren_ui_paint(ui);
  float width = ceilf(ren_text_width(ui->fonts, REN_SANS, REN_TEXT_SMALL, ui->state.scale, text)) + 3 * REN_PAD;
  RenRect chip = ren_rect_cut_left(bar, fminf(width, bar->w));
  ren_widget_chip(&paint, edits_id, ren_rect_inset(chip, 2), ren_ui_look(ui, edits_id, ui->state.editing), text);
  ren_rect_cut_left(bar, fminf(REN_PAD, bar->w));
}

/* Of a figure that was written, its path can be had. */
static void draw_copy(RenUi *ui, RenRect *bar) {
  if (!ui->says_written) return;
  RenPaint paint = ren_ui_paint(ui);
  RenRect button = ren_rect_inset(ren_rect_cut_right(bar, REN_COPY_WIDTH), 2);
  ren_widget_button(&paint, copy_id, button, ren_ui_look(ui, copy_id, false), "Copy path");
  ren_rect_cut_right(bar, REN_PAD);
}

/* While there is nothing to say, which probe is active. */
static const char *probe_of(RenUi *ui) {
  const RenProbe *probe = ren_ui_probe(ui);
  const char *said = probe ? ren_frame_format(ui->frame, "probe: %s", probe->name ? probe->name : probe->id) : "";
  return said ? said : "";
}

/* The right side takes what its message needs, up to half. */
void ren_ui_draw_status(RenUi *ui) {
  RenRect bar = ui->layout.status;
  const char *progress = ren_ui_progress(ui), *notice = ui->status_right;
  bool says = notice && *notice;
  const char *right = progress ? progress : says ? notice : probe_of(ui);
  RenPaint paint = ren_ui_paint(ui);
  ren_ui_draw_bar(ui, bar, true);
  ren_frame_area(ui->frame, status_id, bar);
  ren_rect_cut_left(&bar, REN_PAD);
  ren_rect_cut_right(&bar, REN_PAD);
  ren_ui_draw_progress(ui, &paint, &bar);
  if (!progress) draw_copy(ui, &bar);
  float width = fminf(status_width(ui, right) + REN_PAD, bar.w / 2);
  if (*right)
    draw_text(ui, progress || !says ? REN_NO_ID : notice_id, ren_rect_cut_right(&bar, width), REN_RIGHT, right);
  draw_edits(ui, &bar);
  draw_numbers(ui, bar);
}
