/* What an app does in its window by itself: commands that are not told of, the status line, errors. */
#include "scripting/app_impl.h"
#include "scripting/status.h"

#include "render/command.h"

void scr_app_call(ScrApp *app, const char *name, const RenArg *args, size_t n_args) {
  bool quiet = app->quiet;
  app->quiet = true;
  ren_command_run(app->ui, name, args, n_args, NULL);
  app->quiet = quiet;
}

void scr_app_command(ScrApp *app, const char *name, const char *string) {
  RenArg arg = {.kind = REN_ARG_STRING, .string = string};
  scr_app_call(app, name, &arg, string ? 1 : 0);
}

void scr_app_show_status(ScrApp *app, const char *note) {
  if (!note && app->session) note = app->session->notice;
  scr_status_show(app->ui, ren_ui_source(app->ui), note);
}

/* The sentence of an error, and where it came from. */
void scr_app_fail(ScrApp *app, const EngError *err) {
  ren_ui_set_error(app->ui, err->message, NULL);
  scr_app_show_status(app, NULL);
}
