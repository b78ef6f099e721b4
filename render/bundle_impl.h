/* What bundle*.c share. */
#ifndef RENDER_BUNDLE_IMPL_H
#define RENDER_BUNDLE_IMPL_H

#include "render/bundle.h"

/* Memory for n columns. */
bool ren_gatherer_reserve(RenGatherer *gatherer, size_t n);
/* Whether none of the rows from … to is drawn. */
bool ren_bundle_no_rows(const RenBundle *bundle, int from, int to);
/* Where the columns end that are drawn and not known to be 0 in this row. */
int ren_bundle_columns_end(const RenBundle *bundle, int row);
/* Between a bin of rows and one of columns. */
RenLine ren_bundle_line(const RenBundle *bundle, int row, int column);
/* Whether it may touch the window's rows. */
bool ren_bundle_shows(const RenBundle *bundle, const RenLine *line);

/* bundle.c: bin by bin. */
bool ren_bundle_gather_binned(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                              RenLines *out);
/* bundle_single.c: where both sides have one token to a bin. */
bool ren_bundle_gather_single(const RenBundle *bundle, RenGatherer *gatherer, const RenPlane *planes, int n_planes,
                              RenLines *out);

#endif
