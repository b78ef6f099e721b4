/* Classes of tokens in the window: the host reads the file and marks the tokens, again for every text, so that a
 * file that was changed meanwhile counts with the next one. */
#include "render/ui_impl.h"
#include "render/view_class.h"

static void set(RenUi *ui, RenClasses *classes) {
  ren_classes_free(ui->classes);
  ui->classes = classes;
  ui->state.classes = classes;
  ren_ui_touch(ui);
}

bool ren_ui_mark_classes(RenUi *ui, EngError *err) {
  RenClasses *classes = NULL;
  const char *file = ui->state.classes_file;
  if (!*file || !ui->base) return set(ui, NULL), true;
  if (ui->host.classify) classes = ui->host.classify(ui->host.context, file, ui->base, err);
  set(ui, classes);
  return classes ||
         (!ui->host.classify && eng_error_set(err, file, NULL, "expected someone who reads files of classes"));
}

bool ren_ui_has_legend(const RenUi *ui) { return ui->classes != NULL; }

void ren_ui_draw_legend(RenUi *ui, RenPoint by, RenFrame *frame) {
  RenRect area = ui->layout.legend;
  if (!ui->classes || ren_rect_empty(area)) return;
  area.x += by.x, area.y += by.y;
  ren_class_legend(&ui->state, ui->fonts, area, frame);
}
