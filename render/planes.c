/* Planes go through in groups of sixteen: their weights become lines, the columns of the lines are worked
 * out for all planes of the group at once, and each column is laid, plane over plane, over the layer. A plane
 * alone comes in blocks of sixteen columns. */
#include "render/planes.h"

#include <math.h>
#include <string.h>

typedef float Four __attribute__((vector_size(16)));
typedef int32_t FourInts __attribute__((vector_size(16)));
typedef uint16_t FourShorts __attribute__((vector_size(8)));

typedef struct Group {
  const RenLayer *layer;
  int n;
  RenBounds places[REN_LANES];
  Four red[REN_LANES], green[REN_LANES], blue[REN_LANES], alphas[REN_LANES]; /* each number four times */
  RenBounds window; /* of a plane: what falls into the layer of any plane */
} Group;

/* --- geometry */

static bool fits(const EngTensor *weights, size_t rows, size_t columns) {
  return weights->rank == 2 && weights->shape[0] == rows && weights->shape[1] == columns;
}

static bool all_fit(const RenAttentionShape *shape, size_t rows, size_t columns) {
  for (int i = 0; i < shape->n_planes; i++)
    if (!fits(&shape->planes[i].weights, rows, columns)) return false;
  return rows > 0 && columns > 0 && rows < INT32_MAX / 2 && columns < INT32_MAX / 2;
}

bool ren_planes_make(RenPlanes *out, const RenAttentionShape *shape, float scale) {
  if (shape->n_planes < 1) return false;
  const RenPlane *first = &shape->planes[0];
  size_t rows = first->weights.shape[0], columns = first->weights.shape[1];
  if (!all_fit(shape, rows, columns)) return false;
  bool binned = shape->binned;
  *out = (RenPlanes){
      .shape = shape,
      .scale = scale,
      .bundle = {.rows =
                     ren_bundle_side((int)rows, shape->only_row, binned, shape->left_y, shape->left_pitch, scale),
                 .columns = ren_bundle_side((int)columns, shape->only_column, binned, shape->right_y,
                                            shape->right_pitch, scale),
                 .width = ren_device(shape->width, scale),
                 .thickness = ren_device(shape->thickness, scale),
                 .threshold = shape->threshold,
                 .only_rows = shape->only_rows,
                 .only_columns = shape->only_columns,
                 .skip = shape->skip,
                 .lower = shape->lower},
      .width = ren_device_round(shape->width, scale),
      .height = ren_device_round(shape->height, scale),
      .x = ren_device_round(first->origin.x, scale),
      .y = ren_device_round(first->origin.y, scale),
  };
  return out->width > 0 && out->height > 0 && out->bundle.thickness > 0;
}

RenBounds ren_planes_place(const RenPlanes *planes, int i) {
  RenPoint origin = planes->shape->planes[i].origin;
  int x = ren_device_round(origin.x, planes->scale) - planes->x,
      y = ren_device_round(origin.y, planes->scale) - planes->y;
  return (RenBounds){x, y, x + planes->width, y + planes->height};
}

static int least(int a, int b) { return a < b ? a : b; }
static int most(int a, int b) { return a > b ? a : b; }

RenBounds ren_planes_bounds(const RenPlanes *planes) {
  RenBounds all = {0};
  for (int i = 0; i < planes->shape->n_planes; i++) all = ren_bounds_unite(all, ren_planes_place(planes, i));
  return all;
}

/* --- from a column to the layer */

/* Nothing was drawn there in any plane. */
static bool is_untouched(const RenLanes *lanes) {
  static const RenLanes one = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  uint64_t here[sizeof(RenLanes) / 8], there[sizeof(RenLanes) / 8], differ = 0;
  memcpy(here, lanes, sizeof here);
  memcpy(there, &one, sizeof there);
  for (size_t i = 0; i < sizeof here / sizeof here[0]; i++) differ |= here[i] ^ there[i];
  return differ == 0;
}

/* What pixels let through of what lies behind, and what colour is on top of that, each number of four at once. */
typedef struct Laid {
  Four through, red, green, blue;
} Laid;

/* From the foremost plane back: what it and those before it let through is all that counts of the next. */
REN_INLINE Laid lay_planes(const Group *group, const RenLanes *through, int first, int last) {
  Laid laid = {.through = {1, 1, 1, 1}};
  for (int lane = last - 1; lane >= first; lane--) {
    Four rest = {through[0][lane], through[1][lane], through[2][lane], through[3][lane]};
    Four opacity = (1 - rest) * group->alphas[lane], seen = opacity * laid.through;
    laid.red += group->red[lane] * seen;
    laid.green += group->green[lane] * seen;
    laid.blue += group->blue[lane] * seen;
    laid.through *= 1 - opacity;
  }
  return laid;
}

static void lay_pixel(uint16_t *pixel, const Laid *laid, int i) {
  FourShorts stored;
  memcpy(&stored, pixel, sizeof stored);
  Four over = {0, laid->red[i], laid->green[i], laid->blue[i]};
  Four sum = __builtin_convertvector(stored, Four) * laid->through[i] + over;
  stored = __builtin_convertvector(__builtin_convertvector(sum + 0.5F, FourInts), FourShorts);
  memcpy(pixel, &stored, sizeof stored);
}

/* Lays a column of the planes first … last, which stand on each other, over the layer. */
static void lay_column(const Group *group, const RenColumn *column, int first, int last) {
  const RenBounds *bounds = &group->layer->bounds, *place = &group->places[first];
  int to_x = place->left + column->x;
  if (to_x < bounds->left || to_x >= bounds->right) return;
  int top = most(column->top, bounds->top - place->top);
  int bottom = least(column->bottom, bounds->bottom - place->top);
  if (top >= bottom) return;
  uint16_t *pixel = ren_layer_pixel(group->layer, to_x, top + place->top);
  size_t pitch = 4 * (size_t)(bounds->right - bounds->left);
  const RenLanes *through = column->through + (top - column->top);
  for (; top < bottom; top += 4, through += 4) {
    if (is_untouched(&through[0]) && is_untouched(&through[1]) && is_untouched(&through[2]) &&
        is_untouched(&through[3])) {
      pixel += 4 * pitch;
      continue;
    }
    Laid laid = lay_planes(group, through, first, last);
    for (int i = 0; i < 4 && top + i < bottom; i++, pixel += pitch) lay_pixel(pixel, &laid, i);
  }
}

static void take_column(void *context, const RenColumn *column) {
  const Group *group = context;
  for (int first = 0, last = 0; first < group->n; first = last) {
    for (last = first + 1; last < group->n && ren_bounds_same(group->places[first], group->places[last]);) last++;
    lay_column(group, column, first, last);
  }
}

/* What a pixel of the only plane lets through, over the layer. */
static void lay_single(const Group *group, float rest, uint16_t *pixel) {
  float opacity = (1 - rest) * group->alphas[0][0], through = 1 - opacity;
  Four color = {0, group->red[0][0], group->green[0][0], group->blue[0][0]};
  FourShorts stored;
  memcpy(&stored, pixel, sizeof stored);
  Four sum = __builtin_convertvector(stored, Four) * through + color * opacity;
  stored = __builtin_convertvector(__builtin_convertvector(sum + 0.5F, FourInts), FourShorts);
  memcpy(pixel, &stored, sizeof stored);
}

/* The same of a block of columns of the only plane, a row at a time. */
static void take_block(void *context, const RenBlock *block) {
  const Group *group = context;
  const RenBounds *bounds = &group->layer->bounds, *place = &group->places[0];
  int left = most(block->left, bounds->left - place->left),
      right = least(block->right, bounds->right - place->left);
  int top = most(block->top, bounds->top - place->top), bottom = least(block->bottom, bounds->bottom - place->top);
  for (int y = top; left < right && y < bottom; y++) {
    const RenLanes *through = &block->through[y - block->top];
    if (is_untouched(through)) continue;
    uint16_t *pixel = ren_layer_pixel(group->layer, left + place->left, y + place->top);
    for (int x = left; x < right; x++, pixel += 4) lay_single(group, (*through)[x - block->left], pixel);
  }
}

/* --- groups */

/* What of a plane falls into the layer, counted from the plane's corner. */
static RenBounds window_of(RenBounds place, RenBounds layer) {
  RenBounds seen = ren_bounds_intersect(place, layer);
  if (ren_bounds_empty(seen)) return (RenBounds){0};
  return (RenBounds){seen.left - place.left, seen.top - place.top, seen.right - place.left,
                     seen.bottom - place.top};
}

static Four splat(float value) { return (Four){value, value, value, value}; }

static void add_plane(Group *group, const RenPlanes *planes, int i) {
  RenColor color = planes->shape->planes[i].color;
  int lane = group->n++;
  group->places[lane] = ren_planes_place(planes, i);
  group->red[lane] = splat((float)color.r * 257);
  group->green[lane] = splat((float)color.g * 257);
  group->blue[lane] = splat((float)color.b * 257);
  group->alphas[lane] = splat((float)color.a / 255);
  group->window = ren_bounds_unite(group->window, window_of(group->places[lane], group->layer->bounds));
}

/* Whether the place lies across a plane of the group. Columns of such planes would be laid in the order of
 * the columns instead of that of the planes. */
static bool lies_across(const Group *group, RenBounds place) {
  for (int i = 0; i < group->n; i++)
    if (!ren_bounds_same(place, group->places[i]) &&
        !ren_bounds_empty(ren_bounds_intersect(place, group->places[i])))
      return true;
  return false;
}

static Group make_group(const RenPlanes *planes, const RenLayer *layer, int first) {
  Group group = {.layer = layer};
  for (int i = first; i < planes->shape->n_planes && group.n < REN_LANES; i++) {
    if (lies_across(&group, ren_planes_place(planes, i))) break;
    add_plane(&group, planes, i);
  }
  return group;
}

/* What of the group's lines falls into its window. */
static RenBundle bundle_of(const RenPlanes *planes, const Group *group) {
  RenBundle bundle = planes->bundle;
  bundle.top = group->window.top;
  bundle.bottom = group->window.bottom;
  bundle.left = group->window.left;
  bundle.right = group->window.right;
  return bundle;
}

static bool draw_group(const RenPlanes *planes, RenPlanesMemory *memory, Group *group, int first) {
  RenBundle bundle = bundle_of(planes, group);
  const RenPlane *of = planes->shape->planes + first;
  float enough = group->n == 1 ? REN_SINGLE * planes->most : planes->most;
  if (enough > 0) bundle.floor = ren_bundle_floor(&bundle, &memory->gatherer, of, group->n, enough);
  if (bundle.floor > 0 || bundle.sampled) memory->left_out = true;
  if (!ren_bundle_gather(&bundle, &memory->gatherer, of, group->n, &memory->lines)) return false;
  return group->n == 1 ? ren_columns_draw_single(memory->columns, &memory->lines, group->window, take_block, group)
                       : ren_columns_draw(memory->columns, &memory->lines, group->window, take_column, group);
}

float ren_planes_cost(const RenPlanes *planes, RenPlanesMemory *memory, RenBounds bounds) {
  const RenLayer layer = {.bounds = bounds};
  float cost = 0;
  for (int i = 0; i < planes->shape->n_planes;) {
    Group group = make_group(planes, &layer, i);
    RenBundle bundle = bundle_of(planes, &group);
    if (!ren_bounds_empty(group.window))
      cost += ren_bundle_cost(&bundle, &memory->gatherer, planes->shape->planes + i, group.n) /
              (group.n == 1 ? REN_SINGLE : 1);
    i += group.n;
  }
  return cost;
}

enum { READ = 32 }; /* as many weights as take the time of one line in one column */

float ren_planes_reading(const RenPlanes *planes) {
  const RenBundleSide *rows = &planes->bundle.rows, *columns = &planes->bundle.columns;
  float weights = (float)(rows->to - rows->from) * (float)(columns->to - columns->from);
  return weights * (float)planes->shape->n_planes / (planes->bundle.lower ? 2 * READ : READ);
}

size_t ren_planes_work(const RenPlanesMemory *memory) {
  return ren_columns_work(memory->columns) + memory->gatherer.looked_at / READ;
}

bool ren_planes_draw(const RenPlanes *planes, RenPlanesMemory *memory, const RenLayer *layer) {
  memory->left_out = false;
  for (int i = 0; i < planes->shape->n_planes;) {
    Group group = make_group(planes, layer, i);
    if (eng_cancel_raised(memory->cancel)) return false;
    if (!ren_bounds_empty(group.window) && !draw_group(planes, memory, &group, i)) return false;
    i += group.n;
  }
  return true;
}
