/* What an app holds, as others ask for it, and how much it has begun. */
#include "scripting/app_impl.h"

RenUi *scr_app_ui(ScrApp *app) { return app->ui; }
bool scr_app_quits(const ScrApp *app) { return app->quits; }

EngRun *scr_app_finished_run(const ScrApp *app) {
  const EngSource *source = ren_ui_source(app->ui);
  EngRun *run = source && !ren_ui_busy(app->ui) ? eng_source_run((EngSource *)(uintptr_t)source) : NULL;
  return run && eng_run_layers_done(run) == eng_model_config(eng_run_model(run))->n_layers ? run : NULL;
}

EngSource *scr_app_subject(const ScrApp *app) {
  EngSource *source = (EngSource *)(uintptr_t)ren_ui_source(app->ui);
  if (!source || ren_ui_busy(app->ui) || (eng_source_run(source) && !scr_app_finished_run(app))) return NULL;
  return eng_source_base(source);
}

int scr_app_tasks(const ScrApp *app) { return app->n_tasks + app->n_merged + app->n_scripts; }

/* A session waits for it, once. */
void scr_app_settle(ScrApp *app) {
  int tasks = scr_app_tasks(app);
  if (tasks == app->n_settled) return;
  app->n_settled = tasks;
  scr_journal_settle(app->journal);
  if (app->options.settled) app->options.settled(app->options.context);
}
