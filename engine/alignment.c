/* The longest common subsequence, by the usual table of lengths from the ends, after what both begin and end with
 * has been set aside: prompts that differ in a word need no table at all. Sentences of a pair are aligned apart. */
#include "engine/alignment.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CELLS = 1 << 24 }; /* of the table; longer stretches without common ends are not aligned */

bool eng_token_same(const EngToken *a, const EngToken *b) {
  if (!a->piece || !b->piece || !*a->piece || !*b->piece) return a->id == b->id;
  return strcmp(a->piece, b->piece) == 0 && a->special == b->special;
}

/* A stretch of each sequence. */
typedef struct Span {
  int from[2], to[2];
} Span;

typedef struct Aligner {
  const EngToken *tokens[2];
  EngAlignment *out;
} Aligner;

static bool same_at(const Aligner *it, int i, int j) {
  return eng_token_same(&it->tokens[0][i], &it->tokens[1][j]);
}

static void add(Aligner *it, int first, int second) {
  EngAlignment *out = it->out;
  if (first >= 0) out->of[0][first] = out->n_places;
  if (second >= 0) out->of[1][second] = out->n_places;
  out->n_alone += first < 0 || second < 0;
  out->places[out->n_places++] = (EngPlace){{first, second}};
}

/* Nothing in them is the same. */
static void add_gap(Aligner *it, Span gap) {
  int n = gap.to[0] - gap.from[0], m = gap.to[1] - gap.from[1];
  for (int i = 0; n == m && i < n; i++) add(it, gap.from[0] + i, gap.from[1] + i);
  for (int i = 0; n != m && i < n; i++) add(it, gap.from[0] + i, -1);
  for (int j = 0; n != m && j < m; j++) add(it, -1, gap.from[1] + j);
}

/* (n + 1, m + 1): how many tokens the rests behind i and j have in common. */
static uint16_t *measure(const Aligner *it, Span span) {
  int n = span.to[0] - span.from[0], m = span.to[1] - span.from[1];
  size_t width = (size_t)m + 1;
  uint16_t *table = calloc((size_t)(n + 1) * width, sizeof *table);
  for (int i = n - 1; table && i >= 0; i--)
    for (int j = m - 1; j >= 0; j--) {
      uint16_t *at = table + (size_t)i * width + (size_t)j;
      uint16_t below = at[width], behind = at[1];
      *at = below > behind ? below : behind;
      if (same_at(it, span.from[0] + i, span.from[1] + j)) *at = (uint16_t)(at[width + 1] + 1);
    }
  return table;
}

/* Along the table; what lies between two common tokens is a gap. */
static void walk(Aligner *it, Span span, const uint16_t *table) {
  size_t width = (size_t)(span.to[1] - span.from[1]) + 1;
  int i = span.from[0], j = span.from[1];
  Span gap = span;
  while (i < span.to[0] && j < span.to[1]) {
    const uint16_t *at = table + (size_t)(i - span.from[0]) * width + (size_t)(j - span.from[1]);
    if (same_at(it, i, j)) {
      gap.to[0] = i, gap.to[1] = j;
      add_gap(it, gap);
      add(it, i++, j++);
      gap.from[0] = i, gap.from[1] = j;
    } else if (at[width] >= at[1]) {
      i++;
    } else {
      j++;
    }
  }
  gap.to[0] = span.to[0], gap.to[1] = span.to[1];
  add_gap(it, gap);
}

static bool align_middle(Aligner *it, Span span) {
  int64_t n = span.to[0] - span.from[0], m = span.to[1] - span.from[1];
  if (n == 0 || m == 0 || (n + 1) * (m + 1) > MOST_CELLS) {
    add_gap(it, span);
    return true;
  }
  uint16_t *table = measure(it, span);
  if (table) walk(it, span, table);
  free(table);
  return table != NULL;
}

static bool align(Aligner *it, Span span) {
  Span middle = span;
  while (middle.from[0] < span.to[0] && middle.from[1] < span.to[1] &&
         same_at(it, middle.from[0], middle.from[1])) {
    add(it, middle.from[0], middle.from[1]);
    middle.from[0]++, middle.from[1]++;
  }
  while (middle.to[0] > middle.from[0] && middle.to[1] > middle.from[1] &&
         same_at(it, middle.to[0] - 1, middle.to[1] - 1))
    middle.to[0]--, middle.to[1]--;
  if (!align_middle(it, middle)) return false;
  for (int i = middle.to[0], j = middle.to[1]; i < span.to[0]; i++, j++) add(it, i, j);
  return true;
}

static bool has_pair(const EngInput *input) { return input->pair_start > 0 && input->pair_start < input->n_tokens; }

static bool align_all(Aligner *it, const EngInput *first, const EngInput *second) {
  Span whole = {{0, 0}, {first->n_tokens, second->n_tokens}}, part = whole;
  if (!has_pair(first) || !has_pair(second)) return align(it, whole);
  part.to[0] = first->pair_start, part.to[1] = second->pair_start;
  if (!align(it, part)) return false;
  it->out->pair_start = it->out->n_places;
  return align(it, (Span){{part.to[0], part.to[1]}, {whole.to[0], whole.to[1]}});
}

static bool reserve(EngAlignment *out, int n, int m) {
  out->places = calloc((size_t)n + (size_t)m + 1, sizeof *out->places);
  out->of[0] = calloc((size_t)n + 1, sizeof *out->of[0]);
  out->of[1] = calloc((size_t)m + 1, sizeof *out->of[1]);
  return out->places && out->of[0] && out->of[1];
}

EngAlignment *eng_alignment_new(const EngInput *first, const EngInput *second, EngError *err) {
  EngAlignment *out = calloc(1, sizeof *out);
  Aligner it = {{first->tokens, second->tokens}, out};
  if (out) out->pair_start = -1;
  if (out && reserve(out, first->n_tokens, second->n_tokens) && align_all(&it, first, second)) return out;
  eng_alignment_free(out);
  eng_error_memory(err, NULL, "an alignment");
  return NULL;
}

void eng_alignment_free(EngAlignment *alignment) {
  if (!alignment) return;
  free(alignment->places);
  free(alignment->of[0]);
  free(alignment->of[1]);
  free(alignment);
}
