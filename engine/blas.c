/* Linked to the program, OpenBLAS would begin with it: 3 ms, 2 MB and a thread for each processor, although only
 * the scalar level's products and eigenvalues need it. What is found here is found once, for good. */
#include "engine/blas.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

static EngBlas blas;
static bool found;

/* A function is found as an object's address. */
static bool find(void *library, const char *name, void *out, size_t size) {
  void *address = dlsym(library, name);
  memcpy(out, &address, size);
  return address != NULL;
}

static void open_library(void) {
  __typeof__(&openblas_set_num_threads) set_threads = NULL;
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  found = library && find(library, "cblas_sgemm", &blas.sgemm, sizeof blas.sgemm) &&
          find(library, "dgeev_", &blas.dgeev, sizeof blas.dgeev) &&
          find(library, "openblas_set_num_threads", &set_threads, sizeof set_threads);
  if (found) set_threads(1);
}

const EngBlas *eng_blas(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_library);
  return found ? &blas : NULL;
}
