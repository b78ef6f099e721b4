/* Recorded files: what `dump` writes, what others write, and what is no record. */
#include "craft.h"

#include "engine/record.h"
#include "engine/safetensors.h"

#include <math.h>

enum { N_LAYERS = 2, N_HEADS = 2, N_TOKENS = 3, D_HEAD = 4 };

/* The tensors of a small record, to be changed before they are written. */
typedef struct Draft {
  float pattern[N_LAYERS][N_HEADS][N_TOKENS][N_TOKENS];
  float q[N_LAYERS][N_TOKENS][N_HEADS][D_HEAD];
  EngSafetensorsEntry entries[8];
  char names[8][64];
  size_t n_entries;
  EngSafetensorsNote notes[16];
  size_t n_notes;
} Draft;

static void add(Draft *draft, int layer, const char *what, float *data, size_t a, size_t b, size_t c) {
  char *name = draft->names[draft->n_entries];
  snprintf(name, sizeof *draft->names, "blocks.%d.attn.hook_%s", layer, what);
  EngTensor tensor = eng_tensor_view(data, 3, (size_t[]){a, b, c});
  draft->entries[draft->n_entries++] = (EngSafetensorsEntry){name, tensor};
}

static void note(Draft *draft, const char *key, const char *value) {
  draft->notes[draft->n_notes++] = (EngSafetensorsNote){key, value, strlen(value)};
}

static Draft begin(void) {
  Draft draft = {0};
  for (int l = 0; l < N_LAYERS; l++)
    for (int h = 0; h < N_HEADS; h++)
      for (int q = 0; q < N_TOKENS; q++)
        for (int k = 0; k <= q; k++) draft.pattern[l][h][q][k] = 1.0f / (float)(q + 1);
  return draft;
}

static void add_patterns(Draft *draft) {
  for (int l = 0; l < N_LAYERS; l++)
    add(draft, l, "pattern", &draft->pattern[l][0][0][0], N_HEADS, N_TOKENS, N_TOKENS);
}

static const char *save(Draft *draft, Craft *craft) {
  EngError err = {{0}};
  const char *path = craft_path(craft, "run.safetensors");
  if (!eng_safetensors_write(path, draft->entries, draft->n_entries, draft->notes, draft->n_notes, &err))
    fail_msg("%s", err.message);
  return path;
}

static void refuse(Draft *draft, Craft *craft, const char *why) {
  EngRecord record;
  EngError err = {{0}};
  assert_false(eng_record_open(&record, save(draft, craft), &err));
  assert_message(err.message, why);
  assert_message(err.message, "run.safetensors: ");
}

static void opens_a_foreign_file(void **state) {
  Draft draft = begin();
  EngRecord record;
  EngError err = {{0}};
  add_patterns(&draft);
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  assert_int_equal(record.parts[0].n_layers, N_LAYERS);
  assert_int_equal(record.parts[0].n_heads, N_HEADS);
  assert_int_equal(record.inputs[0]->n_tokens, N_TOKENS);
  assert_int_equal(record.parts[0].d_head, 0);
  assert_true(record.parts[0].causal && record.parts[0].lower);
  assert_string_equal(record.name, "run.safetensors");
  assert_string_equal(record.hash, "");
  assert_string_equal(record.inputs[0]->tokens[2].text, "2");
  assert_int_equal(record.inputs[0]->pair_start, -1);
  assert_true(record.parts[0].pattern[1].data[3 * 3 + 2 * 3] == 1.0f / 3.0f);
  eng_record_close(&record);
}

/* What a file says of itself is not believed where weights would be passed over. */
/* Strings of a vocabulary, as tokenizers hand them out, are shown as what they stand for; a text beside its piece
 * is shown as it is. */
static void pieces_are_read(void **state) {
  static const struct {
    const char *tokens, *pieces, *shown[N_TOKENS];
  } cases[] = {
      {"[\"The\",\"Ġcaf\",\"Ã©\"]", NULL, {"The", " caf", "é"}},
      {"[\"Ċ\",\"Ġ\",\"Ã\"]", NULL, {"\n", " ", "\\xC3"}},
      {"[\"▁a\",\"b▁c\",\"</s>\"]", NULL, {" a", "b c", "</s>"}},
      {"[\"doc\",\"tor</w>\",\"ran</w>\"]", NULL, {"doc", "tor", " ran"}},
      {"[\"Ã\",\"a\",\"▁\"]", "[\"Ã\",\"Ġa\",\"Ġ▁\"]", {"Ã", "a", "▁"}},
      {"[\"Ã©\",\"##a\",\"[SEP]\"]", NULL, {"Ã©", "##a", "[SEP]"}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Draft draft = begin();
    EngRecord record;
    EngError err = {{0}};
    add_patterns(&draft);
    note(&draft, "tokens", cases[i].tokens);
    if (cases[i].pieces) note(&draft, "pieces", cases[i].pieces);
    if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
    const EngToken *tokens = record.inputs[0]->tokens;
    for (int k = 0; k < N_TOKENS; k++) assert_string_equal(tokens[k].text, cases[i].shown[k]);
    if (i == 0) assert_string_equal(tokens[1].piece, "Ġcaf");
    if (i == 2 || i == 5) assert_true(tokens[2].special);
    eng_record_close(&record);
  }
}

static void looks_above_the_diagonal(void **state) {
  Draft draft = begin();
  EngRecord record;
  EngError err = {{0}};
  draft.pattern[1][1][0][2] = 0.25f;
  add_patterns(&draft);
  note(&draft, "causal", "true");
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  assert_true(record.parts[0].causal && !record.parts[0].lower);
  eng_record_close(&record);
}

static void opens_a_dump_of_a_pair(void **state) {
  Draft draft = begin();
  EngRecord record;
  EngError err = {{0}};
  draft.pattern[1][0][0][2] = 0.25f;
  add_patterns(&draft);
  for (int l = 0; l < N_LAYERS; l++) add(&draft, l, "q", &draft.q[l][0][0][0], N_TOKENS, N_HEADS, D_HEAD);
  for (int l = 0; l < N_LAYERS; l++) add(&draft, l, "k", &draft.q[l][0][0][0], N_TOKENS, N_HEADS, D_HEAD);
  note(&draft, "text", "one");
  note(&draft, "pair", "two");
  note(&draft, "ids", "[5,101,9]");
  note(&draft, "token_types", "[0,0,1]");
  note(&draft, "tokens", "[\"one\",\"[SEP]\",\"a\\u0000b\"]");
  note(&draft, "pieces", "[\"##one\",\"[SEP]\",\"two\"]");
  note(&draft, "offsets", "[[0,3],[0,0],[0,3]]");
  note(&draft, "sentences", "[0,-1,1]");
  note(&draft, "model", "tiny");
  note(&draft, "hash", "0123456789abcdef");
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  const EngInput *input = record.inputs[0];
  assert_false(record.parts[0].causal || record.parts[0].lower);
  assert_int_equal(record.parts[0].d_head, D_HEAD);
  assert_string_equal(record.name, "tiny");
  assert_string_equal(record.hash, "0123456789abcdef");
  assert_string_equal(input->pair, "two");
  assert_int_equal(input->pair_start, 2);
  assert_int_equal(input->tokens[1].id, 101);
  assert_string_equal(input->tokens[0].piece, "##one");
  assert_int_equal(input->tokens[2].stop, 3);
  assert_true(input->tokens[1].special && !input->tokens[0].special);
  eng_record_close(&record);
}

/* As RoBERTa's are, which have no types. */
static void sentences_make_a_pair(void **state) {
  static const struct {
    const char *sentences, *types;
    int pair_start;
  } cases[] = {{"[0,-1,1]", NULL, 2}, {"[0,1,-1]", NULL, 1},     {"[0,1,0]", NULL, -1},
               {"[1,1,1]", NULL, -1}, {"[0,0,1]", "[0,1,1]", 1}, {"[0,0,1]", "[0,0,0]", -1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Draft draft = begin();
    EngRecord record;
    EngError err = {{0}};
    add_patterns(&draft);
    note(&draft, "sentences", cases[i].sentences);
    if (cases[i].types) note(&draft, "token_types", cases[i].types);
    if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
    assert_int_equal(record.inputs[0]->pair_start, cases[i].pair_start);
    eng_record_close(&record);
  }
}

/* Values without queries and keys; and those of one layer alone do not count. */
static void values_stand_alone(void **state) {
  Draft draft = begin();
  EngRecord record;
  EngError err = {{0}};
  add_patterns(&draft);
  add(&draft, 1, "v", &draft.q[1][0][0][0], N_TOKENS, N_HEADS, D_HEAD);
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  assert_false(record.parts[0].has_v || record.parts[0].has_qk || record.parts[0].d_head);
  eng_record_close(&record);
  add(&draft, 0, "v", &draft.q[0][0][0][0], N_TOKENS, N_HEADS, D_HEAD);
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  assert_true(record.parts[0].has_v && !record.parts[0].has_qk);
  assert_int_equal(record.parts[0].d_head, D_HEAD);
  eng_record_close(&record);
  draft.n_entries--;
  add(&draft, 0, "v", &draft.q[0][0][0][0], N_HEADS, N_TOKENS, D_HEAD);
  refuse(&draft, *state, "blocks.0.attn.hook_v: expected ");
}

static void refuses_patterns_that_are_none(void **state) {
  Draft draft = begin();
  refuse(&draft, *state,
         "blocks.0.attn.hook_pattern: expected a tensor, found none; a model is opened by its folder");
  add(&draft, 1, "pattern", &draft.pattern[1][0][0][0], N_HEADS, N_TOKENS, N_TOKENS);
  refuse(&draft, *state, "blocks.0.attn.hook_pattern: expected a tensor, found none");
  add(&draft, 0, "pattern", &draft.pattern[0][0][0][0], N_HEADS, N_TOKENS, 2);
  refuse(&draft, *state, "blocks.0.attn.hook_pattern: expected heads x tokens x tokens, found 2x3x2");
  draft = begin();
  add_patterns(&draft);
  add(&draft, 3, "pattern", &draft.pattern[0][0][0][0], N_HEADS, N_TOKENS, N_TOKENS);
  refuse(&draft, *state, "blocks.2.attn.hook_pattern: expected a tensor, as layers after it have one");
  draft = begin();
  add(&draft, 0, "pattern", &draft.pattern[0][0][0][0], N_HEADS, N_TOKENS, N_TOKENS);
  add(&draft, 1, "pattern", &draft.pattern[1][0][0][0], 1, N_TOKENS, N_TOKENS);
  refuse(&draft, *state, "blocks.1.attn.hook_pattern: expected 2x3x3, found 1x3x3");
}

static void refuses_numbers_that_are_none(void **state) {
  Draft draft = begin();
  add_patterns(&draft);
  draft.pattern[1][1][2][0] = NAN;
  refuse(&draft, *state, "blocks.1.attn.hook_pattern: expected finite numbers, found nan at element 15");
  draft.pattern[1][1][2][0] = INFINITY;
  refuse(&draft, *state, "expected finite numbers, found inf");
}

static void refuses_queries_of_another_shape(void **state) {
  Draft draft = begin();
  add_patterns(&draft);
  for (int l = 0; l < N_LAYERS; l++) add(&draft, l, "q", &draft.q[l][0][0][0], N_TOKENS, N_HEADS, D_HEAD);
  for (int l = 0; l < N_LAYERS; l++) add(&draft, l, "k", &draft.q[l][0][0][0], N_TOKENS, N_HEADS, 3);
  refuse(&draft, *state, "blocks.0.attn.hook_k: expected 3x2x4, found 3x2x3");
}

static void refuse_note(Craft *craft, const char *key, const char *value, const char *why) {
  Draft draft = begin();
  add_patterns(&draft);
  note(&draft, "text", "abc");
  note(&draft, key, value);
  refuse(&draft, craft, why);
}

static void refuses_notes_that_disagree(void **state) {
  refuse_note(*state, "ids", "[1,2]", "ids: expected a list of 3, one a token, found 2");
  refuse_note(*state, "ids", "[1,2,-1]", "ids: expected an id, found -1 for token 2");
  refuse_note(*state, "ids", "{}", "ids: expected a list of 3");
  refuse_note(*state, "ids", "[1,2", "expected JSON");
  refuse_note(*state, "tokens", "[\"a\",2,\"c\"]", "tokens: expected a text, found 2 for token 1");
  refuse_note(*state, "sentences", "[0,0,2]", "sentences: expected -1, 0 or 1, found 2 for token 2");
  refuse_note(*state, "offsets", "[[0,1],[1,2],[2,4]]", "offsets: expected two places in its sentence");
  refuse_note(*state, "offsets", "[[0,1],[1,2],[3,2]]", "offsets: expected two places in its sentence");
  refuse_note(*state, "special", "[true,false,1]", "special: expected true or false, found 1 for token 2");
}

/* --- an encoder's, a decoder's and what is between them --- */

enum { N_OTHER = 2 };

static void add_named(Draft *draft, const char *part, int layer, float *data, size_t rows, size_t columns) {
  add(draft, layer, "pattern", data, N_HEADS, rows, columns);
  char *name = draft->names[draft->n_entries - 1];
  snprintf(name, sizeof *draft->names, "%s.blocks.%d.attn.hook_pattern", part, layer);
}

/* In place: what a draft lists lies in it. */
static void begin_parts(Draft *out) {
  *out = begin();
  float *numbers = &out->pattern[0][0][0][0];
  add_named(out, "cross", 0, numbers, N_OTHER, N_TOKENS);
  add_named(out, "encoder", 0, numbers, N_TOKENS, N_TOKENS);
  add_named(out, "encoder", 1, numbers, N_TOKENS, N_TOKENS);
  add_named(out, "decoder", 0, numbers, N_OTHER, N_OTHER);
  note(out, "tokens.encoder", "[\"a\",\"b\",\"c\"]");
  note(out, "tokens.decoder", "[\"x\",\"y\"]");
  note(out, "text.encoder", "a b c");
}

static void parts_have_tokens_of_their_own(void **state) {
  Draft draft;
  begin_parts(&draft);
  EngRecord record;
  EngError err = {{0}};
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  assert_int_equal(record.n_parts, 3);
  const char *const keys[] = {"encoder", "decoder", "cross"};
  const int layers[] = {2, 1, 1};
  for (int i = 0; i < 3; i++) {
    assert_string_equal(record.parts[i].key, keys[i]);
    assert_int_equal(record.parts[i].n_layers, layers[i]);
  }
  assert_string_equal(record.parts[2].rows->tokens[1].text, "y");
  assert_string_equal(record.parts[2].columns->tokens[2].text, "c");
  assert_ptr_equal(record.parts[1].columns, record.parts[2].rows);
  assert_false(record.parts[2].causal);
  assert_string_equal(record.inputs[0]->text, "a b c");
  eng_record_close(&record);
}

static void some_parts_are_enough(void **state) {
  Draft draft = begin();
  EngRecord record;
  EngError err = {{0}};
  add_named(&draft, "decoder", 0, &draft.pattern[0][0][0][0], N_OTHER, N_OTHER);
  note(&draft, "causal.decoder", "true");
  if (!eng_record_open(&record, save(&draft, *state), &err)) fail_msg("%s", err.message);
  assert_int_equal(record.n_parts, 1);
  assert_true(record.parts[0].causal);
  assert_null(record.inputs[0]);
  eng_record_close(&record);
}

static void refuses_parts_that_do_not_fit(void **state) {
  Draft draft;
  begin_parts(&draft);
  add(&draft, 0, "pattern", &draft.pattern[0][0][0][0], N_HEADS, N_TOKENS, N_TOKENS);
  refuse(&draft, *state, "blocks.0.attn.hook_pattern: expected encoder., decoder. or cross. in front");
  begin_parts(&draft);
  add_named(&draft, "vision", 0, &draft.pattern[0][0][0][0], 1, 1);
  refuse(&draft, *state,
         "vision.blocks.0.attn.hook_pattern: expected encoder., decoder., cross. or nothing before");
  begin_parts(&draft);
  add_named(&draft, "cross", 1, &draft.pattern[0][0][0][0], N_TOKENS, N_OTHER);
  refuse(&draft, *state, "cross.blocks.1.attn.hook_pattern: expected 2x2x3, found 2x3x2");
  begin_parts(&draft);
  draft.entries[0].tensor = eng_tensor_view(&draft.pattern[0][0][0][0], 3, (size_t[]){N_HEADS, N_TOKENS, N_OTHER});
  refuse(&draft, *state, "cross.blocks.0.attn.hook_pattern: expected heads x 2 x 3, found 2x3x2");
  begin_parts(&draft);
  add_named(&draft, "decoder", 2, &draft.pattern[0][0][0][0], N_OTHER, N_OTHER);
  refuse(&draft, *state, "decoder.blocks.1.attn.hook_pattern: expected a tensor, as layers after it have one");
  begin_parts(&draft);
  note(&draft, "ids.decoder", "[1,2,3]");
  refuse(&draft, *state, "ids.decoder: expected a list of 2, one a token, found 3");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, craft_begin, craft_end)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(parts_have_tokens_of_their_own),
      TEST(some_parts_are_enough),
      TEST(refuses_parts_that_do_not_fit),
      TEST(opens_a_foreign_file),
      TEST(pieces_are_read),
      TEST(looks_above_the_diagonal),
      TEST(opens_a_dump_of_a_pair),
      TEST(sentences_make_a_pair),
      TEST(values_stand_alone),
      TEST(refuses_patterns_that_are_none),
      TEST(refuses_numbers_that_are_none),
      TEST(refuses_queries_of_another_shape),
      TEST(refuses_notes_that_disagree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
