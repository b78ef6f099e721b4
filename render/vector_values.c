/* Strips and heat maps. Up to some thousand cells are boxes, which any program can take apart; beyond, an image
 * with several dots to a cell, so that no viewer blurs one into the next. */
#include "render/vector_parts.h"

#include "engine/pool.h"
#include "render/ramp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BOXES = 4096, IMAGE_SIDE = 1024, MAX_DOTS = 16, POOLED_DOTS = 2 };

typedef struct Map {
  const RenValuesShape *shape;
  size_t rows, columns;
  ptrdiff_t row_stride, column_stride;
} Map;

static float value_at(const Map *map, size_t row, size_t column) {
  return map->shape->values.data[(ptrdiff_t)row * map->row_stride + (ptrdiff_t)column * map->column_stride];
}

/* A cell: its colour over the ground, times how opaque both are together. */
typedef struct Cell {
  float r, g, b, a;
} Cell;

static bool shows(const RenValuesShape *shape, size_t column, float value) {
  return !(fabsf(value) < shape->threshold) && !(shape->skip && shape->skip[column]);
}

static Cell cell_at(const Map *map, size_t row, size_t column) {
  const RenValuesShape *shape = map->shape;
  float value = value_at(map, row, column);
  RenColor over = value > 0 ? shape->positive : shape->negative, ground = shape->ground;
  float opacity = shows(shape, column, value) ? ren_ramp_opacity(shape->ramp, value * ren_values_gain(shape)) : 0;
  float a = opacity * (float)over.a / 255, rest = (1 - a) * (float)ground.a / 255;
  return (Cell){(float)over.r * a + (float)ground.r * rest, (float)over.g * a + (float)ground.g * rest,
                (float)over.b * a + (float)ground.b * rest, a + rest};
}

/* --- boxes */

static float cell_side(float length, size_t n, float gap) {
  return fmaxf(length - gap * ((float)n - 1), 0) / (float)n;
}

static void draw_boxes(cairo_t *cr, RenRect rect, const Map *map) {
  float gap = map->shape->gap, w = cell_side(rect.w, map->columns, gap);
  float row_gap = map->rows > 1 ? gap : 0, h = cell_side(rect.h, map->rows, row_gap);
  for (size_t i = 0; i < map->rows; i++)
    for (size_t j = 0; j < map->columns; j++) {
      Cell cell = cell_at(map, i, j);
      if (!(cell.a > 0)) continue;
      double full = 255 * (double)cell.a;
      cairo_set_source_rgba(cr, (double)cell.r / full, (double)cell.g / full, (double)cell.b / full,
                            (double)cell.a);
      cairo_rectangle(cr, (double)(rect.x + (float)j * (w + gap)), (double)(rect.y + (float)i * (h + row_gap)),
                      (double)w, (double)h);
      cairo_fill(cr);
    }
}

/* --- an image */

/* Cairo's pixels hold colours times opacity. */
static uint32_t pixel_at(const Map *map, size_t row, size_t column) {
  Cell cell = cell_at(map, row, column);
  uint32_t r = (uint32_t)(cell.r + 0.5F), g = (uint32_t)(cell.g + 0.5F), b = (uint32_t)(cell.b + 0.5F);
  return (uint32_t)(cell.a * 255 + 0.5F) << 24 | r << 16 | g << 8 | b;
}

static void fill_image(cairo_surface_t *image, const Map *map, size_t per_cell) {
  unsigned char *bytes = cairo_image_surface_get_data(image);
  size_t stride = (size_t)cairo_image_surface_get_stride(image);
  for (size_t i = 0; bytes && i < map->rows; i++) {
    unsigned char *first = bytes + i * per_cell * stride;
    uint32_t *row = (uint32_t *)(void *)first;
    for (size_t j = 0; j < map->columns; j++) {
      uint32_t pixel = pixel_at(map, i, j);
      for (size_t dot = 0; dot < per_cell; dot++) *row++ = pixel;
    }
    for (size_t dot = 1; dot < per_cell; dot++)
      memcpy(first + dot * stride, first, map->columns * per_cell * sizeof *row);
  }
  cairo_surface_mark_dirty(image);
}

static size_t dots_of(const Map *map) {
  size_t longest = map->rows > map->columns ? map->rows : map->columns, dots = IMAGE_SIDE / longest;
  return dots < 1 ? 1 : dots > MAX_DOTS ? MAX_DOTS : dots;
}

static void draw_image(cairo_t *cr, RenRect rect, const Map *map, size_t per_cell) {
  int width = (int)(map->columns * per_cell), height = (int)(map->rows * per_cell);
  cairo_surface_t *image = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  fill_image(image, map, per_cell);
  cairo_save(cr);
  cairo_translate(cr, (double)rect.x, (double)rect.y);
  cairo_scale(cr, (double)rect.w / width, (double)rect.h / height);
  cairo_set_source_surface(cr, image, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
  cairo_rectangle(cr, 0, 0, width, height);
  cairo_fill(cr);
  cairo_restore(cr);
  cairo_surface_destroy(image);
}

/* A thumbnail's picture is of its own size, with some dots to a logical pixel. */
static size_t pooled_side(float length, size_t n) {
  float dots = fmaxf(length, 1) * POOLED_DOTS;
  return dots < (float)n ? (size_t)dots : n;
}

/* Draws the pooled matrix instead; false when memory is short. */
static bool draw_pooled(cairo_t *cr, RenRect rect, const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  size_t rows = pooled_side(rect.h, values->shape[0]), columns = pooled_side(rect.w, values->shape[1]);
  float *work = malloc((2 * values->shape[1] + rows * columns) * sizeof *work);
  if (!work) return false;
  float *pool = work + 2 * values->shape[1];
  EngPooling pooling = {values, shape->skip, shape->lower, eng_cut_even(values->shape[0], rows),
                        eng_cut_even(values->shape[1], columns)};
  eng_pool(&pooling, work, pool, columns);
  RenValuesShape smaller = *shape;
  smaller.values = eng_tensor_view(pool, 2, (const size_t[]){rows, columns});
  smaller.skip = NULL;
  smaller.pooled = false;
  draw_image(cr, rect, &(Map){&smaller, rows, columns, (ptrdiff_t)columns, 1}, 1);
  free(work);
  return true;
}

void ren_vector_values(cairo_t *cr, RenRect rect, const RenValuesShape *shape) {
  const EngTensor *values = &shape->values;
  bool strip = values->rank == 1;
  if ((!strip && values->rank != 2) || ren_rect_empty(rect)) return;
  Map map = {shape, strip ? 1 : values->shape[0], values->shape[strip ? 0 : 1], strip ? 0 : values->stride[0],
             values->stride[strip ? 0 : 1]};
  if (map.rows == 0 || map.columns == 0 || map.rows > INT16_MAX || map.columns > INT16_MAX) return;
  if (shape->pooled && map.rows * map.columns > MAX_BOXES && !strip && draw_pooled(cr, rect, shape)) return;
  if (map.rows * map.columns > MAX_BOXES && !strip)
    draw_image(cr, rect, &map, dots_of(&map));
  else
    draw_boxes(cr, rect, &map);
}
