/* A probe of one's own begins as a copy of the template that ships, in a file that was not there before. */
#include "scripting/probes_impl.h"

#include "engine/path.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { MOST_NAMES = 1000 };

static const char first_name[] = "mine";

extern char **environ;

static char *path_of(const ScrProbes *probes, const char *id) {
  char name[REN_PROBE_ID + 8];
  snprintf(name, sizeof name, "%s.lua", id);
  return eng_path_join(probes->files.own, name);
}

/* Whether an id is a probe's already, that ships or not. */
static bool is_taken(const ScrProbes *probes, const char *id) {
  char *path = path_of(probes, id);
  bool taken = !path || eng_path_exists(path) || ren_dock_find(ren_ui_dock(probes->runner.app->ui), id);
  free(path);
  return taken;
}

/* The name, or the first of "mine", "mine2", … that is free. */
static bool choose(const ScrProbes *probes, const char *name, char out[REN_PROBE_ID], EngError *err) {
  snprintf(out, REN_PROBE_ID, "%s", name ? name : first_name);
  for (int i = 2; !name && is_taken(probes, out) && i < MOST_NAMES; i++)
    snprintf(out, REN_PROBE_ID, "%s%d", first_name, i);
  return !is_taken(probes, out) || eng_error_set(err, NULL, "name", "expected one that is free, found %s", out);
}

/* The template's text with "mine", where it stands alone, replaced by the id. */
static bool write_copy(FILE *from, FILE *to, const char *id) {
  char line[1024];
  while (fgets(line, sizeof line, from)) {
    char *quoted = strstr(line, "\"mine\"");
    if (quoted)
      fprintf(to, "%.*s\"%s\"%s", (int)(quoted - line), line, id, quoted + strlen("\"mine\""));
    else
      fputs(line, to);
  }
  return !ferror(from) && !ferror(to);
}

/* Nothing that is there is written over. */
static bool copy_template(const ScrProbes *probes, const char *path, const char *id, EngError *err) {
  char *template = eng_path_join(probes->runner.app->home, "scripts/headscope/template.lua");
  FILE *from = template ? fopen(template, "rb") : NULL, *to = from ? fopen(path, "wx") : NULL;
  bool ok = to && write_copy(from, to, id);
  int why = errno;
  if (to && fclose(to) != 0) ok = false;
  if (to && !ok) remove(path);
  if (!ok)
    eng_error_set(err, from ? path : template, NULL, "expected a file that can be %s, found: %s",
                  from ? "written" : "read", strerror(why));
  if (from) fclose(from);
  free(template);
  return ok;
}

/* $VISUAL may be a command with words of its own. It is nobody's child: the shell in between ends at once, and says
 * whether there is such a command. */
static bool open_editor(const char *path, EngError *err) {
  static const char script[] = "file=$1; set -f; set -- $VISUAL; program=$(command -v \"$1\") || exit 1; "
                               "case $program in /*) [ -x \"$program\" ] && [ -f \"$program\" ] || exit 1;; esac; "
                               "\"$@\" \"$file\" </dev/null >/dev/null 2>&1 &";
  pid_t shell;
  int status = 0;
  const char *visual = getenv("VISUAL");
  char *const argv[] = {"sh", "-c", (char *)(uintptr_t)script, "sh", (char *)(uintptr_t)path, NULL};
  if (!visual || !*visual) return true;
  int why = posix_spawnp(&shell, "sh", NULL, NULL, argv, environ);
  if (why != 0) return eng_error_set(err, "VISUAL", NULL, "cannot start %s: %s", visual, strerror(why));
  while (waitpid(shell, &status, 0) < 0 && errno == EINTR) continue;
  return status == 0 ||
         eng_error_set(err, "VISUAL", NULL, "expected an editor that can be started, found %s", visual);
}

bool scr_probes_begin(ScrProbes *probes, const char *name, EngError *err) {
  char id[REN_PROBE_ID], note[2048];
  EngError editor = {0};
  ScrApp *app = probes->runner.app;
  if (!probes->files.own) return eng_error_set(err, NULL, "HOME", "expected a folder for probes, found none");
  if (!choose(probes, name, id, err)) return false;
  char *path = path_of(probes, id);
  if (path) eng_path_make_folders(path, 0777);
  bool ok = path ? copy_template(probes, path, id, err) : eng_error_memory(err, NULL, "a probe");
  if (ok) {
    scr_probes_watch(probes);
    scr_app_command(app, "probe.set", id);
    bool opens = open_editor(path, &editor);
    snprintf(note, sizeof note, "%s%sa new probe: %s", editor.message, opens ? "" : "; ", path);
    scr_app_show_status(app, note);
  }
  free(path);
  return ok;
}
