/* Asking for a path: to write a figure to, or to open. The list is gone as soon as its field loses the focus. What
 * it ends in is another command with that path, of which alone the host is told; what that refuses stands below
 * the field. */
#include "render/command_impl.h"
#include "render/figure.h"

#include "engine/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *typed(const RenUi *ui) { return ren_field_text(&ui->chooser.field); }

static bool mark(RenUi *ui, int to) {
  RenChooser *chooser = &ui->chooser;
  int n = (int)chooser->found.n, rows = ren_chooser_rows(ui);
  if (to >= n) to = n - 1;
  if (to < -1) to = -1;
  chooser->marked = to;
  if (chooser->first > to) chooser->first = to < 0 ? 0 : to;
  if (chooser->first < to - rows + 1) chooser->first = to - rows + 1;
  return true;
}

static void note(RenUi *ui, const char *sentence, bool replaces) {
  ui->chooser.replaces = replaces && ren_ui_replace(&ui->chooser.note, sentence);
  if (!replaces) ren_ui_replace(&ui->chooser.note, sentence);
}

static void list_models(RenUi *ui, const char *part) {
  for (int i = 0; i < ui->models.n; i++)
    if (strcasestr(ui->models.at[i].name, part)) ren_paths_add_model(&ui->chooser.found, ui->models.at[i].name);
}

/* A name that is only offered hides nothing of its folder. */
static void list(RenUi *ui, const char *text) {
  RenChooser *chooser = &ui->chooser;
  bool offered = chooser->offered && strcmp(chooser->offered, text) == 0;
  char *folder = offered ? strndup(text, ren_paths_last(text)) : NULL;
  ren_paths_list(&chooser->found, folder ? folder : text);
  free(folder);
  if (chooser->ask == REN_ASK_OPEN) list_models(ui, text);
  chooser->marked = -1;
  chooser->first = 0;
}

/* What is typed changes the list; what was said of the text before no longer holds. */
void ren_chooser_follow(RenUi *ui) {
  const char *text = typed(ui);
  RenChooser *chooser = &ui->chooser;
  if (!ren_ui_chooser_open(ui) || (chooser->sought && strcmp(chooser->sought, text) == 0)) return;
  note(ui, NULL, false);
  if (ren_ui_replace(&chooser->sought, text)) list(ui, text);
}

static bool too_long(EngError *err) {
  return eng_error_set(err, NULL, "path", "expected at most %zu bytes and memory for them", REN_FIELD_BYTES);
}

static bool ask(RenUi *ui, RenAsk what, const char *offered, EngError *err) {
  RenChooser *chooser = &ui->chooser;
  if (!ren_field_set(&chooser->field, offered) || !ren_ui_replace(&chooser->offered, offered)) return too_long(err);
  chooser->ask = what;
  ui->menu.owner = REN_ID_NONE;
  ren_ui_replace(&chooser->sought, NULL);
  ren_ui_set_focus(ui, (RenId){REN_ID_PATH, 0, 0, 0});
  return true;
}

/* A name is offered, selected up to its ending: what is typed takes its place. */
static bool ask_name(RenUi *ui, RenAsk what, char *name, EngError *err) {
  const char *last = ui->written ? ui->written : "";
  RenPathEntry entry = {name, REN_PATH_FILE};
  char *path = ren_paths_take(last, &entry);
  bool ok = path ? ask(ui, what, path, err) : eng_error_memory(err, NULL, "a path");
  free(path);
  if (!ok) return false;
  RenField *field = &ui->chooser.field;
  ren_field_place(field, ren_paths_last(field->text), false);
  ren_field_place(field, (size_t)(strrchr(field->text, '.') - field->text), true);
  return true;
}

bool ren_do_figure_ask(RenUi *ui, const RenArg *args, EngError *err) {
  char name[REN_FIGURE_NAME];
  (void)args;
  if (!ren_ui_block(ui)) return eng_error_set(err, NULL, "figure", "expected something to draw, found nothing");
  ren_figure_name(ui, name);
  return ask_name(ui, REN_ASK_SAVE, name, err);
}

bool ren_do_session_ask(RenUi *ui, const RenArg *args, EngError *err) {
  char name[] = "session.lua";
  (void)args;
  return ask_name(ui, REN_ASK_SESSION, name, err);
}

bool ren_do_open_ask(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return ask(ui, REN_ASK_OPEN, "", err);
}

bool ren_do_path_close(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ren_ui_chooser_open(ui)) ren_ui_set_focus(ui, REN_NO_ID);
  ren_paths_clear(&ui->chooser.found);
  ui->chooser.marked = -1;
  note(ui, NULL, false);
  return true;
}

bool ren_do_path_set(RenUi *ui, const RenArg *args, EngError *err) {
  RenField *field = &ui->chooser.field;
  ren_field_select_all(field);
  return ren_field_insert(field, args[0].string, false) || too_long(err);
}

static bool move(RenUi *ui, int by) { return mark(ui, ui->chooser.marked + by); }

bool ren_do_path_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move(ui, 1);
}

bool ren_do_path_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move(ui, -1);
}

bool ren_do_path_page_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move(ui, ren_chooser_rows(ui));
}

bool ren_do_path_page_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return move(ui, -ren_chooser_rows(ui));
}

static void set_path(RenUi *ui, char *path) {
  if (path) ren_ui_call_string(ui, "path.set", path);
  free(path);
}

/* The marked entry, else as far as all of them agree. */
bool ren_do_path_complete(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  const RenChooser *chooser = &ui->chooser;
  if (!ren_ui_chooser_open(ui)) return true;
  set_path(ui, chooser->marked >= 0 ? ren_paths_take(typed(ui), &chooser->found.entries[chooser->marked])
                                    : ren_paths_complete(&chooser->found, typed(ui)));
  return true;
}

/* --- taking what stands there */

/* What is written, by what is asked for. */
static const struct {
  const char *command, *endings;
  bool (*is_named)(const char *path);
} written[] = {[REN_ASK_SAVE] = {"figure.save", ".png, .svg or .pdf", ren_figure_is_named},
               [REN_ASK_SESSION] = {"session.save", ".lua", ren_paths_is_session}};

/* Where it may go: an ending that says its format, a folder that is there and may be written to. */
static bool check_target(RenAsk what, const char *path, EngError *err) {
  size_t last = ren_paths_last(path);
  char folder[4096];
  if (path[last] == '\0' || eng_path_is_folder(path))
    return eng_error_set(err, path, NULL, "expected the name of a file, found %s", *path ? "a folder" : "nothing");
  if (!written[what].is_named(path))
    return eng_error_set(err, path + last, NULL, "expected a name that ends in %s", written[what].endings);
  snprintf(folder, sizeof folder, "%.*s", (int)last, path);
  if (*folder && !eng_path_is_folder(folder))
    return eng_error_set(err, folder, NULL, "expected a folder, found none");
  return access(*folder ? folder : ".", W_OK) == 0 ||
         eng_error_set(err, *folder ? folder : ".", NULL, "expected a folder that can be written to");
}

static bool save(RenUi *ui, const char *path, EngError *err) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = path};
  RenAsk what = ui->chooser.ask;
  if (!check_target(what, path, err)) return false;
  if (!eng_path_exists(path) || ui->chooser.replaces)
    return ren_command_run(ui, written[what].command, &arg, 1, err);
  char question[1024];
  snprintf(question, sizeof question, "%.900s is there already. Enter replaces it, Escape leaves it.", path);
  note(ui, question, true);
  return false;
}

/* A name may be known to the host; what is written as a path has to be there. */
static bool is_path(const char *text) { return *text == '/' || *text == '.'; }

static bool open_path(RenUi *ui, const char *path, EngError *err) {
  size_t length, line;
  if (is_path(path) && !eng_path_exists(path) && !eng_path_line(path, &length, &line))
    return eng_error_set(err, path, NULL, "expected a file or folder, found none");
  RenArg arg = {.kind = REN_ARG_STRING, .string = path};
  return ren_command_run(ui, "model.open", &arg, 1, err);
}

static bool is_model(const char *folder) {
  char *config = eng_path_join(folder, "config.json");
  bool found = config && eng_path_is_file(config);
  free(config);
  return found;
}

/* A folder that is no model is gone into. */
static bool goes_into(RenUi *ui, const char *path) {
  size_t length = strlen(path);
  if (!eng_path_is_folder(path) || path[length - 1] == '/' || is_model(path)) return false;
  char *inside = eng_path_join(path, "");
  set_path(ui, inside);
  return inside != NULL;
}

static bool take_text(RenUi *ui, EngError *err) {
  char *path = eng_path_expand(typed(ui));
  if (!path) return eng_error_memory(err, NULL, "a path");
  bool open = ui->chooser.ask == REN_ASK_OPEN, goes = open && goes_into(ui, path);
  bool ok = goes || (open ? open_path(ui, path, err) : save(ui, path, err));
  free(path);
  if (ok && !goes) ren_ui_call(ui, "path.close", NULL, 0);
  return ok;
}

/* A folder is gone into, a figure's file stands for its name: both are then to be confirmed. */
static bool take_entry(RenUi *ui, const RenPathEntry *entry, EngError *err) {
  bool taken = ui->chooser.ask == REN_ASK_OPEN && entry->kind != REN_PATH_FOLDER;
  set_path(ui, ren_paths_take(typed(ui), entry));
  return !taken || take_text(ui, err);
}

bool ren_do_path_accept(RenUi *ui, const RenArg *args, EngError *err) {
  const RenChooser *chooser = &ui->chooser;
  int entry = chooser->marked;
  EngError why = {0};
  if (!ren_ui_chooser_open(ui)) return eng_error_set(err, NULL, "path", "expected a path to be asked for");
  if (args[0].kind != REN_ARG_NONE && !ren_arg_index(&args[0], "entry", (int)chooser->found.n, &entry, err))
    return false;
  bool ok = entry >= 0 ? take_entry(ui, &chooser->found.entries[entry], &why) : take_text(ui, &why);
  if (!ok && why.message[0]) note(ui, why.message, false);
  return true;
}
