/* transformers' GPT2Tokenizer and BertTokenizer: what they do to text, given by tokenizer_config.json and by
 * defaults of their own. */
#include "engine/tokenizer_parts.h"

#include <string.h>

static bool use_gpt2(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  tokenizer->bytebpe.use_regex = true;
  tokenizer->decoder = ENG_DECODE_BYTES;
  return eng_json_read_bool(files->config, "add_prefix_space", files->config_path, &tokenizer->bytebpe.prefix_space,
                            err);
}

/* The id of the token with a role; -1 for none. */
static int role_id(const EngTokenizer *tokenizer, const EngTokenizerFiles *files, const char *name) {
  EngRole role = eng_tokenizer_role(files, name);
  return role.content ? eng_vocab_id(&tokenizer->vocab, role.content, role.length) : -1;
}

static bool use_bert(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  const EngJson *config = files->config;
  const char *file = files->config_path;
  bool lower = true, cjk = true;
  if (!eng_json_read_bool(config, "do_lower_case", file, &lower, err) ||
      !eng_json_read_bool(config, "tokenize_chinese_chars", file, &cjk, err))
    return false;
  bool strip = lower;
  if (!eng_json_read_bool(config, "strip_accents", file, &strip, err)) return false;
  EngNormal *normal = &tokenizer->normal;
  eng_normal_add(normal, ENG_NORMAL_CLEAN);
  if (cjk) eng_normal_add(normal, ENG_NORMAL_CJK);
  if (strip) eng_normal_add(normal, ENG_NORMAL_NFD);
  if (strip) eng_normal_add(normal, ENG_NORMAL_UNMARK);
  if (lower) eng_normal_add(normal, ENG_NORMAL_LOWER);
  tokenizer->words.space = tokenizer->words.punctuation = true;
  tokenizer->decoder = ENG_DECODE_WORDS;
  tokenizer->decoder_cleanup = true;
  strcpy(tokenizer->decoder_prefix, "##");
  tokenizer->wordpiece.unk = role_id(tokenizer, files, "unk_token");
  return tokenizer->wordpiece.unk >= 0 ||
         eng_error_set(err, files->folder, "unk_token", "expected it in the vocabulary, found no such piece");
}

bool eng_tokenizer_use_class(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  return files->class == ENG_CLASS_BERT ? use_bert(tokenizer, files, err) : use_gpt2(tokenizer, files, err);
}

/* [CLS] A [SEP] and [CLS] A [SEP] B [SEP]. */
static bool use_bert_processor(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  int cls = role_id(tokenizer, files, "cls_token"), sep = role_id(tokenizer, files, "sep_token");
  if (cls < 0 || sep < 0)
    return eng_error_set(err, files->folder, cls < 0 ? "cls_token" : "sep_token",
                         "expected it in the vocabulary, found no such piece");
  const EngTemplateItem items[] = {{-1, cls, 0}, {0, -1, 0}, {-1, sep, 0}, {1, -1, 1}, {-1, sep, 1}};
  for (int pair = 0; pair < 2; pair++) {
    tokenizer->templates[pair].n_items = pair ? 5 : 3;
    memcpy(tokenizer->templates[pair].items, items, sizeof items);
  }
  return true;
}

/* With `add_bos_token` and `add_eos_token` every sentence gets them; only where there is no tokenizer.json. */
static bool use_gpt2_processor(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  bool with_bos = false, with_eos = false;
  if (!eng_json_read_bool(files->config, "add_bos_token", files->config_path, &with_bos, err) ||
      !eng_json_read_bool(files->config, "add_eos_token", files->config_path, &with_eos, err))
    return false;
  int bos = role_id(tokenizer, files, "bos_token"), eos = role_id(tokenizer, files, "eos_token");
  for (int pair = 0; pair < 2; pair++) {
    EngTemplate *out = &tokenizer->templates[pair];
    out->n_items = 0;
    for (int sentence = 0; sentence <= pair; sentence++) {
      if (with_bos && bos >= 0) out->items[out->n_items++] = (EngTemplateItem){-1, bos, sentence};
      out->items[out->n_items++] = (EngTemplateItem){sentence, -1, sentence};
      if (with_eos && eos >= 0) out->items[out->n_items++] = (EngTemplateItem){-1, eos, sentence};
    }
  }
  return true;
}

bool eng_tokenizer_use_class_processor(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err) {
  if (files->class == ENG_CLASS_BERT) return use_bert_processor(tokenizer, files, err);
  if (files->tokenizer) return eng_tokenizer_read_processor(tokenizer, files, err);
  return use_gpt2_processor(tokenizer, files, err);
}
