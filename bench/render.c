/* How long pictures take, in milliseconds of processor time, PNG writing not counted: the four views on made
 * up causal attention of 12 layers and 12 heads, in the window's usual size.
 *
 *   first   nothing is there yet: fonts opened, glyphs drawn, everything computed
 *   full    all lines computed anew, glyphs there: another layer, another threshold, another text
 *   hover   the mouse on a token whose lines were not drawn before (model view: on a thumbnail)
 *   scroll  three rows further (head and neuron view; matrix view, enlarged)
 *   again   nothing changed
 *
 * Usage: bench_render [repetitions [tokens …]] */
#include "engine/safetensors.h"
#include "render/raster.h"
#include "render/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { LAYERS = 12, HEADS = 12, D_HEAD = 64, KINDS = 4, WIDTH = 1280, HEIGHT = 696, MAX_TIMES = 256 };

static void fail(const EngError *err) {
  fprintf(stderr, "bench_render: %s\n", err->message);
  exit(1);
}

/* --- a recorded file */

static float random_unit(void) {
  static uint32_t seed = 1;
  seed = seed * 1664525U + 1013904223U;
  return (float)(seed >> 8) / 16777216.0F;
}

/* Softmax rows of random scores that fall with distance, with some weight on the first token. */
static void fill_head(float *pattern, size_t tokens) {
  float sharpness = 1 + 5 * random_unit(), decay = 0.1F * random_unit(), sink = 6 * random_unit();
  for (size_t i = 0; i < tokens; i++) {
    float sum = 0, *row = pattern + i * tokens;
    for (size_t j = 0; j <= i; j++) {
      row[j] = expf(sharpness * random_unit() - decay * (float)(i - j) + (j == 0 ? sink : 0));
      sum += row[j];
    }
    for (size_t j = 0; j <= i; j++) row[j] /= sum;
  }
}

static EngTensor make_tensor(size_t a, size_t b, size_t c) {
  EngError err;
  EngTensor tensor;
  if (!eng_tensor_new(&tensor, 3, (const size_t[]){a, b, c}, &err)) fail(&err);
  return tensor;
}

static EngTensor make_pattern(size_t tokens) {
  EngTensor pattern = make_tensor(HEADS, tokens, tokens);
  for (size_t h = 0; h < HEADS; h++) fill_head(pattern.data + h * tokens * tokens, tokens);
  return pattern;
}

static EngTensor make_vectors(size_t tokens) {
  EngTensor vectors = make_tensor(tokens, HEADS, D_HEAD);
  for (size_t i = 0; i < tokens * HEADS * D_HEAD; i++) vectors.data[i] = 8 * random_unit() - 4;
  return vectors;
}

static EngSource *make_source(size_t tokens) {
  char path[] = "/tmp/bench-render-XXXXXX", names[KINDS * LAYERS][32];
  close(mkstemp(path));
  EngSafetensorsEntry entries[KINDS * LAYERS];
  for (int i = 0; i < KINDS * LAYERS; i++) {
    static const char *const kinds[KINDS] = {"pattern", "q", "k", "v"};
    snprintf(names[i], sizeof names[i], "blocks.%d.attn.hook_%s", i / KINDS, kinds[i % KINDS]);
    entries[i] = (EngSafetensorsEntry){names[i], i % KINDS == 0 ? make_pattern(tokens) : make_vectors(tokens)};
  }
  EngError err;
  if (!eng_safetensors_write(path, entries, KINDS * LAYERS, NULL, 0, &err)) fail(&err);
  for (int i = 0; i < KINDS * LAYERS; i++) eng_tensor_release(&entries[i].tensor);
  EngSource *source = eng_source_open(path, &err);
  unlink(path);
  if (!source) fail(&err);
  return source;
}

/* --- drawing */

typedef struct Bench {
  EngSource *source;
  RenState state;
  RenText *text;
  RenRaster *raster;
  RenFrame *frame;
  RenPixels pixels;
} Bench;

static void start_raster(Bench *bench) {
  EngError err;
  ren_raster_free(bench->raster);
  bench->raster = ren_raster_new(bench->text, &err);
  if (!bench->raster) fail(&err);
}

static void start_text(Bench *bench) {
  EngError err;
  ren_text_close(bench->text);
  bench->text = ren_text_open(HEADSCOPE_SOURCE "/fonts", &err);
  if (!bench->text) fail(&err);
}

static void draw(Bench *bench) {
  EngError err;
  RenRect area = {0, 0, WIDTH, HEIGHT};
  ren_frame_begin(bench->frame, WIDTH, HEIGHT);
  ren_view_of(bench->state.view)->draw(&bench->state, bench->source, bench->text, area, bench->frame);
  if (!ren_raster_draw(bench->raster, bench->frame, bench->state.scale, bench->state.theme->bg, &bench->pixels,
                       &err))
    fail(&err);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* What is done before the clock starts, and under it, before each picture. */
typedef void (*Step)(Bench *bench, int repetition);

static double median(Bench *bench, int repetitions, Step before, Step during) {
  double times[MAX_TIMES];
  for (int i = 0; i < repetitions; i++) {
    before(bench, i);
    double start = now();
    during(bench, i);
    draw(bench);
    times[i] = now() - start;
  }
  qsort(times, (size_t)repetitions, sizeof times[0], compare);
  return times[repetitions / 2];
}

static void nothing(Bench *bench, int repetition) {
  (void)bench;
  (void)repetition;
}

static void start_all(Bench *bench, int repetition) {
  (void)repetition;
  start_text(bench);
  start_raster(bench);
}

static void forget_pictures(Bench *bench, int repetition) {
  (void)repetition;
  start_raster(bench);
}

static int n_tokens(const Bench *bench) { return eng_source_block(bench->source, 0)->n_rows; }

static float pitch(const Bench *bench) {
  return bench->state.view == REN_VIEW_NEURON ? REN_NEURON_PITCH : REN_TOKEN_PITCH;
}

/* Scrolled so that the middle token is in the middle of the view. */
static float middle(const Bench *bench) {
  float scroll = ((float)n_tokens(bench) * pitch(bench) - HEIGHT) / 2;
  return scroll > 0 ? scroll : 0;
}

/* Tokens about the middle one, which show. */
static void hover_next(Bench *bench, int repetition) {
  RenId id = {REN_ID_QUERY, n_tokens(bench) / 2 + repetition % 10 - 5, 0, 0};
  if (bench->state.view == REN_VIEW_MODEL) id = (RenId){REN_ID_THUMB, repetition % LAYERS, repetition % HEADS, 0};
  if (bench->state.view == REN_VIEW_MATRIX) id = (RenId){REN_ID_CELL, id.a, id.a - repetition, 0};
  ren_state_hover(&bench->state, id);
}

static void scroll_on(Bench *bench, int repetition) {
  (void)repetition;
  bench->state.scroll_y[bench->state.view] += 3 * pitch(bench);
}

/* Enlarged, the cells that show are in the middle of both axes. */
static void set_matrix(Bench *bench, int n_heads, float zoom) {
  RenState *state = &bench->state;
  for (int head = n_heads; head < HEADS; head++) ren_state_head_set(state, head, false);
  state->zoom = zoom;
  if (zoom > 1) state->scroll_x[REN_VIEW_MATRIX] = middle(bench);
}

static RenState *set_view(Bench *bench, RenViewKind view) {
  ren_state_init(&bench->state);
  bench->state.view = view;
  bench->state.scroll_y[view] = middle(bench);
  return &bench->state;
}

static void measure(Bench *bench, const char *state, int repetitions) {
  RenViewKind view = bench->state.view;
  double first = median(bench, repetitions, nothing, start_all);
  double full = median(bench, repetitions, forget_pictures, nothing);
  double again = median(bench, repetitions, nothing, nothing);
  double scroll = median(bench, repetitions, scroll_on, nothing);
  bench->state.scroll_y[view] = middle(bench);
  forget_pictures(bench, 0);
  double hover = median(bench, repetitions < 10 ? repetitions : 10, hover_next, nothing);
  printf("| %s%s | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |\n", ren_view_name(view), state, n_tokens(bench),
         first, full, hover, scroll, again, (double)ren_raster_cache_bytes(bench->raster) / 1048576);
  fflush(stdout);
}

static void measure_matrix(Bench *bench, int repetitions) {
  const struct {
    const char *name;
    int n_heads;
    float zoom;
  } cases[] = {{"", 1, 1}, {", enlarged", 1, 20}, {", all heads", HEADS, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    set_view(bench, REN_VIEW_MATRIX);
    set_matrix(bench, cases[i].n_heads, cases[i].zoom);
    measure(bench, cases[i].name, repetitions);
  }
}

static void bench_tokens(size_t tokens, int repetitions) {
  Bench bench = {.source = make_source(tokens), .frame = ren_frame_new()};
  start_all(&bench, 0);
  for (int view = 0; view < REN_VIEW_MATRIX; view++) {
    set_view(&bench, (RenViewKind)view);
    measure(&bench, "", repetitions);
  }
  RenState *state = set_view(&bench, REN_VIEW_NEURON);
  state->expanded = true;
  state->token = n_tokens(&bench) / 2;
  measure(&bench, ", expanded", repetitions);
  state->dimensions.order = REN_ORDER_DISTANCE, state->dimensions.selected = 9, state->dimensions.values = true;
  measure(&bench, ", a dimension", repetitions);
  measure_matrix(&bench, repetitions);
  ren_pixels_free(&bench.pixels);
  ren_frame_free(bench.frame);
  ren_raster_free(bench.raster);
  ren_text_close(bench.text);
  eng_source_release(bench.source);
}

int main(int argc, char **argv) {
  static const size_t usual[] = {16, 32, 64, 128, 256, 512};
  int repetitions = argc > 1 ? atoi(argv[1]) : 9;
  if (repetitions < 1 || repetitions > MAX_TIMES) return 2;
  puts("| view | tokens | first | full | hover | scroll | again | kept MB |\n|---|---|---|---|---|---|---|---|");
  for (int i = 2; i < argc; i++) bench_tokens((size_t)atoi(argv[i]), repetitions);
  for (size_t i = 0; argc <= 2 && i < sizeof usual / sizeof usual[0]; i++) bench_tokens(usual[i], repetitions);
  return 0;
}
