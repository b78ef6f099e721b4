/* The active probe asked about what is shown. What an error leaves is an answer to that question, too: it is not
 * asked again. */
#include "scripting/probes_impl.h"

#include <lauxlib.h>
#include <string.h>

/* What the active probe would be asked; false where nothing can be. */
static bool question(const ScrProbes *probes, ScrQuestion *out) {
  const RenUi *ui = scr_probes_ui(probes);
  int i = scr_probes_active(probes);
  *out = (ScrQuestion){.changes = ren_ui_dock(ui)->n_changes};
  if (i < 0 || !probes->files.files[i].read || probes->files.files[i].failed ||
      !scr_probes_subject(probes, &out->subject))
    return false;
  strcpy(out->id, ren_ui_state(ui)->probe);
  out->version = probes->files.files[i].version;
  return true;
}

static bool is_same(const ScrQuestion *a, const ScrQuestion *b) {
  return strcmp(a->id, b->id) == 0 && a->version == b->version && ren_subject_equal(a->subject, b->subject) &&
         a->changes == b->changes;
}

bool scr_probes_wants_answer(const ScrProbes *probes, ScrQuestion *out) {
  return question(probes, out) && !is_same(out, &probes->asked);
}

static int push_ask(lua_State *L) {
  ScrProbes *probes = (ScrProbes *)scr_runner_of(L);
  ScrApp *app = probes->runner.app;
  const ScrProbeFile *file = lua_touserdata(L, 2);
  scr_probes_push_function(L);
  lua_pushstring(L, file->path);
  scr_probes_push_subject(L);
  const RenProbe *probe = &ren_ui_dock(app->ui)->probes[file - probes->files.files];
  scr_probes_push_params(L, &ren_ui_state(app->ui)->params, probe);
  return 5;
}

static void say_captures(ScrProbes *probes, int i) {
  char text[256];
  ScrApp *app = probes->runner.app;
  const ScrProbeFile *file = &probes->files.files[i];
  const EngRun *run = scr_app_finished_run(app);
  if (run && file->keep)
    scr_probes_say_captures(file, eng_model_config(eng_run_model(run)), eng_run_input(run, 0)->n_tokens, text,
                            sizeof text);
  else
    strcpy(text, "Looks at the recorded run.");
  if (file->keep) ren_ui_set_captures(app->ui, i, text);
}

void scr_probes_begin_asking(ScrProbes *probes, const ScrQuestion *asked) {
  int i = scr_probes_active(probes);
  probes->asked = *asked;
  say_captures(probes, i);
  probes->asking = scr_probes_start(probes, "ask", &probes->files.files[i], push_ask, 0);
  ren_ui_set_probing(scr_probes_ui(probes), probes->asking);
  if (probes->asking) return;
  ren_ui_fail_probe(scr_probes_ui(probes), scr_probes_error(probes->runner.L), NULL);
  lua_pop(probes->runner.L, 1);
}

/* Whether what is being asked is no question any more. */
bool scr_probes_answer_is_old(const ScrProbes *probes) {
  ScrQuestion now;
  return probes->asking && (!question(probes, &now) || !is_same(&now, &probes->asked));
}

void scr_probes_over_asking(ScrProbes *probes, lua_State *thread, bool failed) {
  char message[1024];
  RenAnswer answer = {0};
  lua_State *L = probes->runner.L;
  int i = scr_probes_active(probes);
  probes->dropped = probes->dropped || scr_probes_answer_is_old(probes);
  probes->asking = false;
  lua_pushcfunction(L, scr_probes_take_answer);
  lua_pushlightuserdata(L, &answer);
  lua_xmove(thread, L, 1);
  bool ok = !failed && lua_pcall(L, 2, 0, 0) == LUA_OK;
  if (ok && !probes->dropped) {
    strcpy(answer.id, probes->asked.id);
    answer.of = probes->asked.subject;
    if (answer.lacks) ren_ui_set_captures(scr_probes_ui(probes), i, NULL);
    ren_ui_set_answer(scr_probes_ui(probes), &answer);
  } else if (!ok && !probes->dropped && i >= 0) {
    scr_probes_message(probes, scr_probes_error(L), i, message, sizeof message);
    ren_ui_fail_probe(scr_probes_ui(probes), message, NULL);
  }
  lua_settop(L, 0);
  ren_answer_clear(&answer);
  ren_ui_set_probing(scr_probes_ui(probes), false);
}
