/* Drop-downs, which take the keys while they are open. */
#include "render/command_impl.h"
#include "render/examples.h"
#include "render/options.h"

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

static bool step_aside(RenUi *ui, int by) {
  int to = ui->menu.owner == REN_ID_NONE ? -1 : ren_menu_beside(ui, by);
  if (to >= 0) ren_menu_mark(ui, to);
  return true;
}

bool ren_do_menu_right(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_aside(ui, 1);
}

bool ren_do_menu_left(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_aside(ui, -1);
}

/* The first or the last that can be chosen. */
static bool step_to(RenUi *ui, int from, int by) {
  ui->menu.marked = from - by;
  return step(ui, by);
}

bool ren_do_menu_first(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_to(ui, 0, 1);
}

bool ren_do_menu_last(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return step_to(ui, ren_menu_count(ui, ui->menu.owner) - 1, -1);
}

/* As after Enter the field no longer has the keys: Escape stops the run. */
static void try_example(RenUi *ui, const RenExample *example) {
  if (ui->focus.kind == REN_ID_TEXT || ui->focus.kind == REN_ID_PAIR) ren_ui_call(ui, "focus.clear", NULL, 0);
  ren_ui_call_string(ui, "text.set", example->text);
  ren_ui_call_string(ui, "pair.set", example->pair ? example->pair : "");
  ren_ui_call(ui, "run", NULL, 0);
}

static void open_model(RenUi *ui, int model) {
  if (model < ui->models.n)
    ren_ui_call_string(ui, "model.open", ui->models.at[model].name);
  else
    ren_ui_call(ui, "open.ask", NULL, 0);
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
  if (owner == REN_ID_MODEL)
    open_model(ui, ren_models_row(&ui->models, entry).model);
  else if (owner == REN_ID_EXAMPLES)
    try_example(ui, ren_examples_at(entry));
  else if (owner == REN_ID_STRIP)
    ren_ui_call_string(ui, "strip.set", ren_strip_name(entry));
  else
    apply(ui, owner, entry);
  return true;
}
