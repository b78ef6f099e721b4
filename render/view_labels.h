/* Numbers along an axis, as many as there is room for. */
#ifndef RENDER_VIEW_LABELS_H
#define RENDER_VIEW_LABELS_H

#include "render/view_scene.h"

/* Every `step`th has its number, but for those too near to the hovered or the selected one, which have theirs in
 * any case; -1 for none of these. */
typedef struct RenLabels {
  int step, hovered, selected;
} RenLabels;

/* Of cells of a width, or height, with numbers that stand so far from each other, at least. */
RenLabels ren_labels_make(float cell, float distance, int hovered, int selected);
bool ren_labels_show(const RenLabels *labels, int i);

/* How far numbers up to `last` have to stand from each other: as far as the longest is wide, and no less than
 * `least`. */
float ren_labels_distance(const RenScene *scene, int last, float least);

#endif
