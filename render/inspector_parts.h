/* What the files of the inspector share: rows in the making, each section a function. */
#ifndef RENDER_INSPECTOR_PARTS_H
#define RENDER_INSPECTOR_PARTS_H

#include "render/inspector.h"
#include "render/view_scene.h"

typedef struct RenInspector {
  const RenInspectFrom *from;
  RenScene scene;
  RenScene second; /* its block NULL: nothing is compared */
  RenInspection *out;
} RenInspector;

/* inspector_row.c: NULL for a label or a value says that memory was short; then there is no row. */
void ren_inspector_row(const RenInspector *it, RenInspectRow row);
void ren_inspector_heading(const RenInspector *it, const char *label);
void ren_inspector_field(const RenInspector *it, const char *label, const char *value);
void ren_inspector_note(const RenInspector *it, const char *text);
/* A number of the first run and, in a comparison, of the second, with so many decimals; NaN: there is none. */
void ren_inspector_number(const RenInspector *it, const char *label, int decimals, const float of[2]);
/* In a comparison the titles of the columns. */
void ren_inspector_columns(const RenInspector *it);
/* A weight of a token, or of a pair, with a bar of that length; a click pins `token` of `side`, if that is one. */
void ren_inspector_ranked(const RenInspector *it, const char *label, const float of[2], RenSide side, int token);
/* A number of the first run alone, with a bar as long as a share. */
void ren_inspector_bar(const RenInspector *it, const char *label, float number, float share, RenSide side,
                       int token);

const char *ren_inspector_format(const RenInspector *it, float number);
const char *ren_inspector_text(const RenInspector *it, const EngToken *token);
/* k1 "·doctor" */
const char *ren_inspector_token(const RenInspector *it, const RenScene *scene, RenSide side, int i);
/* q8 "·She" → k1 "·doctor" */
const char *ren_inspector_pair(const RenInspector *it, const RenScene *scene, int query, int key);
/* The token of the second run that stands for one of the first, or -1. */
int ren_inspector_partner(const RenInspector *it, RenSide side, int i);

/* inspector_pair.c: the pair that is looked at, and the dimension that is chosen. */
void ren_inspector_edge(const RenInspector *it);
/* inspector_next.c: how likely a query token was, and what may come next behind it. */
void ren_inspector_probability(const RenInspector *it, int query);
void ren_inspector_next(const RenInspector *it, int query);
/* Where a query of the part that is shown is in the whole sequence, before anything was merged. */
int ren_inspector_position(const RenScene *scene, int query);
/* inspector_edits.c: the edits of the model, and what can be done to them. */
void ren_inspector_edits(const RenInspector *it);
/* inspector_strip.c: what the token strip shows. */
void ren_inspector_strip(const RenInspector *it);

#endif
