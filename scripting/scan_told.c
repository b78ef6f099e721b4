/* The time that is left is what the bytes that are left take at the rate of this part. */
#include "scripting/scan_told.h"

#include <stdio.h>

double scr_scan_share(const ScrScanTotals *totals) {
  return totals->bytes ? (double)totals->bytes_done / (double)totals->bytes : 1;
}

/* "2 h 5 min", "1 min 30 s", "12 s" */
static void tell_time(double seconds, char *out, size_t size) {
  unsigned long long s = (unsigned long long)seconds;
  if (s >= 3600)
    snprintf(out, size, "%llu h %llu min", s / 3600, s / 60 % 60);
  else if (s >= 600)
    snprintf(out, size, "%llu min", s / 60);
  else if (s >= 60)
    snprintf(out, size, "%llu min %llu s", s / 60, s % 60);
  else
    snprintf(out, size, "%llu s", s);
}

void scr_scan_tell(const ScrScanTotals *t, char *out, size_t size) {
  char left[48];
  double per_byte = t->bytes_here ? t->seconds / (double)t->bytes_here : 0;
  tell_time((double)(t->bytes - t->bytes_done) * per_byte, left, sizeof left);
  snprintf(out, size, "%.1f %% of %.1f MB, %s left, %llu found, %.0f tokens/s", 100 * scr_scan_share(t),
           (double)t->bytes / 1e6, left, (unsigned long long)t->found, (double)t->tokens_here / t->seconds);
}
