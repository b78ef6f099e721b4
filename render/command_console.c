/* The console. What it runs, and what it says of it, is the host's; here is what a person does with it. */
#include "render/command_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const RenId console_id = {REN_ID_CONSOLE, 0, 0, 0};

/* The view has another height now. */
static void lay_out(RenUi *ui) {
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
}

bool ren_do_console_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ui->console.open = !ui->console.open;
  ui->menu.owner = REN_ID_NONE;
  if (ui->console.open)
    ren_ui_set_focus(ui, console_id);
  else if (ui->focus.kind == REN_ID_CONSOLE)
    ren_ui_set_focus(ui, REN_NO_ID);
  lay_out(ui);
  return true;
}

bool ren_do_console_height(RenUi *ui, const RenArg *args, EngError *err) {
  double height = args[0].number;
  if (!(height >= 0 && height <= REN_MAX_SIDE))
    return eng_error_set(err, NULL, "height", "expected 0 to %d, found %g", REN_MAX_SIDE, height);
  ui->console.height = fmaxf((float)height, REN_CONSOLE_LEAST);
  lay_out(ui);
  return true;
}

/* The code as it was typed, behind prompts. */
static void echo(RenUi *ui, const char *code) {
  char line[REN_LOG_LINE_BYTES];
  for (const char *prompt = ">"; prompt; prompt = "·") {
    size_t length = strcspn(code, "\n");
    int used =
        snprintf(line, sizeof line, "%s %.*s", prompt, (int)(length < sizeof line ? length : sizeof line), code);
    size_t size = used < (int)sizeof line ? (size_t)used : sizeof line - 1;
    ren_ui_print(ui, REN_LOG_CODE, line, size);
    if (!code[length]) return;
    code += length + 1;
  }
}

/* What stood under edit goes away when it is this code. */
bool ren_do_console_run(RenUi *ui, const RenArg *args, EngError *err) {
  RenConsole *console = &ui->console;
  const char *code = args[0].string;
  if (!ui->host.console) return eng_error_set(err, NULL, "console", "expected a window with Lua, found none");
  if (console->running)
    return eng_error_set(err, NULL, "console", "expected no script that runs, found one: Escape stops it");
  echo(ui, code);
  ren_history_add(&console->history, code, NULL);
  console->scroll = 0;
  ui->host.console(ui->host.context, code);
  if (strcmp(ren_field_text(&console->field), code) == 0) ren_field_set(&console->field, "");
  return true;
}

bool ren_do_console_stop(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  if (ui->host.stop) ui->host.stop(ui->host.context);
  return true;
}

static bool is_blank(const char *code) { return code[strspn(code, " \t\n")] == '\0'; }

bool ren_do_console_submit(RenUi *ui, const RenArg *args, EngError *err) {
  const char *code = ren_field_text(&ui->console.field);
  if (is_blank(code)) return true;
  if (ui->host.unfinished && ui->host.unfinished(ui->host.context, code))
    return ren_do_console_newline(ui, args, err);
  char *copy = strdup(code);
  if (!copy) return eng_error_memory(err, NULL, "a script");
  EngError why = {0};
  RenArg arg = {.kind = REN_ARG_STRING, .string = copy};
  if (!ren_command_run(ui, "console.run", &arg, 1, &why))
    ren_ui_print(ui, REN_LOG_ERROR, why.message, strlen(why.message));
  free(copy);
  return true;
}

bool ren_do_console_newline(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_ui_call_string(ui, "edit.insert", "\n");
  return true;
}

/* --- completion */

/* The bytes of a name at the end of the code. */
static size_t last_word(const char *code) {
  static const char of_names[] = "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  size_t length = strlen(code), n = 0;
  while (n < length && strchr(of_names, code[length - n - 1])) n++;
  return n;
}

/* What all lines begin with. */
static size_t common(const char *names) {
  size_t length = strcspn(names, "\n");
  for (const char *line = names; *line;) {
    size_t n = strcspn(line, "\n"), same = 0;
    while (same < n && same < length && line[same] == names[same]) same++;
    length = same;
    line += n + (line[n] == '\n');
  }
  return length;
}

/* All names in one note, with two spaces between them. */
static void list(RenUi *ui, const char *names) {
  char line[REN_LOG_LINE_BYTES];
  size_t used = 0;
  for (; *names && used + 2 < sizeof line; names++) {
    line[used++] = *names == '\n' ? ' ' : *names;
    if (*names == '\n') line[used++] = ' ';
  }
  ren_ui_print(ui, REN_LOG_NOTE, line, used);
}

static void complete(RenUi *ui, const char *names, size_t typed) {
  size_t length = common(names);
  char *rest = length > typed ? strndup(names + typed, length - typed) : NULL;
  if (rest)
    ren_ui_call_string(ui, "edit.insert", rest);
  else if (strchr(names, '\n'))
    list(ui, names);
  free(rest);
}

bool ren_do_console_complete(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  RenField *field = &ui->console.field;
  if (field->length == 0) { /* nothing to complete: the next control */
    ren_ui_call(ui, "focus.next", NULL, 0);
    return true;
  }
  char *code = strndup(ren_field_text(field), field->caret);
  if (!code) return eng_error_memory(err, NULL, "a name");
  char *names = ui->host.names ? ui->host.names(ui->host.context, code) : NULL;
  if (names && *names) complete(ui, names, last_word(code));
  free(names);
  free(code);
  return true;
}

/* --- history */

static bool recall(RenUi *ui, int by, EngError *err) {
  RenConsole *console = &ui->console;
  const RenInput *input = ren_history_step(&console->history, by, ren_field_text(&console->field), "");
  if (!input) return true;
  ren_field_select_all(&console->field);
  return ren_field_insert(&console->field, input->text, false) || eng_error_memory(err, NULL, "a script");
}

/* The caret a line up or down, in the same column as far as there is one; false at the first or last line. */
static bool move_line(RenField *field, bool down) {
  const char *text = ren_field_text(field);
  size_t start = field->caret, to;
  while (start > 0 && text[start - 1] != '\n') start--;
  size_t column = field->caret - start, end = start + strcspn(text + start, "\n");
  if (down ? !text[end] : start == 0) return false;
  for (to = down ? end + 1 : start - 1; !down && to > 0 && text[to - 1] != '\n';) to--;
  size_t length = strcspn(text + to, "\n");
  ren_field_place(field, to + (column < length ? column : length), false);
  return true;
}

bool ren_do_console_previous(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return move_line(&ui->console.field, false) || recall(ui, 1, err);
}

bool ren_do_console_next(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return move_line(&ui->console.field, true) || recall(ui, -1, err);
}

bool ren_do_console_earlier(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return recall(ui, 1, err);
}

bool ren_do_console_later(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return recall(ui, -1, err);
}

/* --- what it said */

static bool scroll(RenUi *ui, float rows) {
  ren_ui_frame(ui); /* wraps what was said */
  ren_console_scroll(&ui->console, ui->layout.console, rows);
  return true;
}

bool ren_do_console_scroll(RenUi *ui, const RenArg *args, EngError *err) {
  (void)err;
  return scroll(ui, (float)args[0].number);
}

bool ren_do_console_page_up(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll(ui, (float)ren_console_page(&ui->console, ui->layout.console));
}

bool ren_do_console_page_down(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  return scroll(ui, -(float)ren_console_page(&ui->console, ui->layout.console));
}

bool ren_do_console_select(RenUi *ui, const RenArg *args, EngError *err) {
  double line = args[0].number, offset = args[1].number;
  if (!(line >= 0 && offset >= 0))
    return eng_error_set(err, NULL, "place", "expected a line and a byte from 0, found %g and %g", line, offset);
  RenField *field = &ui->console.field;
  RenLogPlace place = {line < 0x1p63 ? (uint64_t)line : UINT64_MAX, offset < 0x1p31 ? (size_t)offset : SIZE_MAX};
  ren_log_select(&ui->console.log, place, args[2].boolean);
  ren_field_place(field, field->caret, false); /* one selection at a time */
  return true;
}

bool ren_do_console_select_all(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_log_select_all(&ui->console.log);
  return true;
}

/* Of the code under edit, else of what was said. */
bool ren_do_console_copy(RenUi *ui, const RenArg *args, EngError *err) {
  size_t from, to;
  if (ren_field_selected(&ui->console.field, &from, &to)) return ren_do_edit_copy(ui, args, err);
  char *text = ren_log_copy(&ui->console.log);
  if (text) ren_ui_keep_on_clipboard(ui, text);
  free(text);
  return true;
}

bool ren_do_console_clear(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args, (void)err;
  ren_log_clear(&ui->console.log);
  ui->console.scroll = 0;
  return true;
}
