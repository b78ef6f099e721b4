/* A ring of the last frames; a quantile is an element of it, the nearest rank. */
#include "render/meter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ren_meter_add(RenMeter *meter, float seconds) {
  meter->seconds[meter->next] = seconds;
  meter->next = (meter->next + 1) % REN_METER_FRAMES;
  if (meter->n < REN_METER_FRAMES) meter->n++;
}

float ren_meter_last(const RenMeter *meter) {
  return meter->n > 0 ? meter->seconds[(meter->next + REN_METER_FRAMES - 1) % REN_METER_FRAMES] : 0;
}

static int compare(const void *a, const void *b) {
  float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

float ren_meter_quantile(const RenMeter *meter, float part) {
  float sorted[REN_METER_FRAMES];
  if (meter->n == 0) return 0;
  memcpy(sorted, meter->seconds, (size_t)meter->n * sizeof *sorted);
  qsort(sorted, (size_t)meter->n, sizeof *sorted, compare);
  int rank = (int)ceilf(part * (float)meter->n);
  return sorted[rank < 1 ? 0 : rank > meter->n ? meter->n - 1 : rank - 1];
}
