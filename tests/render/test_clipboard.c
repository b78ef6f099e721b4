/* Whatever a clipboard holds: bytes that are no text, more than a field takes, nothing. */
#include "windows.h"

#include <stdlib.h>

static char *give(void *context) { return context ? strdup(context) : NULL; }

static RenUi *open_ui(const char *clipboard) {
  EngError err = {0};
  RenUi *ui = window_new((RenUiOptions){.width = 640,
                                        .height = 400,
                                        .chrome = true,
                                        .host = {.context = (void *)(uintptr_t)clipboard, .clipboard = give}});
  RenArg text = {.kind = REN_ARG_STRING, .string = "text"};
  assert_true(ren_command_run(ui, "focus.set", &text, 1, &err));
  return ui;
}

/* Pastes and draws; what stands in the field then. */
static void assert_pasted(const char *clipboard, const char *expected) {
  EngError err = {0};
  RenUi *ui = open_ui(clipboard);
  ren_command_run(ui, "edit.paste", NULL, 0, &err);
  assert_string_equal(ren_ui_text(ui), expected);
  assert_int_equal(window_says(ui, "nothing to paste"), !*expected);
  assert_non_null(ren_ui_pixels(ui, &err));
  ren_ui_free(ui);
}

static void nothing_is_pasted(void **unused) {
  (void)unused;
  assert_pasted(NULL, "");
  assert_pasted("", "");
}

static void lines_become_one(void **unused) {
  (void)unused;
  assert_pasted("one\r\ntwo\tthree\n", "one  two three ");
}

static void bytes_that_are_no_text_stay_as_they_are(void **unused) {
  (void)unused;
  assert_pasted("\x7f"
                "ELF\x01\x02\xff\xfe\x80\xc3",
                "\x7f"
                "ELF\x01\x02\xff\xfe\x80\xc3");
}

/* Beyond the field's bound nothing changes, and it can be typed into again. */
static void ten_megabytes_are_refused(void **unused) {
  (void)unused;
  EngError err = {0};
  size_t size = 10u << 20;
  char *much = malloc(size + 1);
  assert_non_null(much);
  memset(much, 'x', size);
  much[size] = '\0';
  RenUi *ui = open_ui(much);
  ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_TEXT, .text = "a"});
  ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_KEY, .text = "ctrl+v"});
  assert_string_equal(ren_ui_text(ui), "a");
  ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_TEXT, .text = "b"});
  assert_string_equal(ren_ui_text(ui), "ab");
  assert_non_null(ren_ui_pixels(ui, &err));
  ren_ui_free(ui);
  free(much);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_is_pasted),
      cmocka_unit_test(lines_become_one),
      cmocka_unit_test(bytes_that_are_no_text_stay_as_they_are),
      cmocka_unit_test(ten_megabytes_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
