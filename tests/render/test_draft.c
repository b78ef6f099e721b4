/* A figure laid out on one thread and written later: whatever the window shows by then, the file is the one that
 * was asked for; cancelled, there is none. */
#include "folder.h"
#include "windows.h"

#include "render/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static RenUi *open_ui(RenHost host) {
  return window_new(
      (RenUiOptions){.width = 900, .height = 600, .scale = 1.5f, .theme = "light", .chrome = true, .host = host});
}

static void call(RenUi *ui, const char *name, const char *string) {
  EngError err = {0};
  RenArg arg = {.kind = REN_ARG_STRING, .string = string};
  if (!ren_command_run(ui, name, &arg, string ? 1 : 0, &err)) fail_msg("%s: %s", name, err.message);
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = malloc(1 << 24);
  assert_non_null(bytes);
  *size = fread(bytes, 1, 1 << 24, file);
  fclose(file);
  unlink(path);
  return bytes;
}

static RenDraft *draft_of(RenUi *ui, const char *path, bool transparent) {
  EngError err = {0};
  RenDraft *draft = ren_draft_new(ui, path, transparent, &err);
  if (!draft) fail_msg("%s", err.message);
  return draft;
}

static bool write_with_own_fonts(RenDraft *draft, const EngCancel *cancel, EngError *err) {
  RenText *text = ren_text_open(HEADSCOPE_SOURCE "/fonts", err);
  assert_non_null(text);
  bool ok = ren_draft_write(draft, text, cancel, err);
  ren_text_close(text);
  return ok;
}

/* Two drafts of one picture: one is written at once, the other when the window is closed. */
static void expect_same(const char *view, const char *name, bool transparent) {
  EngError err = {0};
  size_t sizes[2];
  char *bytes[2];
  RenUi *ui = open_ui((RenHost){0});
  window_show(ui, "pair");
  call(ui, "strip.set", "received");
  call(ui, "view.split", NULL);
  call(ui, view, NULL);
  RenDraft *draft = draft_of(ui, in_folder(name), transparent);
  if (!ren_figure_write(ui, in_folder(name), transparent, &err)) fail_msg("%s", err.message);
  bytes[0] = read_file(in_folder(name), &sizes[0]);
  call(ui, "theme.set", "dark");
  call(ui, "strip.set", "none");
  window_show(ui, "causal");
  assert_non_null(ren_ui_pixels(ui, &err));
  ren_ui_free(ui);
  if (!write_with_own_fonts(draft, NULL, &err)) fail_msg("%s", err.message);
  ren_draft_free(draft);
  bytes[1] = read_file(in_folder(name), &sizes[1]);
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(bytes[0], bytes[1], sizes[0]);
  free(bytes[0]);
  free(bytes[1]);
}

static void it_is_what_was_shown(void **unused) {
  (void)unused;
  expect_same("view.model", "model.png", false);
  expect_same("view.head", "head.png", true);
  expect_same("view.neuron", "neuron.png", false);
  expect_same("view.matrix", "matrix.png", true);
}

/* What was at the path before stays. */
static void cancelled_it_leaves_nothing(void **unused) {
  static const char *const names[] = {"a.png", "a.svg", "a.pdf"};
  (void)unused;
  RenUi *ui = open_ui((RenHost){0});
  window_show(ui, "pair");
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    EngError err = {0};
    EngCancel cancel = {0};
    size_t size;
    eng_cancel_raise(&cancel);
    FILE *old = fopen(in_folder(names[i]), "w");
    assert_non_null(old);
    fputs("old", old);
    fclose(old);
    RenDraft *draft = draft_of(ui, in_folder(names[i]), false);
    assert_false(write_with_own_fonts(draft, &cancel, &err));
    assert_non_null(strstr(err.message, "cancelled"));
    assert_int_equal(count_files(), 1);
    char *bytes = read_file(in_folder(names[i]), &size);
    assert_true(size == 3 && memcmp(bytes, "old", 3) == 0);
    free(bytes);
    ren_draft_free(draft);
  }
  ren_ui_free(ui);
}

/* --- a host that writes them */

typedef struct Host {
  RenDraft *draft;
  int stopped;
} Host;

static bool on_write(void *context, RenDraft *draft, EngError *err) {
  Host *host = context;
  (void)err;
  ren_draft_free(host->draft);
  host->draft = draft;
  return true;
}

static void on_stop(void *context) { ((Host *)context)->stopped++; }

static void the_window_goes_on_meanwhile(void **unused) {
  Host host = {0};
  RenRect rect;
  (void)unused;
  RenUi *ui = open_ui((RenHost){.context = &host, .write = on_write, .stop_writing = on_stop});
  window_show(ui, "pair");
  call(ui, "figure.save", in_folder("later.png"));
  assert_non_null(host.draft);
  ren_ui_set_writing(ui, "writing later.png");
  assert_false(window_finds(ui, "cancel", &rect) || window_says(ui, "writing later.png"));
  assert_true(ren_ui_step(ui, 0.25f));
  assert_true(window_finds(ui, "cancel", &rect) && window_says(ui, "writing later.png"));
  RenEvent press = {.kind = REN_EVENT_PRESS, .at = {rect.x + 3, rect.y + 3}, .button = 1, .clicks = 1};
  ren_ui_event(ui, &press);
  assert_int_equal(host.stopped, 1);
  RenEvent escape = {.kind = REN_EVENT_KEY, .text = "escape"};
  ren_ui_event(ui, &escape);
  ren_ui_event(ui, &escape);
  assert_true(host.stopped >= 2);
  call(ui, "view.matrix", NULL);
  ren_ui_set_writing(ui, NULL);
  ren_ui_wrote(ui, in_folder("later.png"), NULL);
  assert_true(window_finds(ui, "copy", &rect) && window_says(ui, "wrote "));
  EngError err = {0};
  eng_error_set(&err, "later.png", NULL, "cancelled");
  ren_ui_wrote(ui, "later.png", &err);
  assert_true(window_says(ui, "later.png: cancelled") && !window_finds(ui, "copy", &rect));
  ren_draft_free(host.draft);
  ren_ui_free(ui);
}

static void a_run_is_said_before_a_figure(void **unused) {
  Host host = {0};
  (void)unused;
  RenUi *ui = open_ui((RenHost){.context = &host, .write = on_write, .stop_writing = on_stop});
  ren_ui_set_writing(ui, "writing a.png");
  ren_ui_step(ui, 0.1f);
  ren_ui_set_busy(ui, true);
  ren_ui_set_progress(ui, "layer 1 of 2", 0.5f);
  ren_ui_step(ui, 1);
  assert_true(window_says(ui, "layer 1 of 2"));
  ren_ui_set_busy(ui, false);
  assert_false(window_says(ui, "writing a.png"));
  ren_ui_step(ui, 1);
  assert_true(window_says(ui, "writing a.png"));
  ren_ui_free(ui);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(it_is_what_was_shown), cmocka_unit_test(cancelled_it_leaves_nothing),
      cmocka_unit_test(the_window_goes_on_meanwhile), cmocka_unit_test(a_run_is_said_before_a_figure)};
  return cmocka_run_group_tests_name("render.draft", tests, make_folder, remove_folder);
}
