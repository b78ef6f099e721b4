/* What is selected, among the members of a JSON object: of figures' provenance and of the saved state. */
#ifndef RENDER_SELECTION_JSON_H
#define RENDER_SELECTION_JSON_H

#include "engine/json.h"
#include "render/state.h"

struct json_t;

/* "layer", "head", "token", "dimension", "threshold", "zoom", "sink_hidden", "expanded"; "heads" (those that are
 * on), "pins", "panel", "pinned_panels", "picks", "scroll" (of the active view). What is not there is left out. */
void ren_selection_write(struct json_t *object, const RenState *state);
/* Absent members leave the state as it is; a wrong one is an error that names the file and the member. The active
 * view comes before. */
bool ren_selection_read(const EngJson *object, const char *file, RenState *out, EngError *err);

#endif
