/* What is one of a few, each with a name: what a view is and of which run, how lines weigh, the order of
 * dimensions. Parsing fails where no such name is, and leaves `out` alone. */
#ifndef RENDER_CHOICE_H
#define RENDER_CHOICE_H

#include <stdbool.h>

typedef enum RenViewKind {
  REN_VIEW_MODEL,
  REN_VIEW_HEAD,
  REN_VIEW_NEURON,
  REN_VIEW_MATRIX,
  REN_VIEW_COUNT
} RenViewKind;

const char *ren_view_name(RenViewKind view); /* "model", "head", "neuron", "matrix" */
bool ren_view_parse(const char *name, RenViewKind *out);

/* What a view shows, where a second run is there to compare with. */
typedef enum RenShown { REN_SHOWS_RUN, REN_SHOWS_SECOND, REN_SHOWS_DIFFERENCE, REN_SHOWN_COUNT } RenShown;

const char *ren_shown_name(RenShown shown); /* "run", "second", "difference" */
bool ren_shown_parse(const char *name, RenShown *out);

/* How opaque a line is at rest: its weight over the root of the active heads, and alone its plain weight; or
 * always its weight over their number. */
typedef enum RenLineWeights { REN_LINES_SQRT, REN_LINES_BERTVIZ } RenLineWeights;

const char *ren_lines_name(RenLineWeights lines); /* "sqrt", "bertviz" */

/* The order of a head's dimensions: by number, by how large their products are, by what they do to the weights,
 * by how closely they follow the distance. */
typedef enum RenOrder {
  REN_ORDER_NUMBER,
  REN_ORDER_CONTRIBUTION,
  REN_ORDER_WEIGHT,
  REN_ORDER_DISTANCE,
  REN_ORDER_COUNT
} RenOrder;

/* What becomes of the dimensions that are not among the first. */
typedef enum RenRest { REN_REST_SHOWN, REN_REST_FADED, REN_REST_HIDDEN, REN_REST_COUNT } RenRest;

const char *ren_order_name(RenOrder order); /* "number", "contribution", "weight", "distance" */
bool ren_order_parse(const char *name, RenOrder *out);
const char *ren_rest_name(RenRest rest); /* "shown", "faded", "hidden" */
bool ren_rest_parse(const char *name, RenRest *out);

/* What the model view's thumbnails are: heat maps for long texts and lines for others, or always one of them. */
typedef enum RenThumbs { REN_THUMBS_AUTO, REN_THUMBS_LINES, REN_THUMBS_HEAT, REN_THUMBS_COUNT } RenThumbs;

const char *ren_thumbs_name(RenThumbs thumbs); /* "auto", "lines", "heat" */
bool ren_thumbs_parse(const char *name, RenThumbs *out);

#endif
