/* Lines of attention as strokes. What lines there are is gathered as for a picture: thresholds, bins. One colour
 * laid over itself with opacities a and b shows 1 - (1 - a)(1 - b), so strokes one after the other give what the
 * rasteriser computes at once. */
#include "render/vector_parts.h"

#include "render/canvas.h"
#include "render/planes.h"

#include <stdlib.h>

enum { LEVELS = 255 };

typedef struct Gathered {
  RenGatherer gatherer;
  RenLines lines;
} Gathered;

static void free_gathered(Gathered *gathered) {
  ren_gatherer_free(&gathered->gatherer);
  ren_lines_free(&gathered->lines);
}

/* Opacity in steps; what is fainter than half a step is no line. */
static int level_of(float opacity) { return (int)(opacity * LEVELS + 0.5F); }

static int group_size(const RenAttentionShape *shape, int first) {
  int n = shape->n_planes - first;
  return n < REN_LANES ? n : REN_LANES;
}

/* The pixel rows that show of any plane of a group, as rows of a plane. */
static void look_through(RenPlanes *planes, int first, RenRect clip) {
  int top = ren_device_round(clip.y, planes->scale), bottom = ren_device_round(clip.y + clip.h, planes->scale);
  planes->bundle.top = planes->height;
  planes->bundle.bottom = 0;
  for (int i = first; i < first + group_size(planes->shape, first); i++) {
    int y = planes->y + ren_planes_place(planes, i).top;
    if (top - y < planes->bundle.top) planes->bundle.top = top - y;
    if (bottom - y > planes->bundle.bottom) planes->bundle.bottom = bottom - y;
  }
  if (planes->bundle.top < 0) planes->bundle.top = 0;
  if (planes->bundle.bottom > planes->height) planes->bundle.bottom = planes->height;
}

/* The lines of a group of planes. */
static bool gather(RenPlanes *planes, int first, RenRect clip, Gathered *out) {
  const RenAttentionShape *shape = planes->shape;
  look_through(planes, first, clip);
  return ren_bundle_gather(&planes->bundle, &out->gatherer, shape->planes + first, group_size(shape, first),
                           &out->lines);
}

static size_t count_lane(const RenLines *lines, int lane) {
  size_t n = 0;
  for (size_t i = 0; i < lines->n; i++) n += level_of(lines->opacities[i][lane]) > 0;
  return n;
}

bool ren_vector_count(const RenCommand *command, float scale, size_t most, size_t *n_lines) {
  RenPlanes planes;
  Gathered gathered = {0};
  bool ok = true;
  if (!ren_planes_make(&planes, &command->attention, scale)) return true;
  for (int first = 0; ok && *n_lines <= most && first < planes.shape->n_planes; first += REN_LANES) {
    ok = gather(&planes, first, command->clip, &gathered);
    for (int lane = 0; ok && lane < group_size(planes.shape, first); lane++)
      *n_lines += count_lane(&gathered.lines, lane);
  }
  free_gathered(&gathered);
  return ok;
}

/* --- drawing */

static bool side_fits(const RenBundleSide *side, int height) {
  float last = side->start + side->pitch * (float)(side->to - 1);
  return side->start + side->pitch * (float)side->from >= 0 && last <= (float)height;
}

/* A plane is cut only where its lines leave it: a cut for nothing would make a file several times as long. The
 * corners of a line's end may then stand out by a part of its thickness. */
static void cut(cairo_t *cr, const RenPlanes *planes) {
  if (side_fits(&planes->bundle.rows, planes->height) && side_fits(&planes->bundle.columns, planes->height)) return;
  cairo_rectangle(cr, 0, 0, planes->width, planes->height);
  cairo_clip(cr);
}

static void stroke(cairo_t *cr, const RenLine *line, double width, RenColor color, int level) {
  ren_vector_color(cr, color, (float)level / LEVELS);
  cairo_move_to(cr, 0, (double)line->y);
  cairo_line_to(cr, width, (double)line->y + (double)line->slope * width);
  cairo_stroke(cr);
}

/* In device pixels. */
static void draw_plane(cairo_t *cr, const RenPlanes *planes, int plane, const RenLines *lines, int lane) {
  RenBounds place = ren_planes_place(planes, plane);
  cairo_save(cr);
  cairo_scale(cr, 1 / (double)planes->scale, 1 / (double)planes->scale);
  cairo_translate(cr, planes->x + place.left, planes->y + place.top);
  cut(cr, planes);
  cairo_set_line_width(cr, (double)planes->bundle.thickness);
  for (size_t i = 0; i < lines->n; i++) {
    int level = level_of(lines->opacities[i][lane]);
    if (level > 0)
      stroke(cr, &lines->lines[i], (double)planes->bundle.width, planes->shape->planes[plane].color, level);
  }
  cairo_restore(cr);
}

bool ren_vector_attention(cairo_t *cr, const RenCommand *command, float scale) {
  RenPlanes planes;
  Gathered gathered = {0};
  bool ok = true;
  if (!ren_planes_make(&planes, &command->attention, scale)) return true;
  for (int first = 0; ok && first < planes.shape->n_planes; first += REN_LANES) {
    ok = gather(&planes, first, command->clip, &gathered);
    for (int lane = 0; ok && lane < group_size(planes.shape, first); lane++)
      draw_plane(cr, &planes, first + lane, &gathered.lines, lane);
  }
  free_gathered(&gathered);
  return ok;
}
