/* How fast the forward pass is: GPT-2-small's size, random weights, one thread, pattern, q, k and v of every
 * layer and the last logits kept.
 *
 *   bench_forward [--torch PYTHON] [--tries N] [T…]
 *
 * Times are CPU time, medians (and in brackets the best) of tries in which everything that is compared takes its
 * turn: the FMA bound, a run with capture, one without, and, with --torch, PyTorch (bench/forward_torch.py run by
 * that Python). */
#include "peak.h"
#include "small_model.h"

#include "engine/run.h"

#include <cblas.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_TRIES = 99 };

typedef struct Bench {
  EngModel *model;
  FILE *to_torch, *from_torch; /* NULL without PyTorch */
  int bits;                    /* of the widest vectors */
  int tries;
} Bench;

static void give_up(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("bench_forward: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

/* Time spent in each kind of operation, by operations that measure themselves. */
typedef struct Spent {
  double gemm, norm, softmax, gelu, add;
} Spent;
static Spent spent;
static const EngOps *plain;

/* Ticks of some clock that costs next to nothing to ask: only their ratios are used. */
static double ticks(void) {
#ifdef __x86_64__
  return (double)__builtin_ia32_rdtsc();
#else
  return (double)clock();
#endif
}

#define MEASURED(where, call)                                                                                      \
  double start = ticks();                                                                                          \
  call;                                                                                                            \
  spent.where += ticks() - start

static bool gemm(const EngGemm *g, float *scratch, const EngCancel *cancel) {
  MEASURED(gemm, bool done = plain->gemm(g, scratch, cancel));
  return done;
}
static void norm(const float *x, float *y, size_t rows, size_t n, const float *gain, const float *bias, float eps) {
  MEASURED(norm, plain->layer_norm(x, y, rows, n, gain, bias, eps));
}
static void softmax(const float *x, float *y, size_t n) { MEASURED(softmax, plain->softmax(x, y, n)); }
static void gelu(const float *x, float *y, size_t n) { MEASURED(gelu, plain->gelu_new(x, y, n)); }
static void add(const float *a, const float *b, float *sum, size_t n) { MEASURED(add, plain->add(a, b, sum, n)); }

static EngRun *new_run(const Bench *bench, int t, bool capture, const EngOps *ops) {
  static const char *KEEP[] = {"pattern", "q", "k", "v"};
  EngError err = {""};
  int ids[N_CTX];
  for (int i = 0; i < t; i++) ids[i] = i * 97 % D_VOCAB;
  EngSequence sequence = {.input = eng_input_from_ids(bench->model, ids, NULL, (size_t)t, &err)};
  EngRunSpec spec = {.sequences = &sequence, .n_sequences = 1, .logits = ENG_LOGITS_LAST, .ops = ops};
  for (size_t i = 0; capture && i < 4; i++) eng_keep_add(&spec.keep, KEEP[i], eng_model_config(bench->model), &err);
  EngRun *run = sequence.input ? eng_run_new(bench->model, &spec, &err) : NULL;
  if (!run) give_up("%s", err.message);
  eng_input_release(sequence.input);
  return run;
}

/* Seconds of reserving, computing and giving back. */
static double run_once(const Bench *bench, int t, bool capture, const EngOps *ops) {
  EngError err = {""};
  double start = cpu_seconds();
  EngRun *run = new_run(bench, t, capture, ops);
  if (!eng_run_forward(run, &err)) give_up("%s", err.message);
  eng_run_release(run);
  return cpu_seconds() - start;
}

static double torch_once(const Bench *bench, int t) {
  double cpu, wall;
  fprintf(bench->to_torch, "%d\n", t);
  fflush(bench->to_torch);
  if (fscanf(bench->from_torch, "%lf %lf", &cpu, &wall) != 2) give_up("PyTorch gave no answer");
  return cpu;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int n) {
  qsort(values, (size_t)n, sizeof *values, by_size);
  return values[n / 2];
}

/* Multiplications and additions without the head, half of the attention square. */
static double gflop(double t) {
  double d = D_MODEL, layer = 2 * t * (4 * d * d + 2 * d * D_MLP) + 2 * t * t * d;
  return N_LAYERS * layer / 1e9;
}

typedef struct Row {
  double kept, bare, torch; /* medians, seconds; torch 0 without it */
  double best, torch_best;  /* the fastest: what a quiet machine does */
  double peak;              /* GFLOP/s */
  double timed;             /* ticks of the fastest run that measured itself: the least disturbed */
  Spent spent;              /* in that run */
} Row;

static void print_row(int t, Row r) {
  double bound = r.peak > 0 ? gflop(t) / r.peak : 0, share = 100 / r.timed;
  printf("| %d | %.1f (%.1f) | %.1f | %.0f (%.0f) %% | %.1f %% | %.1f, %.1f, %.1f, %.1f %% | %+.1f %% |", t,
         1e3 * r.kept, 1e3 * r.best, 1e3 * bound, 100 * bound / r.kept, 100 * bound / r.best,
         share * (r.timed - r.spent.gemm), share * r.spent.norm, share * r.spent.softmax, share * r.spent.gelu,
         share * r.spent.add, 100 * (r.kept / r.bare - 1));
  if (r.torch > 0)
    printf(" %.1f (%.1f) | %.2f (%.2f) |", 1e3 * r.torch, 1e3 * r.torch_best, r.torch / r.kept,
           r.torch_best / r.best);
  printf("\n");
  fflush(stdout);
}

static void measure(const Bench *bench, int t) {
  double kept[MAX_TRIES], bare[MAX_TRIES], torch[MAX_TRIES] = {0}, peak[MAX_TRIES];
  Row row = {.timed = HUGE_VAL};
  EngOps ops = *plain;
  ops.gemm = gemm, ops.layer_norm = norm, ops.softmax = softmax, ops.gelu_new = gelu, ops.add = add;
  run_once(bench, t, true, NULL);
  if (bench->to_torch) torch_once(bench, t);
  for (int i = 0; i < bench->tries; i++) {
    peak[i] = peak_gflops(bench->bits);
    kept[i] = run_once(bench, t, true, NULL);
    if (bench->to_torch) torch[i] = torch_once(bench, t);
    bare[i] = run_once(bench, t, false, NULL);
    spent = (Spent){0};
    double start = ticks();
    run_once(bench, t, true, &ops);
    if (ticks() - start < row.timed) row.timed = ticks() - start, row.spent = spent;
  }
  row.kept = median(kept, bench->tries), row.bare = median(bare, bench->tries);
  row.torch = bench->to_torch ? median(torch, bench->tries) : 0;
  row.best = kept[0], row.torch_best = torch[0]; /* median has sorted them */
  row.peak = median(peak, bench->tries);
  print_row(t, row);
}

/* A number of /proc/self/status in MB. */
static double status_mb(const char *field) {
  char line[128];
  unsigned long kilobytes = 0;
  FILE *file = fopen("/proc/self/status", "r");
  while (file && fgets(line, sizeof line, file))
    if (strncmp(line, field, strlen(field)) == 0) sscanf(line + strlen(field), ": %lu", &kilobytes);
  if (file) fclose(file);
  return (double)kilobytes / 1024;
}

static void report_memory(const Bench *bench) {
  EngError err = {""};
  EngRun *run = new_run(bench, 512, true, NULL);
  if (!eng_run_forward(run, &err)) give_up("%s", err.message);
  double arena = (double)eng_run_arena_bytes(run) / (1 << 20);
  double cache = (double)eng_model_cache_bytes(bench->model) / (1 << 20);
  double anonymous = status_mb("RssAnon");
  printf("\nMemory with a run of 512 tokens alive: %.0f MB anonymous, of it %.0f MB arena and %.0f MB packed "
         "weights; "
         "%.1f MB besides (resident %.0f MB, mapped weights included).\n",
         anonymous, arena, cache, anonymous - arena - cache, status_mb("VmRSS"));
  eng_run_release(run);
}

static EngModel *open_timed(const char *folder) {
  double times[9];
  EngModel *model = NULL;
  EngError err = {""};
  for (int i = 0; i < 9; i++) {
    eng_model_release(model);
    double start = cpu_seconds();
    model = eng_model_open(folder, &err);
    times[i] = cpu_seconds() - start;
    if (!model) give_up("%s", err.message);
  }
  printf("Opening the checkpoint (%.0f MB, warm, without tokenizer): %.2f ms.\n",
         (double)eng_model_parameters(model) * 4 / 1e6, 1e3 * median(times, 9));
  return model;
}

/* In a process of its own: its memory is not ours. */
static void write_apart(const char *folder) {
  int status = 1;
  pid_t child = fork();
  if (child == 0) {
    EngError err = {""};
    bool ok = write_small_model(folder, &err);
    if (!ok) fprintf(stderr, "%s\n", err.message);
    _exit(!ok);
  }
  if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
    give_up("no model could be written to %s", folder);
}

static void start_torch(Bench *bench, const char *python) {
  int to[2], from[2];
  char name[128] = "";
  if (pipe(to) != 0 || pipe(from) != 0) give_up("no pipe");
  pid_t child = fork();
  if (child == 0) {
    dup2(to[0], 0), dup2(from[1], 1);
    close(to[1]), close(from[0]);
    execlp(python, python, HEADSCOPE_SOURCE "/bench/forward_torch.py", (char *)NULL);
    _exit(127);
  }
  close(to[0]), close(from[1]);
  bench->to_torch = fdopen(to[1], "w"), bench->from_torch = fdopen(from[0], "r");
  if (!fgets(name, sizeof name, bench->from_torch)) give_up("%s did not start", python);
  printf("Peer: %s", name);
}

static void report(Bench *bench, const int *lengths, int n, const char *python) {
  double peak[MAX_TRIES];
  plain = eng_ops();
  bench->bits = plain->lanes > 4 ? plain->lanes * 32 : widest_bits(); /* OpenBLAS takes what it finds */
  for (int i = 0; i < MAX_TRIES; i++) peak[i] = peak_gflops(bench->bits);
  printf("Kernels: %s; OpenBLAS would pick %s. FMA bound of one core, %d-bit vectors: %.1f GFLOP/s.\n", plain->name,
         openblas_get_corename(), bench->bits, median(peak, MAX_TRIES));
  if (python) start_torch(bench, python);
  printf("\n| T | ms (best) | bound, ms | fraction | outside products | norm, softmax, gelu, add | capture |%s\n",
         python ? " PyTorch, ms | ratio |" : "");
  printf("|---|---|---|---|---|---|---|%s\n", python ? "---|---|" : "");
  for (int i = 0; i < n; i++) measure(bench, lengths[i]);
  report_memory(bench);
}

int main(int argc, char **argv) {
  static const int USUAL[] = {16, 64, 128, 512};
  int lengths[16], n = 0;
  const char *python = NULL;
  Bench bench = {.tries = 9};
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--torch") == 0 && i + 1 < argc)
      python = argv[++i];
    else if (strcmp(argv[i], "--tries") == 0 && i + 1 < argc)
      bench.tries = atoi(argv[++i]);
    else if (n < 16 && atoi(argv[i]) > 0 && atoi(argv[i]) <= N_CTX)
      lengths[n++] = atoi(argv[i]);
    else
      give_up("what is %s?", argv[i]);
  }
  if (bench.tries < 1 || bench.tries > MAX_TRIES) give_up("tries from 1 to %d", MAX_TRIES);
  char folder[] = P_tmpdir "/headscope-bench-XXXXXX", path[64];
  if (!mkdtemp(folder)) give_up("no temporary folder");
  write_apart(folder);
  bench.model = open_timed(folder);
  report(&bench, n ? lengths : USUAL, n ? n : 4, python);
  eng_model_release(bench.model);
  snprintf(path, sizeof path, "%s/model.safetensors", folder), unlink(path);
  snprintf(path, sizeof path, "%s/config.json", folder), unlink(path);
  return rmdir(folder) != 0;
}
