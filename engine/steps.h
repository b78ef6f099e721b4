/* What a layer does, as data: an architecture lists its steps, run_forward.c carries them out over all packed
 * tokens and calls the tap after each. A step reads activations and writes one; `weights` says which part
 * of EngLayer it uses. */
#ifndef ENGINE_STEPS_H
#define ENGINE_STEPS_H

#include "engine/activation.h"
#include "engine/weights.h"

#include <stddef.h>

typedef enum EngStepKind {
  ENG_STEP_NORM,   /* to = layer norm of from */
  ENG_STEP_LINEAR, /* to = from W + b */
  ENG_STEP_QKV,    /* q, k, v = from W + b, written side by side */
  ENG_STEP_ATTEND, /* scores, pattern and z of every sequence */
  ENG_STEP_ACT,    /* to = the config's activation function of from */
  ENG_STEP_ADD,    /* to = from + with */
} EngStepKind;

/* A value that has no name in the table: what goes into a product after a norm. */
#define ENG_NAMELESS ENG_ACT_COUNT

typedef struct EngStep {
  EngStepKind kind;
  EngActivation from, to, with;
  size_t weights; /* offsetof(EngLayer, …) of an EngNorm or EngLinear */
} EngStep;

typedef struct EngSteps {
  const EngStep *list;
  size_t count;
  EngActivation out; /* the activation that goes into the next layer */
} EngSteps;

#endif
