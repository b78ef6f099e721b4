/* The tables that cpu_scalar.c, cpu_avx2.c and cpu_avx512.c define; ops.c picks one. */
#ifndef ENGINE_CPU_LEVELS_H
#define ENGINE_CPU_LEVELS_H

#include "engine/ops.h"

extern const EngOps eng_ops_scalar, eng_ops_avx2, eng_ops_avx512;

#endif
