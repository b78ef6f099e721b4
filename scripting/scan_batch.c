/* Batches are made of whole passages until there are enough tokens for the products to be fast: what is in one
 * depends on the text alone. */
#include "scripting/scan_batch.h"

#include <stdlib.h>

enum { TOKENS = 512, PASSAGES = 256 }; /* of a batch: enough */

void scr_batch_free(ScrBatch *batch) {
  if (!batch) return;
  for (size_t i = 0; i < batch->n; i++) eng_input_release(batch->passages[i].input);
  free(batch->passages);
  free(batch->text);
  free(batch->found);
  free(batch->scores);
  scr_gathered_free(&batch->gathered);
  free(batch);
}

static bool add_passage(ScrBatch *batch, EngPassage passage, EngError *err) {
  if (batch->n == batch->room) {
    size_t room = batch->room ? 2 * batch->room : 16;
    EngPassage *list = reallocarray(batch->passages, room, sizeof *list);
    if (!list) {
      eng_input_release(passage.input);
      return eng_error_memory(err, NULL, "%zu passages", room);
    }
    batch->passages = list;
    batch->room = room;
  }
  batch->passages[batch->n++] = passage;
  batch->tokens += (size_t)passage.input->n_tokens;
  return true;
}

static bool fill(ScrBatch *batch, EngCorpus *corpus, EngError *err) {
  while (batch->tokens < TOKENS && batch->n < PASSAGES) {
    EngPassage passage;
    if (!eng_corpus_next(corpus, &passage, err)) return false;
    if (!passage.input) break;
    if (!add_passage(batch, passage, err)) return false;
  }
  batch->after = eng_corpus_mark(corpus);
  return true;
}

ScrBatch *scr_batch_take(EngCorpus *corpus, EngError *err) {
  ScrBatch *batch = calloc(1, sizeof *batch);
  if (!batch) {
    eng_error_memory(err, NULL, "a batch");
    return NULL;
  }
  if (fill(batch, corpus, err)) return batch;
  scr_batch_free(batch);
  return NULL;
}

/* --- one pass */

/* What is known while a batch is worked on. */
typedef struct Pass {
  ScrBatch *batch;
  const ScrNames *names;
  EngModel *model;
  ScrProbe *probe;
  const ScrPlan *plan;
  EngRun *run;
  EngEdges edges, *each; /* of the pattern at hand; (n) of each passage */
  signed char *known;    /* (2, tokens) what predicates said of tokens: 0 not asked, 1 yes, -1 no */
  size_t *first;         /* (n) each passage's first token in `known` */
  size_t asked;          /* the passage that the probe is asked about; n: none */
} Pass;

/* A predicate's word on a token, asked once. */
static bool takes(Pass *pass, size_t i, int token, bool as_key, bool *yes, EngError *err) {
  signed char *known = &pass->known[(as_key ? pass->batch->tokens : 0) + pass->first[i] + (size_t)token];
  bool said = *known > 0;
  if (*known == 0 && !scr_probe_takes(pass->probe, pass->run, (int)i, token, as_key, &said, err)) return false;
  *known = said ? 1 : -1;
  *yes = said;
  return true;
}

static bool edge_counts(Pass *pass, size_t i, const EngEdge *edge, bool *yes, EngError *err) {
  *yes = true;
  if (pass->plan->asks_query && !takes(pass, i, edge->query, false, yes, err)) return false;
  return !*yes || !pass->plan->asks_key || takes(pass, i, edge->key, true, yes, err);
}

static bool add_edges(Pass *pass, size_t i, EngError *err) {
  EngEdges *all = &pass->each[i];
  const EngEdges *new = &pass->edges;
  EngEdge *list = reallocarray(all->list, all->n + new->n, sizeof *list);
  if (!list) return eng_error_memory(err, NULL, "%zu edges", all->n + new->n);
  all->list = list;
  for (size_t e = 0; e < new->n; e++) {
    bool yes;
    if (!edge_counts(pass, i, &new->list[e], &yes, err)) return false;
    if (yes) all->list[all->n++] = new->list[e];
  }
  return true;
}

/* The tap: a layer's pattern is looked at while it is there, and overwritten by the next layer's. */
static bool look(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  Pass *pass = context;
  if (id != ENG_ACT_PATTERN) return true;
  pass->edges.n = 0;
  pass->asked = (size_t)sequence;
  for (size_t head = 0; head < value.shape[0]; head++) {
    if (!pass->plan->heads[(size_t)layer * value.shape[0] + head]) continue;
    EngTensor pattern = eng_tensor_select(value, 0, head);
    if (!eng_edges_find(&pass->edges, &pattern, &pass->plan->rule, layer, (int)head, err)) return false;
  }
  return pass->edges.n == 0 || add_edges(pass, (size_t)sequence, err);
}

/* --- lines */

/* Notes the line that ends where the stream is. */
static bool note_line(ScrBatch *batch, FILE *file, double weight, EngError *err) {
  if (batch->n_found == batch->room_found) {
    size_t room = batch->room_found ? 2 * batch->room_found : 64;
    ScrFound *list = reallocarray(batch->found, room, sizeof *list);
    if (!list) return eng_error_memory(err, NULL, "%zu lines", room);
    batch->found = list;
    batch->room_found = room;
  }
  size_t start = batch->n_found ? batch->found[batch->n_found - 1].stop : 0;
  batch->found[batch->n_found++] = (ScrFound){start, (size_t)ftell(file), weight};
  return true;
}

static bool put_edges(Pass *pass, FILE *file, EngError *err) {
  for (size_t i = 0; i < pass->batch->n; i++) {
    eng_edges_sort(&pass->each[i]);
    for (size_t e = 0; e < pass->each[i].n; e++) {
      const EngEdge *edge = &pass->each[i].list[e];
      scr_line_put_edge(file, pass->names, &pass->batch->passages[i], edge);
      if (!note_line(pass->batch, file, (double)edge->weight, err)) return false;
    }
  }
  return true;
}

/* One line a passage. */
static bool put_scores(Pass *pass, FILE *file, EngError *err) {
  for (size_t i = 0; i < pass->batch->n; i++) {
    pass->asked = i;
    char *score = scr_probe_say(pass->probe, pass->run, (int)i, err);
    if (!score) return false;
    scr_line_put_answer(file, pass->names, &pass->batch->passages[i], score);
    free(score);
    if (!note_line(pass->batch, file, 0, err)) return false;
  }
  return true;
}

static bool put_lines(Pass *pass, bool (*put)(Pass *, FILE *, EngError *), EngError *err) {
  FILE *file = open_memstream(&pass->batch->text, &pass->batch->length);
  if (!file) return eng_error_memory(err, NULL, "lines");
  bool ok = put(pass, file, err), whole = !ferror(file);
  if (fclose(file) != 0 || !whole) return ok && eng_error_memory(err, NULL, "lines");
  return ok;
}

/* --- what kinds of probes do */

static bool work_on_edges(Pass *pass, EngError *err) { return put_lines(pass, put_edges, err); }
static bool work_on_runs(Pass *pass, EngError *err) { return put_lines(pass, put_scores, err); }

static bool work_on_scores(Pass *pass, EngError *err) {
  ScrBatch *batch = pass->batch;
  bool of_tokens = pass->plan->kind == SCR_PROBE_TOKEN;
  size_t n = of_tokens ? batch->tokens : batch->n * pass->plan->places, at = 0;
  batch->scores = reallocarray(NULL, n, sizeof *batch->scores);
  if (!batch->scores) return eng_error_memory(err, NULL, "%zu scores", n);
  for (size_t i = 0; i < batch->n; i++) {
    pass->asked = i;
    if (!scr_probe_score(pass->probe, pass->run, (int)i, batch->scores + at, err)) return false;
    at += of_tokens ? (size_t)batch->passages[i].input->n_tokens : pass->plan->places;
  }
  return true;
}

static bool gather(Pass *pass, EngError *err) {
  for (size_t i = 0; i < pass->batch->n; i++) {
    pass->asked = i;
    if (!scr_probe_gather(pass->probe, pass->run, (int)i, &pass->batch->gathered, err)) return false;
  }
  return true;
}

static bool reserve(Pass *pass, EngError *err) {
  ScrBatch *batch = pass->batch;
  pass->each = calloc(batch->n, sizeof *pass->each);
  pass->first = calloc(batch->n, sizeof *pass->first);
  pass->known = calloc(batch->tokens, 2);
  if (!pass->each || !pass->first || !pass->known) return eng_error_memory(err, NULL, "edges");
  for (size_t i = 1; i < batch->n; i++)
    pass->first[i] = pass->first[i - 1] + (size_t)batch->passages[i - 1].input->n_tokens;
  return true;
}

static void release(Pass *pass) {
  for (size_t i = 0; pass->each && i < pass->batch->n; i++) eng_edges_free(&pass->each[i]);
  eng_edges_free(&pass->edges);
  free(pass->each);
  free(pass->first);
  free(pass->known);
  eng_run_release(pass->run);
}

static bool run_model(Pass *pass, EngArenaPool *arenas, const EngCancel *cancel, EngError *err) {
  ScrBatch *batch = pass->batch;
  bool edges = pass->plan->kind == SCR_PROBE_EDGE;
  EngSequence *sequences = calloc(batch->n, sizeof *sequences);
  if (!sequences) return eng_error_memory(err, NULL, "%zu sequences", batch->n);
  for (size_t i = 0; i < batch->n; i++) sequences[i].input = batch->passages[i].input;
  EngRunSpec spec = {.sequences = sequences,
                     .n_sequences = (int)batch->n,
                     .keep = pass->plan->keep,
                     .logits = pass->plan->logits,
                     .cancel = cancel,
                     .tap = edges ? look : NULL,
                     .tap_context = pass,
                     .tap_looks = true,
                     .n_layers = pass->plan->n_layers,
                     .until = pass->plan->until,
                     .arenas = arenas};
  pass->run = eng_run_new(pass->model, &spec, err);
  free(sequences);
  return pass->run && eng_run_forward(pass->run, err);
}

/* Says where in the text the probe was asked. */
static bool name_place(const Pass *pass, const EngError *cause, EngError *err) {
  char line[32];
  if (pass->asked >= pass->batch->n) return eng_error_set(err, NULL, NULL, "%s", cause->message);
  const EngPassage *passage = &pass->batch->passages[pass->asked];
  snprintf(line, sizeof line, "line %zu", passage->line);
  return eng_error_set(err, pass->names->files[passage->file], line, "%s", cause->message);
}

bool scr_batch_work(ScrBatch *batch, EngModel *model, const ScrNames *names, ScrProbe *probe, EngArenaPool *arenas,
                    const EngCancel *cancel, EngError *err) {
  static bool (*const works[])(Pass *, EngError *) = {
      [SCR_PROBE_EDGE] = work_on_edges,    [SCR_PROBE_RUN] = work_on_runs,     [SCR_PROBE_HEAD] = work_on_scores,
      [SCR_PROBE_NEURON] = work_on_scores, [SCR_PROBE_TOKEN] = work_on_scores,
  };
  EngError cause = {0};
  Pass pass = {.batch = batch,
               .names = names,
               .model = model,
               .probe = probe,
               .plan = scr_probe_plan(probe),
               .asked = batch->n};
  bool (*ask)(Pass *, EngError *) = batch->gathers ? gather : works[pass.plan->kind];
  bool ok = reserve(&pass, &cause) && run_model(&pass, arenas, cancel, &cause) && ask(&pass, &cause);
  release(&pass);
  return ok || name_place(&pass, &cause, err);
}
