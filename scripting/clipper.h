/* A picture on the clipboard, by the program that the desktop has for it: wl-copy or xclip. It is started without a
 * shell, reads the file by itself, and is waited for without waiting: scr_clipper_poll says what became of it. */
#ifndef SCRIPTING_CLIPPER_H
#define SCRIPTING_CLIPPER_H

#include "engine/error.h"

#include <sys/types.h>

typedef struct ScrClipper { /* zeroed: nothing runs */
  pid_t process;            /* 0: none */
  const char *program;
  double since;
} ScrClipper;

/* Hands the PNG over; the file may be removed at once. An error where neither program is on PATH. What ran before
 * is ended. */
bool scr_clipper_start(ScrClipper *clipper, const char *png, EngError *err);

typedef enum ScrClip { SCR_CLIP_NONE, SCR_CLIP_RUNS, SCR_CLIP_DONE, SCR_CLIP_FAILED } ScrClip;

/* DONE and FAILED (with an error) are said once. A program that takes longer than three seconds is ended. */
ScrClip scr_clipper_poll(ScrClipper *clipper, EngError *err);
void scr_clipper_end(ScrClipper *clipper);

#endif
