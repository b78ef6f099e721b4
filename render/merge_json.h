/* A merge among the members of a JSON object: of figures' provenance and of the saved state. */
#ifndef RENDER_MERGE_JSON_H
#define RENDER_MERGE_JSON_H

#include "engine/json.h"
#include "engine/merge.h"

struct json_t;

/* "aggregate", "merged" (a list of heads, where not all are), "by", "words", "renormalise". */
void ren_merge_write(struct json_t *object, const EngMerge *merge);
/* Absent members are as at first; a wrong one is an error that names the file and the member. */
bool ren_merge_read(const EngJson *object, const char *file, EngMerge *out, EngError *err);

#endif
