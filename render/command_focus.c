/* Where the keys go. Tab goes through the controls as they lie (ui_focus.c), arrows through those of one kind and
 * through what a view draws (ui_walk.c). */
#include "render/command_impl.h"

bool ren_do_focus_set(RenUi *ui, const RenArg *args, EngError *err) {
  RenElement to, shown;
  RenRect rect;
  bool known = ren_element_parse(args[0].string, &to) && ren_focus_takes(to.id.kind);
  bool there = known && ren_frame_place(ren_ui_frame(ui), to, &rect);
  if (!there && (!known || to.right || !ren_focus_find(ui, to.id, &shown, &rect)))
    return eng_error_set(err, "focus.set", "id", "expected a control that shows, such as text, found %s",
                         args[0].string);
  if (there && ren_focus_in_views(to.id.kind) && !ren_rect_empty(ui->layout.beside)) ren_ui_activate(ui, to.right);
  (ren_focus_walks(to.id.kind) ? ren_walk_set : ren_ui_set_focus)(ui, to.id);
  return true;
}

bool ren_do_focus_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}

/* Takes an element that is nearer to the focused one than the nearest so far. */
static void consider(const RenUi *ui, RenId id, int64_t from, bool forwards, RenId *nearest) {
  int64_t place = ren_focus_place(ui, id), best = ren_focus_place(ui, *nearest);
  if (place < 0 || (from >= 0 && (forwards ? place <= from : place >= from))) return;
  if (best < 0 || (forwards ? place < best : place > best)) *nearest = id;
}

/* The next control that shows, or is a tile that scrolls; past the ends, the view has the keys again. */
static RenId neighbour(RenUi *ui, bool forwards) {
  RenId nearest = REN_NO_ID;
  const RenFrame *frame = ren_ui_frame(ui);
  int64_t from = ren_focus_place(ui, ui->focus);
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    bool shows = !ren_rect_empty(ren_rect_intersect(command->rect, command->clip));
    if (shows && ren_focus_takes(command->id.kind)) consider(ui, command->id, from, forwards, &nearest);
  }
  for (int head = 0; !ren_rect_empty(ui->layout.tiles) && head < ren_ui_n_shown_tiles(ui); head++)
    consider(ui, ren_ui_tile_id(ui, head), from, forwards, &nearest);
  return nearest;
}

static bool focus_on(RenUi *ui, RenId id) {
  if (ren_focus_walks(id.kind))
    ren_walk_enter(ui, id);
  else
    ren_ui_set_focus(ui, id);
  if (id.kind == REN_ID_TILE || id.kind == REN_ID_PICK) ren_ui_reveal_tile(ui, id.a);
  if (id.kind == REN_ID_TEXT || id.kind == REN_ID_PAIR || id.kind == REN_ID_SECOND) {
    RenField *field = ren_ui_focused_field(ui);
    if (field) ren_field_select_all(field);
  }
  return true;
}

static bool move_focus(RenUi *ui, bool forwards) {
  ui->menu.owner = REN_ID_NONE;
  return focus_on(ui, neighbour(ui, forwards));
}

bool ren_do_focus_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move_focus(ui, true);
}

bool ren_do_focus_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move_focus(ui, false);
}

/* Inside of a row of tabs, tiles, or buttons of which one holds. */
static bool move_within(RenUi *ui, bool forwards) {
  RenId id = neighbour(ui, forwards);
  return id.kind != ui->focus.kind || focus_on(ui, id);
}

bool ren_do_focus_right(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move_within(ui, true);
}

bool ren_do_focus_left(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move_within(ui, false);
}

/* What closes itself has the keys no longer. */
bool ren_do_focus_activate(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  RenId id = ui->focus;
  ren_ui_act(ui, ren_walk_id(ui), 1);
  bool gone = ren_focus_takes(id.kind) && ren_id_equal(ui->focus, id) && !ren_focus_shows(ui, id);
  if (gone) ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}

bool ren_do_focus_view(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_walk_enter(ui, REN_NO_ID);
  return true;
}

bool ren_do_walk_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_walk_step(ui, 0, -1);
  return true;
}

bool ren_do_walk_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_walk_step(ui, 0, 1);
  return true;
}

bool ren_do_walk_left(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_walk_step(ui, -1, 0);
  return true;
}

bool ren_do_walk_right(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_walk_step(ui, 1, 0);
  return true;
}

/* As a double-click; a key has no scale below it, and what is edited is so once. */
bool ren_do_walk_open(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  RenId id = ren_walk_id(ui);
  if (ui->state.editing && ren_ui_edit(ui, id)) return true;
  bool key = id.kind == REN_ID_KEY || id.kind == REN_ID_PANEL_KEY;
  ren_ui_act(ui, id, 1);
  if (!key) ren_ui_act(ui, id, 2);
  return true;
}
