/* The view as a picture on the clipboard: written to a file of a moment, which another program reads. */
#include "scripting/app_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

bool scr_app_copy_picture(ScrApp *app, EngError *err) {
  const char *folder = getenv("TMPDIR");
  char place[4096], picture[4112];
  snprintf(place, sizeof place, "%s/headscope-XXXXXX", folder && *folder ? folder : "/tmp");
  if (!mkdtemp(place)) return eng_error_set(err, place, NULL, "expected a folder to write to, found none");
  snprintf(picture, sizeof picture, "%s/view.png", place);
  bool ok = ren_figure_write(app->ui, picture, false, err) && scr_clipper_start(&app->clipper, picture, err);
  unlink(picture);
  rmdir(place);
  return ok;
}

bool scr_app_poll_picture(ScrApp *app) {
  EngError err = {0};
  char said[64];
  ScrClip clip = scr_clipper_poll(&app->clipper, &err);
  snprintf(said, sizeof said, "copied the picture, by %s", app->clipper.program ? app->clipper.program : "");
  if (clip == SCR_CLIP_DONE) scr_app_show_status(app, said);
  if (clip == SCR_CLIP_FAILED) scr_app_show_status(app, err.message);
  return clip == SCR_CLIP_RUNS;
}

void scr_app_wait_picture(ScrApp *app) {
  const struct timespec moment = {.tv_nsec = 1000000};
  while (scr_app_poll_picture(app)) nanosleep(&moment, NULL);
}
