/* Tokens with a bin of their own on both sides have a way of theirs. */
#include "render/bundle_impl.h"

bool ren_bundle_gather(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                       RenLines *out) {
  out->n = 0;
  if (bundle->columns.to <= bundle->columns.from) return true;
  if (!ren_gatherer_reserve(gatherer, (size_t)(bundle->columns.to - bundle->columns.from))) return false;
  bool single = bundle->rows.each == 1 && bundle->columns.each == 1;
  return (single ? ren_bundle_gather_single : ren_bundle_gather_binned)(bundle, gatherer, planes, n_planes, out);
}
