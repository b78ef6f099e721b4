/* What a tokenizer is made of: filled by tokenizer_open.c and the files it calls, only read afterwards.
 * Private to tokenizer*.c. */
#ifndef ENGINE_TOKENIZER_PARTS_H
#define ENGINE_TOKENIZER_PARTS_H

#include "engine/added.h"
#include "engine/bytebpe.h"
#include "engine/json.h"
#include "engine/tokenizer.h"
#include "engine/wordpiece.h"

typedef enum EngTokenModel { ENG_TOKENS_BPE, ENG_TOKENS_WORDPIECE } EngTokenModel;
typedef enum EngDecoder { ENG_DECODE_JOINED, ENG_DECODE_BYTES, ENG_DECODE_WORDS } EngDecoder;

/* What the post-processor puts together: sentences and special tokens in order. */
typedef struct EngTemplateItem {
  int sentence; /* 0, 1, or -1: the special token `id` */
  int id;
  int type;
} EngTemplateItem;

#define ENG_TEMPLATE_MOST 32

typedef struct EngTemplate {
  EngTemplateItem items[ENG_TEMPLATE_MOST];
  int n_items;
} EngTemplate;

struct EngTokenizer {
  EngVocab vocab;
  EngAdded added;
  EngNormal normal;
  EngWords words;
  EngTokenModel model;
  EngWordPiece wordpiece;
  EngByteBpe bytebpe;
  bool trim; /* BPE: ranges leave spaces out */
  bool trim_prefixed;
  EngTemplate templates[2]; /* of one sentence, of a pair */
  EngDecoder decoder;
  char decoder_prefix[ENG_WORDPIECE_PREFIX + 1];
  bool decoder_cleanup;
  int bos;
};

/* Who decides how the text is treated: tokenizer.json itself, or one of transformers' classes, which take
 * only vocabulary, merges, added tokens and post-processor from it. */
typedef enum EngTokenizerClass { ENG_CLASS_FILE, ENG_CLASS_GPT2, ENG_CLASS_BERT } EngTokenizerClass;

/* The folder's files while it is opened. A root is NULL where there is no such file. */
typedef struct EngTokenizerFiles {
  const char *folder;
  char *tokenizer_path, *config_path, *special_path, *added_path; /* whether or not they exist */
  EngJson *tokenizer, *config, *special, *added;
  EngTokenizerClass class;
  int limit;               /* ids are below it: the model's vocabulary size */
  const EngCancel *cancel; /* looked at while files are read; NULL: nobody cancels */
} EngTokenizerFiles;

/* Reads the files that are there; false where one is bad. In either case eng_tokenizer_files_free follows. */
bool eng_tokenizer_files_load(EngTokenizerFiles *files, EngError *err);
void eng_tokenizer_files_free(EngTokenizerFiles *files);

/* folder/name, malloc'ed; NULL and an error when memory is short. */
char *eng_tokenizer_path(const char *folder, const char *name, EngError *err);

/* Whether folder/name is there. False when memory is short. */
bool eng_tokenizer_has(const char *folder, const char *name, bool *there, EngError *err);

/* A special token with a role ("bos_token"), as the files or the class name it. */
typedef struct EngRole {
  const char *content; /* NULL for none */
  size_t length;
  const EngJson *flags; /* an object with lstrip and so on, or NULL */
  bool is_default;      /* named by the class, not by a file */
} EngRole;

EngRole eng_tokenizer_role(const EngTokenizerFiles *files, const char *name);

/* Fills `vocab` and the model: from tokenizer.json, or from vocab.json with merges.txt, or from
 * vocab.txt. */
bool eng_tokenizer_read_model(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);
bool eng_tokenizer_read_merges(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);
bool eng_tokenizer_read_vocab(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);

/* From tokenizer.json: normaliser, pre-tokeniser and decoder; post-processor. */
bool eng_tokenizer_read_pipeline(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);
bool eng_tokenizer_read_processor(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);

/* The same from a class and tokenizer_config.json. */
bool eng_tokenizer_use_class(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);
bool eng_tokenizer_use_class_processor(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);

/* Added tokens and tokens with a role, from all files. */
bool eng_tokenizer_read_added(EngTokenizer *tokenizer, const EngTokenizerFiles *files, EngError *err);

#endif
