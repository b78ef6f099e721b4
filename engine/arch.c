/* From a config's architecture to what we know of it. */
#include "engine/arch.h"

const EngArch *eng_arch(EngArchId id) { return id == ENG_GPT2 ? &eng_arch_gpt2 : &eng_arch_bert; }
