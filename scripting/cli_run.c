/* headscope run FILE.lua [ARGS...]: words after the script are the script's own. */
#include "scripting/cli.h"
#include "scripting/home.h"
#include "scripting/host.h"

#include "engine/path.h"

#include <stdlib.h>
#include <string.h>

/* `argv[-before]` is the program: it stands in `arg` below the script, as it does in `lua`. */
static int run_in(const char *home, int argc, char **argv, int before) {
  EngError err = {0};
  lua_State *L = scr_host_new(home, &err);
  if (!L) return scr_cli_fail(&err);
  bool ok = scr_host_run_file(L, argc, argv, before);
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
    argv[-1] = script, code = run_in(home, argc + 1, argv - 1, 1);
  else
    eng_error_memory(&err, NULL, "a path"), scr_cli_fail(&err);
  free(script);
  free(home);
  return code;
}

int scr_cli_run(const ScrCommand *command, int argc, char **argv) {
  static const ScrOption none[] = {{.name = NULL}};
  int before = 2; /* the program and "run" */
  if (argc > 0 && strcmp(argv[0], "--help") == 0) return scr_args_help(command, none), SCR_DONE;
  if (argc > 0 && strcmp(argv[0], "--") == 0)
    argc--, argv++, before++;
  else if (argc > 0 && argv[0][0] == '-' && argv[0][1])
    return scr_args_misuse(command, "unknown option %s", argv[0]);
  if (argc == 0) return scr_args_misuse(command, "expected FILE.lua, found nothing");
  EngError err = {0};
  char *home = scr_home_find(&err);
  if (!home) return scr_cli_fail(&err);
  char *path = shipped(home, argv[0]);
  if (path) argv[0] = path;
  int code = run_in(home, argc, argv, before);
  free(path);
  free(home);
  return code;
}
