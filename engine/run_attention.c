/* Attention of every packed sequence, head by head and in blocks of query rows: scores into the pattern's
 * place (or a place of their own when kept), softmax, and the mixture of values. Under a causal mask a block
 * ends at its last row's key, so that almost half of the work is skipped, and weights beyond the mask are
 * exactly 0. Where weights are edited the stages run one after the other; with a tap, which may reach any cell, at
 * full width, too.
 *
 * Keys and values come in segments: a sequence's own, and before them those of its past and of the past's
 * past. Each stage walks them from the newest to the oldest. */
#include "engine/run_state.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 64 }; /* query rows at a time under a causal mask */

typedef struct Attention {
  EngPass *pass;
  int layer, sequence;
  const EngSpan *span;
  size_t heads, head_size, row; /* row: floats from token to token in q, k and v */
  size_t keys;
  bool causal;
  bool staged; /* one stage after the other */
  bool whole;  /* every cell is written and read */
  float scale;
  float *scores, *pattern; /* (H, n, keys); the same place unless scores are kept */
} Attention;

/* Rows [first, first + n) of one head, and how many keys they see. */
typedef struct Block {
  size_t head, first, n, width;
} Block;

/* Keys and values of one run: columns [start, start + n). */
typedef struct Segment {
  const EngRun *run;
  int sequence;
  size_t start, n;
} Segment;

static Segment newest(const Attention *a) {
  return (Segment){a->pass->run, a->sequence, a->span->past, a->span->n};
}

/* The segment before; its run is NULL when there is none. */
static Segment older(Segment s) {
  const EngSequence *sequence = &s.run->spec.sequences[s.sequence];
  if (!sequence->past) return (Segment){0};
  const EngSpan *span = &sequence->past->spans[sequence->past_sequence];
  return (Segment){sequence->past, sequence->past_sequence, span->past, span->n};
}

static const float *head_of(const Attention *a, Segment s, EngActivation id, size_t head) {
  return eng_run_place(s.run, id, a->layer) + s.run->spans[s.sequence].start * a->row + head * a->head_size;
}

/* Columns of the segment that the block sees. */
static size_t seen(const Block *b, Segment s) { return s.n < b->width - s.start ? s.n : b->width - s.start; }

static float *cell(const Attention *a, float *pattern, const Block *b) {
  return pattern + (b->head * a->span->n + b->first) * a->keys;
}

static bool score(const Attention *a, const Block *b) {
  const float *q = head_of(a, newest(a), ENG_ACT_Q, b->head) + b->first * a->row;
  for (Segment s = newest(a); s.run; s = older(s)) {
    EngGemm product = {.m = b->n,
                       .n = seen(b, s),
                       .k = a->head_size,
                       .a = q,
                       .lda = a->row,
                       .b = head_of(a, s, ENG_ACT_K, b->head),
                       .ldb = a->row,
                       .out_major = true,
                       .c = cell(a, a->scores, b) + s.start,
                       .ldc = a->keys,
                       .alpha = a->scale};
    if (!eng_pass_multiply(a->pass, &product)) return false;
  }
  for (size_t i = 0; a->whole && a->causal && i < b->n; i++) {
    float *row = cell(a, a->scores, b) + i * a->keys;
    for (size_t j = a->span->past + b->first + i + 1; j < a->keys; j++) row[j] = -INFINITY;
  }
  return true;
}

static bool weigh(const Attention *a, const Block *b) {
  for (size_t i = 0; i < b->n; i++) {
    size_t n = a->causal && !a->whole ? a->span->past + b->first + i + 1 : a->keys;
    float *weights = cell(a, a->pattern, b) + i * a->keys;
    a->pass->ops->softmax(cell(a, a->scores, b) + i * a->keys, weights, n);
    memset(weights + n, 0, (a->keys - n) * sizeof *weights);
  }
  return eng_pass_goes_on(a->pass);
}

static bool mix(const Attention *a, const Block *b) {
  size_t d = a->heads * a->head_size;
  float *z = eng_run_place(a->pass->run, ENG_ACT_Z, a->layer);
  z += (a->span->start + b->first) * d + b->head * a->head_size;
  for (Segment s = newest(a); s.run; s = older(s)) {
    EngGemm product = {.m = b->n,
                       .n = a->head_size,
                       .k = seen(b, s),
                       .a = cell(a, a->pattern, b) + s.start,
                       .lda = a->keys,
                       .b = head_of(a, s, ENG_ACT_V, b->head),
                       .ldb = a->row,
                       .c = z,
                       .ldc = d,
                       .alpha = 1,
                       .add = s.run != a->pass->run};
    if (!eng_pass_multiply(a->pass, &product)) return false;
  }
  return true;
}

/* A smaller pattern for whoever looks at it, while this one is in the cache. */
static bool shrink(const Attention *a, const Block *b) {
  EngCoarse coarse = eng_run_coarse_patterns(a->pass->run);
  EngTensor rows = eng_tensor_view(cell(a, a->pattern, b), 2, (const size_t[]){b->n, b->width});
  rows.stride[0] = (ptrdiff_t)a->keys;
  eng_coarse_put(&coarse, (size_t)a->layer * a->heads + b->head, b->first, &rows, false);
  return true;
}

typedef bool (*Stage)(const Attention *, const Block *);

/* Carries out some stages for one block after the other, while what they pass on is still in the cache. */
static bool for_each_block(const Attention *a, const Stage *stages, size_t n_stages) {
  size_t step = a->causal ? BLOCK : a->span->n;
  for (size_t head = 0; head < a->heads; head++)
    for (size_t first = 0; first < a->span->n; first += step) {
      Block b = {head, first, a->span->n - first < step ? a->span->n - first : step, a->keys};
      if (a->causal && !a->whole) b.width = a->span->past + first + b.n;
      for (size_t i = 0; i < n_stages; i++)
        if (!stages[i](a, &b)) return false;
    }
  return true;
}

static bool attend_sequence(const Attention *a) {
  static const Stage STAGES[] = {score, weigh, mix, shrink};
  if (!a->staged)
    return for_each_block(a, STAGES, 4) && eng_pass_tap(a->pass, ENG_ACT_PATTERN, a->layer, a->sequence);
  return for_each_block(a, STAGES, 1) && eng_pass_tap(a->pass, ENG_ACT_SCORES, a->layer, a->sequence) &&
         for_each_block(a, STAGES + 1, 1) && eng_pass_tap(a->pass, ENG_ACT_PATTERN, a->layer, a->sequence) &&
         for_each_block(a, STAGES + 2, 2);
}

bool eng_attend(EngPass *pass, int layer) {
  EngRun *run = pass->run;
  const EngConfig *config = pass->config;
  bool tapped = run->spec.tap && !run->spec.tap_looks;
  Attention a = {.pass = pass,
                 .layer = layer,
                 .heads = (size_t)config->n_heads,
                 .head_size = (size_t)config->d_head,
                 .row = 3 * (size_t)config->d_model,
                 .causal = config->causal,
                 .staged = tapped || eng_run_edits_weights(run, layer),
                 .whole = tapped || eng_keep_has(&run->spec.keep, ENG_ACT_SCORES, layer)};
  a.scale = config->scale_attn ? 1 / sqrtf((float)config->d_head) : 1;
  for (a.sequence = 0; a.sequence < run->spec.n_sequences; a.sequence++) {
    a.span = &run->spans[a.sequence];
    a.keys = a.span->past + a.span->n;
    a.scores = eng_run_place(run, ENG_ACT_SCORES, layer) + a.span->cells;
    a.pattern = eng_run_place(run, ENG_ACT_PATTERN, layer) + a.span->cells;
    if (!attend_sequence(&a)) return false;
  }
  return eng_pass_tap(pass, ENG_ACT_Z, layer, -1);
}
