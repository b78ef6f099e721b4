/* Attention to be drawn, and what its pixels are by definition, written out in double precision: each line
 * covers a pixel by its height inside it at the pixel's middle, cut where the corners of its square ends are;
 * transmittance is the product over the lines;
 * planes go over each other in order. */
#ifndef TESTS_RENDER_SCENE_H
#define TESTS_RENDER_SCENE_H

#include "drawing.h"
#include "render/canvas.h"

#include <math.h>

enum { WIDTH = 60, HEIGHT = 50, MAX_PLANES = 20 };

typedef struct Scene {
  RenAttentionShape shape;
  RenPlane planes[MAX_PLANES];
  float *weights; /* (planes, rows, columns) */
  size_t n_weights;
} Scene;

static inline Scene *new_scene(int n_planes, size_t rows, size_t columns, uint32_t seed) {
  Scene *scene = calloc(1, sizeof *scene);
  assert_non_null(scene);
  scene->n_weights = (size_t)n_planes * rows * columns;
  scene->weights = malloc(scene->n_weights * sizeof(float));
  assert_non_null(scene->weights);
  for (size_t i = 0; i < scene->n_weights; i++) {
    float r = drawing_random(&seed);
    scene->weights[i] = r * r;
  }
  for (int p = 0; p < n_planes; p++)
    scene->planes[p] = (RenPlane){{10, 5},
                                  ren_theme_head_color(p),
                                  {.data = scene->weights + (size_t)p * rows * columns,
                                   .rank = 2,
                                   .shape = {rows, columns},
                                   .stride = {(ptrdiff_t)columns, 1}},
                                  0.8F};
  scene->shape = (RenAttentionShape){.width = 40,
                                     .height = 40,
                                     .left_y = 3,
                                     .left_pitch = 36.0F / (float)rows,
                                     .right_y = 2.5F,
                                     .right_pitch = 33.0F / (float)columns,
                                     .thickness = 2,
                                     .only_row = -1,
                                     .only_column = -1,
                                     .n_planes = n_planes,
                                     .planes = scene->planes};
  return scene;
}

static inline void free_scene(Scene *scene) {
  free(scene->weights);
  free(scene);
}

/* --- the definition */

static inline double opacity_of(const RenAttentionShape *shape, const RenPlane *plane, int i, int j) {
  const EngTensor *w = &plane->weights;
  double weight = (double)w->data[i * w->stride[0] + j * w->stride[1]];
  bool left_out = (shape->only_row >= 0 && i != shape->only_row) ||
                  (shape->only_column >= 0 && j != shape->only_column) || (shape->skip && shape->skip[j]) ||
                  (shape->only_rows && !shape->only_rows[i]) || (shape->only_columns && !shape->only_columns[j]) ||
                  !(weight >= (double)shape->threshold) || !(weight > 0);
  double opacity = weight * (double)plane->gain;
  return left_out ? 0 : opacity < 1 ? opacity : 1;
}

static inline double line_coverage(const RenAttentionShape *shape, int i, int j, double scale, int x, int y) {
  double left = (double)(shape->left_y + (float)i * shape->left_pitch) * scale;
  double right = (double)(shape->right_y + (float)j * shape->right_pitch) * scale;
  double slope = (right - left) / ((double)shape->width * scale);
  double thickness = (double)shape->thickness * scale, half = thickness / 2 * sqrt(1 + slope * slope);
  double corner = thickness / 2 * cos(atan(slope)), top = fmin(left, right) - corner,
         bottom = fmax(left, right) + corner;
  double middle = left + slope * (x + 0.5);
  double from = fmax(fmax(middle - half, top), y), to = fmin(fmin(middle + half, bottom), y + 1.0);
  return to > from ? to - from : 0;
}

/* What shows through a plane at one of its pixels. */
static inline double transmittance(const RenAttentionShape *shape, const RenPlane *plane, double scale, int x,
                                   int y) {
  double through = 1;
  for (int i = 0; i < (int)plane->weights.shape[0]; i++)
    for (int j = 0; j < (int)plane->weights.shape[1]; j++) {
      double opacity = opacity_of(shape, plane, i, j);
      if (opacity > 0) through *= 1 - opacity * line_coverage(shape, i, j, scale, x, y);
    }
  return through;
}

static inline void expected_pixel(const RenAttentionShape *shape, double scale, int x, int y, double rgb[3]) {
  for (int p = 0; p < shape->n_planes; p++) {
    const RenPlane *plane = &shape->planes[p];
    int px = x - (int)floor((double)plane->origin.x * scale + 0.5);
    int py = y - (int)floor((double)plane->origin.y * scale + 0.5);
    if (px < 0 || py < 0 || px >= lround((double)shape->width * scale) ||
        py >= lround((double)shape->height * scale))
      continue;
    double alpha = (1 - transmittance(shape, plane, scale, px, py)) * plane->color.a / 255;
    const double color[3] = {plane->color.r, plane->color.g, plane->color.b};
    for (int c = 0; c < 3; c++) rgb[c] += (color[c] - rgb[c]) * alpha;
  }
}

static const uint32_t background = 0x15171C;

/* The largest difference from the definition inside the clip, in levels of 255; outside nothing is drawn. */
static inline double difference(const Drawing *drawing, const RenAttentionShape *shape, double scale,
                                RenBounds clip) {
  double worst = 0;
  for (int y = 0; y < drawing->pixels.height; y++)
    for (int x = 0; x < drawing->pixels.width; x++) {
      double rgb[3] = {0x15, 0x17, 0x1C};
      bool inside = x >= clip.left && x < clip.right && y >= clip.top && y < clip.bottom;
      if (inside) expected_pixel(shape, scale, x, y, rgb);
      for (int c = 0; c < 3; c++) {
        double off = fabs(drawing_channel(drawing, x, y, 16 - 8 * c) - rgb[c]);
        worst = off > worst ? off : worst;
      }
    }
  return worst;
}

#endif
