/* A run of its own keeps nothing: it is edited as the one that is shown, and its tap takes the few numbers that are
 * wanted as they pass by. Of a recorded file the same numbers are taken from the tensors that it has. Probabilities
 * are worked out in double precision, row by row, and only the likeliest of each row stay. */
#include "engine/readings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float norm_of(const float *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)x[i] * (double)x[i];
  return (float)sqrt(sum);
}

/* --- what passes by. `value` is (T, D) or (T, M) */

static void take_norms(EngReadings *readings, int layer, EngTensor value) {
  float *out = readings->norms + (size_t)layer * (size_t)readings->n_tokens;
  for (int i = 0; i < readings->n_tokens; i++) out[i] = norm_of(value.data + i * value.stride[0], value.shape[1]);
}

static void take_neuron(EngReadings *readings, EngTensor value) {
  for (int i = 0; i < readings->n_tokens; i++)
    readings->activations[i] = value.data[i * value.stride[0] + readings->spec.neuron * value.stride[1]];
}

static bool tap(void *context, EngActivation id, int layer, int sequence, EngTensor value, EngError *err) {
  (void)sequence, (void)err;
  EngReadings *readings = context;
  if (id == ENG_ACT_RESID_POST) take_norms(readings, layer, value);
  if (id == ENG_ACT_MLP_POST && layer == readings->spec.layer) take_neuron(readings, value);
  return true;
}

/* --- predictions */

/* The logarithm of the sum of exponentials of a row, NaN where a number is none. */
static double log_sum(const float *row, size_t n) {
  float most = row[0];
  for (size_t i = 1; i < n; i++)
    if (row[i] > most) most = row[i];
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += exp((double)row[i] - (double)most);
  return (double)most + log(sum);
}

/* Puts a number at its place among the likeliest; of equal ones the first comes first. */
static void consider(EngGuess *best, int id, float logit) {
  int i = ENG_GUESSES;
  while (i > 0 && (best[i - 1].id < 0 || best[i - 1].probability < logit)) i--;
  if (i == ENG_GUESSES) return;
  memmove(&best[i + 1], &best[i], (size_t)(ENG_GUESSES - 1 - i) * sizeof *best);
  best[i] = (EngGuess){.id = id, .probability = logit};
}

static void guess(EngGuess *best, const float *row, size_t n, double total) {
  for (int i = 0; i < ENG_GUESSES; i++) best[i].id = -1;
  for (size_t id = 0; id < n; id++)
    if (best[ENG_GUESSES - 1].id < 0 || row[id] > best[ENG_GUESSES - 1].probability)
      consider(best, (int)id, row[id]);
  for (int i = 0; i < ENG_GUESSES; i++)
    if (best[i].id >= 0) best[i].probability = (float)exp((double)best[i].probability - total);
}

/* `logits` (T, V) in C order; row i is about token i + 1. */
static bool predict(EngReadings *readings, const EngInput *input, const float *logits, size_t vocab,
                    const EngCancel *cancel, EngError *err) {
  size_t n = (size_t)readings->n_tokens;
  readings->log_probability = malloc(n * sizeof *readings->log_probability);
  readings->guesses = calloc(n * ENG_GUESSES, sizeof *readings->guesses);
  if (!readings->log_probability || !readings->guesses) return eng_error_memory(err, NULL, "predictions");
  readings->log_probability[0] = NAN;
  for (size_t i = 0; i < n; i++) {
    const float *row = logits + i * vocab;
    double total = log_sum(row, vocab);
    if (eng_cancel_raised(cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
    guess(readings->guesses + i * ENG_GUESSES, row, vocab, total);
    int next = i + 1 < n ? input->tokens[i + 1].id : -1;
    if (i + 1 < n)
      readings->log_probability[i + 1] =
          next >= 0 && (size_t)next < vocab ? (float)((double)row[next] - total) : NAN;
  }
  return true;
}

/* Names for the guesses: a tokenizer that cannot be opened leaves them without. */
static void name_guesses(EngReadings *readings, EngModel *model) {
  const EngTokenizer *tokenizer = eng_model_tokenizer(model, NULL);
  size_t n = tokenizer ? (size_t)readings->n_tokens * ENG_GUESSES : 0;
  for (size_t i = 0; i < n; i++)
    if (readings->guesses[i].id >= 0)
      readings->guesses[i].text = eng_tokenizer_shown(tokenizer, readings->guesses[i].id);
}

static void unpredicted(EngReadings *readings, const char *why) {
  snprintf(readings->unpredicted, sizeof readings->unpredicted, "%s", why);
}

static const char looks_ahead[] = "this model reads in both directions: it gives a token no probability from what "
                                  "precedes it";

/* --- a model's run */

static bool check_neuron(const EngReadingsSpec *spec, int n_layers, size_t n_neurons, EngError *err) {
  if (spec->layer < 0) return true;
  if (spec->layer >= n_layers)
    return eng_error_set(err, NULL, "layer", "expected 0 to %d, found %d", n_layers - 1, spec->layer);
  if (spec->neuron >= 0 && (size_t)spec->neuron < n_neurons) return true;
  return eng_error_set(err, NULL, "neuron", "expected 0 to %zu, found %d", n_neurons - 1, spec->neuron);
}

static bool predict_run(EngReadings *readings, EngRun *run, const EngCancel *cancel, EngError *err) {
  EngTensor logits;
  if (!eng_run_logits(run, 0, &logits, err)) return false;
  if (!predict(readings, eng_run_input(run, 0), logits.data, logits.shape[1], cancel, err)) return false;
  name_guesses(readings, eng_run_model(run));
  return true;
}

static bool read_run(EngReadings *readings, const EngRun *shown, const EngCancel *cancel, EngError *err) {
  EngModel *model = eng_run_model(shown);
  const EngConfig *config = eng_model_config(model);
  bool head = eng_model_weights(model)->unembed.w.data != NULL;
  bool predicts = readings->spec.predictions && head && config->causal;
  if (!check_neuron(&readings->spec, config->n_layers, (size_t)config->d_mlp, err)) return false;
  if (!predicts)
    unpredicted(readings, config->causal ? "this model has no head that predicts tokens" : looks_ahead);
  EngSequence sequence = {.input = eng_run_input(shown, 0)};
  EngRunSpec spec = {.sequences = &sequence,
                     .n_sequences = 1,
                     .logits = predicts ? ENG_LOGITS_ALL : ENG_LOGITS_NONE,
                     .cancel = cancel,
                     .tap = tap,
                     .tap_context = readings,
                     .tap_looks = true};
  spec.edits = eng_run_edits(shown, &spec.n_edits);
  eng_keep_clear(&spec.keep);
  EngRun *run = eng_run_new(model, &spec, err);
  if (!run) return false;
  bool ok = eng_run_forward(run, err) && (!predicts || predict_run(readings, run, cancel, err));
  eng_run_release(run);
  return ok;
}

/* --- a recorded file */

/* A tensor of one row a token; an error where the file has none. */
static bool recorded(const EngSource *source, const char *name, EngTensor *out, EngError *err) {
  size_t n = (size_t)eng_source_input(source)->n_tokens;
  if (!eng_source_recorded(source, name, out, err)) return false;
  if (out->rank == 2 && out->shape[0] == n && out->shape[1] > 0) return true;
  eng_tensor_release(out);
  return eng_error_set(err, eng_source_name(source), name, "expected one row for each of %zu tokens", n);
}

static void read_norms(EngReadings *readings, const EngSource *source) {
  char name[96];
  bool ok = true;
  for (int layer = 0; ok && layer < readings->n_layers; layer++) {
    EngTensor value;
    eng_activation_full_name(ENG_ACT_RESID_POST, layer, name, sizeof name);
    ok = recorded(source, name, &value, NULL);
    if (ok) take_norms(readings, layer, value), eng_tensor_release(&value);
  }
  if (ok) return;
  free(readings->norms);
  readings->norms = NULL;
}

static bool read_neuron(EngReadings *readings, const EngSource *source, EngError *err) {
  char name[96];
  EngTensor value;
  const EngReadingsSpec *spec = &readings->spec;
  if (!check_neuron(spec, readings->n_layers, SIZE_MAX, err)) return false;
  eng_activation_full_name(ENG_ACT_MLP_POST, spec->layer, name, sizeof name);
  if (!recorded(source, name, &value, err)) return false;
  bool ok = check_neuron(spec, readings->n_layers, value.shape[1], err);
  if (ok) take_neuron(readings, value);
  eng_tensor_release(&value);
  return ok;
}

static bool read_record(EngReadings *readings, const EngSource *source, const EngCancel *cancel, EngError *err) {
  EngTensor logits;
  read_norms(readings, source);
  if (readings->spec.layer >= 0 && !read_neuron(readings, source, err)) return false;
  if (!eng_source_block(source, 0)->causal) return unpredicted(readings, looks_ahead), true;
  unpredicted(readings, "this recorded run has no logits of every position");
  if (!readings->spec.predictions || !recorded(source, "logits", &logits, NULL)) return true;
  bool ok = predict(readings, eng_source_input(source), logits.data, logits.shape[1], cancel, err);
  eng_tensor_release(&logits);
  return ok;
}

/* --- either */

static bool make(EngReadings *readings, EngSource *source, EngError *err) {
  const EngBlock *block = eng_source_block(source, 0);
  readings->serial = eng_source_serial(source);
  readings->n_layers = block->n_layers;
  readings->n_tokens = eng_source_input(source)->n_tokens;
  size_t n = (size_t)readings->n_tokens;
  readings->norms = calloc((size_t)readings->n_layers * n, sizeof *readings->norms);
  if (readings->spec.layer >= 0) readings->activations = calloc(n, sizeof *readings->activations);
  bool ok = readings->norms && (readings->spec.layer < 0 || readings->activations);
  return ok || eng_error_memory(err, NULL, "numbers of %zu tokens", n);
}

EngReadings *eng_readings_new(EngSource *source, const EngReadingsSpec *spec, const EngCancel *cancel,
                              EngError *err) {
  EngReadings *readings = calloc(1, sizeof *readings);
  if (!readings) {
    eng_error_memory(err, NULL, "numbers about tokens");
    return NULL;
  }
  readings->spec = *spec;
  source = eng_source_base(source);
  EngRun *run = eng_source_run(source);
  bool ok = make(readings, source, err) &&
            (run ? read_run(readings, run, cancel, err) : read_record(readings, source, cancel, err));
  if (ok) return readings;
  eng_readings_free(readings);
  return NULL;
}

void eng_readings_free(EngReadings *readings) {
  if (!readings) return;
  size_t n = readings->guesses ? (size_t)readings->n_tokens * ENG_GUESSES : 0;
  for (size_t i = 0; i < n; i++) free(readings->guesses[i].text);
  free(readings->guesses);
  free(readings->log_probability);
  free(readings->activations);
  free(readings->norms);
  free(readings);
}
