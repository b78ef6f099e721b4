/* A line of a scan's result, as what the window can show. */
#ifndef SCRIPTING_SCAN_PLACE_H
#define SCRIPTING_SCAN_PLACE_H

#include "render/figure.h"

/* Whether the name is "RESULT.jsonl:LINE" of a file that is there. */
bool scr_scan_is_place(const char *name);

/* The sequence that the line is about, its head, its query selected and its key pinned. NULL and an error that
 * names file, line and field. The caller's to free. */
RenFigure *scr_scan_place(const char *name, EngError *err);

#endif
