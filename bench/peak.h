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
/* Twelve sums that do not wait for each other. */
#define SUMS(r)                                                                                                    \
  "1: vfmadd231ps %%" r "0, %%" r "15, %%" r "1\n vfmadd231ps %%" r "0, %%" r "15, %%" r "2\n"                     \
  "vfmadd231ps %%" r "0, %%" r "15, %%" r "3\n vfmadd231ps %%" r "0, %%" r "15, %%" r "4\n"                        \
  "vfmadd231ps %%" r "0, %%" r "15, %%" r "5\n vfmadd231ps %%" r "0, %%" r "15, %%" r "6\n"                        \
  "vfmadd231ps %%" r "0, %%" r "15, %%" r "7\n vfmadd231ps %%" r "0, %%" r "15, %%" r "8\n"                        \
  "vfmadd231ps %%" r "0, %%" r "15, %%" r "9\n vfmadd231ps %%" r "0, %%" r "15, %%" r "10\n"                       \
  "vfmadd231ps %%" r "0, %%" r "15, %%" r "11\n vfmadd231ps %%" r "0, %%" r "15, %%" r "12\n"                      \
  "dec %0\n jnz 1b"
#define SUM_CLOBBERS                                                                                               \
  "cc", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12"

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
