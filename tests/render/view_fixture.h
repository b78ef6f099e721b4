/* What the tests of the views share: recorded sources, one drawn view, and golden lists of draw commands.
 *
 * HEADSCOPE_BLESS=1 in the environment writes the golden lists anew instead of comparing. */
#ifndef TESTS_RENDER_VIEW_FIXTURE_H
#define TESTS_RENDER_VIEW_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/view.h"

/* A source, a state that fits it, and the frame that a view drew. */
typedef struct Stage {
  EngSource *source;
  RenState state;
  RenFrame *frame;
  RenRect area;
} Stage;

static inline Stage stage_open(const char *file, float width, float height) {
  Stage stage = {.area = {0, 0, width, height}};
  char path[1024];
  EngError err;
  ren_state_init(&stage.state);
  if (file != NULL) {
    snprintf(path, sizeof path, "%s/views/%s.safetensors", FIXTURES, file);
    stage.source = eng_source_open(path, &err);
    if (stage.source == NULL) fail_msg("%s", err.message);
  }
  ren_state_fit(&stage.state, stage.source);
  stage.frame = ren_frame_new();
  assert_non_null(stage.frame);
  return stage;
}

static inline void stage_close(Stage *stage) {
  ren_frame_free(stage->frame);
  eng_source_release(stage->source);
}

static inline const RenFrame *stage_draw(Stage *stage, RenViewKind view) {
  stage->state.view = view;
  ren_frame_begin(stage->frame, stage->area.x + stage->area.w, stage->area.y + stage->area.h);
  ren_view_of(view)->draw(&stage->state, stage->source, NULL, stage->area, stage->frame);
  assert_false(ren_frame_failed(stage->frame));
  return stage->frame;
}

static inline void stage_hover(Stage *stage, RenIdKind kind, int a, int b, int c) {
  ren_state_hover(&stage->state, (RenId){kind, a, b, c});
}

/* The n-th command of a kind, or NULL. */
static inline const RenCommand *stage_nth(const Stage *stage, RenCommandKind kind, int n) {
  for (size_t i = 0; i < ren_frame_count(stage->frame); i++) {
    const RenCommand *command = ren_frame_at(stage->frame, i);
    if (command->kind == kind && n-- == 0) return command;
  }
  return NULL;
}

static inline int stage_count(const Stage *stage, RenCommandKind kind) {
  int n = 0;
  while (stage_nth(stage, kind, n) != NULL) n++;
  return n;
}

static inline bool stage_says(const Stage *stage, const char *text) {
  const RenCommand *command;
  for (int i = 0; (command = stage_nth(stage, REN_TEXT, i)) != NULL; i++) {
    if (strcmp(command->text.text, text) == 0) return true;
  }
  return false;
}

/* The visible part of an element; fails the test when there is none. */
static inline RenRect stage_find(const Stage *stage, RenIdKind kind, int a, int b, int c) {
  RenRect rect = {0};
  if (!ren_frame_find(stage->frame, (RenId){kind, a, b, c}, &rect)) {
    char name[64];
    ren_id_format((RenId){kind, a, b, c}, name, sizeof name);
    fail_msg("no element %s", name);
  }
  return rect;
}

static inline bool stage_inside(RenRect inner, RenRect outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w + 0.01f &&
         inner.y + inner.h <= outer.y + outer.h + 0.01f;
}

/* How many boxes of this colour lie in the cell at the same place and height: strips. */
static inline const RenCommand *stage_strip(const Stage *stage, RenRect cell, RenColor color) {
  for (size_t i = 0; i < ren_frame_count(stage->frame); i++) {
    const RenCommand *command = ren_frame_at(stage->frame, i);
    RenColor fill = command->box.fill;
    if (command->kind == REN_RECT && stage_inside(command->rect, cell) && fill.r == color.r && fill.g == color.g &&
        fill.b == color.b)
      return command;
  }
  return NULL;
}

static inline char *read_text(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  size_t room = 1 << 20;
  char *text = malloc(room);
  size_t size = text == NULL ? 0 : fread(text, 1, room - 1, file);
  if (text != NULL) text[size] = '\0';
  fclose(file);
  return text;
}

static inline void fail_at_first_difference(const char *name, const char *expected, const char *found) {
  int line = 1;
  size_t start = 0, i = 0;
  for (; expected[i] != '\0' && expected[i] == found[i]; i++) {
    if (expected[i] == '\n') line++, start = i + 1;
  }
  fail_msg("golden/%s.jsonl line %d\nexpected %.*s\nfound    %.*s", name, line,
           (int)strcspn(expected + start, "\n"), expected + start, (int)strcspn(found + start, "\n"),
           found + start);
}

static inline void stage_golden(const Stage *stage, const char *name) {
  char path[1024];
  snprintf(path, sizeof path, "%s/golden/%s.jsonl", FIXTURES, name);
  char *found = ren_frame_json(stage->frame);
  assert_non_null(found);
  if (getenv("HEADSCOPE_BLESS") != NULL) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(found, file);
    fclose(file);
  }
  char *expected = read_text(path);
  if (expected == NULL) fail_msg("cannot read %s", path);
  if (strcmp(expected, found) != 0) fail_at_first_difference(name, expected, found);
  free(expected);
  free(found);
}

#endif
