/* Everything is computed at once and then never changes. Reading through the alignment is a gather from rows that
 * lie in order, which costs about as much as reading both runs. */
#include "engine/difference.h"

#include "engine/arena.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const EngBlock *whole(const EngSource *source) { return eng_source_block(source, 0); }

enum { PARTS_SIZE = 40 };

/* "encoder, decoder, cross", in `out`. */
static const char *parts_of(const EngSource *source, char out[PARTS_SIZE]) {
  for (int i = 0, n = 0; i < eng_source_n_blocks(source) && n < PARTS_SIZE; i++)
    n += snprintf(out + n, (size_t)(PARTS_SIZE - n), "%s%s", i ? ", " : "", eng_source_block(source, i)->key);
  return out;
}

static bool check(EngSource *const of[2], EngError *err) {
  const EngBlock *a = whole(of[0]), *b = whole(of[1]);
  for (int i = 0; i < 2; i++)
    if (strcmp(whole(of[i])->key, "all") != 0)
      return eng_error_set(err, eng_source_name(of[i]), NULL, "expected attention inside one sequence, found %s",
                           parts_of(of[i], (char[PARTS_SIZE]){""}));
  if (a->n_layers != b->n_layers || a->n_heads != b->n_heads)
    return eng_error_set(err, eng_source_name(of[1]), NULL,
                         "expected %d layers of %d heads, as %s has, found %d of %d", a->n_layers, a->n_heads,
                         eng_source_name(of[0]), b->n_layers, b->n_heads);
  for (int i = 0; i < 2; i++)
    if (eng_source_layers_done(of[i]) < a->n_layers)
      return eng_error_set(err, eng_source_name(of[i]), NULL, "expected a finished run, found %d of %d layers",
                           eng_source_layers_done(of[i]), a->n_layers);
  return true;
}

/* --- tokens */

static const EngToken *token_of(const EngDifference *it, int which, int place) {
  int token = it->alignment->places[place].token[which];
  return token < 0 ? NULL : &whole(it->of[which])->rows[token];
}

static const char *text_of(const EngToken *token) {
  return token->text && *token->text ? token->text : token->piece ? token->piece : "";
}

/* The text of a place, in `out` of `size` bytes; how long it is. */
static size_t write_text(const EngDifference *it, int place, char *out, size_t size) {
  const EngToken *a = token_of(it, 0, place), *b = token_of(it, 1, place);
  int n;
  if (a && b && eng_token_same(a, b))
    n = snprintf(out, size, "%s", text_of(b));
  else if (a && b)
    n = snprintf(out, size, "%s/%s", text_of(a), text_of(b));
  else
    n = snprintf(out, size, "%s%s", a ? "-" : "+", text_of(a ? a : b));
  return n < 0 ? 0 : (size_t)n;
}

/* The tokens with their texts, which lie in `text`. */
static void write_tokens(const EngDifference *it, EngToken *tokens, char *text) {
  for (int i = 0; i < it->alignment->n_places; i++) {
    const EngToken *a = token_of(it, 0, i), *b = token_of(it, 1, i);
    tokens[i] = *(b ? b : a);
    tokens[i].text = tokens[i].piece = text;
    text += write_text(it, i, text, write_text(it, i, NULL, 0) + 1) + 1;
  }
}

static bool make_input(EngDifference *it, EngError *err) {
  int n = it->alignment->n_places;
  size_t bytes = 1;
  for (int i = 0; i < n; i++) bytes += write_text(it, i, NULL, 0) + 1;
  EngToken *tokens = calloc((size_t)n + 1, sizeof *tokens);
  char *text = malloc(bytes);
  EngInput fields = *eng_source_input(it->of[0]);
  fields.n_tokens = n;
  fields.tokens = tokens;
  fields.pair_start = it->alignment->pair_start;
  if (tokens && text) {
    write_tokens(it, tokens, text);
    it->input = eng_input_new(&fields, err);
  } else {
    eng_error_memory(err, NULL, "a difference");
  }
  free(tokens);
  free(text);
  return it->input != NULL;
}

/* --- weights */

static float at(const EngTensor *tensor, int i, int j) {
  return tensor->data[i * tensor->stride[0] + j * tensor->stride[1]];
}

static void subtract_row(EngDifference *it, const EngTensor weights[2], const EngPlace *row, float *out) {
  const EngAlignment *alignment = it->alignment;
  bool alone = row->token[0] < 0 || row->token[1] < 0;
  for (int j = 0; j < alignment->n_places; j++) {
    const EngPlace *column = &alignment->places[j];
    out[j] = NAN;
    if (alone || column->token[0] < 0 || column->token[1] < 0) continue;
    out[j] = at(&weights[1], row->token[1], column->token[1]) - at(&weights[0], row->token[0], column->token[0]);
    if (fabsf(out[j]) > it->most) it->most = fabsf(out[j]);
  }
}

/* Which of all patterns. */
static size_t place_of(const EngDifference *it, int layer, int head) {
  return (size_t)layer * (size_t)whole(it->of[0])->n_heads + (size_t)head;
}

static void subtract_head(EngDifference *it, int layer, int head) {
  EngTensor out = eng_difference_pattern(it, layer, head);
  EngTensor weights[2] = {eng_source_pattern(it->of[0], 0, layer, head),
                          eng_source_pattern(it->of[1], 0, layer, head)};
  for (size_t i = 0; i < out.shape[0]; i++)
    subtract_row(it, weights, &it->alignment->places[i], out.data + i * out.shape[1]);
  eng_coarse_put(&it->coarse, place_of(it, layer, head), 0, &out, false);
}

static bool subtract(EngDifference *it, const EngCancel *cancel, EngError *err) {
  const EngBlock *block = whole(it->of[0]);
  size_t n = (size_t)it->alignment->n_places, heads = (size_t)block->n_layers * (size_t)block->n_heads;
  size_t bytes = (heads * n * n + eng_coarse_floats(heads, n, n)) * sizeof *it->weights;
  if (bytes > eng_memory_available())
    return eng_error_set(err, NULL, "difference", "expected %zu bytes of memory, found %zu free", bytes,
                         eng_memory_available());
  it->weights = malloc(heads * n * n * sizeof *it->weights + 1);
  if (!it->weights) return eng_error_memory(err, NULL, "a difference");
  if (!eng_coarse_new(&it->coarse, heads, n, n, err)) return false;
  for (int layer = 0; layer < block->n_layers; layer++) {
    if (eng_cancel_raised(cancel)) return eng_error_set(err, NULL, NULL, "cancelled");
    for (int head = 0; head < block->n_heads; head++) subtract_head(it, layer, head);
  }
  return true;
}

/* --- the whole */

/* The tokens that a source shows, which may be words, and where sentence B begins among them. */
static EngInput sequence_of(const EngSource *source) {
  int second = eng_source_find_block(source, "ba");
  return (EngInput){.tokens = whole(source)->rows,
                    .n_tokens = whole(source)->n_rows,
                    .pair_start = second < 0 ? -1 : eng_source_block(source, second)->row_start};
}

static EngAlignment *align(EngSource *first, EngSource *second, EngError *err) {
  EngInput a = sequence_of(first), b = sequence_of(second);
  return eng_alignment_new(&a, &b, err);
}

EngDifference *eng_difference_new(EngSource *first, EngSource *second, const EngCancel *cancel, EngError *err) {
  if (!check((EngSource *const[]){first, second}, err)) return NULL;
  EngDifference *it = calloc(1, sizeof *it);
  if (!it) {
    eng_error_memory(err, NULL, "a difference");
    return NULL;
  }
  it->of[0] = eng_source_retain(first);
  it->of[1] = eng_source_retain(second);
  it->alignment = align(first, second, err);
  if (it->alignment && make_input(it, err) && subtract(it, cancel, err)) return it;
  eng_difference_free(it);
  return NULL;
}

void eng_difference_free(EngDifference *difference) {
  if (!difference) return;
  eng_source_release(difference->of[0]);
  eng_source_release(difference->of[1]);
  eng_alignment_free(difference->alignment);
  if (difference->input) eng_input_release(difference->input);
  free(difference->weights);
  eng_coarse_free(&difference->coarse);
  free(difference);
}

EngTensor eng_difference_pattern(const EngDifference *difference, int layer, int head) {
  size_t n = (size_t)difference->alignment->n_places;
  return eng_tensor_view(difference->weights + place_of(difference, layer, head) * n * n, 2, (size_t[]){n, n});
}

EngTensor eng_difference_coarse(const EngDifference *difference, int layer, int head) {
  return eng_coarse_get(&difference->coarse, place_of(difference, layer, head));
}
