/* What is set of views, among the members of a JSON object: of figures' provenance and of the saved state. */
#ifndef RENDER_SETTINGS_JSON_H
#define RENDER_SETTINGS_JSON_H

#include "engine/json.h"
#include "render/state.h"

struct json_t;

/* "palette", "lines", "ramp", "thumbs", "sort", "grouped", "dimension_order", "dimension_rest", "dimension_top",
 * "values". */
void ren_settings_write(struct json_t *object, const RenState *state);
/* Absent members leave the state as it is; a wrong one is an error that names the file and the member. */
bool ren_settings_read(const EngJson *object, const char *file, RenState *out, EngError *err);

#endif
