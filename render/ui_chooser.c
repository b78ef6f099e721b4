/* Asking for a path as it lies above the view: the field and its button, what is to be said, what could follow. */
#include "render/ui_impl.h"

#include <math.h>

static const RenId path_id = {REN_ID_PATH, 0, 0, 0}, accept_id = {REN_ID_PATH_ACCEPT, 0, 0, 0};

bool ren_ui_chooser_open(const RenUi *ui) { return ui->focus.kind == REN_ID_PATH; }

/* Where the command palette has its field, with room for the button. */
RenRect ren_chooser_rect(const RenUi *ui) {
  RenRect field = ren_launcher_rect(ui);
  ren_rect_cut_right(&field, fminf(REN_RUN_WIDTH + REN_PAD, field.w));
  return field;
}

/* One row is the note's. */
int ren_chooser_rows(const RenUi *ui) {
  int rows = ren_launcher_rows(ui) - 1;
  return rows < 1 ? 1 : rows;
}

static const char *verb(const RenChooser *chooser) {
  return chooser->ask == REN_ASK_OPEN ? "Open" : chooser->replaces ? "Replace" : "Save";
}

static RenLook look_of(const RenUi *ui, RenId id) {
  return (RenLook){.hover = ren_id_equal(ui->state.hover, id), .focus = ren_id_equal(ui->focus, id)};
}

static void draw_entries(RenUi *ui, const RenPaint *paint, RenRect rest) {
  static const char *const kinds[] = {"folder", "", "model"};
  const RenPaths *found = &ui->chooser.found;
  for (size_t i = (size_t)ui->chooser.first; i < found->n && rest.h >= REN_CONTROL_HEIGHT; i++) {
    RenId id = {REN_ID_PATH_ITEM, (int)i, 0, 0};
    RenLook look = look_of(ui, id);
    RenRect row = ren_rect_cut_top(&rest, REN_CONTROL_HEIGHT), kind = row;
    kind.w -= REN_PAD;
    look.focus = look.active = (int)i == ui->chooser.marked;
    ren_widget_label(paint, ren_rect_cut_right(&kind, REN_TAB_WIDTH), REN_RIGHT, paint->theme->muted,
                     kinds[found->entries[i].kind]);
    row.w -= REN_TAB_WIDTH;
    ren_widget_entry(paint, id, row, look, found->entries[i].name);
  }
}

/* The error of what was taken, the question whether to write over a file, or nothing. */
static void draw_note(RenUi *ui, const RenPaint *paint, RenRect *rest) {
  const RenChooser *chooser = &ui->chooser;
  if (!chooser->note) return;
  RenRect row = ren_rect_cut_top(rest, REN_CONTROL_HEIGHT);
  ren_rect_cut_left(&row, REN_PAD);
  ren_widget_label(paint, row, REN_LEFT, chooser->replaces ? paint->theme->warn : paint->theme->error,
                   chooser->note);
}

void ren_ui_draw_chooser(RenUi *ui, const RenPaint *paint) {
  static const char *const hints[] = {"Where to: .png, .svg or .pdf",
                                      "A model, a recorded run, a figure or a session", "Where to: .lua"};
  if (!ren_ui_chooser_open(ui)) return;
  RenRect field = ren_chooser_rect(ui), whole = ren_launcher_rect(ui), box = ren_rect_inset(whole, -REN_PAD);
  RenRect button = ren_rect_cut_right(&whole, REN_RUN_WIDTH);
  const RenChooser *chooser = &ui->chooser;
  int rows = ren_chooser_rows(ui), n = (int)chooser->found.n;
  float list = (float)(((n < rows ? n : rows) + (chooser->note != NULL)) * REN_CONTROL_HEIGHT);
  box.h += list > 0 ? list + REN_PAD : 0;
  ren_widget_menu(paint, box);
  ren_frame_area(paint->frame, path_id, box);
  ren_widget_field(paint, path_id, field, look_of(ui, path_id), &ui->chooser.field, hints[chooser->ask], 0);
  RenLook look = look_of(ui, accept_id);
  look.active = true;
  ren_widget_button(paint, accept_id, button, look, verb(chooser));
  RenRect rest = {box.x + REN_PAD, field.y + field.h + REN_PAD, box.w - 2 * REN_PAD, list};
  draw_note(ui, paint, &rest);
  draw_entries(ui, paint, rest);
}
