/* The models that are at hand without being fetched: those that ship, our own cache, Hugging Face's. */
#ifndef SCRIPTING_MODELS_H
#define SCRIPTING_MODELS_H

#include <stddef.h>

typedef struct ScrModels {
  char **names; /* as eng_model_locate takes them; sorted, each once */
  size_t n_names;
} ScrModels;

/* What cannot be read is left out. `home` holds models/; may be NULL. */
ScrModels scr_models_list(const char *home);
/* Behind the others, unless it is there. */
void scr_models_add(ScrModels *models, const char *name);
void scr_models_free(ScrModels *models);

#endif
