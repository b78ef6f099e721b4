/* An input is one block of memory: the struct, the tokens, and all strings behind one another, in an arena
 * that is measured first and filled second by the same code. */
#include "engine/input.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct Counted {
  EngInput input; /* first: a pointer to one is a pointer to the other */
  atomic_int references;
} Counted;

/* Appends bytes and a NUL; with `base` NULL it only counts. */
typedef struct Arena {
  char *base;
  size_t used;
} Arena;

static const char *put(Arena *arena, const char *text, size_t length) {
  char *at = arena->base ? arena->base + arena->used : NULL;
  arena->used += length + 1;
  if (!at) return NULL;
  if (length) memcpy(at, text, length);
  at[length] = '\0';
  return at;
}

static const char *put_text(Arena *arena, const char *text) { return text ? put(arena, text, strlen(text)) : NULL; }

/* The strings of `fields` into the arena; `tokens` and `out` get the copies where there is memory. */
static void put_strings(Arena *arena, const EngInput *fields, EngInput *out, EngToken *tokens) {
  const char *text = fields->text ? fields->text : "";
  const char *a = put(arena, text, fields->text ? fields->text_length : 0);
  const char *b = fields->pair ? put(arena, fields->pair, fields->pair_length) : NULL;
  for (int i = 0; i < fields->n_tokens; i++) {
    const char *shown = put_text(arena, fields->tokens[i].text), *piece = put_text(arena, fields->tokens[i].piece);
    if (!arena->base) continue;
    tokens[i] = fields->tokens[i];
    tokens[i].text = shown ? shown : "";
    tokens[i].piece = piece ? piece : "";
  }
  out->text = a;
  out->pair = b;
}

EngInput *eng_input_new(const EngInput *fields, EngError *err) {
  Arena measure = {0};
  EngInput scratch = {0};
  put_strings(&measure, fields, &scratch, NULL);
  size_t tokens_size = (size_t)fields->n_tokens * sizeof(EngToken);
  Counted *counted = malloc(sizeof *counted + tokens_size + measure.used);
  if (!counted) {
    eng_error_memory(err, NULL, "%d tokens", fields->n_tokens);
    return NULL;
  }
  EngToken *tokens = (EngToken *)(counted + 1);
  Arena arena = {.base = (char *)tokens + tokens_size};
  counted->input = *fields;
  counted->input.tokens = tokens;
  if (!fields->text) counted->input.text_length = 0;
  if (!fields->pair) counted->input.pair_length = 0;
  put_strings(&arena, fields, &counted->input, tokens);
  atomic_init(&counted->references, 1);
  return &counted->input;
}

int eng_input_find_pair(const EngToken *tokens, int n_tokens) {
  int start = 0;
  while (start < n_tokens && tokens[start].type == 0) start++;
  for (int i = start; i < n_tokens; i++)
    if (tokens[i].type != 1) return -1;
  return start > 0 && start < n_tokens ? start : -1;
}

static bool same(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

bool eng_input_says(const EngInput *input, const char *text, const char *pair) {
  return same(input->text, text) && same(input->pair, pair);
}

EngInput *eng_input_retain(const EngInput *input) {
  Counted *counted = (Counted *)(uintptr_t)input;
  atomic_fetch_add(&counted->references, 1);
  return &counted->input;
}

void eng_input_release(const EngInput *input) {
  Counted *counted = (Counted *)(uintptr_t)input;
  if (counted && atomic_fetch_sub(&counted->references, 1) == 1) free(counted);
}
