/* Above the vectors: what each column is, the numbers of the dimensions under it, and at the left how many of
 * them show and how they are ordered; a click on either goes on to the next way. */
#include "render/view_vectors.h"

#include "render/view_labels.h"

#include <math.h>

static RenRect line_of(const RenExpanded *expanded, float x, float width) {
  return (RenRect){x, expanded->layout->rows.y - REN_NEURON_TOP + 2, width, REN_HEADING_LINE};
}

static RenRect ruler_of(const RenExpanded *expanded, float x, float width) {
  return (RenRect){x, expanded->layout->rows.y - REN_RULER - 2, width, REN_RULER};
}

static bool is_hovered(const RenExpanded *expanded, RenId id) {
  return ren_id_equal(expanded->scene->state->hover, id);
}

static void draw_heading(const RenExpanded *expanded, RenId id, RenRect rect, RenAlign align, const char *text) {
  if (text == NULL) return;
  ren_frame_text(expanded->scene->frame, id, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS_BOLD,
                                .size = REN_TEXT_CONTROL,
                                .align = align,
                                .color = expanded->scene->theme->text});
}

/* Small text that can be clicked. */
static void draw_choice(const RenExpanded *expanded, RenIdKind kind, RenRect rect, RenAlign align,
                        const char *text) {
  RenId id = {kind, 0, 0, 0};
  const RenTheme *theme = expanded->scene->theme;
  if (text == NULL) return;
  ren_frame_text(expanded->scene->frame, id, rect,
                 (RenTextShape){.text = text,
                                .font = REN_SANS,
                                .size = REN_TEXT_SMALL,
                                .align = align,
                                .color = is_hovered(expanded, id) ? theme->text : theme->muted});
}

static const char *count_text(const RenExpanded *expanded) {
  const RenDimensions *dimensions = &expanded->dimensions;
  RenFrame *frame = expanded->scene->frame;
  int n = expanded->vectors.d_head;
  switch (expanded->scene->state->dimensions.rest) {
  case REN_REST_FADED:
    return ren_frame_format(frame, "%d of %d dimensions lit", dimensions->n_first, n);
  case REN_REST_HIDDEN:
    return ren_frame_format(frame, "%d of %d dimensions", dimensions->n, n);
  default:
    return ren_frame_format(frame, "%d dimensions", n);
  }
}

static const char *order_text(const RenExpanded *expanded) {
  return ren_frame_format(expanded->scene->frame, "by %s",
                          ren_order_name(expanded->scene->state->dimensions.order));
}

static const char *product_text(const RenExpanded *expanded) {
  RenOrder order = expanded->scene->state->dimensions.order;
  bool number = order == REN_ORDER_NUMBER;
  if (expanded->layout->strip < REN_HEADING_LONG) return number ? "q × k" : "q × k ↓";
  if (number) return "q × k (elementwise)";
  return ren_frame_format(expanded->scene->frame, "q × k by %s", ren_order_name(order));
}

/* The number of the dimension at a place, unless there is no room for it. */
static void draw_number(const RenExpanded *expanded, RenRect cell, int place, const RenLabels *labels) {
  const RenScene *scene = expanded->scene;
  int number = expanded->dimensions.at[place].number;
  bool lit = place == labels->hovered, marked = place == labels->selected;
  ren_frame_area(scene->frame, (RenId){REN_ID_DIM, number, 0, 0}, cell);
  const char *text = ren_labels_show(labels, place) ? ren_frame_format(scene->frame, "%d", number) : NULL;
  if (text == NULL) return;
  float middle = cell.x + cell.w / 2;
  RenRect box = {middle - REN_RULER_STEP, cell.y, 2 * REN_RULER_STEP, cell.h};
  ren_frame_text(scene->frame, REN_NO_ID, box,
                 (RenTextShape){.text = text,
                                .font = marked ? REN_SANS_BOLD : REN_SANS,
                                .size = REN_TEXT_SMALL,
                                .align = REN_CENTER,
                                .color = marked ? scene->theme->accent
                                         : lit  ? scene->theme->text
                                                : scene->theme->muted});
}

static void draw_numbers(const RenExpanded *expanded, float x) {
  const RenScene *scene = expanded->scene;
  const RenDimensions *dimensions = &expanded->dimensions;
  bool hovers = scene->state->hover.kind == REN_ID_DIM;
  float distance = ren_labels_distance(scene, scene->block->d_head - 1, REN_RULER_STEP);
  RenLabels labels = ren_labels_make(ren_vectors_cell(expanded, x, 0).w, distance,
                                     hovers ? ren_dimensions_place(dimensions, scene->state->hover.a) : -1,
                                     ren_dimensions_place(dimensions, scene->state->dimensions.selected));
  for (int i = 0; i < dimensions->n; i++) {
    RenRect cell = ren_vectors_cell(expanded, x, i);
    draw_number(expanded, ruler_of(expanded, cell.x, cell.w), i, &labels);
  }
}

static void draw_values_heading(const RenExpanded *expanded) {
  const RenNeuronLayout *layout = expanded->layout;
  if (layout->values)
    draw_heading(expanded, (RenId){REN_ID_VALUES, 0, 0, 0}, line_of(expanded, layout->v_x, layout->strip), REN_LEFT,
                 "Value v  ⊖");
  else
    draw_choice(expanded, REN_ID_VALUES, line_of(expanded, layout->bar_x, REN_BAR_WIDTH + REN_NUMBER_WIDTH),
                REN_RIGHT, "Value v  ⊕");
}

static void draw_headings(const RenExpanded *expanded) {
  const RenNeuronLayout *layout = expanded->layout;
  float strip = layout->strip;
  draw_heading(expanded, REN_NO_ID, line_of(expanded, layout->q_x, strip), REN_LEFT, "Query q");
  draw_heading(expanded, REN_NO_ID, line_of(expanded, layout->k_x, strip), REN_LEFT, "Key k");
  draw_heading(expanded, REN_NO_ID, line_of(expanded, layout->qk_x, strip), REN_LEFT, product_text(expanded));
  draw_heading(expanded, REN_NO_ID, line_of(expanded, layout->dot_x - REN_DOT, 3 * REN_DOT), REN_CENTER,
               "q·k / √d");
  draw_heading(expanded, REN_NO_ID, line_of(expanded, layout->key_x + REN_CELL_PAD, layout->key_w), REN_LEFT,
               "Softmax");
  draw_values_heading(expanded);
}

void ren_vectors_head(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  const RenNeuronLayout *layout = expanded->layout;
  const float columns[] = {layout->q_x, layout->k_x, layout->qk_x};
  draw_headings(expanded);
  if (!expanded->ready) return;
  for (int i = 0; i < 3; i++) draw_numbers(expanded, columns[i]);
  RenRect d = ruler_of(expanded, layout->dot_x - REN_DOT, 3 * REN_DOT);
  const char *text = ren_frame_format(scene->frame, "d = %d", expanded->vectors.d_head);
  if (text != NULL) ren_scene_label(scene, d, REN_CENTER, scene->theme->muted, text);
  float left = layout->query_x, width = layout->q_x - layout->query_x - REN_PAD;
  draw_choice(expanded, REN_ID_DIM_REST, line_of(expanded, left, width), REN_LEFT, count_text(expanded));
  draw_choice(expanded, REN_ID_DIM_ORDER, ruler_of(expanded, left, width), REN_LEFT, order_text(expanded));
}
