/* Every command says in the same way what went wrong, behind the results that it has by then. */
#include "scripting/cli.h"

#include <stdio.h>

int scr_cli_fail(const EngError *err) {
  fflush(stdout);
  fprintf(stderr, "headscope: %s\n", err->message);
  return SCR_FAILED;
}
