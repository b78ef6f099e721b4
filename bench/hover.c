/* How long a hover waits while a text runs: GPT-2-small's size, random weights, 512 tokens, a mouse that moves
 * every 16 ms over each view, the text run again and again.
 *
 *   bench_hover [N]
 *
 * Milliseconds on the clock from the event to the pixels, at least N hovers a row (300). The window's own copy
 * of the pixels to the screen is not counted. */
#include "small_model.h"

#include "render/command.h"
#include "scripting/app.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TOKENS = 512, MOST = 100000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* One hover: somewhere in the view's columns of tokens, or over its thumbnails. */
static double hover(ScrApp *app, RenViewKind view, int n) {
  RenUi *ui = scr_app_ui(app);
  RenRect area = ren_ui_view_area(ui);
  float x = view == REN_VIEW_MODEL ? 200 + (float)(n * 37 % 900) : view == REN_VIEW_NEURON ? 60 : 400;
  RenEvent event = {.kind = REN_EVENT_MOVE, .at = {x, area.y + 60 + (float)(n * 31 % ((int)area.h - 70))}};
  double start = now();
  scr_app_poll(app);
  ren_ui_event(ui, &event);
  ren_ui_pixels_soon(ui, NULL);
  return now() - start;
}

/* Hovers every 16 ms until there are `wanted`, with the text running all the while or not at all. */
static int collect(ScrApp *app, RenViewKind view, bool running, int wanted, double *out) {
  const struct timespec pause = {0, 16000000};
  int n = 0;
  while (n < wanted && n < MOST) {
    bool pending = scr_app_poll(app);
    if (running && !pending) ren_command_run(scr_app_ui(app), "run", NULL, 0, NULL);
    out[n] = hover(app, view, n);
    n++;
    nanosleep(&pause, NULL);
  }
  return n;
}

static void measure(ScrApp *app, RenViewKind view, int wanted, double *times) {
  char name[32];
  RenUi *ui = scr_app_ui(app);
  snprintf(name, sizeof name, "view.%s", ren_view_name(view));
  ren_command_run(ui, name, NULL, 0, NULL);
  ren_command_run(ui, "head.all", NULL, 0, NULL);
  ren_ui_pixels(ui, NULL);
  for (int running = 0; running < 2; running++) {
    int n = collect(app, view, running, wanted, times);
    qsort(times, (size_t)n, sizeof *times, compare);
    printf("| %s | %s | %d | %.1f | %.1f | %.1f |\n", ren_view_name(view), running ? "running" : "at rest", n,
           times[n / 2], times[n * 95 / 100], times[n - 1]);
    ren_command_run(ui, "run.cancel", NULL, 0, NULL);
    scr_app_wait(app);
  }
}

/* The random model with the shipped model's tokenizer, in a folder of its own. */
static bool make_model(char *folder, EngError *err) {
  char command[1024];
  if (!mkdtemp(folder)) return eng_error_set(err, folder, NULL, "expected a folder, could not make one");
  snprintf(command, sizeof command, "cp %s/models/novella/tokenizer.json %s", HEADSCOPE_SOURCE, folder);
  return system(command) == 0 && write_small_model(folder, err);
}

static bool run(const char *folder, int wanted, EngError *err) {
  char text[8 * TOKENS] = "the";
  for (int i = 1; i < TOKENS; i++) strcat(text, " the");
  ScrAppOptions options = {.home = HEADSCOPE_SOURCE,
                           .model = folder,
                           .text = text,
                           .width = 1280,
                           .height = 800,
                           .scale = 1,
                           .theme = "dark"};
  ScrApp *app = scr_app_new(&options, err);
  double *times = calloc(MOST, sizeof *times);
  bool ok = app && times;
  if (ok) scr_app_wait(app);
  if (ok && ren_ui_error(scr_app_ui(app))) ok = eng_error_set(err, NULL, NULL, "%s", ren_ui_error(scr_app_ui(app)));
  if (ok) puts("| view | the text | hovers | median | 95 % | most |\n|---|---|---|---|---|---|");
  for (int view = 0; ok && view < REN_VIEW_COUNT; view++) measure(app, (RenViewKind)view, wanted, times);
  free(times);
  scr_app_free(app);
  return ok;
}

int main(int argc, char **argv) {
  EngError err = {0};
  char folder[] = P_tmpdir "/bench_hover_XXXXXX", command[64];
  bool ok = make_model(folder, &err) && run(folder, argc > 1 ? atoi(argv[1]) : 300, &err);
  if (!ok) fprintf(stderr, "bench_hover: %s\n", err.message);
  snprintf(command, sizeof command, "rm -r %s", folder);
  if (system(command) != 0) ok = false;
  return ok ? 0 : 1;
}
