/* The numbers of the neuron view: an element of a vector, a dimension, a sum, and what its controls do. Positions
 * are those of the whole sequence, dimensions keep their numbers in whatever order they stand. */
#include "render/view_tooltip.h"

#include "render/view.h"
#include "render/view_distance.h"
#include "render/view_vectors.h"

#include <math.h>

/* Whether the hovered element is drawn by the command: it alone, or one of all vectors of a column. */
static bool is_of(const RenState *state, const RenCommand *command) {
  RenId id = command->id;
  if (command->right != state->hover_right) return false;
  if (command->kind == REN_CELLS) return ren_id_equal(id, state->hover);
  return command->kind == REN_HEATMAP && id.kind == state->hover.kind && id.a == REN_NEURON_ALL;
}

/* The place in a drawn vector under the mouse, of `n`; or -1. */
static int place_under(const RenState *state, const RenFrame *frame, int *n) {
  for (size_t i = ren_frame_count(frame); i-- > 0;) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (!is_of(state, command)) continue;
    const EngTensor *values = &command->values.values;
    *n = (int)values->shape[values->rank - 1];
    float at = (state->mouse.x - command->rect.x) / command->rect.w * (float)*n;
    return at >= 0 && at < (float)*n ? (int)at : -1;
  }
  return -1;
}

/* Values stand as they are; the others in the order that is set, which is as it was drawn. */
static int dimension_of(const RenScene *scene, const RenVectors *vectors) {
  RenDimensions dimensions;
  const RenState *state = scene->state;
  int n = 0, place = place_under(state, scene->frame, &n);
  if (state->hover.kind == REN_ID_DIM) return state->hover.a < vectors->d_head ? state->hover.a : -1;
  if (place < 0 || state->hover.kind == REN_ID_STRIP_V || state->hover.kind == REN_ID_STRIP_Z) return place;
  if (!ren_dimensions_rank(scene, vectors, &dimensions) || place >= dimensions.n) return -1;
  return dimensions.at[place].number;
}

static bool has_vectors(const RenScene *scene) {
  return scene->block->has_qk && ren_scene_ready(scene, scene->layer);
}

int ren_view_dimension(const RenState *state, const EngSource *source, RenFrame *frame) {
  RenScene scene;
  if (!ren_scene_read(&scene, state, source, frame) || !has_vectors(&scene)) return -1;
  RenVectors vectors = ren_vectors_of(&scene);
  return dimension_of(&scene, &vectors);
}

static const char *number_of(const RenScene *scene, double number) {
  return ren_frame_number(scene->frame, number, 4);
}

/* "2.5  q8[12]": a vector of a token, by its letter. */
static const char *name_of(const RenScene *scene, char letter, int d) {
  bool query = letter == 'q';
  int position = query ? scene->block->row_start + scene->query : scene->block->column_start + scene->key;
  return ren_frame_format(scene->frame, "%c%d[%d]", letter, position, d);
}

static const char *tip_element(const RenScene *scene, char letter, const EngTensor *vectors, int token, int d) {
  const char *name = token >= 0 ? name_of(scene, letter, d) : NULL;
  if (name == NULL) return NULL;
  return ren_frame_format(scene->frame, "%d.%d  %s = %s", scene->layer, scene->head, name,
                          number_of(scene, (double)ren_at2(vectors, token, d)));
}

static double dot_of(const RenScene *scene, const RenVectors *vectors) {
  double sum = 0;
  for (int d = 0; d < vectors->d_head; d++)
    sum += (double)ren_at2(&vectors->q, scene->query, d) * (double)ren_at2(&vectors->k, scene->key, d);
  return sum;
}

static const char *tip_product(const RenScene *scene, const RenVectors *vectors, int d) {
  if (scene->query < 0 || scene->key < 0) return NULL;
  const char *q = name_of(scene, 'q', d), *k = name_of(scene, 'k', d);
  double query = (double)ren_at2(&vectors->q, scene->query, d), key = (double)ren_at2(&vectors->k, scene->key, d);
  if (q == NULL || k == NULL) return NULL;
  return ren_frame_format(scene->frame, "%d.%d  %s × %s = %s × %s = %s", scene->layer, scene->head, q, k,
                          number_of(scene, query), number_of(scene, key), number_of(scene, query * key));
}

static const char *tip_value(const RenScene *scene, const RenVectors *vectors, int d) {
  const char *value = tip_element(scene, 'v', &vectors->v, scene->key, d);
  if (value == NULL || scene->query < 0) return value;
  double weight = (double)ren_at2(&vectors->weights, scene->query, scene->key);
  return ren_frame_format(scene->frame, "%s  × weight %s = %s", value, number_of(scene, weight),
                          number_of(scene, weight * (double)ren_at2(&vectors->v, scene->key, d)));
}

static const char *tip_sum(const RenScene *scene, const RenVectors *vectors, int d) {
  float *sum = ren_frame_alloc(scene->frame, (size_t)vectors->d_head * sizeof *sum);
  if (scene->query < 0 || sum == NULL) return NULL;
  ren_vectors_sum(vectors, scene->query, sum);
  return ren_frame_format(scene->frame, "%d.%d  q%d  Σ weight × v[%d] = %s", scene->layer, scene->head,
                          scene->block->row_start + scene->query, d, number_of(scene, (double)sum[d]));
}

static const char *tip_strip(const RenScene *scene, RenIdKind kind) {
  RenVectors vectors = ren_vectors_of(scene);
  int d = dimension_of(scene, &vectors);
  if (d < 0) return NULL;
  switch (kind) {
  case REN_ID_STRIP_Q:
    return tip_element(scene, 'q', &vectors.q, scene->query, d);
  case REN_ID_STRIP_K:
    return tip_element(scene, 'k', &vectors.k, scene->key, d);
  case REN_ID_STRIP_QK:
    return tip_product(scene, &vectors, d);
  case REN_ID_STRIP_V:
    return tip_value(scene, &vectors, d);
  default:
    return tip_sum(scene, &vectors, d);
  }
}

static const char *tip_dot(const RenScene *scene) {
  RenVectors vectors = ren_vectors_of(scene);
  if (scene->query < 0 || scene->key < 0) return NULL;
  double dot = dot_of(scene, &vectors);
  return ren_frame_format(scene->frame, "%d.%d  q%d · k%d = %s,  / √%d = %s", scene->layer, scene->head,
                          scene->block->row_start + scene->query, scene->block->column_start + scene->key,
                          number_of(scene, dot), vectors.d_head,
                          number_of(scene, dot / sqrt((double)vectors.d_head)));
}

static const char *tip_dimension(const RenScene *scene) {
  RenVectors vectors = ren_vectors_of(scene);
  int d = dimension_of(scene, &vectors);
  double scores[REN_ORDER_COUNT];
  if (d < 0) return NULL;
  for (int order = 0; order < REN_ORDER_COUNT; order++)
    scores[order] = (double)ren_dimensions_score(scene, &vectors, (RenOrder)order, d);
  if (scene->query < 0)
    return ren_frame_format(scene->frame, "%d.%d  dimension %d: contribution %s, r with distance %.3f",
                            scene->layer, scene->head, d, number_of(scene, scores[REN_ORDER_CONTRIBUTION]),
                            scores[REN_ORDER_DISTANCE]);
  return ren_frame_format(scene->frame, "%d.%d  dimension %d: contribution %s, weight %s, r with distance %.3f",
                          scene->layer, scene->head, d, number_of(scene, scores[REN_ORDER_CONTRIBUTION]),
                          ren_frame_change(scene->frame, scores[REN_ORDER_WEIGHT], 4), scores[REN_ORDER_DISTANCE]);
}

/* A bar of the charts of the selected dimension. */
static const char *tip_bar(const RenScene *scene, RenId id) {
  RenDistances distances;
  RenVectors vectors = ren_vectors_of(scene);
  int d = scene->state->dimensions.selected;
  if (d < 0 || d >= vectors.d_head) return NULL;
  if (id.kind == REN_ID_DIM_Q) return tip_element(scene, 'q', &vectors.q, scene->query, d);
  if (id.kind == REN_ID_DIM_K) return tip_element(scene, 'k', &vectors.k, scene->key, d);
  if (!ren_distances_of(scene, &vectors, d, &distances) || id.a < 0 || id.a >= distances.n) return NULL;
  if (distances.pairs[id.a] == 0)
    return ren_frame_format(scene->frame, "%d.%d  distance %d: no pairs", scene->layer, scene->head, id.a);
  return ren_frame_format(scene->frame, "%d.%d  distance %d: q[%d] × k[%d] = %s, the mean of %d", scene->layer,
                          scene->head, id.a, d, d, number_of(scene, (double)distances.mean[id.a]),
                          distances.pairs[id.a]);
}

static const char *tip_expand(const RenScene *scene) {
  if (!scene->block->has_qk)
    return scene->block->no_qk ? scene->block->no_qk : "This source has no queries and keys";
  return scene->state->expanded ? "Show the lines only" : "Show how q and k make the weights";
}

/* What controls do, whatever is there. */
static const char *tip_control(const RenScene *scene, RenIdKind kind) {
  switch (kind) {
  case REN_ID_EXPAND:
    return tip_expand(scene);
  case REN_ID_DIM_ORDER:
    return "By number, contribution, weight or distance (D)";
  case REN_ID_DIM_REST:
    return "Show all dimensions, fade or hide all but the first (H)";
  case REN_ID_DIM_CLOSE:
    return "Back to all dimensions (Backspace)";
  case REN_ID_VALUES:
    return "Show or hide the values (V)";
  default:
    return NULL;
  }
}

const char *ren_tooltip_neuron(const RenScene *scene) {
  RenId id = scene->state->hover;
  const char *control = tip_control(scene, id.kind);
  if (control != NULL || !has_vectors(scene)) return control;
  switch (id.kind) {
  case REN_ID_STRIP_Q:
  case REN_ID_STRIP_K:
  case REN_ID_STRIP_QK:
  case REN_ID_STRIP_V:
  case REN_ID_STRIP_Z:
    return tip_strip(scene, id.kind);
  case REN_ID_DOT:
    return tip_dot(scene);
  case REN_ID_DIM:
    return tip_dimension(scene);
  case REN_ID_DIM_Q:
  case REN_ID_DIM_K:
  case REN_ID_DIM_AT:
    return tip_bar(scene, id);
  default:
    return NULL;
  }
}
