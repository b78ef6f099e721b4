/* The window without a screen: what it asks of its host, when it has something to draw, and that events land
 * where they should. What each interaction means is tested through Lua. */
#include "windows.h"

#include "render/text.h"
#include "render/theme.h"

#include <math.h>
#include <stdlib.h>

typedef struct Heard {
  int runs, quits, cancels;
  char opened[256], clipboard[256];
} Heard;

static void on_run(void *context) { ((Heard *)context)->runs++; }
static void on_quit(void *context) { ((Heard *)context)->quits++; }
static void on_cancel(void *context) { ((Heard *)context)->cancels++; }
static void on_open(void *context, const char *model) {
  snprintf(((Heard *)context)->opened, sizeof((Heard *)context)->opened, "%s", model);
}
static char *on_clipboard(void *context) { return strdup(((Heard *)context)->clipboard); }
static void on_set_clipboard(void *context, const char *text) {
  snprintf(((Heard *)context)->clipboard, sizeof((Heard *)context)->clipboard, "%s", text);
}

static RenUi *open_ui(Heard *heard, const char *file, float width, bool chrome) {
  RenHost host = {.context = heard,
                  .run = on_run,
                  .open = on_open,
                  .cancel = on_cancel,
                  .quit = on_quit,
                  .clipboard = on_clipboard,
                  .set_clipboard = on_set_clipboard};
  RenUi *ui = window_new((RenUiOptions){.width = width, .height = 500, .chrome = chrome, .host = host});
  if (file) window_show(ui, file);
  return ui;
}

static RenRect rect_of(RenUi *ui, const char *name) {
  RenRect rect = {0, 0, 0, 0};
  if (!window_finds(ui, name, &rect)) fail_msg("no element %s", name);
  return rect;
}

static void press(RenUi *ui, const char *name) {
  RenRect r = rect_of(ui, name);
  RenEvent event = {.kind = REN_EVENT_PRESS, .at = {r.x + r.w / 2, r.y + r.h / 2}, .button = 1, .clicks = 1};
  ren_ui_event(ui, &event);
  event.kind = REN_EVENT_RELEASE;
  ren_ui_event(ui, &event);
}

static void send_text(RenUi *ui, RenEventKind kind, const char *text) {
  ren_ui_event(ui, &(RenEvent){.kind = kind, .text = text});
}

static void the_host_is_asked(void **unused) {
  (void)unused;
  Heard heard = {0};
  RenUi *ui = open_ui(&heard, "causal", 800, true);
  press(ui, "run");
  assert_int_equal(heard.runs, 1);
  send_text(ui, REN_EVENT_DROP, "/some/model");
  assert_string_equal(heard.opened, "/some/model");
  ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_CLOSE});
  assert_int_equal(heard.quits, 1);
  ren_ui_set_busy(ui, true);
  send_text(ui, REN_EVENT_KEY, "escape");
  assert_int_equal(heard.cancels, 1);
  ren_ui_free(ui);
}

static void the_hosts_clipboard_is_used(void **unused) {
  (void)unused;
  Heard heard = {.clipboard = "two\nlines"};
  RenUi *ui = open_ui(&heard, NULL, 800, true);
  press(ui, "text");
  send_text(ui, REN_EVENT_KEY, "ctrl+v");
  assert_string_equal(ren_ui_text(ui), "two lines");
  send_text(ui, REN_EVENT_KEY, "ctrl+a");
  send_text(ui, REN_EVENT_KEY, "ctrl+x");
  assert_string_equal(heard.clipboard, "two lines");
  assert_string_equal(ren_ui_text(ui), "");
  send_text(ui, REN_EVENT_KEY, "ctrl+c"); /* nothing is selected: the clipboard stays */
  assert_string_equal(heard.clipboard, "two lines");
  ren_ui_free(ui);
}

static void nothing_is_drawn_while_nothing_changes(void **unused) {
  (void)unused;
  Heard heard = {0};
  RenUi *ui = open_ui(&heard, "causal", 800, true);
  assert_true(ren_ui_dirty(ui));
  assert_non_null(ren_ui_pixels(ui, NULL));
  assert_false(ren_ui_dirty(ui));
  RenRect view = ren_ui_view_area(ui);
  RenEvent move = {.kind = REN_EVENT_MOVE, .at = {view.x + 3, view.y + view.h - 3}};
  ren_ui_event(ui, &move);
  ren_ui_pixels(ui, NULL);
  move.at.x += 1; /* still on nothing */
  ren_ui_event(ui, &move);
  assert_false(ren_ui_dirty(ui));
  ren_ui_step(ui, 1);
  ren_ui_pixels(ui, NULL);
  assert_false(ren_ui_step(ui, 1000));
  assert_false(ren_ui_dirty(ui));
  assert_true(ren_ui_next(ui) < 0); /* nothing to wait for but events */
  ren_ui_free(ui);
}

static void a_tooltip_waits_for_its_time_once(void **unused) {
  (void)unused;
  Heard heard = {0};
  RenUi *ui = open_ui(&heard, "causal", 800, true);
  RenRect r = rect_of(ui, "thumb.0.0");
  ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_MOVE, .at = {r.x + 2, r.y + 2}});
  ren_ui_pixels(ui, NULL);
  assert_true(fabsf(ren_ui_next(ui) - 0.3f) < 1e-6f);
  assert_false(ren_ui_step(ui, 0.2f));
  assert_true(fabsf(ren_ui_next(ui) - 0.1f) < 1e-6f);
  assert_true(ren_ui_step(ui, 0.2f));
  assert_true(ren_ui_dirty(ui));
  assert_true(ren_ui_next(ui) < 0);
  ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_LEAVE});
  assert_int_equal(ren_ui_state(ui)->hover.kind, REN_ID_NONE);
  ren_ui_free(ui);
}

static void without_chrome_only_the_view_is_drawn(void **unused) {
  (void)unused;
  Heard heard = {0};
  RenUi *ui = open_ui(&heard, "causal", 800, false);
  ren_ui_set_error(ui, "an error", NULL);
  RenRect view, area = {0, 0, 0, 0};
  assert_true(ren_frame_find(ren_ui_frame(ui), (RenId){REN_ID_VIEW, 0, 0, 0}, &view));
  area = ren_ui_view_area(ui);
  assert_true(area.x == 0 && area.y == 0 && area.w == 800 && area.h == 500);
  const RenFrame *frame = ren_ui_frame(ui);
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    RenIdKind kind = ren_frame_at(frame, i)->id.kind;
    assert_true(kind != REN_ID_TEXT && kind != REN_ID_TAB && kind != REN_ID_STATUS && kind != REN_ID_ERROR);
  }
  ren_ui_free(ui);
}

static void the_mouse_looks_like_what_it_can_do(void **unused) {
  (void)unused;
  static const struct {
    const char *element;
    RenCursor cursor;
  } cases[] = {{"thumb.1.1", REN_CURSOR_HAND},
               {"tile.1", REN_CURSOR_HAND},
               {"text", REN_CURSOR_TEXT},
               {"status", REN_CURSOR_ARROW},
               {"run", REN_CURSOR_HAND}};
  Heard heard = {0};
  RenUi *ui = open_ui(&heard, "causal", 800, true);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    RenRect r = rect_of(ui, cases[i].element);
    ren_ui_event(ui, &(RenEvent){.kind = REN_EVENT_MOVE, .at = {r.x + r.w / 2, r.y + r.h / 2}});
    assert_int_equal(ren_ui_cursor(ui), cases[i].cursor);
  }
  ren_ui_free(ui);
}

/* Events of every kind at every place, in any order: the frame stays whole. */
static void no_sequence_of_events_breaks_it(void **unused) {
  (void)unused;
  static const char *const keys[] = {"enter", "tab",  "down",   "ctrl+a", "x",    "escape", "?",     "3",
                                     "2",     "1",    "ctrl+o", "space",  "]",    "up",     "right", "ctrl+z",
                                     "e",     "home", "end",    "f",      "\xC3", "",       "ctrl+", "+"};
  uint32_t seed = 7;
  Heard heard = {0};
  RenUi *ui = open_ui(&heard, "pair", 640, true);
  RenModels models = {0};
  ren_models_add(&models, "a", REN_MODELS_SHIPPED);
  ren_models_add(&models, "b/c", REN_MODELS_RECENT);
  ren_ui_set_models(ui, &models);
  for (int i = 0; i < 4000; i++) {
    seed = seed * 1664525u + 1013904223u;
    uint32_t r = seed >> 8;
    RenEvent event = {.kind = (RenEventKind)(r % REN_EVENT_RESIZE), .button = 1 + (int)(r / 8 % 2)};
    event.at = (RenPoint){(float)(r % 700) - 20, (float)(r / 700 % 560) - 20};
    event.by = (RenPoint){(float)(r % 5) - 2, (float)(r / 5 % 5) - 2};
    event.clicks = 1 + (int)(r / 64 % 3);
    event.text = keys[r % (sizeof keys / sizeof keys[0])];
    if (i % 500 == 499)
      event = (RenEvent){.kind = REN_EVENT_RESIZE, .at = {(float)(50 + r % 1000), (float)(50 + r % 600)}};
    ren_ui_event(ui, &event);
    assert_false(ren_frame_failed(ren_ui_frame(ui)));
  }
  assert_non_null(ren_ui_pixels(ui, NULL));
  ren_ui_free(ui);
}

/* In any window that is wide enough for one column of it. */
static void the_keys_are_listed_in_whole_sentences(void **state) {
  (void)state;
  EngError err = {0};
  RenText *text = ren_text_open(HEADSCOPE_SOURCE "/fonts", &err);
  size_t n;
  const RenCommandInfo *table = ren_command_table(&n);
  float room = REN_HELP_COLUMN - REN_HELP_KEYS;
  assert_true(REN_HELP_COLUMN + 5 * REN_PAD <= 640);
  assert_true(2 * (REN_HELP_COLUMN + 5 * REN_PAD) <= 1280);
  for (size_t i = 0; i < n; i++) {
    bool listed = table[i].keys && (table[i].scope == REN_SCOPE_VIEW || table[i].scope == REN_SCOPE_ALWAYS);
    if (listed && ren_text_width(text, REN_SANS, REN_TEXT_SMALL, 1, table[i].doc) > room)
      fail_msg("%s: %s", table[i].name, table[i].doc);
    if (listed && ren_text_width(text, REN_MONO, REN_TEXT_SMALL, 1, table[i].keys) > REN_HELP_KEYS - REN_PAD)
      fail_msg("%s: %s", table[i].name, table[i].keys);
  }
  ren_text_close(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_host_is_asked),
      cmocka_unit_test(the_hosts_clipboard_is_used),
      cmocka_unit_test(nothing_is_drawn_while_nothing_changes),
      cmocka_unit_test(a_tooltip_waits_for_its_time_once),
      cmocka_unit_test(without_chrome_only_the_view_is_drawn),
      cmocka_unit_test(the_mouse_looks_like_what_it_can_do),
      cmocka_unit_test(the_keys_are_listed_in_whole_sentences),
      cmocka_unit_test(no_sequence_of_events_breaks_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
