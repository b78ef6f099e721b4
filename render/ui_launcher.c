/* The command palette as it lies above the view: a field, below it the commands that match, each with its keys. */
#include "render/ui_impl.h"

#include <math.h>

bool ren_ui_launcher_open(const RenUi *ui) { return ui->focus.kind == REN_ID_PALETTE; }

/* Its field, in the middle below the bars. */
RenRect ren_launcher_rect(const RenUi *ui) {
  float width = fminf(REN_LAUNCHER_WIDTH, ui->width - 4 * REN_PAD), top = ui->layout.area.y + REN_PAD;
  return (RenRect){floorf((ui->width - width) / 2) + REN_PAD, top + REN_PAD, width - 2 * REN_PAD,
                   REN_CONTROL_HEIGHT};
}

int ren_launcher_rows(const RenUi *ui) {
  RenRect field = ren_launcher_rect(ui);
  int fit = (int)((ui->height - field.y - field.h - 3 * REN_PAD) / REN_CONTROL_HEIGHT);
  return fit < 1 ? 1 : fit > REN_MENU_ROWS ? REN_MENU_ROWS : fit;
}

static void draw_note(const RenPaint *paint, RenRect rect, RenColor color, const char *text) {
  ren_frame_text(paint->frame, REN_NO_ID, rect,
                 (RenTextShape){.text = text,
                                .font = REN_MONO,
                                .size = REN_TEXT_SMALL,
                                .align = REN_LEFT,
                                .color = color,
                                .ellipsis = true});
}

/* What a command that is typed with arguments takes: "score – Model view: heads by …". */
static const char *usage(const RenPaint *paint, const RenCommandInfo *command) {
  const char *words = "";
  for (const RenParameter *at = command->parameters; at->name; at++)
    words = ren_frame_format(paint->frame, at->optional ? "%s[%s] " : "%s%s ", words, at->name);
  return ren_frame_format(paint->frame, "%s\u2013 %s", words, command->doc);
}

static void draw_entry(const RenPaint *paint, RenId id, RenRect row, RenLook look, const RenCommandInfo *command,
                       bool named) {
  ren_widget_entry(paint, id, row, look, "");
  ren_rect_cut_left(&row, REN_PAD);
  if (named) {
    ren_widget_label(paint, row, REN_LEFT, paint->theme->text, usage(paint, command));
    return;
  }
  RenRect keys = ren_rect_cut_right(&row, REN_LAUNCHER_KEYS), name = ren_rect_cut_right(&row, REN_LAUNCHER_NAME);
  ren_rect_cut_right(&row, REN_PAD);
  ren_widget_label(paint, row, REN_LEFT, paint->theme->text, command->doc);
  bool asks = ren_launcher_asks(command);
  draw_note(paint, name, paint->theme->muted,
            asks ? ren_frame_format(paint->frame, "%s \u2026", command->name) : command->name);
  if (command->keys) draw_note(paint, keys, paint->theme->accent, command->keys);
}

static void draw_entries(RenUi *ui, const RenPaint *paint, RenRect rest, const RenCommandInfo **found, int n) {
  for (int i = ui->launcher.first; i < n && rest.h >= REN_CONTROL_HEIGHT; i++) {
    RenId id = {REN_ID_PALETTE_ITEM, i, 0, 0};
    RenLook look = {.hover = ren_id_equal(ui->state.hover, id), .focus = i == ui->launcher.marked};
    look.active = look.focus;
    bool named = ren_launcher_rest(found[i], ren_field_text(&ui->launcher.field)) != NULL;
    draw_entry(paint, id, ren_rect_cut_top(&rest, REN_CONTROL_HEIGHT), look, found[i], named);
  }
  if (n == 0)
    ren_widget_label(paint, ren_rect_inset(rest, REN_PAD), REN_LEFT, paint->theme->muted, "No command matches");
}

void ren_ui_draw_launcher(RenUi *ui, const RenPaint *paint) {
  const RenCommandInfo *found[REN_LAUNCHER_MOST];
  if (!ren_ui_launcher_open(ui)) return;
  RenRect field = ren_launcher_rect(ui), box = field;
  RenId id = {REN_ID_PALETTE, 0, 0, 0};
  int n = ren_launcher_find(ren_field_text(&ui->launcher.field), found), rows = ren_launcher_rows(ui);
  if (rows > n) rows = n > 1 ? n : 1;
  box.x -= REN_PAD;
  box.y -= REN_PAD;
  box.w += 2 * REN_PAD;
  box.h += (float)(rows * REN_CONTROL_HEIGHT) + 3 * REN_PAD;
  ren_widget_menu(paint, box);
  ren_frame_area(paint->frame, id, box);
  RenLook look = {.hover = ren_id_equal(ui->state.hover, id), .focus = true};
  ren_widget_field(paint, id, field, look, &ui->launcher.field, "Find a command", 0);
  RenRect rest = {field.x, field.y + field.h + REN_PAD, field.w, (float)(rows * REN_CONTROL_HEIGHT)};
  draw_entries(ui, paint, rest, found, n);
}
