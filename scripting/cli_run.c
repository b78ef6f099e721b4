/* headscope run [options] FILE.lua [ARGS...]: words after the script are the script's own. */
#include "scripting/cli.h"
#include "scripting/home.h"
#include "scripting/host.h"
#include "scripting/limits.h"

#include "engine/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `argv[-before]` is the program: it stands in `arg` below the script, as it does in `lua`. */
static int run_in(const char *home, int argc, char **argv, int before, const ScrLimits *limits) {
  EngError err = {0};
  lua_State *L = scr_limits_new_state(limits, home, &err);
  if (!L) return scr_cli_fail(&err);
  if (limits->sandbox) setvbuf(stdout, NULL, _IOLBF, 0); /* who is ended from outside has no other way to send it */
  bool ok = scr_host_run_file(L, argc, argv, before, limits->seconds);
  lua_close(L);
  return ok ? SCR_DONE : SCR_FAILED;
}

/* A script that ships is found from anywhere: "scripts/pattern_heads.lua" in the home, where there is no such
 * file here. NULL (or a malloc'ed path): the name stands as it is. */
static char *shipped(const char *home, const char *name) {
  if (name[0] == '/' || strcmp(name, "-") == 0 || eng_path_exists(name)) return NULL;
  char *path = eng_path_join(home, name);
  if (path && eng_path_is_file(path)) return path;
  free(path);
  return NULL;
}

/* A command that is a script: its words are the script's. */
int scr_cli_test(const ScrCommand *command, int argc, char **argv) {
  EngError err = {0};
  char *home = scr_home_find(&err), *script = home ? eng_path_join(home, "scripts/test.lua") : NULL;
  (void)command;
  if (!home) return scr_cli_fail(&err);
  int code = SCR_FAILED;
  if (script)
    argv[-1] = script, code = run_in(home, argc + 1, argv - 1, 1, &(ScrLimits){0});
  else
    eng_error_memory(&err, NULL, "a path"), scr_cli_fail(&err);
  free(script);
  free(home);
  return code;
}

int scr_cli_run(const ScrCommand *command, int argc, char **argv) {
  ScrLimits limits = {0};
  const ScrOption options[] = {SCR_LIMIT_OPTIONS(limits), {.name = NULL}};
  int taken = 0, code = scr_args_parse_leading(command, options, argc, argv, &taken);
  if (code == SCR_ARGS_OK) code = scr_limits_check(command, &limits);
  if (code != SCR_ARGS_OK) return code;
  argc -= taken, argv += taken;
  if (argc == 0) return scr_args_misuse(command, "expected FILE.lua, found nothing");
  EngError err = {0};
  char *home = scr_home_find(&err);
  if (!home) return scr_cli_fail(&err);
  char *path = shipped(home, argv[0]);
  if (path) argv[0] = path;
  code = run_in(home, argc, argv, taken + 2, &limits); /* behind the program and "run" */
  free(path);
  free(home);
  return code;
}
