/* OpenBLAS, and LAPACK that it brings along, opened when they are first asked for. */
#ifndef ENGINE_BLAS_H
#define ENGINE_BLAS_H

#include <cblas.h>
#include <stddef.h>

typedef __typeof__(&cblas_sgemm) EngSgemm;

/* Eigenvalues; the lengths of the two letters come last, as Fortran hands them over. */
typedef void (*EngDgeev)(const char *left, const char *right, const int *n, double *a, const int *lda, double *real,
                         double *imaginary, double *vl, const int *ldvl, double *vr, const int *ldvr, double *work,
                         const int *work_size, int *info, size_t left_length, size_t right_length);

/* They work on the calling thread alone. */
typedef struct EngBlas {
  EngSgemm sgemm;
  EngDgeev dgeev;
} EngBlas;

/* NULL where this machine has no OpenBLAS. From any thread. */
const EngBlas *eng_blas(void);

#endif
