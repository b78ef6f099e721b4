/* A file that cannot be read is never lost: it gets a name of its own, and the window starts afresh. */
#include "scripting/session.h"

#include "engine/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define ASIDE 1000 /* numbers tried */

char *scr_session_folder(void) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  if (state && *state == '/') return eng_path_join(state, "headscope");
  return home && *home ? eng_path_join(home, ".local/state/headscope") : NULL;
}

/* Something of that name, be it a link that leads nowhere. */
static bool is_there(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0;
}

/* Renames "state.json" to the first free "state.json.N.bad"; its number, or 0. */
static int put_aside(const char *path) {
  char aside[4096];
  for (int n = 1; n < ASIDE; n++) {
    int length = snprintf(aside, sizeof aside, "%s.%d.bad", path, n);
    if (length < 0 || (size_t)length >= sizeof aside) return 0;
    if (!is_there(aside)) return rename(path, aside) == 0 ? n : 0;
  }
  return 0;
}

static void read_file(ScrSession *session) {
  EngError err = {0};
  if (!is_there(session->path)) return;
  session->found = scr_saved_read(&session->saved, session->path, &err);
  if (session->found) return;
  int n = put_aside(session->path);
  session->locked = n == 0;
  if (n > 0)
    snprintf(session->notice, sizeof session->notice, "kept as state.json.%d.bad, started afresh: %.400s", n,
             err.message);
  else
    snprintf(session->notice, sizeof session->notice, "left as it is, started afresh: %.400s", err.message);
}

ScrSession *scr_session_open(const char *folder, EngError *err) {
  ScrSession *session = calloc(1, sizeof *session);
  char *path = session ? eng_path_join(folder, "state.json") : NULL;
  if (!path) {
    free(session);
    eng_error_set(err, folder, NULL, "expected memory for the saved state, found none");
    return NULL;
  }
  session->path = path;
  scr_saved_init(&session->saved);
  read_file(session);
  return session;
}

void scr_session_free(ScrSession *session) {
  if (!session) return;
  scr_saved_free(&session->saved);
  free(session->path);
  free(session);
}

bool scr_session_write(const ScrSession *session, const ScrSaved *saved, EngError *err) {
  if (session->locked) return true;
  eng_path_make_folders(session->path, 0700);
  return scr_saved_write(saved, session->path, err);
}

void scr_session_fill(const ScrSession *session, ScrAppOptions *options) {
  const ScrSaved *saved = session ? &session->saved : NULL;
  options->model = saved && saved->model ? saved->model : scr_app_first_model;
  options->text = saved ? saved->text : NULL;
  options->pair = saved ? saved->pair : NULL;
  options->pair_if_taken = true;
  options->width = saved ? saved->width : 1280;
  options->height = saved ? saved->height : 800;
  options->scale = saved ? saved->state.scale : 1;
  options->dock = !saved || saved->state.dock;
  options->theme = saved ? saved->state.theme->name : "dark";
}

void scr_session_ask(ScrAppOptions *options, const char *model, const char *text, const char *pair) {
  if (model) options->model = model;
  if (text) options->text = text;
  if (!text && !pair) return;
  options->pair = pair;
  options->pair_if_taken = false;
}
