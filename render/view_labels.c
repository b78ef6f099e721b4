/* The hovered number goes before the selected one, and both before all others. */
#include "render/view_labels.h"

#include <math.h>
#include <stdlib.h>

RenLabels ren_labels_make(float cell, float distance, int hovered, int selected) {
  return (RenLabels){(int)fmaxf(1, ceilf(distance / cell)), hovered, selected};
}

static bool is_near(const RenLabels *labels, int i, int other) {
  return other >= 0 && abs(i - other) < labels->step;
}

bool ren_labels_show(const RenLabels *labels, int i) {
  if (i == labels->hovered) return true;
  if (is_near(labels, i, labels->hovered)) return false;
  return i == labels->selected || (i % labels->step == 0 && !is_near(labels, i, labels->selected));
}

float ren_labels_distance(const RenScene *scene, int last, float least) {
  const char *longest = ren_frame_format(scene->frame, "%d", last);
  if (!scene->text || !longest) return least;
  float width = ren_text_width(scene->text, REN_SANS, REN_TEXT_SMALL, scene->state->scale, longest);
  return fmaxf(least, ceilf(width) + REN_GRID);
}
