/* Keys and typed text, turned into commands. A key counts where the focus is, and falls through to wider scopes;
 * in a field a character is typed. */
#include "render/command.h"
#include "render/ui_impl.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { KEY_BYTES = 64, BASE_BYTES = 48, MOST_SCOPES = 9 };

/* Takes the modifier off the front of `key` if it stands there and something follows. */
static bool take_modifier(const char **key, const char *modifier) {
  size_t n = strlen(modifier);
  if (strncmp(*key, modifier, n) != 0 || (*key)[n] == '\0') return false;
  *key += n;
  return true;
}

/* The one name of a key that has several. */
static const char *name_key(const char *key) {
  static const char *const names[][2] = {
      {"return", "enter"}, {"esc", "escape"},    {" ", "space"},        {"+", "plus"},
      {"-", "minus"},      {"del", "delete"},    {"page up", "pageup"}, {"page down", "pagedown"},
      {"pgup", "pageup"},  {"pgdn", "pagedown"}, {"backslash", "\\"},   {"backquote", "`"}};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp(key, names[i][0]) == 0) return names[i][1];
  return key;
}

/* "Shift+Ctrl+P" to "ctrl+shift+p": small letters, modifiers in one order, one name for each key. */
static void normalise(const char *key, char out[KEY_BYTES]) {
  static const char *const modifiers[] = {"ctrl+", "alt+", "shift+"};
  enum { MODIFIERS = sizeof modifiers / sizeof modifiers[0] };
  char lower[BASE_BYTES];
  bool held[MODIFIERS] = {false};
  size_t n = strlen(key);
  if (n >= BASE_BYTES) n = 0;
  for (size_t i = 0; i < n; i++) lower[i] = (char)tolower((unsigned char)key[i]);
  lower[n] = '\0';
  const char *base = lower;
  for (int i = 0; i < MODIFIERS; i++)
    if (take_modifier(&base, modifiers[i])) held[i] = true, i = -1;
  snprintf(out, KEY_BYTES, "%s%s%s%s", held[0] ? modifiers[0] : "", held[1] ? modifiers[1] : "",
           held[2] ? modifiers[2] : "", name_key(base));
}

/* The scope of what has the focus and is no field; REN_SCOPE_VIEW where it has none of its own. */
static RenScope scope_of(RenIdKind kind) {
  static const struct {
    RenIdKind kind;
    RenScope scope;
  } scopes[] = {{REN_ID_THRESHOLD, REN_SCOPE_SLIDER},
                {REN_ID_SPLITTER, REN_SCOPE_SPLITTER},
                {REN_ID_INSPECTOR, REN_SCOPE_INSPECTOR},
                {REN_ID_TAB, REN_SCOPE_ROW},
                {REN_ID_TILE, REN_SCOPE_ROW},
                {REN_ID_PICK, REN_SCOPE_ROW},
                {REN_ID_SHOWN, REN_SCOPE_ROW}};
  if (ren_focus_walks(kind)) return REN_SCOPE_WALK;
  for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
    if (scopes[i].kind == kind) return scopes[i].scope;
  return ren_menu_item_kind(kind) != REN_ID_NONE ? REN_SCOPE_DROPDOWN : REN_SCOPE_VIEW;
}

/* The scopes in which keys count now, the narrowest first. */
static int active_scopes(RenUi *ui, RenScope out[MOST_SCOPES]) {
  int n = 0;
  bool field = ren_ui_focused_field(ui) != NULL;
  if (ui->menu.owner != REN_ID_NONE) out[n++] = REN_SCOPE_MENU;
  if (ren_ui_launcher_open(ui)) out[n++] = REN_SCOPE_COMMANDS;
  if (ren_ui_chooser_open(ui)) out[n++] = REN_SCOPE_PATH;
  if (field && ui->focus.kind == REN_ID_CONSOLE) out[n++] = REN_SCOPE_CONSOLE;
  if (field) out[n++] = REN_SCOPE_FIELD;
  if (ren_ui_dock_place(ui, ui->focus) >= 0) out[n++] = REN_SCOPE_DOCK;
  bool control = !field && ui->focus.kind != REN_ID_NONE;
  RenScope own = control ? scope_of(ui->focus.kind) : REN_SCOPE_VIEW;
  if (own != REN_SCOPE_VIEW) out[n++] = own;
  if (control && own != REN_SCOPE_SLIDER && own != REN_SCOPE_SPLITTER) out[n++] = REN_SCOPE_CONTROL;
  out[n++] = REN_SCOPE_ALWAYS;
  if (field || ui->menu.owner != REN_ID_NONE) return n;
  if (ren_ui_at_dimension(ui)) out[n++] = REN_SCOPE_DIMENSION;
  out[n++] = REN_SCOPE_VIEW;
  return n;
}

static bool call_key(RenUi *ui, const char *key) {
  RenScope scopes[MOST_SCOPES];
  int n = active_scopes(ui, scopes);
  for (int i = 0; i < n; i++) {
    const RenCommandInfo *command = ren_command_of_key(key, scopes[i]);
    if (!command) continue;
    ren_ui_call(ui, command->name, NULL, 0);
    return true;
  }
  return false;
}

/* One character, not a name: it is typed rather than pressed where a field has the focus. */
static bool is_character(const char *key) {
  unsigned char first = (unsigned char)key[0];
  if (first < 0x20) return false;
  size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return strlen(key) == bytes;
}

static void type(RenUi *ui, const char *text) {
  RenArg args[2] = {{.kind = REN_ARG_STRING, .string = text}, {.kind = REN_ARG_BOOL, .boolean = true}};
  ren_ui_call(ui, "edit.insert", args, 2);
}

void ren_ui_compose(RenUi *ui, const char *text) {
  const RenField *field = ren_ui_focused_field(ui);
  if (field && (*text || field->composed)) ren_ui_call_string(ui, "edit.compose", text);
}

void ren_ui_key(RenUi *ui, const char *key) {
  char name[KEY_BYTES];
  if (ui->help_open) {
    normalise(key, name);
    const RenCommandInfo *scroll = ren_command_of_key(name, REN_SCOPE_HELP);
    ren_ui_call(ui, scroll ? scroll->name : "help.toggle", NULL, 0);
    return;
  }
  if (ren_ui_focused_field(ui) && ui->menu.owner == REN_ID_NONE &&
      (is_character(key) || strcmp(key, "space") == 0)) {
    type(ui, key[1] == 'p' ? " " : key);
    return;
  }
  normalise(key, name);
  call_key(ui, name);
}

/* Outside a field, typed characters are keys. */
void ren_ui_type(RenUi *ui, const char *text) {
  if (ren_ui_focused_field(ui) && ui->menu.owner == REN_ID_NONE && !ui->help_open) {
    type(ui, text);
    return;
  }
  for (; *text; text++) {
    char key[2] = {*text, '\0'};
    if ((unsigned char)*text < 0x80) ren_ui_key(ui, key);
  }
}
