/* What becomes of the picture that a program was handed for the clipboard. */
#include "scripting/app_impl.h"

#include <stdio.h>
#include <time.h>

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
