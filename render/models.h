/* The models at hand, in groups, and the rows of the drop-down that has them: a heading before each group, at the
 * end one that asks for a path. */
#ifndef RENDER_MODELS_H
#define RENDER_MODELS_H

#include <stdbool.h>

typedef enum RenModelGroup {
  REN_MODELS_SHIPPED,
  REN_MODELS_RECENT,
  REN_MODELS_FETCHED,
  REN_MODELS_HUB,
  REN_MODEL_GROUPS
} RenModelGroup;

typedef struct RenModel {
  char *name;
  RenModelGroup group;
} RenModel;

/* Those of a group are behind each other, each name is there once. All zero is none. */
typedef struct RenModels {
  RenModel *at;
  int n;
} RenModels;

/* Behind the others, unless it is there. False when memory is short. */
bool ren_models_add(RenModels *models, const char *name, RenModelGroup group);
int ren_models_find(const RenModels *models, const char *name); /* -1: it is not there */
void ren_models_free(RenModels *models);

typedef struct RenModelRow {
  const char *heading; /* of the group that begins here, or NULL */
  int model;           /* n for the row that asks; -1 for a heading */
} RenModelRow;

int ren_models_rows(const RenModels *models);
RenModelRow ren_models_row(const RenModels *models, int row);
int ren_models_row_of(const RenModels *models, int model);

#endif
