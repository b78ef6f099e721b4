/* A run: checked and reserved in one piece. run_forward.c computes it, run_value.c reads it. */
#include "engine/run.h"

#include "engine/run_state.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static bool past_kept(const EngRun *past) {
  for (int layer = 0; layer < eng_model_config(past->model)->n_layers; layer++)
    if (!eng_keep_has(&past->spec.keep, ENG_ACT_K, layer) || !eng_keep_has(&past->spec.keep, ENG_ACT_V, layer))
      return false;
  return true;
}

static bool check_past(const EngModel *model, const EngSequence *sequence, EngError *err) {
  const EngRun *past = sequence->past;
  if (!past) return true;
  if (!eng_model_config(model)->causal)
    return eng_error_set(err, NULL, "past", "expected a causal model, found %s",
                         eng_config_model_type(eng_model_config(model)));
  if (past->model != model)
    return eng_error_set(err, NULL, "past", "expected a run of the same model, found another's");
  if (!eng_run_finished(past))
    return eng_error_set(err, NULL, "past", "expected a finished run, found an unfinished one");
  if (sequence->past_sequence < 0 || sequence->past_sequence >= past->spec.n_sequences)
    return eng_error_set(err, NULL, "past", "expected a sequence from 0 to %d, found %d",
                         past->spec.n_sequences - 1, sequence->past_sequence);
  if (!past_kept(past)) return eng_error_set(err, NULL, "past", "expected a run with keep = k and v of all layers");
  return true;
}

static bool check_tokens(const EngConfig *config, const EngSequence *sequence, EngError *err) {
  const EngInput *input = sequence->input;
  if (!input || input->n_tokens < 1)
    return eng_error_set(err, NULL, "input", "expected at least 1 token, found none");
  size_t length = eng_layout_past(sequence) + (size_t)input->n_tokens;
  if (length > (size_t)config->n_ctx)
    return eng_error_set(err, NULL, "input", "expected at most %d tokens, found %zu", config->n_ctx, length);
  for (int i = 0; i < input->n_tokens; i++) {
    const EngToken *token = &input->tokens[i];
    if (token->id < 0 || token->id >= config->d_vocab)
      return eng_error_set(err, NULL, "input", "expected token ids from 0 to %d, found %d", config->d_vocab - 1,
                           token->id);
    if (config->n_token_types > 0 && (token->type < 0 || token->type >= config->n_token_types))
      return eng_error_set(err, NULL, "input", "expected token types from 0 to %d, found %d",
                           config->n_token_types - 1, token->type);
  }
  return true;
}

static bool check_spec(const EngModel *model, const EngRunSpec *spec, EngError *err) {
  if (spec->n_sequences < 1)
    return eng_error_set(err, NULL, "run", "expected at least 1 sequence, found %d", spec->n_sequences);
  for (int i = 0; i < spec->n_sequences; i++)
    if (!check_past(model, &spec->sequences[i], err) ||
        !check_tokens(eng_model_config(model), &spec->sequences[i], err))
      return false;
  return eng_run_check_edits(model, spec, err);
}

size_t eng_run_bytes(const EngModel *model, const EngRunSpec *spec) {
  EngLayout layout;
  EngSpan *spans = calloc((size_t)spec->n_sequences, sizeof *spans);
  bool fits = spans && eng_layout_plan(&layout, spans, model, spec);
  free(spans);
  return fits ? layout.floats * sizeof(float) : 0;
}

/* A reference on a run that a spec names, or NULL. */
static const EngRun *hold(const EngRun *run) { return run ? eng_run_retain((EngRun *)(uintptr_t)run) : NULL; }

static bool take_sequences(EngRun *run, const EngRunSpec *spec) {
  size_t n = (size_t)spec->n_sequences;
  EngSequence *sequences = calloc(n, sizeof *sequences);
  run->spec.sequences = sequences;
  run->spec.n_sequences = sequences ? spec->n_sequences : 0;
  run->spans = calloc(n, sizeof *run->spans);
  if (!sequences || !run->spans) return false;
  for (size_t i = 0; i < n; i++) {
    sequences[i] = spec->sequences[i];
    eng_input_retain(sequences[i].input);
    hold(sequences[i].past);
  }
  return true;
}

static bool take_edits(EngRun *run, const EngRunSpec *spec) {
  size_t n = (size_t)spec->n_edits;
  EngEdit *edits = n > 0 ? calloc(n, sizeof *edits) : NULL;
  run->spec.edits = edits;
  run->spec.n_edits = edits ? spec->n_edits : 0;
  for (int i = 0; i < run->spec.n_edits; i++) {
    edits[i] = spec->edits[i];
    edits[i].from = edits[i].op == ENG_EDIT_PATCH ? hold(edits[i].from) : NULL;
  }
  return edits || n == 0;
}

/* Copies the spec and takes the references; afterwards eng_run_release undoes whatever is there. */
static bool take(EngRun *run, const EngRunSpec *spec) {
  run->spec = *spec;
  run->spec.base = hold(spec->base);
  run->spec.edits = NULL, run->spec.n_edits = 0;
  return take_sequences(run, spec) && take_edits(run, spec);
}

static EngArenaPool *arenas_of(const EngRun *run) {
  return run->spec.arenas ? run->spec.arenas : eng_model_arenas(run->model);
}

static bool reserve(EngRun *run, const EngRunSpec *spec, EngError *err) {
  if (!take(run, spec)) return eng_error_memory(err, NULL, "a run");
  if (!eng_layout_plan(&run->layout, run->spans, run->model, &run->spec))
    return eng_error_set(err, NULL, "run", "expected a run that fits in memory, found a size that overflows");
  return eng_arena_take(arenas_of(run), &run->arena, run->layout.floats * sizeof(float), err);
}

EngRun *eng_run_new(EngModel *model, const EngRunSpec *spec, EngError *err) {
  if (!check_spec(model, spec, err)) return NULL;
  EngRun *run = calloc(1, sizeof *run);
  if (!run) {
    eng_error_memory(err, NULL, "a run");
    return NULL;
  }
  atomic_init(&run->references, 1);
  run->model = eng_model_retain(model);
  if (reserve(run, spec, err)) return run;
  eng_run_release(run);
  return NULL;
}

EngRun *eng_run_retain(EngRun *run) {
  atomic_fetch_add_explicit(&run->references, 1, memory_order_relaxed);
  return run;
}

/* Drops a reference; of the last one the run joins those to free. */
static void drop(EngRun **dead, const EngRun *one) {
  EngRun *run = (EngRun *)(uintptr_t)one;
  if (!run || atomic_fetch_sub_explicit(&run->references, 1, memory_order_acq_rel) != 1) return;
  run->next = *dead;
  *dead = run;
}

static void destroy(EngRun *run, EngRun **dead) {
  for (int i = 0; i < run->spec.n_sequences; i++) {
    eng_input_release(run->spec.sequences[i].input);
    drop(dead, run->spec.sequences[i].past);
  }
  for (int i = 0; i < run->spec.n_edits; i++) drop(dead, run->spec.edits[i].from);
  drop(dead, run->spec.base);
  eng_arena_give(arenas_of(run), &run->arena);
  eng_model_release(run->model);
  free((void *)(uintptr_t)run->spec.sequences);
  free((void *)(uintptr_t)run->spec.edits);
  free(run->spans);
  free(run);
}

/* A list, since runs refer to runs: the last reference may be the end of a long chain. */
void eng_run_release(EngRun *run) {
  EngRun *dead = NULL;
  drop(&dead, run);
  while (dead) {
    run = dead;
    dead = run->next;
    destroy(run, &dead);
  }
}

int eng_run_layers_done(const EngRun *run) { return atomic_load_explicit(&run->layers_done, memory_order_acquire); }
bool eng_run_finished(const EngRun *run) { return atomic_load_explicit(&run->finished, memory_order_acquire); }
bool eng_run_cancelled(const EngRun *run) { return atomic_load_explicit(&run->cancelled, memory_order_acquire); }
int eng_run_layers_copied(const EngRun *run) { return run->layers_copied; }
double eng_run_seconds(const EngRun *run) { return run->seconds; }

EngModel *eng_run_model(const EngRun *run) { return run->model; }
const EngInput *eng_run_input(const EngRun *run, int sequence) { return run->spec.sequences[sequence].input; }
const EngKeep *eng_run_keep(const EngRun *run) { return &run->spec.keep; }

const EngEdit *eng_run_edits(const EngRun *run, int *n_edits) {
  *n_edits = run->spec.n_edits;
  return run->spec.edits;
}

bool eng_run_plain(const EngRun *run) { return !run->spec.tap || run->spec.tap_looks; }
size_t eng_run_arena_bytes(const EngRun *run) { return run->arena.bytes; }
