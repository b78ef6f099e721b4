/* The crew takes batches off the corpus, each of its threads asks its own probe, and what comes of them is given in
 * order: to the result, or to the tally, which is written at the end. */
#include "scripting/scan.h"

#include "scripting/scan_impl.h"

#include "engine/clock.h"
#include "engine/crew.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TOP = 10, MOST_WORKERS = 256, NAMED = 5 }; /* NAMED: lines that are passed over and told about */
static const double save_each = 5;                /* seconds */
static const size_t most_kept = (size_t)1 << 33;  /* bytes of an arena that stays with its thread */

static void warn(const ScrScanJob *job, const EngError *sentence) {
  if (job->scan->warn) job->scan->warn(job->scan->context, sentence->message);
}

static void on_passed_over(void *context, int file, size_t line, const char *why) {
  ScrScanJob *job = context;
  EngError sentence;
  char where[32];
  if (job->gathering) return; /* the other pass says it */
  job->passed_over++;
  if (job->named >= NAMED) return;
  job->named++;
  snprintf(where, sizeof where, "line %zu", line);
  eng_error_set(&sentence, job->scan->files[file], where, "passed over: %s", why);
  warn(job, &sentence);
}

/* --- what the crew does */

static bool take(void *context, void **piece, EngError *err) {
  ScrScanJob *job = context;
  ScrBatch *batch = scr_batch_take(job->corpus, err);
  if (!batch) return false;
  batch->passed_over = job->passed_over;
  if (batch->n > 0) {
    job->passed_over = 0;
    *piece = batch;
  } else {
    scr_batch_free(batch);
  }
  return true;
}

static bool work(void *context, int worker, void *piece, const EngCancel *cancel, EngError *err) {
  ScrScanJob *job = context;
  return scr_batch_work(piece, job->scan->model, &job->names, job->probes[worker], &job->arenas[worker], cancel,
                        err);
}

static void drop(void *context, void *piece) {
  (void)context;
  scr_batch_free(piece);
}

/* The heaviest edges. */
static bool give_lines(ScrScanJob *job, const ScrBatch *batch, EngError *err) {
  for (size_t i = 0; i < batch->n_found; i++) {
    const ScrFound *found = &batch->found[i];
    if (!scr_tally_wants(job->tally, 0, found->weight)) continue;
    char *line = strndup(batch->text + found->start, found->stop - found->start);
    if (!line) return eng_error_memory(err, NULL, "a line");
    if (!scr_tally_keep(job->tally, 0, found->weight, line, err)) return false;
  }
  return true;
}

/* A place of a head or neuron is a passage, of a token probe a token. */
static char *describe(const ScrScanJob *job, const EngPassage *passage, int token, float number) {
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  if (!file) return NULL;
  scr_line_put_score(file, &job->names, passage, token, number);
  bool ok = !ferror(file);
  if (fclose(file) == 0 && ok) return text;
  free(text);
  return NULL;
}

static bool give_number(ScrScanJob *job, size_t place, const EngPassage *passage, int token, float number,
                        EngError *err) {
  if (isnan(number)) return true; /* there is none */
  scr_tally_add(job->tally, place, (double)number);
  if (!scr_tally_wants(job->tally, place, (double)number)) return true;
  char *text = describe(job, passage, token, number);
  return text ? scr_tally_keep(job->tally, place, (double)number, text, err)
              : eng_error_memory(err, NULL, "a place");
}

static bool give_scores(ScrScanJob *job, const ScrBatch *batch, EngError *err) {
  bool of_tokens = job->plan->kind == SCR_PROBE_TOKEN;
  const float *score = batch->scores;
  for (size_t i = 0; i < batch->n; i++) {
    const EngPassage *passage = &batch->passages[i];
    size_t n = of_tokens ? (size_t)passage->input->n_tokens : job->plan->places;
    for (size_t k = 0; k < n; k++)
      if (!give_number(job, of_tokens ? 0 : k, passage, of_tokens ? (int)k : -1, *score++, err)) return false;
  }
  return true;
}

static void count(ScrScanJob *job, const ScrBatch *batch) {
  ScrScanTotals *t = &job->totals;
  scr_scan_advance(job, batch);
  t->sequences += batch->n;
  t->tokens += batch->tokens;
  t->found += batch->n_found;
  t->passed_over += batch->passed_over;
  job->mark = batch->after;
}

/* From time to time: tells how far it is, and saves it. */
static bool tell(ScrScanJob *job, EngError *err) {
  scr_scan_show(job);
  if (job->totals.seconds - job->saved < save_each) return true;
  job->saved = job->totals.seconds;
  return scr_scan_save(job, err);
}

static bool give(void *context, void *piece, EngError *err) {
  ScrScanJob *job = context;
  ScrBatch *batch = piece;
  bool ok = batch->scores ? give_scores(job, batch, err)
            : job->tally  ? give_lines(job, batch, err)
                          : scr_result_add(&job->result, batch->text, batch->length, err);
  if (ok) count(job, batch);
  scr_batch_free(batch);
  return ok && tell(job, err);
}

/* --- a scan's life */

static int count_workers(int asked) {
  long n = asked > 0 ? asked : sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? 1 : n > MOST_WORKERS ? MOST_WORKERS : (int)n;
}

static bool open_probes(ScrScanJob *job, const EngCancel *cancel, EngError *err) {
  job->probes = calloc((size_t)job->n_workers, sizeof *job->probes);
  job->arenas = calloc((size_t)job->n_workers, sizeof *job->arenas);
  if (!job->probes || !job->arenas) return eng_error_memory(err, NULL, "%d workers", job->n_workers);
  for (int i = 0; i < job->n_workers; i++) {
    eng_arena_pool_init(&job->arenas[i]);
    job->arenas[i].most = most_kept;
    job->probes[i] = scr_probe_open(job->scan, scr_watch_asked(job->watch, i), cancel, err);
    if (!job->probes[i]) return false;
  }
  job->plan = scr_probe_plan(job->probes[0]);
  return true;
}

static bool open_tally(ScrScanJob *job, EngError *err) {
  bool lines = job->plan->kind == SCR_PROBE_RUN || (job->plan->kind == SCR_PROBE_EDGE && job->scan->top == 0);
  if (lines) return true;
  job->tally = scr_tally_new(job->plan->places, job->scan->top > 0 ? job->scan->top : TOP, err);
  return job->tally != NULL;
}

/* The model's name where that finds it, else its path. */
static bool name_things(ScrScanJob *job, EngError *err) {
  const char *path = eng_model_path(job->scan->model), *name = eng_model_name(job->scan->model);
  char *found = eng_model_locate(name, job->scan->home, NULL);
  job->model = found && strcmp(found, path) == 0 ? strdup(name) : realpath(path, NULL);
  free(found);
  job->names = (ScrNames){job->scan->files, job->model};
  return job->model || eng_error_memory(err, NULL, "a name");
}

static bool open_job(ScrScanJob *job, const EngCancel *cancel, EngError *err) {
  const ScrScan *scan = job->scan;
  EngCorpusSpec spec = {scan->files, scan->n_files, scan->join, on_passed_over, job};
  job->corpus = eng_corpus_open(scan->model, &spec, err);
  if (!job->corpus || !name_things(job, err) || !open_probes(job, cancel, err) || !open_tally(job, err))
    return false;
  job->totals.bytes = eng_corpus_bytes(job->corpus);
  if (!scr_result_is_none_of(scan->out, scan->files, scan->n_files, err)) return false;
  job->has_result = scr_result_open(&job->result, scan->out, scan->mode, err);
  if (!job->has_result) return false;
  if (scan->mode == SCR_RESULT_RESUME) return scr_scan_resume(job, err);
  return job->tally || scr_result_empty(&job->result, err);
}

/* The whole tally in place of what the result held, or compared with it. */
static bool write_tally(ScrScanJob *job, EngError *err) {
  char *text = NULL;
  size_t length = 0;
  FILE *file = open_memstream(&text, &length);
  if (!file) return eng_error_memory(err, NULL, "the result");
  scr_tally_put(job->tally, job->plan, file);
  bool ok = !ferror(file);
  if (fclose(file) != 0 || !ok) ok = eng_error_memory(err, NULL, "the result");
  bool compares = job->result.there > 0;
  ok = ok && (compares || scr_result_empty(&job->result, err)) && scr_result_add(&job->result, text, length, err);
  free(text);
  return ok;
}

static bool finish(ScrScanJob *job, EngError *err) {
  job->totals.passed_over += job->passed_over;
  job->totals.bytes_done = job->totals.bytes;
  if (job->totals.sequences == 0 && job->totals.passed_over > 0)
    return eng_error_set(err, job->scan->files[0], NULL, "expected text, found no line of it");
  return (!job->tally || write_tally(job, err)) && scr_result_end(&job->result, err);
}

/* What was found stays, and how to go on; the scan's own error is the one that is told. What is only compared is
 * there already. */
static void keep_part(ScrScanJob *job) {
  if (job->totals.sequences == 0 || job->result.at < job->result.there) return;
  job->totals.kept = scr_scan_save(job, NULL);
  if (job->totals.kept && job->tally) write_tally(job, NULL);
}

static bool run_job(ScrScanJob *job, const EngCancel *cancel, EngError *err) {
  EngCrewTask task = {take, work, give, drop, job};
  bool ok =
      scr_scan_gather(job, cancel, err) && eng_crew_run(&task, job->n_workers, cancel, err) && finish(job, err);
  job->totals.seconds = eng_clock_seconds() - job->start;
  if (!ok) keep_part(job);
  EngError sentence;
  eng_error_set(&sentence, NULL, NULL, "%llu more lines were passed over: no UTF-8",
                (unsigned long long)(job->totals.passed_over - job->named));
  if (job->totals.passed_over > job->named && job->named == NAMED) warn(job, &sentence);
  return ok;
}

static void close_job(ScrScanJob *job, bool done) {
  if (job->has_result) scr_result_close(&job->result, done);
  scr_tally_free(job->tally);
  for (int i = 0; i < job->n_workers; i++) {
    if (job->probes) scr_probe_close(job->probes[i]);
    if (job->arenas) eng_arena_pool_close(&job->arenas[i]);
  }
  free(job->probes);
  free(job->arenas);
  free(job->model);
  eng_corpus_close(job->corpus);
}

bool scr_scan(const ScrScan *scan, const EngCancel *cancel, ScrScanTotals *totals, EngError *err) {
  ScrScanJob job = {.scan = scan, .mark = {.line = 1}, .start = eng_clock_seconds()};
  job.n_workers = count_workers(scan->workers);
  job.watch = scr_watch_start(scan->limits, job.n_workers, scan->stop, err);
  if (!job.watch) return false;
  bool ok = open_job(&job, cancel, err) && run_job(&job, cancel, err);
  if (!ok) scr_watch_explain(job.watch, err);
  *totals = job.totals;
  close_job(&job, ok);
  scr_watch_end(job.watch);
  return ok;
}
