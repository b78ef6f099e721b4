/* Parts of ren_view_tooltip (view.h). */
#ifndef RENDER_VIEW_TOOLTIP_H
#define RENDER_VIEW_TOOLTIP_H

#include "render/view_scene.h"

/* What only the neuron view has; NULL for nothing. */
const char *ren_tooltip_neuron(const RenScene *scene);

#endif
