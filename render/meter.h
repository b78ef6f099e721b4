/* What the last frames cost. */
#ifndef RENDER_METER_H
#define RENDER_METER_H

#define REN_METER_FRAMES 128

typedef struct RenMeter { /* zeroed: no frames yet */
  float seconds[REN_METER_FRAMES];
  int n, next;
} RenMeter;

void ren_meter_add(RenMeter *meter, float seconds);
float ren_meter_last(const RenMeter *meter);                 /* 0 without frames */
float ren_meter_quantile(const RenMeter *meter, float part); /* 0.5: the median of what is kept */

#endif
