/* A list of names for each, in the order of its values. */
#include "render/choice.h"

#include <string.h>

/* The place of a name in a list, or -1. */
static int find(const char *name, const char *const *names, int n) {
  while (n-- > 0)
    if (strcmp(name, names[n]) == 0) return n;
  return -1;
}

static const char *const view_names[REN_VIEW_COUNT] = {"model", "head", "neuron", "matrix"};

const char *ren_view_name(RenViewKind view) { return view_names[view]; }

bool ren_view_parse(const char *name, RenViewKind *out) {
  int found = find(name, view_names, REN_VIEW_COUNT);
  if (found >= 0) *out = (RenViewKind)found;
  return found >= 0;
}

static const char *const shown_names[REN_SHOWN_COUNT] = {"run", "second", "difference"};

const char *ren_shown_name(RenShown shown) { return shown_names[shown]; }

bool ren_shown_parse(const char *name, RenShown *out) {
  int found = find(name, shown_names, REN_SHOWN_COUNT);
  if (found >= 0) *out = (RenShown)found;
  return found >= 0;
}

const char *ren_lines_name(RenLineWeights lines) { return lines == REN_LINES_BERTVIZ ? "bertviz" : "sqrt"; }

static const char *const order_names[REN_ORDER_COUNT] = {"number", "contribution", "weight", "distance"};

const char *ren_order_name(RenOrder order) { return order_names[order]; }

bool ren_order_parse(const char *name, RenOrder *out) {
  int found = find(name, order_names, REN_ORDER_COUNT);
  if (found >= 0) *out = (RenOrder)found;
  return found >= 0;
}

static const char *const rest_names[REN_REST_COUNT] = {"shown", "faded", "hidden"};

const char *ren_rest_name(RenRest rest) { return rest_names[rest]; }

bool ren_rest_parse(const char *name, RenRest *out) {
  int found = find(name, rest_names, REN_REST_COUNT);
  if (found >= 0) *out = (RenRest)found;
  return found >= 0;
}

static const char *const thumbs_names[REN_THUMBS_COUNT] = {"auto", "lines", "heat"};

const char *ren_thumbs_name(RenThumbs thumbs) { return thumbs_names[thumbs]; }

bool ren_thumbs_parse(const char *name, RenThumbs *out) {
  int found = find(name, thumbs_names, REN_THUMBS_COUNT);
  if (found >= 0) *out = (RenThumbs)found;
  return found >= 0;
}
