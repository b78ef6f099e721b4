/* The models' own vocabularies, in the three forms they come in. Pieces are checked one by one as they are
 * added, merges against the pieces. */
#include "engine/tokenizer_parts.h"

#include "engine/map.h"
#include "engine/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool goes_on(const EngTokenizerFiles *files, const char *file, EngError *err) {
  return !eng_cancel_raised(files->cancel) || eng_error_set(err, file, NULL, "cancelled");
}

/* A vocabulary object {piece: id}, without holes. */
static bool read_pieces(EngTokenizer *tokenizer, const EngTokenizerFiles *files, const EngJson *pieces,
                        const char *file, EngError *err) {
  if (eng_json_kind(pieces) != ENG_JSON_OBJECT || eng_json_size(pieces) == 0)
    return eng_json_refuse(pieces, file, "vocab", "an object of pieces and ids", err);
  void *cursor = NULL;
  const char *piece = NULL;
  const EngJson *value = NULL;
  while (eng_json_next(pieces, &cursor, &piece, &value)) {
    int64_t id = 0;
    if (!eng_json_integer(value, &id)) return eng_json_refuse(value, file, piece, "an id", err);
    if (!goes_on(files, file, err) ||
        !eng_vocab_add(&tokenizer->vocab, piece, strlen(piece), id, files->limit, file, err))
      return false;
  }
  tokenizer->vocab.n_pieces = tokenizer->vocab.size;
  return eng_vocab_check_holes(&tokenizer->vocab, file, err);
}

/* "a b" at its one space. */
static bool add_merge_line(EngTokenizer *tokenizer, const char *line, size_t length, const char *file,
                           EngError *err) {
  const char *space = memchr(line, ' ', length);
  size_t left = space ? (size_t)(space - line) : length;
  if (!space || memchr(space + 1, ' ', length - left - 1))
    return eng_error_set(err, file, "merges", "expected two pieces and a space, found \"%.*s\"",
                         (int)(length < 200 ? length : 200), line);
  return eng_bpe_add(&tokenizer->bytebpe.bpe, &tokenizer->vocab, line, left, space + 1, length - left - 1, file,
                     err);
}

/* "a b", or ["a", "b"]. */
static bool add_merge(EngTokenizer *tokenizer, const EngJson *merge, const char *file, EngError *err) {
  size_t left_length = 0, right_length = 0;
  const char *line = eng_json_text(merge, &left_length);
  if (line) return add_merge_line(tokenizer, line, left_length, file, err);
  const char *left = eng_json_text(eng_json_at(merge, 0), &left_length);
  const char *right = eng_json_text(eng_json_at(merge, 1), &right_length);
  if (!left || !right || eng_json_size(merge) != 2)
    return eng_json_refuse(merge, file, "merges", "pairs of pieces", err);
  return eng_bpe_add(&tokenizer->bytebpe.bpe, &tokenizer->vocab, left, left_length, right, right_length, file, err);
}

/* An option that changes the ids and is not implemented must be absent, null, 0, false or "". */
static bool check_off(const EngJson *model, const char *key, const char *file, EngError *err) {
  const EngJson *value = eng_json_get(model, key);
  double number = 0;
  bool on = false;
  size_t length = 0;
  if (!value || eng_json_kind(value) == ENG_JSON_NULL) return true;
  if (eng_json_number(value, &number) && !(number < 0 || number > 0)) return true;
  if (eng_json_bool(value, &on) && !on) return true;
  if (eng_json_text(value, &length) && length == 0) return true;
  return eng_json_refuse(value, file, key, "none (not implemented)", err);
}

static bool read_bpe_options(EngTokenizer *tokenizer, const EngJson *model, const char *file, EngError *err) {
  EngBpe *bpe = &tokenizer->bytebpe.bpe;
  const char *unk = NULL;
  if (!check_off(model, "dropout", file, err) || !check_off(model, "continuing_subword_prefix", file, err) ||
      !check_off(model, "end_of_word_suffix", file, err) || !check_off(model, "byte_fallback", file, err) ||
      !eng_json_read_bool(model, "fuse_unk", file, &bpe->fuse_unk, err) ||
      !eng_json_read_bool(model, "ignore_merges", file, &tokenizer->bytebpe.ignore_merges, err) ||
      !eng_json_read_text(model, "unk_token", file, &unk, err))
    return false;
  if (!unk || !*unk) return true;
  bpe->unk = eng_vocab_id(&tokenizer->vocab, unk, strlen(unk));
  return bpe->unk >= 0 ||
         eng_error_set(err, file, "unk_token", "expected a piece of the vocabulary, found \"%s\"", unk);
}

static bool read_bpe(EngTokenizer *tokenizer, const EngTokenizerFiles *files, const EngJson *model, EngError *err) {
  const char *file = files->tokenizer_path;
  const EngJson *merges = eng_json_get(model, "merges");
  if (!read_pieces(tokenizer, files, eng_json_get(model, "vocab"), file, err)) return false;
  if (eng_json_kind(merges) != ENG_JSON_ARRAY) return eng_json_refuse(merges, file, "merges", "an array", err);
  for (size_t i = 0; i < eng_json_size(merges); i++)
    if (!goes_on(files, file, err) || !add_merge(tokenizer, eng_json_at(merges, i), file, err)) return false;
  eng_bytebpe_index(&tokenizer->bytebpe, &tokenizer->vocab);
  return files->class == ENG_CLASS_GPT2 || read_bpe_options(tokenizer, model, file, err);
}

static bool read_wordpiece(EngTokenizer *tokenizer, const EngTokenizerFiles *files, const EngJson *model,
                           EngError *err) {
  EngWordPiece *words = &tokenizer->wordpiece;
  const char *file = files->tokenizer_path, *unk = "[UNK]", *prefix = "##";
  if (!read_pieces(tokenizer, files, eng_json_get(model, "vocab"), file, err)) return false;
  if (files->class == ENG_CLASS_BERT) return true;
  if (!eng_json_read_text(model, "unk_token", file, &unk, err) ||
      !eng_json_read_text(model, "continuing_subword_prefix", file, &prefix, err) ||
      !eng_json_read_int(model, "max_input_chars_per_word", file, 0, 10000, &words->most_chars, err))
    return false;
  if (strlen(prefix) > ENG_WORDPIECE_PREFIX)
    return eng_error_set(err, file, "continuing_subword_prefix", "expected at most %d bytes, found %zu",
                         ENG_WORDPIECE_PREFIX, strlen(prefix));
  strcpy(words->prefix, prefix);
  words->unk = eng_vocab_id(&tokenizer->vocab, unk, strlen(unk));
  return words->unk >= 0 ||
         eng_error_set(err, file, "unk_token", "expected a piece of the vocabulary, found \"%s\"", unk);
}

bool eng_tokenizer_read_model(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  const EngJson *model = eng_json_get(files->tokenizer, "model");
  bool bpe = tokenizer->model == ENG_TOKENS_BPE;
  return bpe ? read_bpe(tokenizer, files, model, err) : read_wordpiece(tokenizer, files, model, err);
}

/* Walks through the lines of a file; a line ends before "\n" or "\r\n". False at the end. */
static bool next_line(const EngMap *map, size_t *at, const char **line, size_t *length) {
  if (*at >= map->size) return false;
  const char *start = (const char *)map->data + *at;
  const char *end = memchr(start, '\n', map->size - *at);
  size_t n = end ? (size_t)(end - start) : map->size - *at;
  *at += n + (end != NULL);
  if (n > 0 && start[n - 1] == '\r' && end) n--;
  *line = start;
  *length = n;
  return true;
}

/* Opens folder/name, refusing what is no UTF-8. */
static bool open_text(EngMap *map, const char *path, EngError *err) {
  if (!eng_map_open(map, path, err)) return false;
  size_t bad = eng_utf8_check((const char *)map->data, map->size);
  if (bad == map->size) return true;
  eng_error_set(err, path, NULL, "expected UTF-8, found byte 0x%02X at offset %zu", map->data[bad], bad);
  eng_map_close(map);
  return false;
}

static bool read_merge_lines(EngTokenizer *tokenizer, const EngTokenizerFiles *files, const char *path,
                             EngError *err) {
  EngMap map = {0};
  if (!open_text(&map, path, err)) return false;
  const char *line = NULL;
  size_t at = 0, length = 0, blank = 0;
  bool done = true;
  for (size_t number = 1; done && next_line(&map, &at, &line, &length); number++) {
    if (length >= 8 && memcmp(line, "#version", 8) == 0) continue;
    if (length == 0 && !blank) blank = number;
    if (length == 0) continue;
    done = !blank || eng_error_set(err, path, NULL, "expected two pieces in line %zu, found nothing", blank);
    done = done && goes_on(files, path, err) && add_merge_line(tokenizer, line, length, path, err);
  }
  eng_map_close(&map);
  return done;
}

bool eng_tokenizer_read_merges(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  char *pieces_path = eng_tokenizer_path(files->folder, "vocab.json", err);
  char *merges_path = pieces_path ? eng_tokenizer_path(files->folder, "merges.txt", err) : NULL;
  EngJson *pieces = merges_path ? eng_json_load_until(pieces_path, files->cancel, err) : NULL;
  bool done = pieces && read_pieces(tokenizer, files, pieces, pieces_path, err) &&
              read_merge_lines(tokenizer, files, merges_path, err);
  if (done) eng_bytebpe_index(&tokenizer->bytebpe, &tokenizer->vocab);
  eng_json_free(pieces);
  free(pieces_path);
  free(merges_path);
  return done;
}

/* Without the white space at the line's end. */
static size_t trimmed(const char *line, size_t length) {
  while (length > 0 && strchr(" \t\r\v\f", line[length - 1])) length--;
  return length;
}

/* The id of a piece is the number of its line. */
static bool read_vocab_lines(EngTokenizer *tokenizer, const EngTokenizerFiles *files, const EngMap *map,
                             const char *path, EngError *err) {
  const char *line = NULL;
  size_t at = 0, length = 0;
  int64_t id = 0, blank = -1;
  for (; next_line(map, &at, &line, &length); id++) {
    length = trimmed(line, length);
    if (length == 0 && blank < 0) blank = id;
    if (length == 0) continue;
    if (blank >= 0)
      return eng_error_set(err, path, NULL, "expected a piece for every id, found none for %lld", (long long)blank);
    if (memchr(line, '\0', length))
      return eng_error_set(err, path, NULL, "expected text, found a NUL byte in line %lld", (long long)id + 1);
    if (!goes_on(files, path, err) || !eng_vocab_add(&tokenizer->vocab, line, length, id, files->limit, path, err))
      return false;
  }
  tokenizer->vocab.n_pieces = tokenizer->vocab.size;
  return tokenizer->vocab.n_pieces > 0 ||
         eng_error_set(err, path, NULL, "expected a piece in each line, found none");
}

bool eng_tokenizer_read_vocab(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  char *path = eng_tokenizer_path(files->folder, "vocab.txt", err);
  EngMap map = {0};
  bool done = path && open_text(&map, path, err) && read_vocab_lines(tokenizer, files, &map, path, err);
  eng_map_close(&map);
  free(path);
  return done;
}
