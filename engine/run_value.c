/* The values of a run, where they lie in its arena: while it is computed and, what was kept, afterwards. */
#include "engine/run_state.h"

float *eng_run_place(const EngRun *run, EngActivation id, int layer) {
  const EngConfig *config = eng_model_config(run->model);
  return run->arena.data + eng_layout_offset(&run->layout, config, &eng_arch(config->arch)->steps, id, layer);
}

EngTensor eng_run_value(const EngRun *run, EngActivation id, int layer, int sequence) {
  const EngConfig *config = eng_model_config(run->model);
  EngSpan all = {.n = run->layout.n_tokens};
  const EngSpan *span = sequence < 0 ? &all : &run->spans[sequence];
  size_t shape[ENG_TENSOR_RANK];
  int rank = eng_activation_shape(id, config, span->n, span->past + span->n, shape);
  EngTensor value = eng_tensor_view(eng_run_place(run, id, layer), rank, shape);
  if (id == ENG_ACT_Q || id == ENG_ACT_K || id == ENG_ACT_V) value.stride[0] = 3 * (ptrdiff_t)config->d_model;
  bool pattern = id == ENG_ACT_SCORES || id == ENG_ACT_PATTERN;
  value.data += pattern ? (ptrdiff_t)span->cells : (ptrdiff_t)span->start * value.stride[0];
  return value;
}

static bool check_kept(const EngRun *run, EngActivation id, int layer, EngError *err) {
  const EngConfig *config = eng_model_config(run->model);
  int first = layer < 0 ? 0 : layer, last = layer < 0 ? config->n_layers - 1 : layer;
  for (int i = first; i <= last; i++) {
    if (eng_keep_has(&run->spec.keep, id, i)) continue;
    char name[64];
    eng_activation_full_name(id, i, name, sizeof name);
    return eng_error_set(err, NULL, name, "was not kept; add \"%s\" to keep", eng_activation_info(id)->short_name);
  }
  return true;
}

bool eng_run_get(const EngRun *run, int sequence, EngActivation id, int layer, EngTensor *out, EngError *err) {
  const EngConfig *config = eng_model_config(run->model);
  if (sequence < 0 || sequence >= run->spec.n_sequences)
    return eng_error_set(err, NULL, "run", "expected a sequence from 0 to %d, found %d", run->spec.n_sequences - 1,
                         sequence);
  if (layer != ENG_ALL_LAYERS && (layer < 0 || layer >= config->n_layers))
    return eng_error_set(err, NULL, "run", "expected a layer from 0 to %d, found %d", config->n_layers - 1, layer);
  if (!check_kept(run, id, layer, err)) return false;
  bool stacks = layer == ENG_ALL_LAYERS && eng_activation_info(id)->per_block;
  *out = eng_run_value(run, id, stacks || layer < 0 ? 0 : layer, sequence);
  if (!stacks) return true;
  size_t layers = (size_t)config->n_layers;
  ptrdiff_t distance = layers > 1 ? eng_run_place(run, id, 1) - eng_run_place(run, id, 0) : 0;
  *out = eng_tensor_spaced(*out, layers, distance);
  return true;
}

EngCoarse eng_run_coarse_patterns(const EngRun *run) {
  const EngLayout *layout = &run->layout;
  return (EngCoarse){layout->n_tokens, layout->n_tokens,
                     layout->n_coarse ? run->arena.data + layout->coarse : NULL};
}

EngTensor eng_run_coarse(const EngRun *run, int layer, int head) {
  EngCoarse coarse = eng_run_coarse_patterns(run);
  return eng_coarse_get(&coarse, (size_t)(layer * eng_model_config(run->model)->n_heads + head));
}

bool eng_run_logits(const EngRun *run, int sequence, EngTensor *out, EngError *err) {
  size_t vocab = (size_t)eng_model_config(run->model)->d_vocab;
  if (run->spec.logits == ENG_LOGITS_NONE)
    return eng_error_set(err, NULL, "logits", "were not asked for; run with logits = \"last\" or \"all\"");
  if (run->layout.n_logits == 0)
    return eng_error_set(err, eng_model_name(run->model), "logits", "expected a model with a head, found none");
  if (!eng_run_finished(run))
    return eng_error_set(err, NULL, "logits", "expected a finished run, found an unfinished one");
  float *logits = run->arena.data + run->layout.logits;
  const EngSpan *span = &run->spans[sequence];
  if (run->spec.logits == ENG_LOGITS_LAST)
    *out = eng_tensor_view(logits + (size_t)sequence * vocab, 1, &vocab);
  else
    *out = eng_tensor_view(logits + span->start * vocab, 2, (size_t[]){span->n, vocab});
  return true;
}
