/* Drawn one by one, the elbows of 512 rows would cover each other along the trunk. What a piece of the trunk
 * looks like under all of them is 1 - product(1 - opacity) of the rows beyond it, so one piece a visible row
 * gives the same picture. */
#include "render/view_fan.h"

#include <math.h>

void ren_fan_across(RenFrame *frame, float from, float to, float y, float width, RenColor color) {
  RenRect rect = {fminf(from, to), y - width / 2, fabsf(to - from), width};
  ren_frame_fill(frame, REN_NO_ID, rect, color);
}

static float row_y(const RenFan *fan, int row) { return fan->first_y + (float)row * fan->pitch; }

/* How opaque the connectors to leaves from … to - 1 are together. */
static float together(const RenFan *fan, int from, int to) {
  float through = 1;
  for (int i = from < 0 ? 0 : from; i < to && i < fan->n_leaves; i++) through *= 1 - fan->opacity[i];
  return 1 - through;
}

static void draw_trunk(RenFrame *frame, const RenFan *fan, float top, float bottom, float opacity) {
  if (opacity <= 0) return;
  RenRect rect = {fan->trunk_x - fan->width / 2, top, fan->width, bottom - top};
  ren_frame_fill(frame, REN_NO_ID, rect, ren_color_fade(fan->color, opacity));
}

/* Above the hub, the piece that ends at row i belongs to leaves 0 … i; it includes that row's corner. */
static void draw_above(RenFrame *frame, const RenFan *fan) {
  float half = fan->width / 2;
  int first = fan->visible.first > 0 ? fan->visible.first - 1 : 0;
  float through = 1 - together(fan, 0, first);
  for (int i = first; i < fan->hub && i < fan->visible.last; i++) {
    if (i < fan->n_leaves) through *= 1 - fan->opacity[i];
    draw_trunk(frame, fan, row_y(fan, i) - half, row_y(fan, i + 1) - half, 1 - through);
  }
}

static void draw_below(RenFrame *frame, const RenFan *fan) {
  float half = fan->width / 2;
  int last = fan->visible.last < fan->n_leaves ? fan->visible.last : fan->n_leaves - 1;
  float through = 1 - together(fan, last + 1, fan->n_leaves);
  for (int i = last; i > fan->hub && i >= fan->visible.first; i--) {
    through *= 1 - fan->opacity[i];
    draw_trunk(frame, fan, row_y(fan, i - 1) + half, row_y(fan, i) + half, 1 - through);
  }
}

void ren_fan_draw(RenFrame *frame, const RenFan *fan) {
  float side = fan->leaf_x > fan->trunk_x ? fan->width / 2 : -fan->width / 2; /* past the trunk's corners */
  float all = together(fan, 0, fan->n_leaves);
  if (all > 0)
    ren_fan_across(frame, fan->hub_x, fan->trunk_x + side, row_y(fan, fan->hub), fan->width,
                   ren_color_fade(fan->color, all));
  draw_above(frame, fan);
  draw_below(frame, fan);
  for (int i = fan->visible.first; i < fan->visible.last && i < fan->n_leaves; i++) {
    if (fan->opacity[i] <= 0) continue;
    ren_fan_across(frame, fan->trunk_x + side, fan->leaf_x, row_y(fan, i), fan->width,
                   ren_color_fade(fan->color, fan->opacity[i]));
  }
}
