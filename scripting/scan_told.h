/* How far a scan has come, in words. */
#ifndef SCRIPTING_SCAN_TOLD_H
#define SCRIPTING_SCAN_TOLD_H

#include "scripting/scan.h"

#include <stddef.h>

/* "12.3 % of 4.5 MB, 1 min 5 s left, 31 found, 8120 tokens/s" */
void scr_scan_tell(const ScrScanTotals *totals, char *out, size_t size);
/* From 0 to 1. */
double scr_scan_share(const ScrScanTotals *totals);

#endif
