/* What the host says of models: which there are, which one is open, what that one takes. */
#include "render/ui_impl.h"

void ren_ui_set_models(RenUi *ui, RenModels *models) {
  ren_models_free(&ui->models);
  ui->models = *models;
  *models = (RenModels){0};
  ren_ui_touch(ui);
}

/* A second sentence that cannot be run is not kept: with the next model it would stand there without having
 * been run. */
static void drop_pair(RenUi *ui) {
  ren_field_set(&ui->pair_field, "");
  ui->pair_open = false;
  if (ui->focus.kind == REN_ID_PAIR) ren_ui_set_focus(ui, REN_NO_ID);
}

void ren_ui_set_model(RenUi *ui, const char *name, int n_token_types, bool has_bos) {
  ren_ui_replace(&ui->model, name);
  ui->n_token_types = n_token_types;
  ui->has_bos = has_bos;
  ui->state.unopened = false;
  ren_ui_drop_edits(ui);
  if (!ren_ui_takes_pair(ui)) drop_pair(ui);
  ren_ui_touch(ui);
}

void ren_ui_set_unopened(RenUi *ui, bool unopened) {
  ui->state.unopened = unopened;
  ren_ui_touch(ui);
}

void ren_ui_set_bos(RenUi *ui, bool bos) {
  ui->bos = bos;
  ren_ui_touch(ui);
}
