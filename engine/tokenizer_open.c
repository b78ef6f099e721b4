/* Opens a tokenizer the way transformers' AutoTokenizer does. tokenizer.json wins over the older files. Where
 * tokenizer_config.json is there and names one of the two classes that this program's models have (or none),
 * the class decides how text is treated; otherwise tokenizer.json does. */
#include "engine/tokenizer_parts.h"

#include <stdlib.h>
#include <string.h>

/* Older tokenizer.json files do not name the model's type, but only BPE has merges. */
static bool choose_by_json(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  const EngJson *model = eng_json_get(files->tokenizer, "model");
  const char *type = eng_json_text(eng_json_get(model, "type"), NULL);
  if (!type) type = eng_json_get(model, "merges") ? "BPE" : "WordPiece";
  tokenizer->model = strcmp(type, "BPE") == 0 ? ENG_TOKENS_BPE : ENG_TOKENS_WORDPIECE;
  return tokenizer->model == ENG_TOKENS_BPE || strcmp(type, "WordPiece") == 0 ||
         eng_error_set(err, files->tokenizer_path, "model.type", "expected BPE or WordPiece, found %.100s", type);
}

/* Which model the files hold: tokenizer.json says so, or else which of the older files are there. */
static bool choose_model(EngTokenizer *tokenizer, const EngTokenizerFiles *files, bool bert, EngError *err) {
  if (files->tokenizer) return choose_by_json(tokenizer, files, err);
  bool has_json = false, has_text = false;
  if (!eng_tokenizer_has(files->folder, "vocab.json", &has_json, err) ||
      !eng_tokenizer_has(files->folder, "vocab.txt", &has_text, err))
    return false;
  tokenizer->model = has_text && (bert || !has_json) ? ENG_TOKENS_WORDPIECE : ENG_TOKENS_BPE;
  return has_json || has_text ||
         eng_error_set(err, files->folder, NULL,
                       "expected tokenizer.json, vocab.json with merges.txt, or vocab.txt, found none of them");
}

/* "BertTokenizerFast" and "BertTokenizer" are one. */
static bool is_class(const char *name, const char *class) {
  size_t n = strlen(class);
  return strncmp(name, class, n) == 0 && (name[n] == '\0' || strcmp(name + n, "Fast") == 0);
}

/* Without a tokenizer.json only the two classes will do: another one treats the same files differently. */
static bool choose_class(const EngTokenizer *tokenizer, EngTokenizerFiles *files, EngError *err) {
  bool bpe = tokenizer->model == ENG_TOKENS_BPE;
  const char *own = bpe ? "GPT2Tokenizer" : "BertTokenizer";
  const char *name = eng_json_text(eng_json_get(files->config, "tokenizer_class"), NULL);
  bool is_own = !name || is_class(name, own);
  if (!files->tokenizer && !is_own)
    return eng_error_set(err, files->config_path, "tokenizer_class",
                         "expected %s, or a tokenizer.json, found %.100s", own, name);
  files->class = bpe ? ENG_CLASS_GPT2 : ENG_CLASS_BERT;
  if (files->tokenizer && (!files->config || !is_own)) files->class = ENG_CLASS_FILE;
  return true;
}

static bool read_model(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  if (files->tokenizer) return eng_tokenizer_read_model(tokenizer, files, err);
  if (tokenizer->model == ENG_TOKENS_BPE) return eng_tokenizer_read_merges(tokenizer, files, err);
  return eng_tokenizer_read_vocab(tokenizer, files, err);
}

static bool find_bos(EngTokenizer *tokenizer, const EngTokenizerFiles *files, int from_config, EngError *err) {
  EngRole role = eng_tokenizer_role(files, "bos_token");
  if (role.content) tokenizer->bos = eng_vocab_id(&tokenizer->vocab, role.content, role.length);
  if (tokenizer->bos < 0 && from_config >= 0 && from_config < tokenizer->vocab.size) tokenizer->bos = from_config;
  bool split = false;
  if (!eng_json_read_bool(files->config, "split_special_tokens", files->config_path, &split, err)) return false;
  return !split || eng_error_set(err, files->config_path, "split_special_tokens",
                                 "expected false (splitting them is not implemented), found true");
}

static bool build(EngTokenizer *tokenizer, EngTokenizerFiles *files, const EngConfig *config, EngError *err) {
  bool bert = config && config->arch == ENG_BERT;
  files->limit = config && config->d_vocab < ENG_VOCAB_MOST ? config->d_vocab : ENG_VOCAB_MOST;
  if (!eng_tokenizer_files_load(files, err) || !choose_model(tokenizer, files, bert, err) ||
      !choose_class(tokenizer, files, err))
    return false;
  bool by_file = files->class == ENG_CLASS_FILE;
  return read_model(tokenizer, files, err) &&
         (by_file ? eng_tokenizer_read_pipeline(tokenizer, files, err)
                  : eng_tokenizer_use_class(tokenizer, files, err)) &&
         eng_tokenizer_read_added(tokenizer, files, err) &&
         (by_file ? eng_tokenizer_read_processor(tokenizer, files, err)
                  : eng_tokenizer_use_class_processor(tokenizer, files, err)) &&
         eng_added_index(&tokenizer->added, &tokenizer->vocab, &tokenizer->normal, err) &&
         find_bos(tokenizer, files, config ? config->bos_token_id : -1, err);
}

/* What holds where no file says otherwise. */
static EngTokenizer *new_tokenizer(void) {
  EngTokenizer *tokenizer = calloc(1, sizeof *tokenizer);
  if (!tokenizer) return NULL;
  tokenizer->bos = tokenizer->bytebpe.bpe.unk = tokenizer->wordpiece.unk = -1;
  tokenizer->wordpiece.most_chars = 100;
  strcpy(tokenizer->wordpiece.prefix, "##");
  tokenizer->templates[0] = (EngTemplate){{{0, -1, 0}}, 1};
  tokenizer->templates[1] = (EngTemplate){{{0, -1, 0}, {1, -1, 1}}, 2};
  return tokenizer;
}

EngTokenizer *eng_tokenizer_open(const char *folder, const EngConfig *config, const EngCancel *cancel,
                                 EngError *err) {
  EngTokenizerFiles files = {.folder = folder, .cancel = cancel};
  EngTokenizer *tokenizer = new_tokenizer();
  bool done = tokenizer ? build(tokenizer, &files, config, err) : eng_error_memory(err, folder, "a tokenizer");
  eng_tokenizer_files_free(&files);
  if (done) return tokenizer;
  eng_tokenizer_free(tokenizer);
  return NULL;
}

void eng_tokenizer_free(EngTokenizer *tokenizer) {
  if (!tokenizer) return;
  eng_vocab_free(&tokenizer->vocab);
  eng_added_free(&tokenizer->added);
  eng_bpe_free(&tokenizer->bytebpe.bpe);
  free(tokenizer);
}
