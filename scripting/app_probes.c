/* The window's probes: there once the dock shows or one is to be asked, looked after now and then. */
#include "scripting/app_impl.h"

static const float watch_seconds = 0.5F;

static bool wants_probes(const ScrApp *app) {
  return ren_ui_dock_shows(app->ui) || ren_ui_state(app->ui)->probe[0] || ren_ui_state(app->ui)->where[0];
}

/* Whatever they need is missing once. */
static bool open_probes(ScrApp *app, EngError *err) {
  if (!app->probes && !app->no_probes) app->probes = scr_probes_new(app, app->probes_folder, err);
  app->no_probes = !app->probes;
  return app->probes != NULL;
}

bool scr_app_probe(ScrApp *app) {
  EngError err = {0};
  if (!app->probes && wants_probes(app) && !app->no_probes && !open_probes(app, &err)) scr_app_fail(app, &err);
  return app->probes && scr_probes_poll(app->probes);
}

void scr_app_watch(ScrApp *app) {
  if (app->probes) scr_probes_watch(app->probes);
}

float scr_app_watches(const ScrApp *app) { return app->probes && wants_probes(app) ? watch_seconds : -1; }

void scr_app_stop_probe(void *context) {
  ScrApp *app = context;
  if (app->probes) scr_probes_stop(app->probes);
}

bool scr_app_new_probe(void *context, const char *name, EngError *err) {
  ScrApp *app = context;
  if (!open_probes(app, err))
    return err->message[0] || eng_error_set(err, NULL, "probe", "expected probes, found none");
  return scr_probes_begin(app->probes, name, err);
}
