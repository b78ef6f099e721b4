/* Rows are not kept: they are counted off where they are asked for. What asks is the last group. */
#include "render/models.h"

#include <stdlib.h>
#include <string.h>

static const char *const headings[REN_MODEL_GROUPS + 1] = {[REN_MODELS_SHIPPED] = "Shipped",
                                                           [REN_MODELS_RECENT] = "Recent",
                                                           [REN_MODELS_FETCHED] = "Fetched",
                                                           [REN_MODELS_HUB] = "Hugging Face's cache",
                                                           [REN_MODEL_GROUPS] = "Elsewhere"};

int ren_models_find(const RenModels *models, const char *name) {
  for (int i = 0; i < models->n; i++)
    if (strcmp(models->at[i].name, name) == 0) return i;
  return -1;
}

bool ren_models_add(RenModels *models, const char *name, RenModelGroup group) {
  if (ren_models_find(models, name) >= 0) return true;
  RenModel *grown = realloc(models->at, ((size_t)models->n + 1) * sizeof *grown);
  if (!grown) return false;
  models->at = grown;
  char *copy = strdup(name);
  if (copy) grown[models->n++] = (RenModel){copy, group};
  return copy != NULL;
}

void ren_models_free(RenModels *models) {
  for (int i = 0; i < models->n; i++) free(models->at[i].name);
  free(models->at);
  *models = (RenModels){0};
}

static int group_of(const RenModels *models, int model) {
  return model < models->n ? (int)models->at[model].group : REN_MODEL_GROUPS;
}

static bool begins_group(const RenModels *models, int model) {
  return model == 0 || group_of(models, model) != group_of(models, model - 1);
}

int ren_models_row_of(const RenModels *models, int model) {
  int row = model;
  for (int i = 0; i <= model; i++) row += begins_group(models, i);
  return row;
}

int ren_models_rows(const RenModels *models) { return ren_models_row_of(models, models->n) + 1; }

RenModelRow ren_models_row(const RenModels *models, int row) {
  int model = 0;
  while (model < models->n && ren_models_row_of(models, model) < row) model++;
  if (ren_models_row_of(models, model) == row) return (RenModelRow){NULL, model};
  return (RenModelRow){headings[group_of(models, model)], -1};
}
