/* A figure laid out and written at once. */
#include "render/figure.h"

#include "render/draft.h"
#include "render/ui_impl.h"

bool ren_figure_write(RenUi *ui, const char *path, bool transparent, EngError *err) {
  RenDraft *draft = ren_draft_new(ui, path, transparent, err);
  bool ok = draft && ren_draft_write(draft, ui->fonts, NULL, err);
  ren_draft_free(draft);
  return ok;
}
