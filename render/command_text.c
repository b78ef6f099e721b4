/* What is left of a text that is too long. */
#include "render/command_impl.h"

static bool shorten(RenUi *ui, bool last, EngError *err) {
  if (ui->limit <= 0) return eng_error_set(err, NULL, "text", "expected one that is too long, found none");
  if (ui->host.shorten) ui->host.shorten(ui->host.context, last);
  return true;
}

bool ren_do_text_first(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return shorten(ui, false, err);
}

bool ren_do_text_last(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  return shorten(ui, true, err);
}
