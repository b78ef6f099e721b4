/* One weight, and one dimension of what makes it. The pair is what the mouse is on, else what is selected and
 * pinned; of what is known only one end, the other is the one with the largest weight. */
#include "render/inspector_parts.h"

#include "render/pair_numbers.h"

#include <math.h>

typedef struct Pair {
  RenPanel head;
  int query, key; /* -1: neither is known */
} Pair;

/* --- which one */

static int last_pinned(const RenState *state, RenSide side, int n_tokens) {
  for (int i = state->pins.n; i-- > 0;)
    if (state->pins.at[i].side == side && state->pins.at[i].token < n_tokens) return state->pins.at[i].token;
  return -1;
}

/* The place of the largest weight of a row, or of a column. */
static int strongest(const RenScene *scene, bool of_row, int i) {
  EngTensor weights = ren_scene_pattern(scene, scene->layer, scene->head);
  int n = of_row ? scene->block->n_columns : scene->block->n_rows, best = 0;
  float most = -1;
  for (int k = 0; k < n; k++) {
    float weight = of_row ? ren_at2(&weights, i, k) : ren_at2(&weights, k, i);
    if (weight > most) most = weight, best = k;
  }
  return best;
}

/* A cell, and a token of a panel, are of a head of their own. */
static RenPanel head_of(const RenScene *scene) {
  const RenId *id = &scene->state->hover;
  if (id->kind == REN_ID_HEAD_CELL) return ren_scene_slot(scene->state, scene->block, id->c);
  bool panel = (id->kind == REN_ID_PANEL_QUERY || id->kind == REN_ID_PANEL_KEY) && id->a < scene->block->n_layers &&
               id->b < scene->block->n_heads;
  return panel ? (RenPanel){id->a, id->b} : (RenPanel){scene->layer, scene->head};
}

static Pair pair_of(const RenScene *scene) {
  const EngBlock *block = scene->block;
  const RenId *id = &scene->state->hover;
  Pair pair = {head_of(scene), scene->query, scene->key};
  bool cell = id->kind == REN_ID_CELL || id->kind == REN_ID_HEAD_CELL;
  if (cell && id->b < block->n_columns) pair.key = id->b;
  if (pair.query < 0) pair.query = last_pinned(scene->state, REN_SIDE_QUERY, block->n_rows);
  if (pair.key < 0) pair.key = last_pinned(scene->state, REN_SIDE_KEY, block->n_columns);
  return pair;
}

/* --- the edge */

/* The same head of both runs. */
static RenScene scene_of(const RenScene *scene, RenPanel head) {
  RenScene own = *scene;
  own.layer = head.layer;
  own.head = head.head;
  return own;
}

/* What the source does not know has a line that says what a run has to keep. */
static void add_unknown(const RenInspector *it, const RenPairNumbers *numbers) {
  const char *why = it->scene.block->no_qk;
  if (!numbers->scored)
    ren_inspector_note(it, why ? why : "q · k is not known: the run has to keep \"q\" and \"k\".");
  if (!numbers->valued && !why) ren_inspector_note(it, "Values are not known: the run has to keep \"v\".");
}

static float or_nan(bool known, float number) { return known ? number : NAN; }

static void add_numbers(const RenInspector *it, const RenPairNumbers of[2]) {
  const RenPairNumbers *a = &of[0], *b = &of[1];
  bool both = it->second.block != NULL;
  ren_inspector_number(it, "weight", 4, (float[]){a->weight, b->weight});
  if (a->masked) {
    ren_inspector_note(it, "The query cannot see this key.");
    return;
  }
  if (both)
    ren_inspector_number(it, "rank in row", 0, (float[]){(float)a->rank, or_nan(b->rank > 0, (float)b->rank)});
  else
    ren_inspector_field(it, "rank in row", ren_frame_format(it->from->frame, "%d of %d", a->rank, a->n));
  ren_inspector_number(it, "share of row", 4, (float[]){a->share, b->share});
  if (a->near)
    ren_inspector_number(it, "distance", 0, (float[]){(float)a->distance, or_nan(b->n > 0, (float)b->distance)});
  if (a->scored) ren_inspector_number(it, "q · k / √d", 4, (float[]){a->score, or_nan(b->scored, b->score)});
  if (a->valued) ren_inspector_number(it, "weight × |v|", 4, (float[]){a->norm, or_nan(b->valued, b->norm)});
  add_unknown(it, a);
}

/* The pair of the second run that stands for this one; false for none. */
static bool partner_of(const RenInspector *it, Pair pair, Pair *out) {
  *out = (Pair){pair.head, ren_inspector_partner(it, REN_SIDE_QUERY, pair.query),
                ren_inspector_partner(it, REN_SIDE_KEY, pair.key)};
  return out->query >= 0 && out->key >= 0 && ren_scene_ready(&it->second, pair.head.layer);
}

static void add_edge(const RenInspector *it, const RenScene *scene, Pair pair) {
  Pair other;
  RenPairNumbers numbers[2] = {[1] = {.weight = NAN, .share = NAN}};
  ren_pair_numbers(scene, pair.query, pair.key, &numbers[0]);
  bool both = partner_of(it, pair, &other);
  ren_inspector_row(it, (RenInspectRow){.kind = REN_INSPECT_RANKED,
                                        .label = ren_inspector_pair(it, scene, pair.query, pair.key),
                                        .share = numbers[0].weight,
                                        .side = REN_SIDE_KEY,
                                        .token = pair.key});
  if (both) {
    RenScene second = scene_of(&it->second, pair.head);
    ren_pair_numbers(&second, other.query, other.key, &numbers[1]);
    ren_inspector_note(it, ren_inspector_pair(it, &second, other.query, other.key));
  } else if (it->second.block) {
    ren_inspector_note(it, "The second run has no such pair.");
  }
  ren_inspector_columns(it);
  add_numbers(it, numbers);
}

/* --- the dimension */

static void add_pairs_product(const RenInspector *it, int number, Pair pair, const RenDimensionNumbers of[2]) {
  RenFrame *frame = it->from->frame;
  const EngBlock *block = it->scene.block;
  bool both = it->second.block != NULL;
  ren_inspector_number(it, ren_frame_format(frame, "q%d[%d]", block->row_start + pair.query, number), 4,
                       (float[]){of[0].q, of[1].q});
  ren_inspector_number(it, ren_frame_format(frame, "k%d[%d]", block->column_start + pair.key, number), 4,
                       (float[]){of[0].k, of[1].k});
  ren_inspector_number(it, "product", 4, (float[]){of[0].product, of[1].product});
  ren_inspector_number(it, "share of q · k", 4, (float[]){of[0].share, of[1].share});
  if (both)
    ren_inspector_number(it, "rank", 0, (float[]){(float)of[0].rank, or_nan(of[1].rank > 0, (float)of[1].rank)});
  else
    ren_inspector_field(it, "rank", ren_frame_format(frame, "%d of %d", of[0].rank, of[0].n));
}

static void add_dimension(const RenInspector *it, const RenScene *scene, Pair pair, int number) {
  Pair other;
  RenDimensionNumbers of[2] = {[1] = {NAN, NAN, NAN, NAN, 0, 0, NAN, NAN, NAN, NAN, NAN}};
  bool pairs = pair.query >= 0, both = pairs && partner_of(it, pair, &other);
  ren_dimension_numbers(scene, number, pair.query, pair.key, &of[0]);
  if (it->second.block && it->second.block->has_qk && ren_scene_ready(&it->second, pair.head.layer)) {
    RenScene second = scene_of(&it->second, pair.head);
    ren_dimension_numbers(&second, number, both ? other.query : -1, both ? other.key : -1, &of[1]);
    if (!both) of[1].q = of[1].k = of[1].product = of[1].share = NAN;
  }
  ren_inspector_columns(it);
  if (pairs) add_pairs_product(it, number, pair, of);
  ren_inspector_number(it, "r (distance)", 4, (float[]){of[0].distance, of[1].distance});
  ren_inspector_number(it, "mean of q", 4, (float[]){of[0].q_mean, of[1].q_mean});
  ren_inspector_number(it, "std of q", 4, (float[]){of[0].q_deviation, of[1].q_deviation});
  ren_inspector_number(it, "mean of k", 4, (float[]){of[0].k_mean, of[1].k_mean});
  ren_inspector_number(it, "std of k", 4, (float[]){of[0].k_deviation, of[1].k_deviation});
}

void ren_inspector_edge(const RenInspector *it) {
  Pair pair = pair_of(&it->scene);
  RenScene scene = scene_of(&it->scene, pair.head);
  const char *name = ren_scene_name(&scene, pair.head.layer, pair.head.head);
  int number = it->from->state->dimensions.selected;
  bool ready = ren_scene_ready(&scene, pair.head.layer);
  if (!name) return;
  ren_inspector_heading(it, ren_frame_format(it->from->frame, "Edge, head %s", name));
  if (!ready) {
    ren_inspector_note(it, "running…");
    return;
  }
  if (pair.query < 0 && pair.key >= 0) pair.query = strongest(&scene, false, pair.key);
  if (pair.query >= 0 && pair.key < 0) pair.key = strongest(&scene, true, pair.query);
  if (pair.query < 0)
    ren_inspector_note(it, "Point at a token or a cell, or pin a token, to see what a head makes of a pair.");
  else
    add_edge(it, &scene, pair);
  if (number < 0 || !scene.block->has_qk || number >= scene.block->d_head) return;
  ren_inspector_heading(it, ren_frame_format(it->from->frame, "Dimension %d, head %s", number, name));
  add_dimension(it, &scene, pair, number);
}
