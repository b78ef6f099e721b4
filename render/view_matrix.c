/* The matrix view: the weights of a head as cells, a row for each query and a column for each key, and the
 * heads that are on side by side. A head is one heat map and its cells' ids are one grid, so that a frame has
 * as many commands as labels show, whatever the number of tokens. */
#include "render/view.h"

#include "render/view_class.h"
#include "render/view_edits.h"
#include "render/view_matrix_layout.h"
#include "render/view_minimap.h"
#include "render/view_scroll.h"
#include "render/view_token.h"

#include <math.h>
#include <stdlib.h>

/* What the mouse and the selection single out: tokens, and the slot of the head whose cell is pointed at; -1: none.
 */
typedef struct Marks {
  int row, column, slot, selected;
} Marks;

static Marks marks_of(const RenScene *scene) {
  const RenState *state = scene->state;
  bool cell = state->hover.kind == REN_ID_CELL || state->hover.kind == REN_ID_HEAD_CELL;
  Marks marks = {-1, scene->key, -1, state->token};
  if (state->hover_side == REN_SIDE_QUERY) marks.row = scene->query;
  if (cell && state->hover.b < scene->block->n_columns) marks.column = state->hover.b;
  if (cell)
    marks.slot = state->hover.kind == REN_ID_CELL ? ren_scene_selected_slot(state, scene->block) : state->hover.c;
  return marks;
}

/* --- cells */

static RenRect row_of(const RenMatrixLayout *layout, RenRect head, int i) {
  return (RenRect){head.x, head.y + (float)i * layout->pitch, head.w, layout->pitch};
}

static RenRect column_of(const RenMatrixLayout *layout, RenRect head, int j) {
  return (RenRect){head.x + (float)j * layout->pitch, head.y, layout->pitch, head.h};
}

static float gap_of(const RenMatrixLayout *layout) { return layout->pitch >= REN_MATRIX_GAPPED ? 1 : 0; }

/* The gap is at each cell's lower right. */
static RenRect without_gap(const RenMatrixLayout *layout, RenRect rect) {
  float gap = gap_of(layout);
  return (RenRect){rect.x, rect.y, rect.w - gap, rect.h - gap};
}

static void draw_weights(const RenScene *scene, const RenMatrixLayout *layout, RenRect cells, RenPanel head) {
  ren_frame_heatmap(scene->frame, REN_NO_ID, cells,
                    (RenValuesShape){.values = ren_scene_pattern(scene, head.layer, head.head),
                                     .positive = ren_scene_sign(scene, scene->theme->accent, 1),
                                     .negative = scene->theme->negative,
                                     .ground = scene->theme->panel,
                                     .ramp = scene->state->ramp,
                                     .gain = ren_scene_cells_gain(scene, head, scene->state->ramp),
                                     .gap = gap_of(layout),
                                     .threshold = scene->state->threshold,
                                     .skip = scene->skip,
                                     .lower = scene->block->lower,
                                     .pooled = scene->block->signs,
                                     .version = eng_source_serial(scene->source)});
}

/* Every head's cells have ids that say which slot it has; the selected head's also answer to the short ones. */
static void add_ids(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, int slot) {
  RenId id = {REN_ID_HEAD_CELL, 0, 0, slot}, selected = {REN_ID_CELL, 0, 0, 0};
  ren_frame_grid(scene->frame, id, rect, layout->rows, layout->columns);
  if (slot == ren_scene_selected_slot(scene->state, scene->block))
    ren_frame_grid(scene->frame, selected, rect, layout->rows, layout->columns);
}

static void draw_title(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, int slot) {
  RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
  bool selected = slot == ren_scene_selected_slot(scene->state, scene->block);
  RenRect title = {rect.x, rect.y - layout->title, fmaxf(rect.w, REN_MATRIX_SIDE), layout->title};
  const char *name = ren_scene_name(scene, head.layer, head.head);
  RenColor color = selected ? scene->theme->text : scene->theme->muted;
  if (name != NULL) ren_scene_label(scene, title, REN_LEFT, color, name);
}

static void draw_head(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, int slot) {
  RenPanel head = ren_scene_slot(scene->state, scene->block, slot);
  RenRect cells = without_gap(layout, rect);
  if (layout->title > 0) draw_title(scene, layout, rect, slot);
  if (!ren_scene_ready(scene, head.layer)) {
    ren_frame_fill(scene->frame, REN_NO_ID, cells, scene->theme->panel);
    ren_scene_label(scene, rect, REN_CENTER, scene->theme->muted, "running…");
    return;
  }
  draw_weights(scene, layout, cells, head);
  add_ids(scene, layout, rect, slot);
}

static void draw_band(const RenScene *scene, RenRect band) {
  ren_frame_fill(scene->frame, REN_NO_ID, band, ren_color_fade(scene->theme->text, REN_FADE_BAND));
}

/* Half on what it is about, so that it stands out; around a thin row or a small cell, which it would cover, finer.
 */
static void draw_outline(const RenScene *scene, RenRect rect, RenColor color) {
  float width = fminf(rect.w, rect.h) < 2 * REN_SELECTED ? 1 : REN_SELECTED;
  ren_frame_box(scene->frame, REN_NO_ID, ren_rect_inset(rect, -1),
                (RenRectShape){.stroke = color, .stroke_width = width});
}

/* In edit mode the row or column of the selected head that a click on its token edits. */
static void draw_target(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, Marks marks) {
  if (marks.row >= 0 && marks.column < 0) draw_outline(scene, row_of(layout, rect, marks.row), scene->theme->warn);
  if (marks.row < 0 && marks.column >= 0)
    draw_outline(scene, column_of(layout, rect, marks.column), scene->theme->warn);
}

static void draw_marks(const RenScene *scene, const RenMatrixLayout *layout, RenRect rect, int slot) {
  Marks marks = marks_of(scene);
  bool edits = scene->state->editing && !scene->state->merge.words && scene->state->merge.kind == ENG_MERGE_NONE;
  if (marks.row >= 0) draw_band(scene, without_gap(layout, row_of(layout, rect, marks.row)));
  if (marks.column >= 0) draw_band(scene, without_gap(layout, column_of(layout, rect, marks.column)));
  if (marks.selected >= 0 && marks.selected < layout->rows)
    draw_outline(scene, without_gap(layout, row_of(layout, rect, marks.selected)), scene->theme->accent);
  if (edits && slot == ren_scene_selected_slot(scene->state, scene->block)) draw_target(scene, layout, rect, marks);
  if (marks.slot != slot || marks.row < 0 || marks.column < 0) return;
  RenRect cell = ren_rect_intersect(row_of(layout, rect, marks.row), column_of(layout, rect, marks.column));
  draw_outline(scene, without_gap(layout, cell), edits ? scene->theme->warn : scene->theme->text);
}

static void draw_heads(const RenScene *scene, const RenMatrixLayout *layout) {
  ren_frame_push_clip(scene->frame, layout->cells);
  if (ren_state_slots_shown(scene->state, scene->block->n_heads) == 0)
    ren_scene_message(scene, layout->cells, "no head here passes the filter");
  int n_slots = ren_state_slots(scene->state, scene->block->n_heads);
  for (int slot = 0, n = 0; slot < n_slots && n < layout->n_heads; slot++) {
    if (!ren_state_slot_shown(scene->state, slot)) continue;
    RenRect rect = ren_matrix_head(layout, n++), whole = rect;
    whole.y -= layout->title, whole.h += layout->title;
    if (ren_rect_empty(ren_rect_intersect(whole, layout->cells))) continue;
    draw_head(scene, layout, rect, slot);
    ren_edits_mark_cells(scene, layout, rect, ren_scene_slot(scene->state, scene->block, slot));
    draw_marks(scene, layout, rect, slot);
  }
  ren_frame_pop_clip(scene->frame);
}

/* --- axes */

/* One of the two: its tokens, those that are lit, and what sets its labels apart. */
typedef struct Axis {
  const EngToken *tokens;
  const uint8_t *skip;
  RenId id; /* of token 0 */
  int n, lit, selected;
  bool turned;
} Axis;

/* Every `step`th token has a label, but for those too near to one that is lit. */
static bool is_labelled(const Axis *axis, int i, int step) {
  if (i == axis->lit) return true;
  if (axis->lit >= 0 && abs(i - axis->lit) < step) return false;
  if (i == axis->selected) return true;
  return i % step == 0 && (axis->selected < 0 || abs(i - axis->selected) >= step);
}

static void draw_label(const RenScene *scene, const Axis *axis, float pitch, RenRect cell, int i) {
  char shown[REN_TOKEN_BYTES];
  bool lit = i == axis->lit || i == axis->selected, skipped = axis->skip != NULL && axis->skip[i];
  ren_token_show(&axis->tokens[i], shown);
  if (i == axis->lit)
    ren_frame_box(scene->frame, REN_NO_ID, cell,
                  (RenRectShape){.fill = scene->theme->raised, .radius = REN_CORNER});
  RenColor color = lit ? scene->theme->accent : scene->theme->text;
  RenRect rect = cell;
  if (axis->turned)
    ren_rect_cut_bottom(&rect, REN_CELL_PAD);
  else
    ren_rect_cut_right(&rect, REN_CELL_PAD);
  RenTextShape shape = {.text = shown,
                        .font = REN_SANS,
                        .size = pitch >= REN_MATRIX_ROOMY ? REN_TEXT_CONTROL : REN_TEXT_SMALL,
                        .align = axis->turned ? REN_LEFT : REN_RIGHT,
                        .color = ren_color_fade(color, skipped ? REN_FADE_DISABLED : 1),
                        .ellipsis = true,
                        .turned = axis->turned};
  ren_frame_text(scene->frame, REN_NO_ID, rect, shape);
  ren_class_underline(scene, axis->turned ? REN_SIDE_KEY : REN_SIDE_QUERY, i, rect, &shape);
}

/* A stretch of one axis. */
typedef struct Span {
  float from, length;
} Span;

/* A bar beside the cells of a pinned token. */
static void draw_pin(const RenScene *scene, const Axis *axis, RenRect token, int i) {
  if (!ren_pins_has(&scene->state->pins, axis->turned ? REN_SIDE_KEY : REN_SIDE_QUERY, i)) return;
  RenRect bar = axis->turned ? ren_rect_cut_bottom(&token, REN_PINNED) : ren_rect_cut_right(&token, REN_PINNED);
  ren_frame_fill(scene->frame, REN_NO_ID, bar, scene->theme->warn);
}

/* Where a token's label stands: no smaller than it can be read. */
static Span place_label(float from, float pitch) {
  float length = fmaxf(pitch, REN_TOKEN_LABELS);
  return (Span){from + (pitch - length) / 2, length};
}

/* Small cells' labels reach over both ends of their axis. */
static Span strip_of(const RenMatrixLayout *layout, float from, float length) {
  float over = layout->pitch < REN_TOKEN_LABELS ? REN_TOKEN_LABELS / 2 : 0;
  return (Span){from - over, length + 2 * over};
}

static RenRect side_of(const Axis *axis, RenRect side, Span span) {
  return axis->turned ? (RenRect){span.from, side.y, span.length, side.h}
                      : (RenRect){side.x, span.from, side.w, span.length};
}

/* The labels of one head's side; `rect` is that side, all tokens long. */
static void draw_labels(const RenScene *scene, const RenMatrixLayout *layout, const Axis *axis, RenRect rect) {
  RenRect cells = layout->cells;
  float pitch = layout->pitch, start = axis->turned ? rect.x : rect.y;
  RenRange range = axis->turned ? ren_scroll_rows(axis->n, pitch, cells.x - start, cells.w)
                                : ren_scroll_rows(axis->n, pitch, cells.y - start, cells.h);
  int step = (int)fmaxf(1, ceilf(REN_TOKEN_LABELS / pitch));
  ren_frame_grid(scene->frame, axis->id, rect, axis->turned ? 1 : axis->n, axis->turned ? axis->n : 1);
  for (int i = range.first; i < range.last; i++) {
    Span token = {start + (float)i * pitch, pitch}, label = place_label(token.from, pitch);
    if (is_labelled(axis, i, step)) draw_label(scene, axis, pitch, side_of(axis, rect, label), i);
    draw_pin(scene, axis, side_of(axis, rect, token), i);
  }
}

/* From the last row of heads to the first, whose tokens answer to their ids where they show. */
static void draw_queries(const RenScene *scene, const RenMatrixLayout *layout) {
  Marks marks = marks_of(scene);
  Span span = strip_of(layout, layout->cells.y, layout->cells.h);
  RenRect strip = {layout->cells.x - layout->left, span.from, layout->left, span.length};
  Axis axis = {scene->block->rows, NULL, {REN_ID_QUERY, 0, 0, 0}, layout->rows, marks.row, marks.selected, false};
  ren_frame_push_clip(scene->frame, strip);
  for (int n = (layout->down - 1) * layout->across; n >= 0; n -= layout->across) {
    RenRect head = ren_matrix_head(layout, n), rect = {strip.x, head.y, strip.w, head.h};
    if (!ren_rect_empty(ren_rect_intersect(rect, strip))) draw_labels(scene, layout, &axis, rect);
  }
  ren_frame_pop_clip(scene->frame);
}

static void draw_keys(const RenScene *scene, const RenMatrixLayout *layout) {
  Span span = strip_of(layout, layout->cells.x, layout->cells.w);
  RenRect strip = {span.from, layout->cells.y - layout->top, span.length, layout->top};
  Axis axis = {
      scene->block->columns, scene->skip, {REN_ID_KEY, 0, 0, 0}, layout->columns, marks_of(scene).column, -1, true};
  ren_frame_push_clip(scene->frame, strip);
  for (int n = layout->across - 1; n >= 0; n--) {
    RenRect head = ren_matrix_head(layout, n), rect = {head.x, strip.y, head.w, strip.h};
    if (!ren_rect_empty(ren_rect_intersect(rect, strip))) draw_labels(scene, layout, &axis, rect);
  }
  ren_frame_pop_clip(scene->frame);
}

/* Which way is which, unless the minimap is there, and a single head's name. */
static void draw_corner(const RenScene *scene, const RenMatrixLayout *layout) {
  RenRect corner = {layout->cells.x - layout->left, layout->cells.y - layout->top,
                    layout->left - REN_PAD - REN_GRID, layout->top - REN_PAD};
  RenMinimap map;
  bool mapped = ren_minimap_place(scene->state, scene->block, scene->area, &map);
  RenRect line = ren_rect_cut_bottom(&corner, REN_LINE_SMALL);
  if (!mapped) {
    const char *words = line.w < REN_MATRIX_WORDS ? "q ↓ k →" : "query ↓ key →";
    ren_scene_label(scene, line, REN_RIGHT, scene->theme->muted, words);
    line = ren_rect_cut_bottom(&corner, REN_LINE_SMALL);
  }
  if (layout->title > 0) return;
  if (mapped) line.w = map.rect.x - REN_GRID - line.x;
  const char *name = ren_scene_name(scene, scene->layer, scene->head);
  if (name != NULL) ren_scene_label(scene, line, REN_RIGHT, scene->theme->text, name);
}

static void draw(const RenState *state, const EngSource *source, RenText *text, RenRect area, RenFrame *frame) {
  RenScene scene;
  if (ren_scene_begin(&scene, state, source, text, area, frame)) {
    RenMatrixLayout layout = ren_matrix_layout(state, scene.block, area);
    draw_heads(&scene, &layout);
    draw_queries(&scene, &layout);
    draw_keys(&scene, &layout);
    draw_corner(&scene, &layout);
    ren_minimap_draw(&scene);
    ren_scroll_mark_y(frame, area, layout.height, layout.scroll_y, scene.theme->border);
    ren_scroll_mark_x(frame, area, layout.width, layout.scroll_x, scene.theme->border);
  }
  ren_scene_end(&scene);
}

static void extent(const RenState *state, const EngBlock *block, RenRect area, float *width, float *height) {
  RenMatrixLayout layout = ren_matrix_layout(state, block, area);
  *width = fmaxf(area.w, layout.width);
  *height = fmaxf(area.h, layout.height);
}

const RenView ren_view_matrix = {draw, extent};
