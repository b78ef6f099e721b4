/* A window without a screen, and what it says. */
#ifndef TESTS_WINDOWS_H
#define TESTS_WINDOWS_H

#include "render/command.h"
#include "render/ui.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

/* Dark and at scale 1 where the options say nothing else. */
static inline RenUi *window_new(RenUiOptions options) {
  EngError err = {0};
  options.fonts = HEADSCOPE_SOURCE "/fonts";
  if (!options.theme) options.theme = "dark";
  if (!(options.scale > 0)) options.scale = 1;
  RenUi *ui = ren_ui_new(&options, &err);
  if (!ui) fail_msg("%s", err.message);
  return ui;
}

/* A recorded run of fixtures/views, by its name without the ending. */
static inline EngSource *window_source(const char *name) {
  char path[1024];
  EngError err = {0};
  snprintf(path, sizeof path, "%s/views/%s.safetensors", FIXTURES, name);
  EngSource *source = eng_source_open(path, &err);
  if (!source) fail_msg("%s", err.message);
  return source;
}

static inline void window_show(RenUi *ui, const char *name) {
  EngSource *source = window_source(name);
  ren_ui_set_source(ui, source);
  eng_source_release(source);
}

/* Where the element shows, if it does. */
static inline bool window_finds(RenUi *ui, const char *name, RenRect *out) {
  RenId id;
  assert_true(ren_id_parse(name, &id));
  return ren_frame_find(ren_ui_frame(ui), id, out);
}

static inline bool window_says(RenUi *ui, const char *text) {
  const RenFrame *frame = ren_ui_frame(ui);
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->kind == REN_TEXT && strstr(command->text.text, text)) return true;
  }
  return false;
}

#endif
