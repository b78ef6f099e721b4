/* The most multiplications and additions a second that one core can do, measured on registers alone with the
 * widest vectors there are: what a forward pass is compared with. */
#ifndef BENCH_PEAK_H
#define BENCH_PEAK_H

#include <time.h>

static inline double cpu_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

#ifdef __x86_64__
/* Twelve sums that do not wait for each other. All registers hold 0: what was in them before might be numbers so
 * small that they slow the processor down. */
#define CLEAR(n) "vxorps %%xmm" n ", %%xmm" n ", %%xmm" n "\n"
#define SUM(r, n) "vfmadd231ps %%" r "0, %%" r "15, %%" r n "\n"
#define SUMS(r)                                                                                                    \
  CLEAR("0")                                                                                                       \
  CLEAR("15")                                                                                                      \
  CLEAR("1") CLEAR("2") CLEAR("3") CLEAR("4") CLEAR("5") CLEAR("6") CLEAR("7") CLEAR("8") CLEAR("9") CLEAR("10")   \
      CLEAR("11") CLEAR("12") "1:\n" SUM(r, "1") SUM(r, "2") SUM(r, "3") SUM(r, "4") SUM(r, "5") SUM(r, "6")       \
          SUM(r, "7") SUM(r, "8") SUM(r, "9") SUM(r, "10") SUM(r, "11") SUM(r, "12") "dec %0\n jnz 1b"
#define SUM_CLOBBERS                                                                                               \
  "cc", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", \
      "xmm15"

static inline void sum_wide(long n, int bits) {
  if (bits == 512)
    __asm__ volatile(SUMS("zmm") : "+r"(n) : : SUM_CLOBBERS);
  else
    __asm__ volatile(SUMS("ymm") : "+r"(n) : : SUM_CLOBBERS);
}
static inline int widest_bits(void) {
  return __builtin_cpu_supports("avx512f") ? 512 : __builtin_cpu_supports("fma") ? 256 : 0;
}
#else
static inline void sum_wide(long n, int bits) { (void)n, (void)bits; }
static inline int widest_bits(void) { return 0; }
#endif

/* GFLOP/s in a few milliseconds; 0 where it cannot be measured. */
static inline double peak_gflops(int bits) {
  enum { LOOPS = 1000000 };
  double start = cpu_seconds();
  sum_wide(LOOPS, bits);
  return bits ? LOOPS * 12.0 * 2 * bits / 32 / (cpu_seconds() - start) / 1e9 : 0;
}

#endif
