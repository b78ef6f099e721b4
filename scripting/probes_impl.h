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
  int version; /* of the file */
  RenSubject subject;
  uint64_t changes; /* of parameters */
} ScrQuestion;

/* What the filter depends on; all files' versions are in one sum. */
typedef struct ScrFiltering {
  char where[REN_WHERE];
  int versions;
  RenSubject subject;
  uint64_t changes;
} ScrFiltering;

struct ScrProbes {
  ScrRunner runner;
  ScrProbeFiles files;
  int reading;           /* the file that is being read, -1: none */
  bool asking;           /* the probe of `asked` is being asked */
  bool filtering;        /* or heads are filtered as `filtered` says */
  ScrFiltering filtered; /* last */
  bool dropped;          /* what comes of it is of no use any more */
  ScrQuestion asked;     /* last */
  bool failed;           /* the state does not open */
};

static inline RenUi *scr_probes_ui(const ScrProbes *probes) { return probes->runner.app->ui; }

/* probes_start.c: begins a function of scripts/headscope/dock.lua with what `push` puts on the stack, about a file
 * or none; false, with the error on top of the stack, when it could not. What was stopped says where. */
bool scr_probes_start(ScrProbes *probes, const char *function, const ScrProbeFile *file, lua_CFunction push,
                      size_t most);
int scr_probes_push_function(lua_State *L);
/* Pushes the model that is shown (of a recorded file nil) and its run. */
void scr_probes_push_subject(lua_State *L);
/* The file of the active probe, or -1. */
int scr_probes_active(const ScrProbes *probes);
/* What is shown, of which can be asked; false: nothing, or not yet. */
bool scr_probes_subject(const ScrProbes *probes, RenSubject *out);
/* What went wrong with a file; of what was stopped, where. */
void scr_probes_message(const ScrProbes *probes, const char *error, int file, char *out, size_t size);
const char *scr_probes_error(lua_State *L);

/* probes_read.c: begins to read a file; what came of it. */
void scr_probes_begin_reading(ScrProbes *probes, int file);
void scr_probes_over_reading(ScrProbes *probes, lua_State *thread, bool failed);

/* probes_ask.c: whether the active probe is to be asked anew; does so; what came of it; whether that is of no use.
 */
bool scr_probes_wants_answer(const ScrProbes *probes, ScrQuestion *out);
void scr_probes_begin_asking(ScrProbes *probes, const ScrQuestion *asked);
void scr_probes_over_asking(ScrProbes *probes, lua_State *thread, bool failed);
bool scr_probes_answer_is_old(const ScrProbes *probes);

/* probes_filter.c: whether heads are to be filtered anew; does so; what came of it; whether that is of no use. */
bool scr_probes_wants_filter(const ScrProbes *probes, ScrFiltering *out);
void scr_probes_begin_filter(ScrProbes *probes, const ScrFiltering *now);
void scr_probes_over_filter(ScrProbes *probes, lua_State *thread, bool failed);
bool scr_probes_filter_is_old(const ScrProbes *probes);

/* probes_answer.c, as C functions of Lua that may raise: (description) fills a RenProbe and its file, (answer) a
 * RenAnswer; both are light userdata at 1, the file at 2. */
int scr_probes_take_probe(lua_State *L);
int scr_probes_take_answer(lua_State *L);
/* Pushes the values of the probe's parameters. */
void scr_probes_push_params(lua_State *L, const RenSettings *settings, const RenProbe *probe);
/* What asking it keeps: "reads the run that is shown", …; `tokens` of that. */
void scr_probes_say_captures(const ScrProbeFile *file, const EngConfig *config, int tokens, char *out, size_t size);

#endif
