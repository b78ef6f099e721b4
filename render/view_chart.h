/* Signed bars over an axis of whole numbers, from the left to the right. */
#ifndef RENDER_VIEW_CHART_H
#define RENDER_VIEW_CHART_H

#include "render/view_scene.h"

typedef struct RenChart {
  RenRect rect;             /* of title, bars and foot */
  RenRect bars;             /* filled by ren_chart_place */
  const char *title, *note; /* over the bars and, muted, under them; NULL: none */
  const float *values;      /* (n) */
  int n;
  int first;       /* number of the first one, at the foot */
  int lit;         /* the one that stands out, or -1 */
  float low, high; /* of the axis, which holds 0 */
  RenId id;        /* of the first; the others count on */
} RenChart;

/* Widens the axis so that it holds these values. */
void ren_chart_hold(RenChart *chart, const float *values, int n);
/* Where the bars are; false where there is no room for them. */
bool ren_chart_place(RenChart *chart);
void ren_chart_draw(const RenScene *scene, const RenChart *chart);
/* A point of the chart: the middle of bar `i` at a value. */
RenPoint ren_chart_point(const RenChart *chart, int i, float value);

#endif
