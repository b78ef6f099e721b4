/* A line is as long as its text, and as its colour says nothing that a reader must know by it: the legend names
 * the classes, tooltips and the inspector too. */
#include "render/view_class.h"

#include "render/classes.h"
#include "render/text.h"

#include <math.h>
#include <stdlib.h>

void ren_classes_free(RenClasses *classes) {
  if (!classes) return;
  free(classes->of);
  free(classes);
}

int ren_class_of(const RenScene *scene, RenSide side, int i) {
  const RenClasses *classes = scene->state->classes;
  if (!classes) return -1;
  bool column = side == REN_SIDE_KEY;
  int block = ren_scene_block_index(scene->state, scene->source);
  const EngBlock *base = eng_source_block(eng_source_base((EngSource *)(uintptr_t)scene->source), block);
  int token = eng_source_token(scene->source, block, column, i) + (column ? base->column_start : base->row_start);
  return token >= 0 && token < classes->n_tokens ? classes->of[token] : -1;
}

/* From where it is aligned to; without fonts to measure with, the whole of its box. */
static RenRect under(RenRect rect, float width, RenAlign align) {
  float x = align == REN_LEFT    ? rect.x
            : align == REN_RIGHT ? rect.x + rect.w - width
                                 : rect.x + (rect.w - width) / 2;
  float rise = rect.h >= REN_CLASS_ROOMY ? REN_CLASS_RISE : 0;
  return (RenRect){x, rect.y + rect.h - rise - REN_CLASS_LINE, width, REN_CLASS_LINE};
}

/* Beside a text that reads upwards: below it, turned. */
static RenRect beside(RenRect rect, float width) {
  return (RenRect){rect.x + rect.w - REN_CLASS_LINE, rect.y + rect.h - width, REN_CLASS_LINE, width};
}

static float width_of(const RenScene *scene, const RenTextShape *shape, float room) {
  if (!scene->text) return room;
  return fminf(ren_text_width(scene->text, shape->font, shape->size, scene->state->scale, shape->text), room);
}

void ren_class_underline(const RenScene *scene, RenSide side, int i, RenRect rect, const RenTextShape *shape) {
  int class = ren_class_of(scene, side, i);
  if (class < 0) return;
  float width = width_of(scene, shape, shape->turned ? rect.h : rect.w);
  RenRect line = shape->turned ? beside(rect, width) : under(rect, width, shape->align);
  ren_frame_fill(scene->frame, REN_NO_ID, line, ren_state_head_color(scene->state, class));
}

static bool occurs(const RenClasses *classes, int class) {
  for (int i = 0; i < classes->n_tokens; i++)
    if (classes->of[i] == class) return true;
  return false;
}

static void draw_name(const RenState *state, RenText *text, RenRect *row, int class, RenFrame *frame) {
  const char *name = state->classes->names[class];
  float width = ceilf(ren_text_width(text, REN_SANS, REN_TEXT_SMALL, state->scale, name));
  RenRect line = ren_rect_cut_left(row, fminf(REN_CLASS_SWATCH, row->w));
  line.y += (line.h - REN_CLASS_LINE) / 2, line.h = REN_CLASS_LINE;
  ren_frame_fill(frame, REN_NO_ID, line, ren_state_head_color(state, class));
  ren_rect_cut_left(row, fminf(REN_GRID, row->w));
  ren_frame_text(frame, REN_NO_ID, ren_rect_cut_left(row, fminf(width, row->w)),
                 (RenTextShape){.text = name,
                                .font = REN_SANS,
                                .size = REN_TEXT_SMALL,
                                .align = REN_LEFT,
                                .color = state->theme->muted,
                                .ellipsis = true});
  ren_rect_cut_left(row, fminf(2 * REN_PAD, row->w));
}

void ren_class_legend(const RenState *state, const RenClasses *second, RenText *text, RenRect area,
                      RenFrame *frame) {
  RenRect row = area;
  ren_frame_push_clip(frame, area);
  ren_frame_fill(frame, (RenId){REN_ID_VIEW, 0, 0, 0}, area, state->theme->bg);
  ren_frame_area(frame, (RenId){REN_ID_LEGEND, 0, 0, 0}, area);
  ren_frame_fill(frame, REN_NO_ID, ren_rect_cut_top(&row, 1), state->theme->border);
  ren_rect_cut_left(&row, REN_PAD);
  for (int class = 0; class < state->classes->n; class ++)
    if (occurs(state->classes, class) || (second && occurs(second, class)))
      draw_name(state, text, &row, class, frame);
  ren_frame_pop_clip(frame);
}
