/* Which classes tokens are marked by. */
#include "render/command_impl.h"

#include <string.h>

/* A file that cannot be used changes nothing. */
static bool use(RenUi *ui, const char *file, EngError *err) {
  char before[REN_CLASSES_FILE];
  if (strlen(file) >= sizeof before)
    return eng_error_set(err, NULL, "classes", "expected a name of at most %zu bytes, found %zu", sizeof before - 1,
                         strlen(file));
  memcpy(before, ui->state.classes_file, sizeof before);
  strcpy(ui->state.classes_file, file);
  bool ok = ren_ui_mark_classes(ui, err);
  if (!ok) memcpy(ui->state.classes_file, before, sizeof before);
  if (!ok) ren_ui_mark_classes(ui, NULL);
  if (ok && *file) strcpy(ui->classes_before, file);
  ren_ui_drop_hover(ui);
  ren_ui_lay_out(ui);
  ren_ui_clamp_scroll(ui);
  return ok;
}

bool ren_do_classes_set(RenUi *ui, const RenArg *args, EngError *err) {
  return use(ui, strcmp(args[0].string, "none") == 0 ? "" : args[0].string, err);
}

bool ren_do_classes_toggle(RenUi *ui, const RenArg *args, EngError *err) {
  (void)args;
  char file[REN_CLASSES_FILE];
  strcpy(file, ui->classes_before[0] ? ui->classes_before : "default");
  return use(ui, ui->state.classes_file[0] ? "" : file, err);
}
