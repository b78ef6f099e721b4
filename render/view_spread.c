/* The last scale: one dimension of the head, over all tokens. Its queries and its keys in the order of the text,
 * and their products by distance: a dimension whose products shrink as the key gets farther away makes the head
 * look at what is near. The bars are means over all queries, the dots the products of one. */
#include "render/view_chart.h"
#include "render/view_distance.h"
#include "render/view_vectors.h"

#include <math.h>

enum { N_CHARTS = 3 };

/* Queries, keys, distances. */
typedef struct Spread {
  const RenExpanded *expanded;
  const RenScene *scene;
  int number;
  RenChart charts[N_CHARTS];
  RenDistances distances;
} Spread;

/* The rectangle of a chart, beside the others. */
static RenRect chart_rect(const Spread *spread, int i) {
  RenRect room = ren_rect_inset(spread->expanded->layout->spread, REN_PAD);
  float margin = room.w < REN_MIN_WIDTH ? 0 : REN_NEURON_MARGIN - REN_PAD;
  room.w -= fmaxf(margin, REN_SPREAD_CLOSE - REN_GRID); /* the cross stands beside the last title */
  float width = floorf((room.w - margin - (N_CHARTS - 1) * REN_CHART_GAP) / N_CHARTS);
  return (RenRect){room.x + margin + (float)i * (width + REN_CHART_GAP), room.y, width, room.h};
}

/* A chart with room for words. */
static bool is_roomy(const Spread *spread) { return chart_rect(spread, 0).w >= REN_CHART_ROOMY; }

static const char *title_of(const Spread *spread, int i) {
  RenFrame *frame = spread->scene->frame;
  bool roomy = is_roomy(spread);
  if (i == 0)
    return ren_frame_format(frame, roomy ? "Dimension %d: q of every query" : "Dimension %d: q", spread->number);
  if (i == 1) return roomy ? "k of every key" : "k";
  float r = ren_dimensions_score(spread->scene, &spread->expanded->vectors, REN_ORDER_DISTANCE, spread->number);
  return ren_frame_format(frame, roomy ? "q × k by distance, r = %.3f" : "distance, r %.2f", (double)r);
}

static bool set_charts(Spread *spread) {
  const RenScene *scene = spread->scene;
  const EngBlock *block = scene->block;
  if (!ren_distances_of(scene, &spread->expanded->vectors, spread->number, &spread->distances)) return false;
  spread->charts[0] = (RenChart){.values = spread->distances.q,
                                 .n = block->n_rows,
                                 .first = block->row_start,
                                 .lit = scene->query,
                                 .id = {REN_ID_DIM_Q, 0, 0, 0}};
  spread->charts[1] = (RenChart){.values = spread->distances.k,
                                 .n = block->n_columns,
                                 .first = block->column_start,
                                 .lit = scene->key,
                                 .id = {REN_ID_DIM_K, 0, 0, 0}};
  spread->charts[2] = (RenChart){
      .values = spread->distances.mean, .n = spread->distances.n, .lit = -1, .id = {REN_ID_DIM_AT, 0, 0, 0}};
  if (spread->expanded->query >= 0 && is_roomy(spread))
    spread->charts[2].note =
        ren_frame_format(scene->frame, "dots: query %d", block->row_start + spread->expanded->query);
  if (scene->state->hover.kind == REN_ID_DIM_AT) spread->charts[2].lit = scene->state->hover.a;
  return true;
}

/* The selected query's product with a key; false for a pair that does not attend. */
static bool product_of(const Spread *spread, int column, int *distance, float *product) {
  int query = spread->expanded->query;
  *distance = ren_distance(spread->scene, query, column);
  *product = spread->distances.q[query] * spread->distances.k[column];
  return *distance >= 0;
}

static void hold_products(Spread *spread) {
  int distance;
  float product;
  for (int j = 0; spread->expanded->query >= 0 && j < spread->scene->block->n_columns; j++)
    if (product_of(spread, j, &distance, &product)) ren_chart_hold(&spread->charts[2], &product, 1);
}

static void draw_dots(const Spread *spread) {
  int distance;
  float product;
  for (int j = 0; spread->expanded->query >= 0 && j < spread->scene->block->n_columns; j++) {
    if (!product_of(spread, j, &distance, &product)) continue;
    RenPoint at = ren_chart_point(&spread->charts[2], distance, product);
    RenRect dot = {at.x - REN_CHART_DOT / 2.0f, at.y - REN_CHART_DOT / 2.0f, REN_CHART_DOT, REN_CHART_DOT};
    ren_frame_fill(spread->scene->frame, REN_NO_ID, dot, spread->scene->theme->text);
  }
}

static void draw_close(const Spread *spread) {
  RenRect area = spread->expanded->layout->spread;
  RenId id = {REN_ID_DIM_CLOSE, 0, 0, 0};
  const RenTheme *theme = spread->scene->theme;
  RenRect rect = {area.x + area.w - REN_SPREAD_CLOSE - REN_GRID, area.y + REN_GRID, REN_SPREAD_CLOSE,
                  REN_SPREAD_CLOSE};
  ren_frame_text(
      spread->scene->frame, id, rect,
      (RenTextShape){.text = "×",
                     .font = REN_SANS,
                     .size = REN_TEXT_HEADING,
                     .align = REN_CENTER,
                     .color = ren_id_equal(spread->scene->state->hover, id) ? theme->text : theme->muted});
}

static void draw_charts(Spread *spread) {
  hold_products(spread);
  for (int i = 0; i < N_CHARTS; i++) {
    RenChart *chart = &spread->charts[i];
    if (chart->n < 1) continue;
    chart->title = title_of(spread, i);
    chart->rect = chart_rect(spread, i);
    ren_chart_hold(chart, chart->values, chart->n);
    if (!ren_chart_place(chart)) return;
    ren_chart_draw(spread->scene, chart);
  }
  if (spread->charts[2].n > 0) draw_dots(spread);
}

void ren_spread_draw(const RenExpanded *expanded) {
  const RenScene *scene = expanded->scene;
  RenRect area = expanded->layout->spread, line = area;
  Spread spread = {.expanded = expanded, .scene = scene, .number = scene->state->dimensions.selected};
  ren_frame_fill(scene->frame, REN_NO_ID, area, scene->theme->panel);
  ren_frame_fill(scene->frame, REN_NO_ID, ren_rect_cut_top(&line, 1), scene->theme->border);
  if (expanded->ready && spread.number < expanded->vectors.d_head && set_charts(&spread)) draw_charts(&spread);
  draw_close(&spread);
}
