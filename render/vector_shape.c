/* Boxes and lines, as paths that cairo fills and strokes. */
#include "render/vector_parts.h"

#include <math.h>

static const double quarter_turn = 1.5707963267948966;

void ren_vector_color(cairo_t *cr, RenColor color, float opacity) {
  cairo_set_source_rgba(cr, color.r / 255.0, color.g / 255.0, color.b / 255.0, (double)opacity * color.a / 255.0);
}

static void box_path(cairo_t *cr, RenRect rect, float inset, float radius) {
  double x = (double)(rect.x + inset), y = (double)(rect.y + inset);
  double w = (double)(rect.w - 2 * inset), h = (double)(rect.h - 2 * inset);
  double r = fmin((double)(radius - inset), fmin(w, h) / 2);
  cairo_new_path(cr);
  if (!(r > 0)) {
    cairo_rectangle(cr, x, y, w, h);
    return;
  }
  cairo_arc(cr, x + w - r, y + r, r, -quarter_turn, 0);
  cairo_arc(cr, x + w - r, y + h - r, r, 0, quarter_turn);
  cairo_arc(cr, x + r, y + h - r, r, quarter_turn, 2 * quarter_turn);
  cairo_arc(cr, x + r, y + r, r, 2 * quarter_turn, 3 * quarter_turn);
  cairo_close_path(cr);
}

/* The border is inside the box. */
void ren_vector_box(cairo_t *cr, RenRect rect, const RenRectShape *shape) {
  if (!(rect.w > 0 && rect.h > 0)) return;
  if (shape->fill.a) {
    box_path(cr, rect, 0, shape->radius);
    ren_vector_color(cr, shape->fill, 1);
    cairo_fill(cr);
  }
  float width = fminf(shape->stroke_width, fminf(rect.w, rect.h) / 2);
  if (!shape->stroke.a || !(width > 0)) return;
  box_path(cr, rect, width / 2, shape->radius);
  ren_vector_color(cr, shape->stroke, 1);
  cairo_set_line_width(cr, (double)width);
  cairo_stroke(cr);
}

void ren_vector_line(cairo_t *cr, const RenLineShape *line) {
  if (!line->color.a || !(line->width > 0)) return;
  ren_vector_color(cr, line->color, 1);
  cairo_set_line_width(cr, (double)line->width);
  cairo_move_to(cr, (double)line->from.x, (double)line->from.y);
  cairo_line_to(cr, (double)line->to.x, (double)line->to.y);
  cairo_stroke(cr);
}
