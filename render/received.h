/* How much attention each key of what is shown receives. */
#ifndef RENDER_RECEIVED_H
#define RENDER_RECEIVED_H

#include "engine/source.h"
#include "render/state.h"

/* Summed over the queries: the mean of the heads that are on, or of the selected head alone; NaN for keys that are
 * left out of the drawing. Room for (columns). False while a layer of theirs is not finished. */
bool ren_received(const RenState *state, const EngSource *source, bool selected, float *sums);

#endif
