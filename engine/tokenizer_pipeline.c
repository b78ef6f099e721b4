/* tokenizer.json says how text is treated around the model: normaliser, pre-tokeniser, decoder and
 * post-processor, each an object with a "type", some of them lists of such objects. What is not implemented
 * is refused by name. */
#include "engine/tokenizer_parts.h"

#include <string.h>

typedef struct Reader {
  EngTokenizer *tokenizer;
  const char *file;
  EngError *err;
} Reader;

static const char *type_of(const EngJson *part) {
  const char *type = eng_json_text(eng_json_get(part, "type"), NULL);
  return type ? type : "";
}

static bool is_type(const EngJson *part, const char *name) { return strcmp(type_of(part), name) == 0; }

static bool is_absent(const EngJson *part) { return !part || eng_json_kind(part) == ENG_JSON_NULL; }

static bool refuse(Reader r, const char *field, const EngJson *part) {
  return eng_error_set(r.err, r.file, field, "expected a type that is implemented, found \"%.100s\"",
                       type_of(part));
}

static bool add_step(Reader r, EngNormalStep step) {
  return eng_normal_add(&r.tokenizer->normal, step) ||
         eng_error_set(r.err, r.file, "normalizer", "expected at most %d steps, found more", ENG_NORMAL_MOST);
}

/* `strip_accents` null means: as `lowercase`. */
static bool read_bert_normalizer(Reader r, const EngJson *part) {
  bool clean = true, cjk = true, lower = true;
  if (!eng_json_read_bool(part, "clean_text", r.file, &clean, r.err) ||
      !eng_json_read_bool(part, "handle_chinese_chars", r.file, &cjk, r.err) ||
      !eng_json_read_bool(part, "lowercase", r.file, &lower, r.err))
    return false;
  bool strip = lower;
  if (!eng_json_read_bool(part, "strip_accents", r.file, &strip, r.err)) return false;
  return (!clean || add_step(r, ENG_NORMAL_CLEAN)) && (!cjk || add_step(r, ENG_NORMAL_CJK)) &&
         (!strip || (add_step(r, ENG_NORMAL_NFD) && add_step(r, ENG_NORMAL_UNMARK))) &&
         (!lower || add_step(r, ENG_NORMAL_LOWER));
}

static bool read_strip(Reader r, const EngJson *part) {
  bool left = true, right = true;
  return eng_json_read_bool(part, "strip_left", r.file, &left, r.err) &&
         eng_json_read_bool(part, "strip_right", r.file, &right, r.err) &&
         (!left || add_step(r, ENG_NORMAL_STRIP_LEFT)) && (!right || add_step(r, ENG_NORMAL_STRIP_RIGHT));
}

static bool read_normalizer(Reader r, const EngJson *part) {
  static const struct {
    const char *type;
    EngNormalStep step;
  } simple[] = {{"NFD", ENG_NORMAL_NFD},   {"NFC", ENG_NORMAL_NFC},         {"NFKD", ENG_NORMAL_NFKD},
                {"NFKC", ENG_NORMAL_NFKC}, {"Lowercase", ENG_NORMAL_LOWER}, {"StripAccents", ENG_NORMAL_UNACCENT}};
  if (is_absent(part)) return true;
  for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
    if (is_type(part, simple[i].type)) return add_step(r, simple[i].step);
  if (is_type(part, "BertNormalizer")) return read_bert_normalizer(r, part);
  if (is_type(part, "Strip")) return read_strip(r, part);
  if (!is_type(part, "Sequence")) return refuse(r, "normalizer", part);
  const EngJson *list = eng_json_get(part, "normalizers");
  for (size_t i = 0; i < eng_json_size(list); i++)
    if (!read_normalizer(r, eng_json_at(list, i))) return false;
  return true;
}

static bool read_byte_level(Reader r, const EngJson *part) {
  EngByteBpe *model = &r.tokenizer->bytebpe;
  model->prefix_space = model->use_regex = true;
  return eng_json_read_bool(part, "add_prefix_space", r.file, &model->prefix_space, r.err) &&
         eng_json_read_bool(part, "use_regex", r.file, &model->use_regex, r.err);
}

static bool read_punctuation(Reader r, const EngJson *part) {
  const char *behavior = "Isolated";
  r.tokenizer->words.punctuation = true;
  if (!eng_json_read_text(part, "behavior", r.file, &behavior, r.err)) return false;
  return strcmp(behavior, "Isolated") == 0 ||
         eng_error_set(r.err, r.file, "behavior", "expected Isolated, found %.100s", behavior);
}

static bool read_digits(Reader r, const EngJson *part) {
  r.tokenizer->words.numbers = true;
  return eng_json_read_bool(part, "individual_digits", r.file, &r.tokenizer->words.digits, r.err);
}

/* ByteLevel comes last and only with BPE, which needs it. */
static bool read_pre_tokenizer(Reader r, const EngJson *part, bool is_last) {
  EngWords *words = &r.tokenizer->words;
  bool bpe = r.tokenizer->model == ENG_TOKENS_BPE;
  if (is_type(part, "Sequence")) {
    const EngJson *list = eng_json_get(part, "pretokenizers");
    size_t n = eng_json_size(list);
    if (n == 0 && bpe) return refuse(r, "pre_tokenizer", part);
    for (size_t i = 0; i < n; i++)
      if (!read_pre_tokenizer(r, eng_json_at(list, i), is_last && i == n - 1)) return false;
    return true;
  }
  if (bpe && is_last)
    return is_type(part, "ByteLevel") ? read_byte_level(r, part) : refuse(r, "pre_tokenizer", part);
  if (is_absent(part)) return true;
  if (is_type(part, "Punctuation")) return read_punctuation(r, part);
  if (is_type(part, "Digits")) return read_digits(r, part);
  words->kind = words->kind || is_type(part, "Whitespace");
  words->space = words->space || is_type(part, "WhitespaceSplit") || is_type(part, "BertPreTokenizer");
  words->punctuation = words->punctuation || is_type(part, "BertPreTokenizer");
  return is_type(part, "Whitespace") || is_type(part, "WhitespaceSplit") || is_type(part, "BertPreTokenizer") ||
         refuse(r, "pre_tokenizer", part);
}

/* A list that holds one is that one. */
static const EngJson *only(const EngJson *part, const char *list) {
  bool one = is_type(part, "Sequence") && eng_json_size(eng_json_get(part, list)) == 1;
  return one ? eng_json_at(eng_json_get(part, list), 0) : part;
}

static bool read_decoder(Reader r, const EngJson *part) {
  EngTokenizer *tokenizer = r.tokenizer;
  if (is_absent(part)) return true;
  part = only(part, "decoders");
  const char *prefix = "##";
  if (is_type(part, "ByteLevel")) tokenizer->decoder = ENG_DECODE_BYTES;
  if (is_type(part, "ByteLevel")) return true;
  if (!is_type(part, "WordPiece")) return refuse(r, "decoder", part);
  tokenizer->decoder = ENG_DECODE_WORDS;
  tokenizer->decoder_cleanup = true;
  if (!eng_json_read_text(part, "prefix", r.file, &prefix, r.err) ||
      !eng_json_read_bool(part, "cleanup", r.file, &tokenizer->decoder_cleanup, r.err))
    return false;
  if (strlen(prefix) > ENG_WORDPIECE_PREFIX)
    return eng_error_set(r.err, r.file, "decoder", "expected a prefix of at most %d bytes, found %zu",
                         ENG_WORDPIECE_PREFIX, strlen(prefix));
  strcpy(tokenizer->decoder_prefix, prefix);
  return true;
}

bool eng_tokenizer_read_pipeline(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  Reader r = {tokenizer, files->tokenizer_path, err};
  return read_normalizer(r, eng_json_get(files->tokenizer, "normalizer")) &&
         read_pre_tokenizer(r, eng_json_get(files->tokenizer, "pre_tokenizer"), true) &&
         read_decoder(r, eng_json_get(files->tokenizer, "decoder"));
}

static bool add_item(Reader r, EngTemplate *out, EngTemplateItem item) {
  if (item.sentence < 0 && !eng_vocab_piece(&r.tokenizer->vocab, item.id, NULL))
    return eng_error_set(r.err, r.file, "post_processor", "expected the id of a token, found %d", item.id);
  if (out->n_items == ENG_TEMPLATE_MOST)
    return eng_error_set(r.err, r.file, "post_processor", "expected at most %d items, found more",
                         ENG_TEMPLATE_MOST);
  out->items[out->n_items++] = item;
  return true;
}

/* A special token of a template stands for one or more ids. */
static bool add_special(Reader r, EngTemplate *out, const EngJson *tokens, const char *name, int type) {
  const EngJson *ids = eng_json_get(eng_json_get(tokens, name), "ids");
  if (eng_json_size(ids) == 0)
    return eng_error_set(r.err, r.file, "post_processor", "expected ids for \"%.100s\", found none", name);
  for (size_t i = 0; i < eng_json_size(ids); i++) {
    int64_t id = -1;
    if (!eng_json_integer(eng_json_at(ids, i), &id) || id < 0 || id > INT32_MAX)
      return eng_error_set(r.err, r.file, "post_processor", "expected an id for \"%.100s\", found none", name);
    if (!add_item(r, out, (EngTemplateItem){-1, (int)id, type})) return false;
  }
  return true;
}

static bool read_item(Reader r, EngTemplate *out, const EngJson *item, const EngJson *tokens) {
  const EngJson *special = eng_json_get(item, "SpecialToken"), *sequence = eng_json_get(item, "Sequence");
  const EngJson *part = special ? special : sequence;
  const char *name = eng_json_text(eng_json_get(part, "id"), NULL);
  int type = 0;
  if (!eng_json_read_int(part, "type_id", r.file, 0, INT32_MAX, &type, r.err)) return false;
  if (name && special) return add_special(r, out, tokens, name, type);
  if (name && strcmp(name, "A") == 0) return add_item(r, out, (EngTemplateItem){0, -1, type});
  if (name && strcmp(name, "B") == 0) return add_item(r, out, (EngTemplateItem){1, -1, type});
  return eng_error_set(r.err, r.file, "post_processor",
                       "expected a special token or sequence A or B, found neither");
}

static bool read_template(Reader r, const EngJson *part) {
  static const char *const names[] = {"single", "pair"};
  for (int i = 0; i < 2; i++) {
    const EngJson *items = eng_json_get(part, names[i]);
    EngTemplate *out = &r.tokenizer->templates[i];
    out->n_items = 0;
    for (size_t k = 0; k < eng_json_size(items); k++)
      if (!read_item(r, out, eng_json_at(items, k), eng_json_get(part, "special_tokens"))) return false;
  }
  return true;
}

/* ["[SEP]", 102] */
static int id_in_pair(const EngJson *pair) {
  int64_t id = -1;
  return eng_json_integer(eng_json_at(pair, 1), &id) && id >= 0 && id <= INT32_MAX ? (int)id : -1;
}

/* [CLS] A [SEP] and [CLS] A [SEP] B [SEP]; RoBERTa has two separators between and no types. */
static bool read_cls_sep(Reader r, const EngJson *part, bool roberta) {
  int cls = id_in_pair(eng_json_get(part, "cls")), sep = id_in_pair(eng_json_get(part, "sep")), b = !roberta;
  for (int i = 0; i < 2; i++) {
    EngTemplate *out = &r.tokenizer->templates[i];
    out->n_items = 0;
    if (!add_item(r, out, (EngTemplateItem){-1, cls, 0}) || !add_item(r, out, (EngTemplateItem){0, -1, 0}) ||
        !add_item(r, out, (EngTemplateItem){-1, sep, 0}))
      return false;
    if (i == 0) continue;
    if ((roberta && !add_item(r, out, (EngTemplateItem){-1, sep, 0})) ||
        !add_item(r, out, (EngTemplateItem){1, -1, b}) || !add_item(r, out, (EngTemplateItem){-1, sep, b}))
      return false;
  }
  return true;
}

static bool read_trim(Reader r, const EngJson *part) {
  r.tokenizer->trim = r.tokenizer->trim_prefixed = true;
  return eng_json_read_bool(part, "trim_offsets", r.file, &r.tokenizer->trim, r.err) &&
         eng_json_read_bool(part, "add_prefix_space", r.file, &r.tokenizer->trim_prefixed, r.err);
}

static bool read_processor(Reader r, const EngJson *part) {
  if (is_absent(part)) return true;
  if (is_type(part, "ByteLevel")) return read_trim(r, part);
  if (is_type(part, "TemplateProcessing")) return read_template(r, part);
  if (is_type(part, "BertProcessing")) return read_cls_sep(r, part, false);
  if (is_type(part, "RobertaProcessing")) return read_trim(r, part) && read_cls_sep(r, part, true);
  if (!is_type(part, "Sequence")) return refuse(r, "post_processor", part);
  const EngJson *list = eng_json_get(part, "processors");
  for (size_t i = 0; i < eng_json_size(list); i++)
    if (!read_processor(r, eng_json_at(list, i))) return false;
  return true;
}

bool eng_tokenizer_read_processor(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  Reader r = {tokenizer, files->tokenizer_path, err};
  return read_processor(r, eng_json_get(files->tokenizer, "post_processor"));
}
