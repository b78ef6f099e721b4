/* The loops that pictures spend their time in are compiled for several instruction sets, which give the same bits;
 * one is chosen when the program runs. */
#ifndef RENDER_SIMD_H
#define RENDER_SIMD_H

typedef enum RenSimd { REN_SIMD_SCALAR, REN_SIMD_AVX2, REN_SIMD_AVX512, REN_SIMDS } RenSimd;

/* Before a function: what it is compiled for. */
#if defined(__x86_64__) && defined(__GNUC__)
#define REN_AVX2 __attribute__((target("avx2")))
#define REN_AVX512 __attribute__((target("avx512f")))
#else
#define REN_AVX2
#define REN_AVX512
#endif

#define REN_INLINE static inline __attribute__((always_inline))

/* name_variants: an inline function compiled for each, by RenSimd. Parameters and arguments stand in parentheses.
 */
#define REN_VARIANTS(name, parameters, arguments)                                                                  \
  static void name##_scalar parameters { name arguments; }                                                         \
  REN_AVX2 static void name##_avx2 parameters { name arguments; }                                                  \
  REN_AVX512 static void name##_avx512 parameters { name arguments; }                                              \
  static void(*const name##_variants[REN_SIMDS]) parameters = {name##_scalar, name##_avx2, name##_avx512};

/* The widest that this processor has, or the one that HEADSCOPE_SIMD names (scalar, avx2, avx512) if it has that.
 */
RenSimd ren_simd(void);

#endif
