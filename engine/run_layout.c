/* Sizes are added up with every product checked: a config or a keep list from outside may ask for more
 * than a size_t can count. Each block starts on a cache line. */
#include "engine/run_layout.h"

#include "engine/coarse.h"
#include "engine/run_state.h"

#include <string.h>

/* Adds up floats; `ok` falls when a number no longer fits. */
typedef struct Sum {
  size_t floats;
  bool ok;
} Sum;

static size_t times(Sum *sum, size_t a, size_t b) {
  size_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) sum->ok = false;
  return product;
}

/* Reserves `count` blocks of `size` floats and returns where they begin. */
static size_t reserve(Sum *sum, size_t count, size_t size) {
  size_t start = sum->floats, floats = times(sum, count, size);
  if (__builtin_add_overflow(start, floats, &sum->floats)) sum->ok = false;
  if (__builtin_add_overflow(sum->floats, 15, &sum->floats)) sum->ok = false;
  sum->floats &= ~(size_t)15;
  return start;
}

size_t eng_layout_past(const EngSequence *sequence) {
  if (!sequence->past) return 0;
  const EngSpan *span = &sequence->past->spans[sequence->past_sequence];
  return span->past + span->n;
}

static void plan_spans(EngLayout *layout, EngSpan *spans, const EngConfig *config, const EngRunSpec *spec,
                       Sum *sum) {
  for (int i = 0; i < spec->n_sequences; i++) {
    EngSpan *span = &spans[i];
    *span = (EngSpan){.start = layout->n_tokens, .n = (size_t)spec->sequences[i].input->n_tokens};
    span->past = eng_layout_past(&spec->sequences[i]);
    span->cells = layout->cells;
    size_t cells = times(sum, times(sum, (size_t)config->n_heads, span->n), span->past + span->n);
    if (__builtin_add_overflow(layout->cells, cells, &layout->cells)) sum->ok = false;
    if (__builtin_add_overflow(layout->n_tokens, span->n, &layout->n_tokens)) sum->ok = false;
  }
}

/* Layers that get a place of their own: what is to be kept, where q, k and v are one, and the residual
 * stream before each layer is kept elsewhere anyway. */
static void plan_blocks(EngLayout *layout, const EngKeep *keep) {
  layout->blocks = *keep;
  for (int i = 0; i < ENG_MAX_LAYERS / 64; i++)
    layout->blocks.layers[ENG_ACT_Q][i] |= keep->layers[ENG_ACT_K][i] | keep->layers[ENG_ACT_V][i];
  memset(layout->blocks.layers[ENG_ACT_K], 0, sizeof layout->blocks.layers[0]);
  memset(layout->blocks.layers[ENG_ACT_V], 0, sizeof layout->blocks.layers[0]);
  memset(layout->blocks.layers[ENG_ACT_RESID_PRE], 0, sizeof layout->blocks.layers[0]);
}

static size_t size_of(const EngLayout *layout, EngActivation id, const EngConfig *config, Sum *sum) {
  if (id == ENG_ACT_Q) return times(sum, layout->n_tokens, 3 * (size_t)config->d_model);
  if (id == ENG_ACT_SCORES || id == ENG_ACT_PATTERN) return layout->cells;
  size_t shape[4], size = 1;
  int rank = eng_activation_shape(id, config, layout->n_tokens, 0, shape);
  for (int i = 0; i < rank; i++) size = times(sum, size, shape[i]);
  return size;
}

/* Kept layers below `layer`. */
static size_t slot_of(const EngLayout *layout, EngActivation id, int layer) {
  size_t slot = 0;
  for (int i = 0; i < layer; i++) slot += eng_keep_has(&layout->blocks, id, i);
  return slot;
}

static void plan_place(EngLayout *layout, EngActivation id, const EngConfig *config, const EngSteps *steps,
                       Sum *sum) {
  int layers = eng_activation_info(id)->per_block ? config->n_layers : 1;
  size_t kept = slot_of(layout, id, layers);
  EngPlace *place = &layout->places[id];
  place->size = size_of(layout, id, config, sum);
  place->kept = reserve(sum, kept, place->size);
  if (kept == (size_t)layers || id == ENG_ACT_SCORES || id == steps->out) return;   /* see eng_layout_offset */
  if (id == ENG_ACT_MLP_POST) place->spare = layout->places[ENG_ACT_MLP_PRE].spare; /* computed in place */
  if (place->spare == 0) place->spare = reserve(sum, 1, place->size);
}

static bool has_place(EngActivation id, const EngConfig *config) {
  return eng_activation_exists(id, config) && id != ENG_ACT_K && id != ENG_ACT_V && id != ENG_ACT_RESID_PRE;
}

/* Whoever keeps all patterns of one text may want to look at them. */
static void plan_coarse(EngLayout *layout, const EngSpan *span, const EngConfig *config, const EngRunSpec *spec,
                        Sum *sum) {
  if (spec->n_sequences > 1 || span->past > 0) return;
  if (slot_of(layout, ENG_ACT_PATTERN, config->n_layers) < (size_t)config->n_layers) return;
  size_t heads = times(sum, (size_t)config->n_layers, (size_t)config->n_heads);
  layout->n_coarse = eng_coarse_floats(heads, span->n, span->n);
  layout->coarse = reserve(sum, 1, layout->n_coarse);
}

bool eng_layout_plan(EngLayout *layout, EngSpan *spans, const EngModel *model, const EngRunSpec *spec) {
  const EngConfig *config = eng_model_config(model);
  const EngSteps *steps = &eng_arch(config->arch)->steps;
  Sum sum = {0, true};
  *layout = (EngLayout){0};
  plan_spans(layout, spans, config, spec, &sum);
  plan_blocks(layout, &spec->keep);
  size_t row = (size_t)config->d_model, stream = times(&sum, layout->n_tokens, row);
  layout->resid = reserve(&sum, (size_t)config->n_layers + 1, stream);
  for (int i = 0; i < ENG_ACT_COUNT; i++)
    if (has_place((EngActivation)i, config)) plan_place(layout, (EngActivation)i, config, steps, &sum);
  layout->places[ENG_NAMELESS].spare = reserve(&sum, 1, stream);
  bool has_head = eng_model_weights(model)->unembed.w.data && spec->logits != ENG_LOGITS_NONE;
  size_t rows = spec->logits == ENG_LOGITS_ALL ? layout->n_tokens : (size_t)spec->n_sequences;
  layout->n_logits = has_head ? rows : 0;
  layout->logits = reserve(&sum, layout->n_logits, (size_t)config->d_vocab);
  layout->head = reserve(&sum, times(&sum, 2, layout->n_logits), row);
  layout->gemm = reserve(&sum, 1, ENG_GEMM_SCRATCH);
  plan_coarse(layout, spans, config, spec, &sum);
  layout->floats = sum.floats;
  return sum.ok && sum.floats <= (size_t)-1 / 2 / sizeof(float);
}

size_t eng_layout_offset(const EngLayout *layout, const EngConfig *config, const EngSteps *steps, EngActivation id,
                         int layer) {
  size_t row = (size_t)config->d_model, stream = layout->n_tokens * row;
  if (id == ENG_ACT_K || id == ENG_ACT_V)
    return eng_layout_offset(layout, config, steps, ENG_ACT_Q, layer) + (id == ENG_ACT_K ? row : 2 * row);
  if (id == ENG_ACT_RESID_PRE) return layout->resid + (size_t)layer * stream;
  const EngPlace *place = &layout->places[id];
  if (id == ENG_NAMELESS) return place->spare;
  if (eng_keep_has(&layout->blocks, id, layer)) return place->kept + slot_of(layout, id, layer) * place->size;
  if (id == steps->out) return layout->resid + ((size_t)layer + 1) * stream; /* the next layer's input */
  if (id == ENG_ACT_SCORES) return eng_layout_offset(layout, config, steps, ENG_ACT_PATTERN, layer); /* in place */
  return place->spare;
}
