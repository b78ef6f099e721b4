/* Where the keys go, and drop-downs, which take them while they are open. Tab goes through the controls as they
 * lie. */
#include "render/command_impl.h"
#include "render/examples.h"
#include "render/options.h"

#include <string.h>

/* From left to right and from the top down, as the controls lie. */
static const RenIdKind order[] = {
    REN_ID_MODEL, REN_ID_TEXT,         REN_ID_PAIR,   REN_ID_RUN,      REN_ID_DETAILS,   REN_ID_FIRST,
    REN_ID_LAST,  REN_ID_DETAILS_COPY, REN_ID_SECOND, REN_ID_SHOWN,    REN_ID_UNCOMPARE, REN_ID_TAB,
    REN_ID_SPLIT, REN_ID_LAYER,        REN_ID_TILE,   REN_ID_PICK,     REN_ID_FILTER,    REN_ID_THRESHOLD,
    REN_ID_SINK,  REN_ID_OPTIONS,      REN_ID_HELP,   REN_ID_DOCK_NEW, REN_ID_DOCK_FOLD, REN_ID_PROBE,
    REN_ID_PARAM, REN_ID_RANK,         REN_ID_WHERE,  REN_ID_FIND,     REN_ID_SPLITTER,  REN_ID_CONSOLE,
    REN_ID_BOS,   REN_ID_NOTICE,       REN_ID_COPY,   REN_ID_CANCEL};
enum { N_KINDS = sizeof order / sizeof order[0] };

/* A list in which the arrows go from row to row: for Tab it is one place. */
static bool is_list(RenIdKind kind) { return kind == REN_ID_PROBE || kind == REN_ID_RANK; }

/* The place in the order of Tab, -1 for what takes no focus. */
static int place_of(RenId id) {
  for (int i = 0; i < N_KINDS; i++)
    if (order[i] == id.kind) return i * REN_MAX_HEADS + (is_list(id.kind) ? 0 : id.a);
  return -1;
}

static bool takes_focus(RenIdKind kind) { return place_of((RenId){kind, 0, 0, 0}) >= 0; }

bool ren_do_focus_set(RenUi *ui, const RenArg *args, EngError *err) {
  RenId id;
  RenRect visible;
  if (!ren_id_parse(args[0].string, &id) || !takes_focus(id.kind) ||
      !ren_frame_find(ren_ui_frame(ui), id, &visible))
    return eng_error_set(err, "focus.set", "id", "expected a control that shows, such as text, found %s",
                         args[0].string);
  ren_ui_set_focus(ui, id);
  return true;
}

bool ren_do_focus_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_set_focus(ui, REN_NO_ID);
  return true;
}

/* Takes an element that is nearer to the focused one than the nearest so far. */
static void consider(RenId id, int from, bool forwards, RenId *nearest) {
  int place = place_of(id), best = place_of(*nearest);
  if (place < 0 || (from >= 0 && (forwards ? place <= from : place >= from))) return;
  if (best < 0 || (forwards ? place < best : place > best)) *nearest = id;
}

/* The next control that shows, or is a tile that scrolls; past the ends, the view has the keys again. */
static RenId neighbour(RenUi *ui, bool forwards) {
  RenId nearest = REN_NO_ID;
  const RenFrame *frame = ren_ui_frame(ui);
  int from = ui->focus.kind == REN_ID_NONE ? -1 : place_of(ui->focus);
  for (size_t i = 0; i < ren_frame_count(frame); i++)
    consider(ren_frame_at(frame, i)->id, from, forwards, &nearest);
  for (int head = 0; !ren_rect_empty(ui->layout.tiles) && head < ren_ui_n_shown_tiles(ui); head++)
    consider(ren_ui_tile_id(ui, head), from, forwards, &nearest);
  return nearest;
}

static bool move_focus(RenUi *ui, bool forwards) {
  ui->menu.owner = REN_ID_NONE;
  RenId id = neighbour(ui, forwards);
  ren_ui_set_focus(ui, id);
  if (id.kind == REN_ID_TILE || id.kind == REN_ID_PICK) ren_ui_reveal_tile(ui, id.a);
  if (id.kind == REN_ID_TEXT || id.kind == REN_ID_PAIR || id.kind == REN_ID_SECOND) {
    RenField *field = ren_ui_focused_field(ui);
    if (field) ren_field_select_all(field);
  }
  return true;
}

bool ren_do_focus_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move_focus(ui, true);
}

bool ren_do_focus_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move_focus(ui, false);
}

bool ren_do_focus_activate(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_act(ui, ui->focus, 1);
  return true;
}

bool ren_do_menu_open(RenUi *ui, const RenArg *args, EngError *err) {
  RenId id;
  if (!ren_id_parse(args[0].string, &id) || ren_menu_item_kind(id.kind) == REN_ID_NONE)
    return eng_error_set(err, "menu.open", "id", "expected model, examples, layer, filter or options, found %s",
                         args[0].string);
  if (ren_menu_count(ui, id.kind) == 0)
    return eng_error_set(err, "menu.open", args[0].string, "expected something to choose from, found nothing");
  ui->menu = (RenMenu){.owner = id.kind};
  ui->menu.before = ren_menu_current(ui, id.kind);
  ren_menu_mark(ui, ui->menu.before);
  return true;
}

bool ren_do_menu_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->menu.owner = REN_ID_NONE;
  return true;
}

/* Layers and filters change as the mark moves; a model or an example only when it is chosen. */
static void apply(RenUi *ui, RenIdKind owner, int entry) {
  if (owner == REN_ID_LAYER) ren_ui_call_int(ui, "layer.set", entry, 0, 1);
  if (owner == REN_ID_FILTER) ren_ui_call_string(ui, "filter.set", eng_source_block(ui->source, entry)->key);
}

bool ren_do_menu_cancel(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  RenMenu menu = ui->menu;
  ui->menu.owner = REN_ID_NONE;
  if (menu.owner != REN_ID_NONE && menu.before < ren_menu_count(ui, menu.owner)) apply(ui, menu.owner, menu.before);
  return true;
}

static bool step(RenUi *ui, int by) {
  if (ui->menu.owner == REN_ID_NONE) return true;
  int to = ui->menu.marked + by;
  while (to >= 0 && to < ren_menu_count(ui, ui->menu.owner) && !ren_menu_choosable(ui, ui->menu.owner, to))
    to += by;
  if (ren_menu_choosable(ui, ui->menu.owner, to)) ren_menu_mark(ui, to);
  apply(ui, ui->menu.owner, ui->menu.marked);
  return true;
}

bool ren_do_menu_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step(ui, 1);
}

bool ren_do_menu_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step(ui, -1);
}

static void try_example(RenUi *ui, const RenExample *example) {
  ren_ui_call_string(ui, "text.set", example->text);
  ren_ui_call_string(ui, "pair.set", example->pair ? example->pair : "");
  ren_ui_call(ui, "run", NULL, 0);
}

/* The menu stays open for the next setting. */
static void set_option(RenUi *ui, const RenOption *option) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = option->argument};
  if (option->kind == REN_OPTION_PLAIN) ren_ui_call(ui, "menu.close", NULL, 0);
  ren_ui_try(ui, option->command, &arg, option->argument ? 1 : 0);
}

bool ren_do_menu_choose(RenUi *ui, const RenArg *args, EngError *err) {
  RenIdKind owner = ui->menu.owner;
  int entry = ui->menu.marked;
  if (owner == REN_ID_NONE) return eng_error_set(err, "menu.choose", NULL, "expected an open menu, found none");
  if (args[0].kind != REN_ARG_NONE && !ren_arg_index(&args[0], "entry", ren_menu_count(ui, owner), &entry, err))
    return false;
  if (!ren_menu_choosable(ui, owner, entry)) return true;
  if (owner == REN_ID_OPTIONS) {
    set_option(ui, ren_options_at(entry));
    return true;
  }
  ren_ui_call(ui, "menu.close", NULL, 0);
  if (owner == REN_ID_MODEL && entry == ui->n_models)
    ren_ui_call(ui, "open.ask", NULL, 0);
  else if (owner == REN_ID_MODEL)
    ren_ui_call_string(ui, "model.open", ui->models[entry]);
  else if (owner == REN_ID_EXAMPLES)
    try_example(ui, ren_examples_at(entry));
  else if (owner == REN_ID_STRIP)
    ren_ui_call_string(ui, "strip.set", ren_strip_name(entry));
  else
    apply(ui, owner, entry);
  return true;
}
