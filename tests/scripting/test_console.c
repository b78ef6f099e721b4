/* Where a script cannot be left, the window's events are pumped from inside of it: in a comparison of table.sort,
 * in a coroutine of the script's own, while the worker computes. Escape comes as one of those events. */
#include "opened.h"
#include "windows.h"

#include <stdlib.h>

typedef struct Window {
  ScrApp *app;
  int turns, escape_at; /* how often events were pumped; when Escape is among them, 0: never */
  int told;             /* commands that a journal would hold */
} Window;

static void pump(void *context, float seconds) {
  Window *window = context;
  (void)seconds;
  RenEvent escape = {.kind = REN_EVENT_KEY, .text = "escape"};
  scr_app_poll(window->app);
  if (++window->turns == window->escape_at) ren_ui_event(scr_app_ui(window->app), &escape);
}

static void ran(void *context, const RenCommandInfo *command, const RenArg *args) {
  (void)command, (void)args;
  ((Window *)context)->told++;
}

static void open_window(Window *window) {
  *window = (Window){.app = opened_app((ScrAppOptions){.scale = 1, .context = window, .pump = pump, .ran = ran})};
  scr_app_wait(window->app);
}

static void run_code(Window *window, const char *code) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = code};
  assert_true(ren_command_run(scr_app_ui(window->app), "console.run", &arg, 1, NULL));
  scr_app_wait(window->app);
}

static const RenLogLine *line_from_end(Window *window, int back) {
  const RenLog *log = &ren_ui_console(scr_app_ui(window->app))->log;
  assert_true(log->n > back);
  return ren_log_at(log, log->n - 1 - back);
}

static bool says(Window *window, const char *text) {
  const RenLog *log = &ren_ui_console(scr_app_ui(window->app))->log;
  for (int i = 0; i < log->n; i++)
    if (ren_log_at(log, i)->kind == REN_LOG_ERROR && strstr(ren_log_at(log, i)->text, text)) return true;
  return false;
}

/* Runs what never ends; Escape comes with the third turn of the window. */
static void stops(const char *code) {
  Window window;
  open_window(&window);
  window.escape_at = 3;
  run_code(&window, code);
  assert_true(window.turns >= 3);
  assert_true(says(&window, "stopped"));
  run_code(&window, "'alive'");
  assert_string_equal(line_from_end(&window, 0)->text, "alive");
  scr_app_free(window.app);
}

static void a_sort_is_stopped(void **unused) {
  (void)unused;
  stops("table.sort({ 1, 2, 3 }, function() while true do end end)");
}

static void a_coroutine_is_stopped(void **unused) {
  (void)unused;
  stops("coroutine.wrap(function() while true do pcall(function() while true do end end) end end)()");
  stops("local function f() while true do end end while true do coroutine.resume(coroutine.create(f)) end");
}

static void a_result_that_never_prints_is_stopped(void **unused) {
  (void)unused;
  stops("setmetatable({}, { __tostring = function() while true do end end })");
  stops("error(setmetatable({}, { __tostring = function() while true do end end }))");
}

static void work_inside_a_sort_pumps(void **unused) {
  Window window;
  (void)unused;
  open_window(&window);
  run_code(&window,
           "local t = { 2, 1 } table.sort(t, function(a, b) model:run 'one two' return a < b end) print(t[1])");
  assert_string_equal(line_from_end(&window, 0)->text, "1");
  scr_app_free(window.app);
}

static void what_a_script_does_is_not_told_but_that_it_ran(void **unused) {
  Window window;
  (void)unused;
  open_window(&window);
  int before = window.told, tasks = scr_app_tasks(window.app);
  run_code(&window,
           "view:command 'theme.toggle' view:command('text.set', { 'x y' }) view:command 'run' view:wait()");
  assert_int_equal(window.told, before + 1);
  assert_int_equal(scr_app_tasks(window.app), tasks + 2);
  assert_string_equal(ren_ui_text(scr_app_ui(window.app)), "x y");
  scr_app_free(window.app);
}

static void a_window_closes_over_a_script_that_waits(void **unused) {
  Window window;
  (void)unused;
  open_window(&window);
  RenArg arg = {.kind = REN_ARG_STRING, .string = "model:run('a b', { keep = 'all' }) model:run('c')"};
  assert_true(ren_command_run(scr_app_ui(window.app), "console.run", &arg, 1, NULL));
  scr_app_poll(window.app);
  scr_app_free(window.app);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_sort_is_stopped),
      cmocka_unit_test(a_coroutine_is_stopped),
      cmocka_unit_test(a_result_that_never_prints_is_stopped),
      cmocka_unit_test(work_inside_a_sort_pumps),
      cmocka_unit_test(what_a_script_does_is_not_told_but_that_it_ran),
      cmocka_unit_test(a_window_closes_over_a_script_that_waits),
  };
  return cmocka_run_group_tests_name("scripting.console", tests, NULL, NULL);
}
