/* Numbers about tokens that the window asks for: what it wants as the engine takes it, and the work itself. */
#ifndef SCRIPTING_READINGS_H
#define SCRIPTING_READINGS_H

#include "engine/readings.h"
#include "render/ui.h"

/* The spec of what the ui wants of its source, or of the second one; `neuron` is a part's name, or NULL. False and
 * an error where there is none of that name. */
bool scr_readings_spec(const RenUi *ui, bool second, const char *neuron, EngReadingsSpec *out, EngError *err);

/* Works them out at once and hands them to the ui, where it wants some; for those who have no window to keep
 * going. */
void scr_readings_now(RenUi *ui);

#endif
