/* What the window makes of SDL's events, on the display that DISPLAY names: text that an input method puts together
 * and types, what is dropped, what asks the program to end. */
#include "render/window.h"

#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char long_text[] = "とても長い文章をひとつ入力してみますが、まだ決まってはいません";

static int open_window(void **state) {
  EngError err = {0};
  *state = ren_window_open("events", 640, 400, 1, &err);
  return *state == NULL;
}

static int close_window(void **state) {
  ren_window_close(*state);
  return 0;
}

/* The next event of a kind, past those that a new window has by itself. */
static RenEvent next(RenWindow *window, RenEventKind kind) {
  RenEvent event = {0};
  for (int i = 0; i < 100; i++)
    if (ren_window_wait(window, 0.2F, &event) && event.kind == kind) return event;
  fail_msg("expected an event of kind %d, found none", (int)kind);
  return event;
}

static void composing_is_told_and_ends_with_what_is_typed(void **state) {
  SDL_Event editing = {.edit = {.type = SDL_TEXTEDITING, .text = "にほん", .start = 3}}, ended = editing;
  SDL_Event typed = {.text = {.type = SDL_TEXTINPUT, .text = "日本"}};
  ended.edit.text[0] = '\0';
  SDL_PushEvent(&editing);
  assert_string_equal(next(*state, REN_EVENT_COMPOSE).text, "にほん");
  SDL_PushEvent(&ended);
  SDL_PushEvent(&typed);
  assert_string_equal(next(*state, REN_EVENT_COMPOSE).text, "");
  assert_string_equal(next(*state, REN_EVENT_TEXT).text, "日本");
}

/* More than an event itself has room for. */
static void long_compositions_are_whole(void **state) {
  SDL_Event editing = {.editExt = {.type = SDL_TEXTEDITING_EXT, .text = SDL_strdup(long_text)}};
  assert_true(sizeof long_text > SDL_TEXTEDITINGEVENT_TEXT_SIZE);
  SDL_PushEvent(&editing);
  assert_string_equal(next(*state, REN_EVENT_COMPOSE).text, long_text);
}

/* Text is nobody's business; a file that comes behind it is. */
static void of_what_is_dropped_files_count(void **state) {
  SDL_Event text = {.drop = {.type = SDL_DROPTEXT, .file = SDL_strdup("some text")}};
  SDL_Event file = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup("/a/file")}};
  SDL_PushEvent(&text);
  SDL_PushEvent(&file);
  assert_string_equal(next(*state, REN_EVENT_DROP).text, "/a/file");
}

static void what_ends_the_program_closes_the_window(void **state) {
  SDL_Event quit = {.quit = {.type = SDL_QUIT}};
  SDL_PushEvent(&quit);
  assert_int_equal(next(*state, REN_EVENT_CLOSE).kind, REN_EVENT_CLOSE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(composing_is_told_and_ends_with_what_is_typed),
      cmocka_unit_test(long_compositions_are_whole),
      cmocka_unit_test(of_what_is_dropped_files_count),
      cmocka_unit_test(what_ends_the_program_closes_the_window),
  };
  return cmocka_run_group_tests(tests, open_window, close_window);
}
