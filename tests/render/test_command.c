/* The command table: consistent in itself, and refusing what is wrong. */
#include "render/ui_options.h"
#include "windows.h"

static RenUi *open_ui(const char *file, RenHost host) {
  RenUi *ui = window_new((RenUiOptions){.width = 800, .height = 500, .chrome = true, .host = host});
  if (file) window_show(ui, file);
  return ui;
}

static void names_and_sentences(void **unused) {
  (void)unused;
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  for (size_t i = 0; i < n; i++) {
    assert_ptr_equal(ren_command_find(table[i].name), &table[i]); /* each name once */
    assert_true(table[i].doc && table[i].doc[0]);
    assert_non_null(table[i].run);
    size_t length = strlen(table[i].doc);
    assert_true(table[i].doc[length - 1] != '.');
  }
  assert_null(ren_command_find("nothing.such"));
}

/* What a key does must not depend on the order of the table. */
static void a_key_has_one_meaning_in_a_scope(void **unused) {
  (void)unused;
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  for (size_t i = 0; i < n; i++) {
    char keys[128] = "";
    if (table[i].keys) snprintf(keys, sizeof keys, "%s", table[i].keys);
    for (char *key = strtok(keys, " "); key; key = strtok(NULL, " "))
      assert_ptr_equal(ren_command_of_key(key, table[i].scope), &table[i]);
    if (table[i].keys && table[i].parameters[0].name) assert_true(table[i].parameters[0].optional);
  }
  assert_null(ren_command_of_key("", REN_SCOPE_VIEW));
  assert_null(ren_command_of_key("ctrl", REN_SCOPE_ALWAYS));
}

static bool call(RenUi *ui, const char *name, size_t n, const RenArg *args, char message[1024]) {
  EngError err = {0};
  bool ok = ren_command_run(ui, name, args, n, &err);
  snprintf(message, 1024, "%s", err.message);
  return ok;
}

static void wrong_arguments_are_refused(void **unused) {
  (void)unused;
  char message[1024];
  RenUi *ui = open_ui("causal", (RenHost){0});
  RenArg two[] = {{.kind = REN_ARG_NUMBER, .number = 2}, {.kind = REN_ARG_NUMBER, .number = 0}};
  RenArg string = {.kind = REN_ARG_STRING, .string = "1"};
  assert_false(call(ui, "layer.set", 0, NULL, message));
  assert_string_equal(message, "layer.set: layer: expected a number, found nothing");
  assert_false(call(ui, "layer.set", 1, &string, message));
  assert_string_equal(message, "layer.set: layer: expected a number, found a string");
  assert_false(call(ui, "layer.set", 1, two, message));
  assert_string_equal(message, "layer: expected 0 to 1, found 2");
  assert_false(call(ui, "layer.set", 2, two, message));
  assert_string_equal(message, "layer.set: expected 1 arguments, found 2");
  assert_false(call(ui, "no.such", 0, NULL, message));
  assert_int_equal(ren_ui_state(ui)->layer, 0);
  ren_ui_free(ui);
}

/* A row of the options menu says what its command did: checks turn, and of radios the chosen one holds. */
static void options_tell_what_holds(void **unused) {
  (void)unused;
  char message[1024];
  int n_told = 0;
  RenUi *ui = open_ui("pair", (RenHost){0});
  RenArg head = {.kind = REN_ARG_NUMBER, .number = 1};
  assert_true(call(ui, "head.toggle", 1, &head, message)); /* or the heads that are on would be all of a layer */
  for (int i = 0; i < ren_options_count(); i++) {
    const RenOption *option = ren_options_at(i);
    bool check = option->kind == REN_OPTION_CHECK, told = check || option->kind == REN_OPTION_RADIO;
    if (option->command) assert_non_null(ren_command_find(option->command));
    if (!told || !ren_ui_option_usable(ui, option)) continue;
    bool before = ren_ui_option_holds(ui, option);
    RenArg argument = {.kind = REN_ARG_STRING, .string = option->argument};
    if (!call(ui, option->command, option->argument != NULL, &argument, message)) continue;
    if (ren_ui_option_holds(ui, option) != (check ? !before : true)) fail_msg("%s tells otherwise", option->key);
    n_told++;
  }
  assert_true(n_told > 25);
  ren_ui_free(ui);
}

/* Every command, called without a source and without arguments, does nothing bad. */
static void nothing_crashes_without_a_source(void **unused) {
  (void)unused;
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  RenUi *ui = open_ui(NULL, (RenHost){0});
  const double numbers[] = {0, -1, 1e30, 0.0 / 1.0, 7};
  for (size_t round = 0; round < sizeof numbers / sizeof numbers[0]; round++)
    for (size_t i = 0; i < n; i++) {
      EngError err = {0};
      RenArg args[REN_MAX_ARGS] = {{0}};
      size_t n_args = 0;
      for (; table[i].parameters[n_args].name; n_args++) {
        args[n_args].kind = table[i].parameters[n_args].kind;
        args[n_args].number = numbers[round];
        args[n_args].string = "";
      }
      if (strcmp(table[i].name, "window.resize") != 0) ren_command_run(ui, table[i].name, args, n_args, &err);
      assert_false(ren_frame_failed(ren_ui_frame(ui)));
    }
  ren_ui_free(ui);
}

typedef struct Told {
  char names[1024];
} Told;

static void tell(void *context, const RenCommandInfo *command, const RenArg *args) {
  (void)args;
  Told *told = context;
  size_t used = strlen(told->names);
  snprintf(told->names + used, sizeof told->names - used, "%s ", command->name);
}

/* A composite is told of as what it called; what another command called is not told of, nor what was
 * refused: there are no models to open a menu of. */
static void the_host_hears_what_a_replay_needs(void **unused) {
  (void)unused;
  Told told = {{0}};
  RenUi *ui = open_ui("causal", (RenHost){.context = &told, .ran = tell});
  const char *const names[] = {"head.all", "pair.open", "token.next", "escape", "escape"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) ren_command_run(ui, names[i], NULL, 0, NULL);
  assert_string_equal(told.names, "head.all token.next token.clear ");
  RenArg layer = {.kind = REN_ARG_STRING, .string = "layer"};
  told.names[0] = '\0';
  ren_command_run(ui, "menu.open", &layer, 1, NULL);
  ren_command_run(ui, "menu.next", NULL, 0, NULL); /* sets the layer as it goes */
  ren_command_run(ui, "menu.choose", NULL, 0, NULL);
  assert_string_equal(told.names, "menu.open menu.next menu.close layer.set ");
  assert_int_equal(ren_ui_state(ui)->layer, 1);
  ren_ui_free(ui);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_and_sentences),
      cmocka_unit_test(a_key_has_one_meaning_in_a_scope),
      cmocka_unit_test(wrong_arguments_are_refused),
      cmocka_unit_test(options_tell_what_holds),
      cmocka_unit_test(nothing_crashes_without_a_source),
      cmocka_unit_test(the_host_hears_what_a_replay_needs),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
