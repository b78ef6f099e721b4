/* From some moment in the past on: only differences mean something. */
#include "engine/clock.h"

#include <time.h>

double eng_clock_seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}
