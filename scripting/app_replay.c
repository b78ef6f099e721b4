/* A session done over in this window: its model and texts are run, the view starts over, then come its commands.
 * What would leave the window, or belongs to its frame, is not done again. */
#include "scripting/app_impl.h"

#include "render/command.h"

#include <string.h>

enum { STEPS_AT_ONCE = 256 }; /* between two pictures */

void scr_app_replay(ScrApp *app, const char *path) {
  EngError err = {0};
  ScrReplay *replay = scr_replay_read(path, &err);
  const char *model = replay && replay->model ? replay->model : scr_app_first_model;
  const char *text = replay && replay->text ? replay->text : scr_app_first_sentence;
  ScrRequest *request = replay ? scr_request_new(app->home, model, NULL, text, replay->pair, false, &err) : NULL;
  if (request) {
    scr_app_submit(app, request, (ScrAfter){.replay = replay});
    return;
  }
  scr_replay_free(replay);
  scr_app_fail(app, &err);
}

void scr_app_start_over(ScrApp *app, const ScrReplay *replay) {
  scr_app_command(app, "compare.close", NULL);
  ren_ui_start_over(app->ui);
  ren_ui_set_bos(app->ui, false);
  if (replay->theme) scr_app_command(app, "theme.set", replay->theme);
  if (replay->split) scr_app_command(app, "view.split", NULL);
  scr_app_command(app, "text.set", replay->text ? replay->text : scr_app_first_sentence);
  scr_app_command(app, "pair.set", replay->pair ? replay->pair : "");
}

static bool is_left_out(const char *command) {
  static const char *const names[] = {"window.resize", "window.close", "scale.set",   "scale.more",
                                      "scale.less",    "scale.reset",  "figure.save", "copy.picture",
                                      "probe.new",     "session.save"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp(names[i], command) == 0) return true;
  return false;
}

/* A file that is dropped on the window must not do more than the window can. */
static bool is_script(const char *command, EngError *err) {
  if (strcmp(command, "console.run") != 0) return false;
  eng_error_set(err, NULL, command, "expected no Lua of the console, found some; headscope run does it over");
  return true;
}

static bool perform(ScrApp *app, const ScrStep *step, EngError *err) {
  if (!step->command || is_left_out(step->command)) return true;
  if (is_script(step->command, err)) return false;
  app->quiet = true;
  bool ok = ren_command_run(app->ui, step->command, step->args, step->n_args, err);
  app->quiet = false;
  return ok;
}

void scr_app_stop_replay(ScrApp *app) {
  scr_replay_free(app->replay);
  app->replay = NULL;
}

/* A command that is refused here did something there: what follows would not be what it was. */
static void fail(ScrApp *app, const EngError *why) {
  EngError err = {0};
  const ScrReplay *replay = app->replay;
  eng_error_set(&err, replay->path, NULL, "command %zu of %zu: %.700s", replay->at, replay->n_steps, why->message);
  scr_app_stop_replay(app);
  scr_app_fail(app, &err);
}

bool scr_app_advance(ScrApp *app) {
  EngError err = {0};
  bool pending = eng_job_poll(app->job);
  for (int i = 0; app->replay && i < STEPS_AT_ONCE; i++) {
    ScrReplay *replay = app->replay;
    if (replay->at == replay->n_steps) {
      scr_app_stop_replay(app);
      break;
    }
    const ScrStep *step = &replay->steps[replay->at];
    if (!step->command && (eng_job_poll(app->job) || eng_job_poll(app->merger))) return true;
    replay->at++;
    if (!perform(app, step, &err)) fail(app, &err);
    pending = eng_job_poll(app->job);
  }
  return pending || app->replay;
}
