/* headscope scan PROBE.lua MODEL --text FILES... -o RESULT.jsonl: the result is the file; a terminal is told how
 * far the scan is, and Ctrl+C ends it with what was found so far. */
#include "scripting/cli.h"
#include "scripting/home.h"
#include "scripting/interrupt.h"
#include "scripting/limits.h"
#include "scripting/open.h"
#include "scripting/scan.h"
#include "scripting/scan_told.h"

#include "engine/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One line of a terminal, written over again. */
static void on_progress(void *context, const ScrScanTotals *t) {
  char line[160];
  (void)context;
  scr_scan_tell(t, line, sizeof line);
  fprintf(stderr, "\r\033[K%s", line);
  fflush(stderr);
}

static void clear_line(void) {
  if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
}

static void on_warning(void *context, const char *sentence) {
  (void)context;
  clear_line();
  fprintf(stderr, "headscope: %s\n", sentence);
}

static int report(const ScrScan *scan, const ScrScanTotals *t, bool ok, const EngError *err) {
  clear_line();
  if (isatty(STDERR_FILENO) && t->sequences > 0)
    fprintf(stderr, "%llu passages, %llu tokens, %.0f tokens/s, %llu found\n", (unsigned long long)t->sequences,
            (unsigned long long)t->tokens, (double)t->tokens_here / t->seconds, (unsigned long long)t->found);
  if (ok) return SCR_DONE;
  if (!t->kept) return scr_cli_fail(err);
  EngError kept;
  eng_error_set(&kept, NULL, NULL, "%s; what was found before is in %s, and --resume goes on", err->message,
                scan->out);
  return scr_cli_fail(&kept);
}

static int run(ScrScan *scan, const char *model) {
  EngError err = {0};
  EngCancel cancel = {0};
  ScrScanTotals totals = {0};
  scan->model = scr_open_model(model, scan->home, NULL, &err);
  if (!scan->model) return scr_cli_fail(&err);
  scan->stop = &cancel;
  scr_interrupt_begin(&cancel);
  bool ok = scr_scan(scan, &cancel, &totals, &err);
  scr_interrupt_end();
  eng_model_release(scan->model);
  return report(scan, &totals, ok, &err);
}

static int read_number(const ScrCommand *command, const char *name, const char *word, int *out) {
  EngError err = {0};
  if (!word) return SCR_ARGS_OK;
  if (!eng_parts_number(name, word, out, &err)) return scr_args_misuse(command, "%s", err.message);
  return *out > 0 ? SCR_ARGS_OK : scr_args_misuse(command, "%s: expected 1 or more, found %s", name, word);
}

int scr_cli_scan(const ScrCommand *command, int argc, char **argv) {
  ScrScan scan = {.warn = on_warning, .progress = isatty(STDERR_FILENO) ? on_progress : NULL};
  ScrWords files = {0}, settings = {0};
  ScrLimits limits = {0};
  bool resume = false, force = false;
  const char *top = NULL, *workers = NULL, *one = NULL, *operands[SCR_MAX_OPERANDS];
  const ScrOption options[] = {
      {.name = "--text", .value = "FILES...", .doc = "the text; each line is a sequence", .string = &one},
      {.name = "-o", .value = "RESULT.jsonl", .doc = "where to write what is found", .string = &scan.out},
      {.name = "--join", .doc = "windows of the model's context over whole files, not lines", .flag = &scan.join},
      {.name = "--top", .value = "K", .doc = "places for each head or neuron (10); heaviest edges", .string = &top},
      {.name = "--set", .value = "n=32...", .doc = "parameters of the probe", .string = &one},
      {.name = "--workers", .value = "N", .doc = "threads (one for each processor)", .string = &workers},
      {.name = "--resume", .doc = "go on where a scan into the same file ended", .flag = &resume},
      {.name = "--force", .doc = "write a file anew that holds something", .flag = &force},
      SCR_LIMIT_OPTIONS(limits),
      {.name = NULL},
  };
  int code = scr_args_take_words(command, "--text", &argc, argv, &files);
  if (code == SCR_ARGS_OK) code = scr_args_take_words(command, "--set", &argc, argv, &settings);
  if (code == SCR_ARGS_OK) code = scr_args_parse(command, options, argc, argv, operands);
  if (code == SCR_ARGS_OK) code = read_number(command, "--top", top, &scan.top);
  if (code == SCR_ARGS_OK) code = read_number(command, "--workers", workers, &scan.workers);
  if (code == SCR_ARGS_OK) code = scr_limits_check(command, &limits);
  if (code != SCR_ARGS_OK) return code;
  if (one) return scr_args_misuse(command, "--text, --set: expected words behind them, found one with =");
  if (files.n == 0) return scr_args_misuse(command, "expected --text FILES...");
  if (!scan.out) return scr_args_misuse(command, "expected -o RESULT.jsonl");
  if (resume && force) return scr_args_misuse(command, "--resume, --force: expected one of them, found both");
  scan.mode = resume ? SCR_RESULT_RESUME : force ? SCR_RESULT_FORCE : SCR_RESULT_NEW;
  scan.files = files.list, scan.n_files = files.n;
  scan.settings = settings.list, scan.n_settings = settings.n;
  scan.probe = operands[0], scan.limits = &limits;
  EngError err = {0};
  char *home = scr_home_find(&err);
  if (!home) return scr_cli_fail(&err);
  scan.home = home;
  code = run(&scan, operands[1]);
  free(home);
  return code;
}
