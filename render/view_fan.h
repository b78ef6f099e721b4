/* Connectors of the neuron view: from one row on one side of a gap to many rows on the other, each as an
 * elbow (across, along the trunk, across) with an opacity of its own. */
#ifndef RENDER_VIEW_FAN_H
#define RENDER_VIEW_FAN_H

#include "render/frame.h"
#include "render/view_scroll.h"

typedef struct RenFan {
  float hub_x, trunk_x, leaf_x; /* the trunk lies between them; the hub may be at either side */
  float first_y, pitch;         /* middle of row 0 */
  int hub;                      /* row of the one end */
  int n_leaves;
  const float *opacity; /* (n_leaves), 0: no connector */
  RenRange visible;     /* rows that show */
  float width;
  RenColor color;
} RenFan;

void ren_fan_draw(RenFrame *frame, const RenFan *fan);

/* A horizontal connector from x to x. */
void ren_fan_across(RenFrame *frame, float from, float to, float y, float width, RenColor color);

#endif
