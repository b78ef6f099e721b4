/* A picture of planes is known by all that it was made from: geometry, masks, colours, and its weights by where
 * they lie and the version of what they belong to. */
#include "render/planes.h"

static void add_side(XXH3_state_t *state, const RenBundleSide *side) {
  const int counts[] = {side->from, side->to, side->each};
  const float places[] = {side->start, side->pitch};
  XXH3_128bits_update(state, counts, sizeof counts);
  XXH3_128bits_update(state, places, sizeof places);
}

static void add_mask(XXH3_state_t *state, const uint8_t *mask, size_t n) {
  const uint8_t present = mask != NULL;
  XXH3_128bits_update(state, &present, sizeof present);
  if (mask) XXH3_128bits_update(state, mask, n);
}

static void add_plane(XXH3_state_t *state, const RenPlane *plane, RenBounds place) {
  const int64_t numbers[] = {(int64_t)(intptr_t)plane->weights.data, plane->weights.stride[0],
                             plane->weights.stride[1], place.left, place.top};
  XXH3_128bits_update(state, numbers, sizeof numbers);
  XXH3_128bits_update(state, &plane->color, sizeof plane->color);
  XXH3_128bits_update(state, &plane->gain, sizeof plane->gain);
}

/* Everything that the pixels depend on, but for which of them are asked for. */
static void add_planes(XXH3_state_t *state, const RenPlanes *planes) {
  const RenAttentionShape *shape = planes->shape;
  const float sizes[] = {planes->bundle.width, planes->bundle.thickness, shape->threshold};
  const int counts[] = {planes->width, planes->height, shape->n_planes};
  XXH3_128bits_reset(state);
  XXH3_128bits_update(state, &shape->version, sizeof shape->version);
  XXH3_128bits_update(state, sizes, sizeof sizes);
  XXH3_128bits_update(state, counts, sizeof counts);
  add_side(state, &planes->bundle.rows);
  add_side(state, &planes->bundle.columns);
  const size_t *n = shape->planes[0].weights.shape;
  add_mask(state, shape->only_rows, n[0]);
  add_mask(state, shape->only_columns, n[1]);
  add_mask(state, shape->skip, n[1]);
  for (int i = 0; i < shape->n_planes; i++) add_plane(state, &shape->planes[i], ren_planes_place(planes, i));
}

bool ren_planes_key(const RenPlanes *planes, XXH128_hash_t *key) {
  XXH3_state_t *state = XXH3_createState();
  if (!state) return false;
  add_planes(state, planes);
  *key = XXH3_128bits_digest(state);
  XXH3_freeState(state);
  return true;
}
