/* Merging against the plain way: again and again the earliest rule, at its first place. */
#include "engine/bpe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LETTERS = 4, MOST_IDS = 40, MOST_RULES = 60, MOST_WORD = 40 };

typedef struct Rule {
  int left, right, made;
} Rule;

typedef struct Model {
  EngVocab vocab;
  EngBpe bpe;
  Rule rules[MOST_RULES];
  int n_rules;
} Model;

static unsigned next_random(unsigned *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

static const char *piece(const Model *model, int id) { return eng_vocab_piece(&model->vocab, id, NULL); }

static int add_piece(Model *model, const char *text) {
  int id = eng_vocab_id(&model->vocab, text, strlen(text));
  if (id >= 0) return id;
  id = model->vocab.size;
  assert_true(eng_vocab_add(&model->vocab, text, strlen(text), id, MOST_IDS, "test", NULL));
  return id;
}

static bool has_rule(const Model *model, int left, int right) {
  for (int i = 0; i < model->n_rules; i++)
    if (model->rules[i].left == left && model->rules[i].right == right) return true;
  return false;
}

/* Random rules over four letters; several pairs may make the same piece. */
static void make_model(Model *model, unsigned *seed) {
  *model = (Model){.bpe.unk = -1};
  static const char *const letters[LETTERS] = {"a", "b", "c", "d"};
  for (int i = 0; i < LETTERS; i++) add_piece(model, letters[i]);
  for (int tries = 0; tries < 200 && model->n_rules < MOST_RULES && model->vocab.size < MOST_IDS; tries++) {
    int left = (int)(next_random(seed) % (unsigned)model->vocab.size);
    int right = (int)(next_random(seed) % (unsigned)model->vocab.size);
    char text[64];
    if (has_rule(model, left, right)) continue;
    if (strlen(piece(model, left)) + strlen(piece(model, right)) > 12) continue;
    snprintf(text, sizeof text, "%s%s", piece(model, left), piece(model, right));
    model->rules[model->n_rules++] = (Rule){left, right, add_piece(model, text)};
    const char *a = piece(model, left), *b = piece(model, right);
    assert_true(eng_bpe_add(&model->bpe, &model->vocab, a, strlen(a), b, strlen(b), "test", NULL));
  }
}

static void free_model(Model *model) {
  eng_vocab_free(&model->vocab);
  eng_bpe_free(&model->bpe);
}

/* Applies the earliest rule that fits at its first place; false when none does. */
static bool merge_once(const Model *model, int *ids, size_t *n) {
  for (int r = 0; r < model->n_rules; r++)
    for (size_t i = 0; i + 1 < *n; i++) {
      if (ids[i] != model->rules[r].left || ids[i + 1] != model->rules[r].right) continue;
      ids[i] = model->rules[r].made;
      memmove(ids + i + 1, ids + i + 2, (*n - i - 2) * sizeof *ids);
      --*n;
      return true;
    }
  return false;
}

static void merges_as_the_plain_way(void **state) {
  (void)state;
  unsigned seed = 7;
  EngBpeWord word = {0};
  for (int round = 0; round < 3000; round++) {
    Model model;
    make_model(&model, &seed);
    int ids[MOST_WORD];
    size_t n = next_random(&seed) % MOST_WORD;
    word.n = 0;
    for (size_t i = 0; i < n; i++) {
      ids[i] = (int)(next_random(&seed) % LETTERS);
      assert_true(eng_bpe_word_add(&model.bpe, &word, ids[i], 1));
    }
    while (merge_once(&model, ids, &n)) continue;
    assert_true(eng_bpe_merge(&model.bpe, &word));
    assert_int_equal(word.n, n);
    for (size_t i = 0; i < n; i++) {
      assert_int_equal(word.symbols[i].id, ids[i]);
      assert_int_equal(word.symbols[i].length, strlen(piece(&model, ids[i])));
    }
    free_model(&model);
  }
  eng_bpe_word_free(&word);
}

static void unknown_symbols_vanish_or_fuse(void **state) {
  (void)state;
  EngBpe bpe = {.unk = -1};
  EngBpeWord word = {0};
  assert_true(eng_bpe_word_add(&bpe, &word, -1, 1));
  assert_int_equal(word.n, 0);
  bpe.unk = 5;
  for (int i = 0; i < 2; i++) assert_true(eng_bpe_word_add(&bpe, &word, -1, 2));
  assert_int_equal(word.n, 2);
  bpe.fuse_unk = true;
  assert_true(eng_bpe_word_add(&bpe, &word, -1, 2));
  assert_int_equal(word.n, 2);
  assert_int_equal(word.symbols[1].length, 4);
  eng_bpe_word_free(&word);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(merges_as_the_plain_way),
      cmocka_unit_test(unknown_symbols_vanish_or_fuse),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
