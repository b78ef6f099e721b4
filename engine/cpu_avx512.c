/* The level "avx512": compiled for AVX-512 F, BW, DQ and VL; run only where ops.c found them. 32 registers
 * hold tiles of 8 rows. */
#define CPU_LANES 16
#define TILE_ROWS 8
#include "engine/cpu_gemm.h"
#include "engine/cpu_level.h"

const EngOps eng_ops_avx512 = CPU_LEVEL("avx512");
