/* The insides of a run, for the files that make it: run.c checks and reserves, run_layout.c gives each value its
 * place, run_base.c copies, run_forward.c and run_attention.c compute, run_edit.c edits, run_value.c reads. */
#ifndef ENGINE_RUN_STATE_H
#define ENGINE_RUN_STATE_H

#include "engine/arch.h"
#include "engine/arena.h"
#include "engine/coarse.h"
#include "engine/run_layout.h"

#include <stdatomic.h>

struct EngRun {
  atomic_int references;
  EngModel *model;
  EngRunSpec spec; /* its sequences and edits are our copies, with a reference on each input, past and patch */
  EngSpan *spans;
  EngLayout layout;
  EngArena arena;
  atomic_int layers_done;
  atomic_bool started, finished, cancelled;
  double seconds;
  int layers_copied;
  EngRun *next; /* while several are released: the next one */
};

/* Where an activation is computed and, if kept, stays. */
float *eng_run_place(const EngRun *run, EngActivation id, int layer);

/* The value of one sequence, or of all packed tokens with sequence -1 (not for (H, T, K) entries). */
EngTensor eng_run_value(const EngRun *run, EngActivation id, int layer, int sequence);

/* Patterns made smaller: pattern `layer` * heads + head. */
EngCoarse eng_run_coarse_patterns(const EngRun *run);

/* The forward pass of a run: what its steps need at hand. */
typedef struct EngPass {
  EngRun *run;
  const EngConfig *config;
  const EngWeights *weights;
  const EngSteps *steps;
  const EngOps *ops;
  float *scratch;
  EngError *err;
} EngPass;

/* Applies the run's edits, calls the tap, if there is one, and looks at the cancel flag. */
bool eng_pass_tap(EngPass *pass, EngActivation id, int layer, int sequence);
/* Both fill the error "cancelled" when the flag was raised. */
bool eng_pass_goes_on(EngPass *pass);
bool eng_pass_multiply(EngPass *pass, const EngGemm *product);

/* Whether the run may be made: each edit fits every sequence. */
bool eng_run_check_edits(const EngModel *model, const EngRunSpec *spec, EngError *err);
/* Whether scores or patterns of a layer are edited. */
bool eng_run_edits_weights(const EngRun *run, int layer);
/* Edits a value that was just computed, of one sequence or with -1 of all. */
void eng_run_apply_edits(EngRun *run, EngActivation id, int layer, int sequence);

/* Where the forward pass begins: the layers below `layer` were taken from the spec's base, `most` of them;
 * `edited`: so was what goes into that layer as its edits leave it. */
typedef struct EngBeginning {
  int layer;
  bool edited;
} EngBeginning;
EngBeginning eng_run_begin(EngRun *run, int most);

/* Scores, pattern and z of every sequence in one layer. */
bool eng_attend(EngPass *pass, int layer);

#endif
