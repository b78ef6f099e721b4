/* Figures of a window are written beside it: the command returns, runs go on, what comes of it is said. Without a
 * screen, and in a script, the file is there when the command returns. */
#include "folder.h"
#include "opened.h"
#include "windows.h"

typedef struct Window {
  ScrApp *app;
} Window;

static void pump(void *context, float seconds) {
  (void)seconds;
  scr_app_poll(((Window *)context)->app);
}

static void open_window(Window *window, bool screen) {
  *window =
      (Window){.app = opened_app((ScrAppOptions){.scale = 2, .context = window, .pump = screen ? pump : NULL})};
  scr_app_wait(window->app);
}

static bool call(Window *window, const char *name, const char *string, EngError *err) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = string};
  return ren_command_run(scr_app_ui(window->app), name, &arg, string ? 1 : 0, err);
}

/* Whole, or not at all; removes it. */
static bool takes(const char *name) {
  char bytes[12] = {0};
  const char *path = in_folder(name);
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  assert_int_equal(fseek(file, -8, SEEK_END), 0);
  assert_int_equal(fread(bytes, 1, 8, file), 8);
  fclose(file);
  unlink(path);
  assert_memory_equal(bytes, "IEND", 4);
  return true;
}

static bool says(Window *window, const char *text) { return window_says(scr_app_ui(window->app), text); }

static void the_command_returns_and_the_file_follows(void **unused) {
  Window window;
  (void)unused;
  open_window(&window, true);
  assert_true(call(&window, "figure.save", in_folder("a.png"), NULL));
  assert_true(ren_ui_writing(scr_app_ui(window.app)));
  scr_app_wait(window.app);
  assert_false(ren_ui_writing(scr_app_ui(window.app)));
  assert_true(says(&window, "wrote ") && says(&window, "Copy path"));
  assert_true(call(&window, "copy.path", NULL, NULL));
  char *copied = ren_ui_clipboard(scr_app_ui(window.app));
  assert_non_null(strstr(copied, "a.png"));
  free(copied);
  assert_true(takes("a.png"));
  scr_app_free(window.app);
}

static void several_and_a_run_do_not_disturb_each_other(void **unused) {
  Window window;
  (void)unused;
  open_window(&window, true);
  assert_true(call(&window, "figure.save", in_folder("a.png"), NULL));
  assert_true(call(&window, "text.set", "one two three four", NULL) && call(&window, "run", NULL, NULL));
  assert_true(call(&window, "figure.save", in_folder("b.png"), NULL));
  assert_true(call(&window, "view.matrix", NULL, NULL));
  assert_true(call(&window, "figure.save", in_folder("c.png"), NULL));
  scr_app_wait(window.app);
  assert_true(takes("a.png") && takes("b.png") && takes("c.png"));
  assert_string_equal(eng_source_input(ren_ui_source(scr_app_ui(window.app)))->text, "one two three four");
  scr_app_free(window.app);
}

/* It may have been done by then. */
static void cancelled_it_is_there_whole_or_not_at_all(void **unused) {
  Window window;
  (void)unused;
  open_window(&window, true);
  for (int i = 0; i < 3; i++) {
    assert_true(call(&window, "figure.save", in_folder("a.png"), NULL));
    if (i > 0) usleep(1000U << (4 * i));
    RenEvent escape = {.kind = REN_EVENT_KEY, .text = "escape"};
    ren_ui_event(scr_app_ui(window.app), &escape);
    scr_app_wait(window.app);
    assert_false(ren_ui_writing(scr_app_ui(window.app)));
    bool wrote = says(&window, "wrote ");
    assert_int_equal(wrote, takes("a.png"));
    assert_true(wrote || says(&window, "cancelled"));
    assert_int_equal(count_files(), 0);
  }
  scr_app_free(window.app);
}

static void what_cannot_be_written_is_said(void **unused) {
  Window window;
  EngError err = {0};
  (void)unused;
  open_window(&window, true);
  assert_true(call(&window, "figure.save", "/no/such/folder/a.png", &err));
  scr_app_wait(window.app);
  assert_true(says(&window, "/no/such/folder/a.png: expected a file that can be written"));
  scr_app_free(window.app);
  open_window(&window, false);
  assert_false(call(&window, "figure.save", "/no/such/folder/a.png", &err));
  assert_non_null(strstr(err.message, "/no/such/folder/a.png"));
  assert_true(says(&window, "/no/such/folder/a.png: expected a file that can be written"));
  scr_app_free(window.app);
}

static void without_a_screen_it_is_there_at_once(void **unused) {
  Window window;
  (void)unused;
  open_window(&window, false);
  assert_true(call(&window, "figure.save", in_folder("a.png"), NULL));
  assert_true(takes("a.png"));
  scr_app_free(window.app);
}

static void a_window_that_closes_writes_it_first(void **unused) {
  Window window;
  (void)unused;
  open_window(&window, true);
  assert_true(call(&window, "figure.save", in_folder("a.png"), NULL));
  assert_true(call(&window, "figure.save", in_folder("b.png"), NULL));
  scr_app_free(window.app);
  assert_true(takes("a.png") && takes("b.png"));
}

static void run_code(Window *window, const char *format, const char *path) {
  char code[512];
  snprintf(code, sizeof code, format, path, path);
  assert_true(call(window, "console.toggle", NULL, NULL));
  assert_true(call(window, "console.run", code, NULL));
  scr_app_wait(window->app);
}

static void a_script_waits_for_it(void **unused) {
  Window window;
  (void)unused;
  open_window(&window, true);
  run_code(&window, "view:command('figure.save', '%s') print(io.open '%s' and 'is there' or 'is missing')",
           in_folder("a.png"));
  assert_true(says(&window, "is there"));
  assert_true(takes("a.png"));
  run_code(&window, "print(select(2, pcall(view.command, view, 'figure.save', '%s')))", "/no/such/a.png");
  assert_true(call(&window, "console.toggle", NULL, NULL));
  assert_true(says(&window, "/no/such/a.png"));
  run_code(&window, "table.sort({ 1, 2 }, function() view:command('figure.save', '%s') end)", in_folder("b.png"));
  assert_true(takes("b.png"));
  scr_app_free(window.app);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_command_returns_and_the_file_follows),
      cmocka_unit_test(several_and_a_run_do_not_disturb_each_other),
      cmocka_unit_test(cancelled_it_is_there_whole_or_not_at_all),
      cmocka_unit_test(what_cannot_be_written_is_said),
      cmocka_unit_test(without_a_screen_it_is_there_at_once),
      cmocka_unit_test(a_window_that_closes_writes_it_first),
      cmocka_unit_test(a_script_waits_for_it),
  };
  return cmocka_run_group_tests_name("scripting.figures", tests, make_folder, remove_folder);
}
