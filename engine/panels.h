/* Weights once more, in the order in which matrix products read them.
 *
 * A product packs the panel of a matrix that it works on; for a short text that takes as long as a third of the
 * arithmetic. So a matrix that is used again and again is packed once and kept: its third product fills the
 * panels, the later ones read them. Who only runs a model once or twice pays nothing. Results are the same to
 * the bit. */
#ifndef ENGINE_PANELS_H
#define ENGINE_PANELS_H

#include "engine/weights.h"

#include <stdatomic.h>
#include <stddef.h>

/* Of one matrix (k, n): k times n, rounded up to 16, floats. How they lie is the kernel's business. */
typedef struct EngPanels {
  float *data;
  size_t bytes;
  atomic_int state; /* how many products there were; then "filling"; then the lanes of the vectors that filled it */
} EngPanels;

typedef enum EngPanelsUse {
  ENG_PANELS_NONE,  /* leave them alone */
  ENG_PANELS_FILL,  /* this product, and no other, is to fill them and to call eng_panels_filled */
  ENG_PANELS_READY, /* they can be read */
} EngPanelsUse;

/* What a product with vectors of `lanes` floats may do with the panels (NULL: nothing). */
EngPanelsUse eng_panels_use(EngPanels *panels, int lanes);
void eng_panels_filled(EngPanels *panels, int lanes, bool whole); /* not whole: a later product tries again */

/* Panels for every matrix of a model, as long as they fit into half a gigabyte and a quarter of the memory that is
 * available. Only addresses are reserved; memory is taken, and counted (budget.h), when panels are filled. NULL
 * when memory is short: then nothing is kept. */
typedef struct EngPanelStore EngPanelStore;
EngPanelStore *eng_panels_reserve(EngWeights *weights, int n_layers);
size_t eng_panels_bytes(const EngPanelStore *store); /* of filled panels; 0 for NULL */
bool eng_panels_settled(const EngPanelStore *store); /* whether all that are in use are filled */
void eng_panels_free(EngPanelStore *store);          /* NULL is fine */

#endif
