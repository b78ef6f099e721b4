/* How long pictures take, in milliseconds of processor time, PNG writing not counted: the four views on made
 * up causal attention of 12 layers and 12 heads, in the window's usual size.
 *
 *   first   nothing is there yet: fonts opened, glyphs drawn, everything computed
 *   full    all lines computed anew, glyphs there: another layer, another text
 *
 * and as the window draws them, soon, a median and the 95th percentile of the frames:
 *
 *   hover      the mouse on a token whose lines were not drawn before (model view: on a thumbnail)
 *   scroll     three rows further (head and neuron view; matrix view, enlarged)
 *   threshold  dragged along its slider
 *   resize     three pixels wider
 *   settle     drawn on after that until nothing is missing, each of the frames
 *   again      nothing changed
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
  char path[] = P_tmpdir "/bench-render-XXXXXX", names[KINDS * LAYERS][32];
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
  float width;
  bool soon, finished;
} Bench;

static void start_raster(Bench *bench) {
  EngError err;
  ren_raster_free(bench->raster);
  ren_pixels_forget(&bench->pixels);
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
  const RenState *state = &bench->state;
  RenRect area = {0, 0, bench->width, HEIGHT};
  ren_frame_begin(bench->frame, area.w, area.h);
  ren_view_of(state->view)->draw(state, bench->source, bench->text, area, bench->frame);
  bool ok = bench->soon ? ren_raster_draw_soon(bench->raster, bench->frame, state->scale, state->theme->bg,
                                               &bench->pixels, &bench->finished, &err)
                        : ren_raster_draw(bench->raster, bench->frame, state->scale, state->theme->bg,
                                          &bench->pixels, &err);
  if (!ok) fail(&err);
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

typedef struct Times {
  double median, high; /* the 95th percentile */
} Times;

static Times time_all(Bench *bench, int repetitions, Step before, Step during) {
  double times[MAX_TIMES];
  for (int i = 0; i < repetitions; i++) {
    before(bench, i);
    double start = now();
    during(bench, i);
    draw(bench);
    times[i] = now() - start;
  }
  qsort(times, (size_t)repetitions, sizeof times[0], compare);
  return (Times){times[repetitions / 2], times[(repetitions - 1) * 95 / 100]};
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

/* Tokens about the middle one, which show, of either side in turns. */
static void hover_next(Bench *bench, int repetition) {
  int token = n_tokens(bench) / 2 + repetition / 2 % 20 - 10;
  if (token < 0) token += n_tokens(bench);
  RenId id = {repetition % 2 ? REN_ID_KEY : REN_ID_QUERY, token, 0, 0};
  if (bench->state.view == REN_VIEW_MODEL) id = (RenId){REN_ID_THUMB, repetition % LAYERS, repetition % HEADS, 0};
  if (bench->state.view == REN_VIEW_MATRIX) id = (RenId){REN_ID_CELL, token, token - repetition, 0};
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

/* Up and down between 0 and a quarter, with the slider's places, which are roots. */
static void drag_threshold(Bench *bench, int repetition) {
  float place = 0.5F * fabsf((float)(repetition % 40 - 20)) / 20;
  bench->state.threshold = place * place;
}

/* Narrow enough for the lines' width to change as well. */
static void widen(Bench *bench, int repetition) { bench->width = (float)(WIDTH / 2 + 3 * (repetition % 40)); }

/* Another size, then frames until the picture is whole. */
static void start_settling(Bench *bench, int repetition) {
  if (!bench->finished) return;
  widen(bench, repetition);
  draw(bench);
}

static RenState *set_view(Bench *bench, RenViewKind view) {
  ren_state_init(&bench->state);
  bench->state.view = view;
  bench->state.scroll_y[view] = middle(bench);
  bench->width = WIDTH;
  return &bench->state;
}

static void say(Times times) { printf(" %.1f (%.1f) |", times.median, times.high); }

/* As the window draws, each from a whole picture on. */
static void measure_soon(Bench *bench, int repetitions) {
  const struct {
    Step before, during;
  } steps[] = {{nothing, hover_next}, {nothing, scroll_on},      {nothing, drag_threshold},
               {nothing, widen},      {start_settling, nothing}, {nothing, nothing}};
  RenState start = bench->state;
  for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
    bench->state = start;
    bench->width = WIDTH;
    bench->soon = false;
    draw(bench);
    bench->soon = bench->finished = true;
    say(time_all(bench, repetitions, steps[i].before, steps[i].during));
  }
  bench->soon = false;
}

static void measure(Bench *bench, const char *state, int repetitions) {
  Times first = time_all(bench, repetitions < 5 ? repetitions : 5, nothing, start_all);
  Times full = time_all(bench, repetitions < 9 ? repetitions : 9, forget_pictures, nothing);
  printf("| %s%s | %d | %.1f | %.1f |", ren_view_name(bench->state.view), state, n_tokens(bench), first.median,
         full.median);
  measure_soon(bench, repetitions);
  printf(" %.1f |\n", (double)ren_raster_cache_bytes(bench->raster) / 1048576);
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
  RenState *state = set_view(&bench, REN_VIEW_HEAD);
  state->row_zoom = REN_LEAST_ROWS;
  measure(&bench, ", whole text", repetitions);
  state = set_view(&bench, REN_VIEW_NEURON);
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
  static const size_t usual[] = {16, 64, 128, 512, 1024};
  int repetitions = argc > 1 ? atoi(argv[1]) : 40;
  if (repetitions < 1 || repetitions > MAX_TIMES) return 2;
  puts("| view | tokens | first | full | hover | scroll | threshold | resize | settle | again | kept MB |\n"
       "|---|---|---|---|---|---|---|---|---|---|---|");
  for (int i = 2; i < argc; i++) bench_tokens((size_t)atoi(argv[i]), repetitions);
  for (size_t i = 0; argc <= 2 && i < sizeof usual / sizeof usual[0]; i++) bench_tokens(usual[i], repetitions);
  return 0;
}
