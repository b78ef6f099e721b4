/* What the engine knows of an architecture, one file each: arch_gpt2.c, arch_bert.c. */
#ifndef ENGINE_ARCH_H
#define ENGINE_ARCH_H

#include "engine/binder.h"
#include "engine/config.h"
#include "engine/steps.h"
#include "engine/weights.h"

typedef struct EngArch {
  /* Fills `weights`, whose n_layers layers are there already, zeroed. */
  void (*bind)(EngWeights *weights, const EngConfig *config, EngBinder *binder);
  EngSteps steps; /* of a layer */
} EngArch;

extern const EngArch eng_arch_gpt2, eng_arch_bert;

const EngArch *eng_arch(EngArchId id);

#endif
