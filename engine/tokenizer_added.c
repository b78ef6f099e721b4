/* Added tokens come from up to four files. transformers' rule: the list in tokenizer_config.json wins; where
 * it has none, the older files and tokenizer.json count. Then every token with a role ("mask_token") that is
 * not among them is added as a special one. An id that a file states must be the one the token gets. */
#include "engine/tokenizer_parts.h"

#include <stdlib.h>
#include <string.h>

typedef struct Entry {
  const char *content, *file;
  size_t length;
  int64_t id;   /* -1: whatever comes next */
  size_t order; /* as collected */
  EngAddedToken token;
} Entry;

typedef struct Entries {
  Entry *at;
  size_t n, capacity;
} Entries;

/* The roles that a file or a class may give to a token. */
enum { ROLES = 7 };
static const char *const roles[ROLES] = {"bos_token", "eos_token", "unk_token", "sep_token",
                                         "pad_token", "cls_token", "mask_token"};

static const char *default_role(EngTokenizerClass class, const char *name) {
  static const char *const bert[ROLES] = {NULL, NULL, "[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"};
  static const char *const gpt2[ROLES] = {"<|endoftext|>", "<|endoftext|>", "<|endoftext|>"};
  if (class == ENG_CLASS_FILE) return NULL;
  for (int i = 0; i < ROLES; i++)
    if (strcmp(name, roles[i]) == 0) return class == ENG_CLASS_BERT ? bert[i] : gpt2[i];
  return NULL;
}

/* A token is a string, or an object that has it as "content". */
static EngRole role_from(const EngJson *value) {
  EngRole role = {0};
  if (eng_json_kind(value) == ENG_JSON_OBJECT) role.flags = value;
  role.content = eng_json_text(role.flags ? eng_json_get(value, "content") : value, &role.length);
  return role;
}

/* special_tokens_map.json counts only where tokenizer_config.json lists no added tokens. */
static const EngJson *role_value(const EngTokenizerFiles *files, const char *name) {
  bool listed = eng_json_get(files->config, "added_tokens_decoder") != NULL;
  const EngJson *value = listed ? NULL : eng_json_get(files->special, name);
  return value ? value : eng_json_get(files->config, name);
}

EngRole eng_tokenizer_role(const EngTokenizerFiles *files, const char *name) {
  const EngJson *value = role_value(files, name);
  if (value) return role_from(value);
  EngRole role = {.content = default_role(files->class, name), .is_default = true};
  role.length = role.content ? strlen(role.content) : 0;
  return role;
}

static bool check_length(const Entry *entry, EngError *err) {
  return entry->length <= ENG_ADDED_LONGEST ||
         eng_error_set(err, entry->file, "added_tokens", "expected a token of at most %d bytes, found %zu",
                       ENG_ADDED_LONGEST, entry->length);
}

static bool push(Entries *entries, Entry entry, EngError *err) {
  if (!entry.content)
    return eng_error_set(err, entry.file, "added_tokens", "expected a string as content, found something else");
  if (!check_length(&entry, err)) return false;
  if (entries->n == entries->capacity) {
    size_t capacity = entries->capacity * 2 + 16;
    Entry *at = realloc(entries->at, capacity * sizeof *at);
    if (!at) return eng_error_memory(err, entry.file, "added tokens");
    entries->at = at;
    entries->capacity = capacity;
  }
  entry.order = entries->n;
  entries->at[entries->n++] = entry;
  return true;
}

/* Reads {content, lstrip, rstrip, single_word, normalized, special}. */
static bool read_flags(const EngJson *object, const char *file, Entry *entry, EngError *err) {
  EngAddedToken *token = &entry->token;
  entry->file = file;
  entry->content = eng_json_text(eng_json_get(object, "content"), &entry->length);
  if (!eng_json_read_bool(object, "special", file, &token->special, err)) return false;
  token->normalized = !token->special;
  return eng_json_read_bool(object, "normalized", file, &token->normalized, err) &&
         eng_json_read_bool(object, "single_word", file, &token->single_word, err) &&
         eng_json_read_bool(object, "lstrip", file, &token->lstrip, err) &&
         eng_json_read_bool(object, "rstrip", file, &token->rstrip, err);
}

/* tokenizer.json: an array of objects with an id. */
static bool collect_array(const EngTokenizerFiles *files, Entries *entries, EngError *err) {
  const EngJson *array = eng_json_get(files->tokenizer, "added_tokens");
  for (size_t i = 0; i < eng_json_size(array); i++) {
    const EngJson *object = eng_json_at(array, i);
    Entry entry = {.id = -1};
    if (!read_flags(object, files->tokenizer_path, &entry, err)) return false;
    if (!eng_json_integer(eng_json_get(object, "id"), &entry.id) || entry.id < 0)
      return eng_error_set(err, files->tokenizer_path, "added_tokens", "expected an id, found none for token %zu",
                           i);
    if (!push(entries, entry, err)) return false;
  }
  return true;
}

/* tokenizer_config.json: an object of ids and objects. */
static bool collect_decoder(const EngTokenizerFiles *files, Entries *entries, EngError *err) {
  const EngJson *decoder = eng_json_get(files->config, "added_tokens_decoder"), *value = NULL;
  void *cursor = NULL;
  const char *key = NULL;
  while (eng_json_next(decoder, &cursor, &key, &value)) {
    Entry entry = {0};
    char *end = NULL;
    if (!read_flags(value, files->config_path, &entry, err)) return false;
    entry.id = strtoll(key, &end, 10);
    if (end == key || *end || entry.id < 0)
      return eng_error_set(err, files->config_path, "added_tokens_decoder", "expected an id, found \"%s\"", key);
    if (!push(entries, entry, err)) return false;
  }
  return true;
}

/* Whether a file, or with `defaults` the class, gives this token a role. */
static bool is_role(const EngTokenizerFiles *files, const char *content, size_t length, bool defaults) {
  for (int i = 0; i < ROLES; i++) {
    EngRole role = eng_tokenizer_role(files, roles[i]);
    if (role.is_default && !defaults) continue;
    if (role.content && role.length == length && memcmp(role.content, content, length) == 0) return true;
  }
  return false;
}

static const char *const extras[] = {"extra_special_tokens", "additional_special_tokens"};
enum { EXTRAS = sizeof extras / sizeof *extras };

static bool is_extra(const EngTokenizerFiles *files, const char *content, size_t length) {
  for (int i = 0; i < EXTRAS; i++) {
    const EngJson *list = role_value(files, extras[i]);
    for (size_t k = 0; eng_json_kind(list) == ENG_JSON_ARRAY && k < eng_json_size(list); k++) {
      EngRole role = role_from(eng_json_at(list, k));
      if (role.content && role.length == length && memcmp(role.content, content, length) == 0) return true;
    }
  }
  return false;
}

/* added_tokens.json: an object of tokens and ids; special are those that another file calls so. */
static bool collect_object(const EngTokenizerFiles *files, Entries *entries, EngError *err) {
  void *cursor = NULL;
  const char *key = NULL;
  const EngJson *value = NULL;
  while (eng_json_next(files->added, &cursor, &key, &value)) {
    Entry entry = {.content = key, .file = files->added_path, .length = strlen(key)};
    if (!eng_json_integer(value, &entry.id) || entry.id < 0)
      return eng_json_refuse(value, files->added_path, key, "an id", err);
    entry.token.special = is_role(files, key, entry.length, false) || is_extra(files, key, entry.length);
    entry.token.normalized = !entry.token.special;
    if (!push(entries, entry, err)) return false;
  }
  return true;
}

static int compare(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  if (x->id != y->id) return (x->id > y->id) - (x->id < y->id);
  return (x->order > y->order) - (x->order < y->order);
}

/* Gives the token its id (the vocabulary's, else the next) and makes it an added one. */
static bool settle(EngTokenizer *tokenizer, const Entry *entry, int limit, EngError *err) {
  if (entry->length == 0) return true;
  EngAddedToken token = entry->token;
  token.id = eng_vocab_id(&tokenizer->vocab, entry->content, entry->length);
  int id = token.id >= 0 ? token.id : tokenizer->vocab.size;
  if (entry->id >= limit)
    return eng_error_set(err, entry->file, entry->content,
                         "expected an id below the vocabulary's size %d, found %lld", limit, (long long)entry->id);
  if (entry->id >= 0 && entry->id != id)
    return eng_error_set(err, entry->file, entry->content, "expected id %d, found %lld", id, (long long)entry->id);
  if (token.id < 0 && !eng_vocab_add(&tokenizer->vocab, entry->content, entry->length, id, limit, entry->file, err))
    return false;
  token.id = id;
  return eng_added_put(&tokenizer->added, token) || eng_error_memory(err, entry->file, "added tokens");
}

/* The listed tokens, ordered by id; whichever has a role is special. */
static bool settle_listed(EngTokenizer *tokenizer, const EngTokenizerFiles *files, Entries *entries,
                          EngError *err) {
  if (entries->n > 0) qsort(entries->at, entries->n, sizeof *entries->at, compare);
  for (size_t i = 0; i < entries->n; i++) {
    Entry *entry = &entries->at[i];
    entry->token.special = entry->token.special || is_role(files, entry->content, entry->length, true);
    if (!settle(tokenizer, entry, files->limit, err)) return false;
  }
  return true;
}

/* Whether the token is among the first `n` added ones. */
static bool is_listed(const EngTokenizer *tokenizer, EngRole role, int n) {
  int id = eng_vocab_id(&tokenizer->vocab, role.content, role.length);
  const EngAddedToken *token = eng_added_find(&tokenizer->added, id);
  return token && token - tokenizer->added.tokens < n;
}

/* A special token from a file or a class, unless it is one of the `n_listed`. A class's own that the
 * vocabulary neither has nor has room for is left out. */
static bool settle_role(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngRole role, int n_listed,
                        EngError *err) {
  if (!role.content || is_listed(tokenizer, role, n_listed)) return true;
  bool known = eng_vocab_id(&tokenizer->vocab, role.content, role.length) >= 0;
  if (role.is_default && !known && tokenizer->vocab.size >= files->limit) return true;
  Entry entry = {.content = role.content, .file = files->config_path, .length = role.length, .id = -1};
  if (role.flags && !read_flags(role.flags, files->config_path, &entry, err)) return false;
  entry.token.special = true;
  if (!role.flags || eng_json_kind(eng_json_get(role.flags, "normalized")) != ENG_JSON_BOOL)
    entry.token.normalized = false;
  return check_length(&entry, err) && settle(tokenizer, &entry, files->limit, err);
}

static bool settle_extra(EngTokenizer *tokenizer, const EngTokenizerFiles *files, int n_listed, EngError *err) {
  for (int i = 0; i < EXTRAS; i++) {
    const EngJson *list = role_value(files, extras[i]);
    if (eng_json_kind(list) != ENG_JSON_ARRAY) continue;
    for (size_t k = 0; k < eng_json_size(list); k++)
      if (!settle_role(tokenizer, files, role_from(eng_json_at(list, k)), n_listed, err)) return false;
  }
  return true;
}

/* Of two lists with the same id the later one counts. */
static bool collect(const EngTokenizerFiles *files, Entries *entries, EngError *err) {
  bool listed = eng_json_get(files->config, "added_tokens_decoder") != NULL;
  if (!listed && !collect_object(files, entries, err)) return false;
  if ((!listed || files->class == ENG_CLASS_FILE) && !collect_array(files, entries, err)) return false;
  return !listed || collect_decoder(files, entries, err);
}

bool eng_tokenizer_read_added(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  Entries entries = {0};
  bool done = collect(files, &entries, err) && settle_listed(tokenizer, files, &entries, err);
  free(entries.at);
  int n_listed = tokenizer->added.n_tokens;
  for (int i = 0; done && i < ROLES; i++) {
    EngRole role = eng_tokenizer_role(files, roles[i]);
    done = settle_role(tokenizer, files, role, n_listed, err);
  }
  return done && settle_extra(tokenizer, files, n_listed, err);
}
