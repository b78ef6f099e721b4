/* What a second run is made of, as figures and saved windows keep it. */
#ifndef RENDER_COMPARISON_H
#define RENDER_COMPARISON_H

#include "engine/json.h"
#include "render/ui.h"

struct json_t;

typedef struct RenComparison {
  char *model;       /* or recorded file, where it is not the first run's; else NULL */
  char *text, *pair; /* NULL: there is no second run; no pair */
} RenComparison;

void ren_comparison_free(RenComparison *comparison);
/* That of a window; empty where there is none. False when memory is short. */
bool ren_comparison_of(const RenUi *ui, RenComparison *out);

/* An object with what the views show of it; NULL where there is no second run. */
struct json_t *ren_comparison_json(const RenComparison *comparison, const RenState *state);
/* The member "compare" of an object; absent: none. False and an error that names the field. */
bool ren_comparison_read(const EngJson *object, const char *file, RenComparison *out, RenState *state,
                         EngError *err);

#endif
