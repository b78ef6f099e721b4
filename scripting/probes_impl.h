/* What probes*.c share, and nobody else. */
#ifndef SCRIPTING_PROBES_IMPL_H
#define SCRIPTING_PROBES_IMPL_H

#include "scripting/app_impl.h"
#include "scripting/probe_files.h"
#include "scripting/probes.h"
#include "scripting/runner.h"

/* What a question depends on. */
typedef struct ScrQuestion {
  char id[REN_PROBE_ID];
  int version;           /* of the file */
  uint64_t serial;       /* of the source */
  const EngModel *model; /* compared, not used */
  uint64_t changes;      /* of parameters */
} ScrQuestion;

struct ScrProbes {
  ScrRunner runner;
  ScrProbeFiles files;
  int reading;       /* the file that is being read, -1: none */
  bool asking;       /* the probe of `asked` is being asked */
  bool dropped;      /* what comes of it is of no use any more */
  ScrQuestion asked; /* last */
  bool failed;       /* the state does not open */
};

/* probes_answer.c, as C functions of Lua that may raise: (description) fills a RenProbe and its file, (answer) a
 * RenAnswer; both are light userdata at 1, the file at 2. */
int scr_probes_take_probe(lua_State *L);
int scr_probes_take_answer(lua_State *L);
/* Pushes the values of the probe's parameters. */
void scr_probes_push_params(lua_State *L, const RenSettings *settings, const RenProbe *probe);
/* What asking it keeps: "reads the run that is shown", …; `tokens` of that. */
void scr_probes_say_captures(const ScrProbeFile *file, const EngConfig *config, int tokens, char *out, size_t size);

#endif
