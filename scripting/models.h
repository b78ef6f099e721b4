/* The models that are at hand without being fetched: those that ship, the recent ones, our own cache, Hugging
 * Face's, in this order; one that is of several groups counts for the first. */
#ifndef SCRIPTING_MODELS_H
#define SCRIPTING_MODELS_H

#include "render/models.h"

/* The names as eng_model_locate takes them; what cannot be read is left out. `home` holds models/; may be NULL. */
RenModels scr_models_list(const char *home, char *const *recent, int n_recent);

#endif
