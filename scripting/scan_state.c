/* FILE.scan is one JSON object: what the scan is of, as four fields that must be the same for it to go on, then how
 * far it is. */
#include "scripting/scan_impl.h"

#include "engine/json_put.h"
#include "engine/map.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { NAMES = 4 };
static const char *const names[NAMES] = {"probe", "model", "text", "options"};

typedef struct Identity {
  char values[NAMES][256];
} Identity;

static void hash_of_file(const char *path, char *out, size_t size) {
  EngMap map;
  out[0] = '\0';
  if (!eng_map_open(&map, path, NULL)) return;
  snprintf(out, size, "%016llx", (unsigned long long)XXH3_64bits(map.data ? map.data : (const void *)"", map.size));
  eng_map_close(&map);
}

static Identity identify(const ScrScanJob *job) {
  const ScrScan *scan = job->scan;
  Identity id = {{{0}}};
  hash_of_file(scr_probe_path(job->probes[0]), id.values[0], sizeof id.values[0]);
  snprintf(id.values[1], sizeof id.values[1], "%s", eng_model_hash(scan->model));
  snprintf(id.values[2], sizeof id.values[2], "%016llx", (unsigned long long)eng_corpus_hash(job->corpus));
  int n = snprintf(id.values[3], sizeof id.values[3], "top %d%s", scan->top, scan->join ? ", joined" : "");
  for (int i = 0; i < scan->n_settings && n < (int)sizeof id.values[3]; i++)
    n += snprintf(id.values[3] + n, sizeof id.values[3] - (size_t)n, ", %s", scan->settings[i]);
  return id;
}

static void put_state(void *context, FILE *file) {
  const ScrScanJob *job = context;
  const ScrScanTotals *t = &job->totals;
  Identity id = identify(job);
  fputc('{', file);
  for (int i = 0; i < NAMES; i++) {
    fprintf(file, "\"%s\":", names[i]);
    eng_json_put_text(file, id.values[i]);
    fputc(',', file);
  }
  fprintf(file, "\"file\":%d,\"offset\":%zu,\"line\":%zu,\"bytes\":%llu", job->mark.file, job->mark.offset,
          job->mark.line, (unsigned long long)job->result.at);
  fprintf(file, ",\"sequences\":%llu,\"tokens\":%llu,\"found\":%llu,\"passed_over\":%llu",
          (unsigned long long)t->sequences, (unsigned long long)t->tokens, (unsigned long long)t->found,
          (unsigned long long)t->passed_over);
  if (job->tally) {
    fputs(",\"tally\":", file);
    scr_tally_save(job->tally, file);
  }
  fputs("}\n", file);
}

/* While what is there is only compared, it says itself how far the scan is. */
bool scr_scan_save(ScrScanJob *job, EngError *err) {
  return job->result.at < job->result.there || scr_result_save(&job->result, put_state, job, err);
}

/* --- going on */

static bool same(const ScrScanJob *job, const EngJson *state, EngError *err) {
  Identity id = identify(job);
  for (int i = 0; i < NAMES; i++) {
    const char *value = eng_json_text(eng_json_get(state, names[i]), NULL);
    if (!value || strcmp(value, id.values[i]) != 0)
      return eng_error_set(err, job->result.state, names[i], "expected %s, as in this scan, found %s", id.values[i],
                           value ? value : "nothing");
  }
  return true;
}

static bool read_count(const EngJson *state, const char *key, uint64_t *out) {
  int64_t number = -1;
  bool ok = eng_json_integer(eng_json_get(state, key), &number) && number >= 0;
  *out = ok ? (uint64_t)number : 0;
  return ok;
}

static bool read_state(ScrScanJob *job, const EngJson *state, uint64_t *bytes, EngError *err) {
  uint64_t file, offset, line;
  ScrScanTotals *t = &job->totals;
  bool ok = read_count(state, "file", &file) && read_count(state, "offset", &offset) &&
            read_count(state, "line", &line) && read_count(state, "bytes", bytes) &&
            read_count(state, "sequences", &t->sequences) && read_count(state, "tokens", &t->tokens) &&
            read_count(state, "found", &t->found) && read_count(state, "passed_over", &t->passed_over) &&
            file <= (uint64_t)job->scan->n_files &&
            (!job->tally || scr_tally_load(job->tally, eng_json_get(state, "tally")));
  if (ok) ok = eng_corpus_seek(job->corpus, job->mark = (EngMark){(int)file, offset, line}, NULL);
  if (ok) t->bytes_done = eng_corpus_before(job->corpus, job->mark);
  return ok || eng_error_set(err, job->result.state, NULL, "expected how far a scan is, found something else");
}

/* From the beginning, with what is there as a check. */
static bool start_over(ScrScanJob *job, EngError *err) {
  job->totals = (ScrScanTotals){.bytes = job->totals.bytes};
  job->mark = (EngMark){.line = 1};
  scr_result_compare(&job->result);
  return eng_corpus_seek(job->corpus, job->mark, err);
}

bool scr_scan_resume(ScrScanJob *job, EngError *err) {
  if (!scr_result_has_state(&job->result)) return start_over(job, err);
  uint64_t bytes = 0;
  EngJson *state = eng_json_load(job->result.state, err);
  bool ok = state && same(job, state, err) && read_state(job, state, &bytes, err);
  eng_json_free(state);
  if (!ok) {
    job->totals.sequences = 0; /* there is nothing to go on from */
    return false;
  }
  if (job->tally || scr_result_go_on(&job->result, bytes)) return true;
  return start_over(job, err);
}
