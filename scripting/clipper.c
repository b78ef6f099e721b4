/* The programs end as soon as they have the picture, and stay behind as somebody else's children: so a program is
 * waited for a short while, and none is left over. */
#include "scripting/clipper.h"

#include "engine/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { SECONDS = 3 };

static char *const wayland[] = {"wl-copy", "--type", "image/png", NULL};
static char *const x11[] = {"xclip", "-selection", "clipboard", "-t", "image/png", "-i", NULL};

extern char **environ;

/* The picture in, nothing out, and no file of ours beside it. */
static bool set_files(posix_spawn_file_actions_t *files, const char *png) {
  bool ok = posix_spawn_file_actions_addopen(files, 0, png, O_RDONLY, 0) == 0 &&
            posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0) == 0 &&
            posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0) == 0;
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  ok = ok && posix_spawn_file_actions_addclosefrom_np(files, 3) == 0;
#endif
  return ok;
}

/* 0, and the process, or why not. */
static int start(char *const argv[], const char *png, pid_t *out) {
  posix_spawn_file_actions_t files;
  int why = posix_spawn_file_actions_init(&files);
  if (why != 0) return why;
  why = set_files(&files, png) ? posix_spawnp(out, argv[0], &files, NULL, argv, environ) : ENOMEM;
  posix_spawn_file_actions_destroy(&files);
  return why;
}

bool scr_clipper_start(ScrClipper *clipper, const char *png, EngError *err) {
  const char *display = getenv("WAYLAND_DISPLAY");
  char *const *programs[] = {wayland, x11};
  bool swapped = !display || !*display;
  int why = ENOENT;
  scr_clipper_end(clipper);
  for (int i = 0; i < 2; i++) {
    char *const *argv = programs[swapped ? 1 - i : i];
    why = start(argv, png, &clipper->process);
    clipper->program = argv[0];
    clipper->since = eng_clock_seconds();
    if (why == 0) return true;
    clipper->process = 0;
    if (why != ENOENT && why != EACCES) break;
  }
  if (why == ENOENT || why == EACCES)
    return eng_error_set(err, NULL, "clipboard", "expected wl-copy or xclip to take the picture, found neither");
  return eng_error_set(err, clipper->program, NULL, "expected to start it, found: %s", strerror(why));
}

void scr_clipper_end(ScrClipper *clipper) {
  if (clipper->process == 0) return;
  kill(clipper->process, SIGKILL);
  while (waitpid(clipper->process, NULL, 0) < 0 && errno == EINTR) continue;
  clipper->process = 0;
}

static ScrClip judge(const ScrClipper *clipper, int status, EngError *err) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return SCR_CLIP_DONE;
  if (WIFEXITED(status))
    eng_error_set(err, clipper->program, NULL, "expected it to take the picture, found that it ended with %d",
                  WEXITSTATUS(status));
  else
    eng_error_set(err, clipper->program, NULL, "expected it to take the picture, found that it was ended");
  return SCR_CLIP_FAILED;
}

ScrClip scr_clipper_poll(ScrClipper *clipper, EngError *err) {
  int status = 0;
  if (clipper->process == 0) return SCR_CLIP_NONE;
  pid_t ended = waitpid(clipper->process, &status, WNOHANG);
  if (ended == clipper->process) {
    clipper->process = 0;
    return judge(clipper, status, err);
  }
  if (ended == 0 && eng_clock_seconds() - clipper->since < SECONDS) return SCR_CLIP_RUNS;
  scr_clipper_end(clipper);
  eng_error_set(err, clipper->program, NULL, "expected it to take the picture in %d seconds", SECONDS);
  return SCR_CLIP_FAILED;
}
