/* Two frames are compared as lists: what is equal at both ends is passed over, and of what is left every command
 * that has no equal in the other one, in the same order, is a change where it lies. */
#include "render/drawn.h"

#include "render/planes.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

typedef struct Mark {
  uint64_t digest;
  RenBounds place;
  bool gradual; /* its picture comes to its end over several frames */
  bool known;   /* else it is like no other */
} Mark;

struct RenDrawn {
  XXH3_state_t *state;
  Mark *marks, *before;
  size_t n, capacity, n_before, capacity_before;
  float scale;
  RenColor background;
};

static RenDrawn *drawn_new(void) {
  RenDrawn *drawn = calloc(1, sizeof *drawn);
  if (drawn && (drawn->state = XXH3_createState())) return drawn;
  free(drawn);
  return NULL;
}

void ren_drawn_free(RenDrawn *drawn) {
  if (!drawn) return;
  XXH3_freeState(drawn->state);
  free(drawn->marks);
  free(drawn->before);
  free(drawn);
}

/* --- a command */

RenBounds ren_drawn_place(const RenCommand *command, float scale, RenBounds whole) {
  float spare = command->kind == REN_TEXT ? (float)command->text.size : 2;
  RenRect r = command->rect, clip = command->clip;
  RenBounds all = {ren_device_round(clip.x, scale), ren_device_round(clip.y, scale),
                   ren_device_round(clip.x + clip.w, scale), ren_device_round(clip.y + clip.h, scale)};
  RenBounds place = {ren_device_round(r.x - spare, scale) - 1, ren_device_round(r.y - spare, scale) - 1,
                     ren_device_round(r.x + r.w + spare, scale) + 1,
                     ren_device_round(r.y + r.h + spare, scale) + 1};
  bool runs_on = command->kind == REN_TEXT && !command->text.ellipsis;
  if (runs_on && !command->text.turned) place.left = all.left, place.right = all.right;
  if (runs_on && command->text.turned) place.top = all.top, place.bottom = all.bottom;
  place = ren_bounds_intersect(ren_bounds_intersect(place, all), whole);
  return ren_bounds_empty(place) ? (RenBounds){0} : place;
}

static void add_floats(XXH3_state_t *state, const float *numbers, size_t n) {
  XXH3_64bits_update(state, numbers, n * sizeof *numbers);
}

static void add_ints(XXH3_state_t *state, const int64_t *numbers, size_t n) {
  XXH3_64bits_update(state, numbers, n * sizeof *numbers);
}

#define ADD_FLOATS(...)                                                                                            \
  add_floats(state, (const float[]){__VA_ARGS__}, sizeof((const float[]){__VA_ARGS__}) / sizeof(float))
#define ADD_INTS(...)                                                                                              \
  add_ints(state, (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static int64_t number_of(RenColor c) { return (int64_t)c.r << 24 | c.g << 16 | c.b << 8 | c.a; }

static void add_text(XXH3_state_t *state, const RenTextShape *text) {
  ADD_INTS(text->font, text->size, text->align, number_of(text->color), text->ellipsis, text->turned);
  XXH3_64bits_update(state, text->text, strlen(text->text));
}

static void add_line(XXH3_state_t *state, const RenLineShape *line) {
  ADD_FLOATS(line->from.x, line->from.y, line->to.x, line->to.y, line->width);
  ADD_INTS(number_of(line->color));
}

static void add_box(XXH3_state_t *state, const RenRectShape *box) {
  ADD_FLOATS(box->stroke_width, box->radius);
  ADD_INTS(number_of(box->fill), number_of(box->stroke));
}

static void add_tensor(XXH3_state_t *state, const EngTensor *tensor) {
  ADD_INTS((int64_t)(intptr_t)tensor->data, tensor->rank);
  for (int i = 0; i < tensor->rank; i++) ADD_INTS((int64_t)tensor->shape[i], tensor->stride[i]);
}

/* Without a version the values themselves count, of a strip; false for more. */
static bool add_values(XXH3_state_t *state, const RenValuesShape *values) {
  const EngTensor *tensor = &values->values;
  ADD_FLOATS(values->gap, values->threshold, values->gain);
  ADD_INTS(number_of(values->positive), number_of(values->negative), number_of(values->ground), values->ramp,
           values->lower, values->pooled, values->skip != NULL, (int64_t)values->version);
  add_tensor(state, tensor);
  add_tensor(state, &values->coarse);
  if (values->skip && tensor->rank > 0) XXH3_64bits_update(state, values->skip, tensor->shape[tensor->rank - 1]);
  if (values->version) return true;
  if (tensor->rank != 1) return false;
  for (size_t i = 0; i < tensor->shape[0]; i++)
    add_floats(state, tensor->data + (ptrdiff_t)i * tensor->stride[0], 1);
  return true;
}

static bool add_attention(XXH3_state_t *state, const RenAttentionShape *shape, float scale) {
  RenPlanes planes;
  XXH128_hash_t key = {0, 0};
  bool shows = ren_planes_make(&planes, shape, scale);
  if (shows && !ren_planes_key(&planes, &key)) return false;
  if (shows) ADD_INTS((int64_t)key.low64, (int64_t)key.high64, planes.x, planes.y);
  return true;
}

/* False for what may look different the next time although nothing was said to have changed. */
static bool add_shape(XXH3_state_t *state, const RenCommand *command, float scale) {
  switch (command->kind) {
  case REN_CLIP:
  case REN_AREA:
    return true;
  case REN_RECT:
    add_box(state, &command->box);
    return true;
  case REN_LINE:
    add_line(state, &command->line);
    return true;
  case REN_TEXT:
    add_text(state, &command->text);
    return true;
  case REN_CELLS:
  case REN_HEATMAP:
    return add_values(state, &command->values);
  case REN_ATTENTION:
    return add_attention(state, &command->attention, scale);
  }
  return false;
}

static Mark mark_of(XXH3_state_t *state, const RenCommand *command, float scale, RenBounds whole) {
  RenRect r = command->rect, clip = command->clip;
  XXH3_64bits_reset(state);
  ADD_FLOATS(r.x, r.y, r.w, r.h, clip.x, clip.y, clip.w, clip.h);
  ADD_INTS(command->kind);
  bool known = add_shape(state, command, scale);
  return (Mark){XXH3_64bits_digest(state), ren_drawn_place(command, scale, whole),
                command->kind == REN_HEATMAP || command->kind == REN_ATTENTION, known};
}

/* --- frames */

/* What is there becomes what was there before; false when memory is short. */
static bool turn_over(RenDrawn *drawn, size_t n) {
  Mark *marks = drawn->marks;
  size_t capacity = drawn->capacity;
  drawn->marks = drawn->before, drawn->capacity = drawn->capacity_before;
  drawn->before = marks, drawn->capacity_before = capacity;
  drawn->n_before = drawn->n;
  drawn->n = 0;
  if (n <= drawn->capacity) return true;
  free(drawn->marks);
  drawn->marks = malloc(2 * n * sizeof *drawn->marks);
  drawn->capacity = drawn->marks ? 2 * n : 0;
  return drawn->marks != NULL;
}

static void take_marks(RenDrawn *drawn, const RenFrame *frame, float scale, RenBounds whole) {
  for (size_t i = 0; i < ren_frame_count(frame); i++) {
    const RenCommand *command = ren_frame_at(frame, i);
    if (command->kind == REN_CLIP || command->kind == REN_AREA) continue;
    Mark mark = mark_of(drawn->state, command, scale, whole);
    if (!ren_bounds_empty(mark.place)) drawn->marks[drawn->n++] = mark;
  }
}

static bool same(const Mark *a, const Mark *b) { return a->known && b->known && a->digest == b->digest; }

static void add_places(RenRegion *region, const Mark *marks, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) ren_region_add(region, marks[i].place);
}

/* Of the commands from … to, which end before that in the other list: each is looked for behind the last one that
 * was found, a little way. */
static RenRegion compare(const RenDrawn *drawn, size_t from, size_t to, size_t to_before) {
  enum { AHEAD = 64 };
  RenRegion region = {0};
  size_t next = from;
  for (size_t i = from; i < to; i++) {
    size_t at = next, end = next + AHEAD < to_before ? next + AHEAD : to_before;
    while (at < end && !same(&drawn->marks[i], &drawn->before[at])) at++;
    if (at == end) {
      ren_region_add(&region, drawn->marks[i].place);
      continue;
    }
    add_places(&region, drawn->before, next, at);
    next = at + 1;
  }
  add_places(&region, drawn->before, next, to_before);
  return region;
}

static RenRegion find_change(const RenDrawn *drawn) {
  size_t from = 0, to = drawn->n, to_before = drawn->n_before;
  while (from < to && from < to_before && same(&drawn->marks[from], &drawn->before[from])) from++;
  while (to > from && to_before > from && same(&drawn->marks[to - 1], &drawn->before[to_before - 1]))
    to--, to_before--;
  return compare(drawn, from, to, to_before);
}

RenRegion ren_drawn_change(RenDrawn **drawn, const RenFrame *frame, float scale, RenColor background,
                           RenBounds whole) {
  const RenRegion all = {1, {whole}};
  bool first = !*drawn;
  if (first) *drawn = drawn_new();
  RenDrawn *d = *drawn;
  if (!d) return all;
  bool other = first || scale != d->scale || number_of(background) != number_of(d->background);
  d->scale = scale;
  d->background = background;
  if (!turn_over(d, ren_frame_count(frame))) {
    ren_drawn_free(d);
    *drawn = NULL;
    return all;
  }
  take_marks(d, frame, scale, whole);
  return other ? all : find_change(d);
}

void ren_drawn_doubt(RenDrawn *drawn) {
  for (size_t i = 0; drawn && i < drawn->n; i++)
    if (drawn->marks[i].gradual) drawn->marks[i].known = false;
}
