/* Text to token ids and back, with the same ids as Hugging Face's tokenizers.
 *
 * A tokenizer is opened from a model's folder (tokenizer.json, or vocab.json + merges.txt, or
 * vocab.txt), is immutable afterwards and may be used from several threads at once. */
#ifndef ENGINE_TOKENIZER_H
#define ENGINE_TOKENIZER_H

#include "engine/cancel.h"
#include "engine/config.h"
#include "engine/error.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct EngTokenizer EngTokenizer;

typedef struct EngEncoded {
  int id;
  int type;           /* token type: 0, or 1 for the second sentence of a pair */
  int sentence;       /* 0 or 1: whose text it came from; -1 for a special token that was added */
  size_t start, stop; /* bytes in that sentence; a token inside a character gets the whole
                         character's range; 0, 0 for an added special token */
} EngEncoded;

typedef struct EngEncoding {
  EngEncoded *tokens;
  size_t n_tokens;
} EngEncoding;

typedef struct EngEncodeOptions {
  bool special; /* add what the model's post-processor adds ([CLS], [SEP]) */
  bool bos;     /* put the model's BOS token in front (GPT-2: <|endoftext|>) */
} EngEncodeOptions;

/* NULL and an error that names the missing file or the field at fault. `config` gives the vocabulary's
 * size: a token beyond it is refused. */
EngTokenizer *eng_tokenizer_open(const char *folder, const EngConfig *config, const EngCancel *cancel,
                                 EngError *err);
void eng_tokenizer_free(EngTokenizer *tokenizer);

/* Encodes `text` (and `pair`, may be NULL) of the given byte lengths; NUL bytes are text. Invalid UTF-8
 * is refused with the byte offset. The caller frees the result with eng_encoding_free. */
bool eng_tokenizer_encode(const EngTokenizer *tokenizer, const char *text, size_t length, const char *pair,
                          size_t pair_length, EngEncodeOptions options, EngEncoding *out, EngError *err);
void eng_encoding_free(EngEncoding *encoding);

/* Ids to text as Hugging Face's decode(skip_special_tokens=False, clean_up_tokenization_spaces=False)
 * does; bytes that are no UTF-8 become U+FFFD. Returns malloc'ed, NUL-terminated text; the length (it may
 * hold NUL bytes) in `length`. An id out of range is an error. */
char *eng_tokenizer_decode(const EngTokenizer *tokenizer, const int *ids, size_t n_ids, size_t *length,
                           EngError *err);

/* The vocabulary's own string ("Ġdoctor", "##ing"), or NULL for an id it does not have. */
const char *eng_tokenizer_piece(const EngTokenizer *tokenizer, int id);

/* The token as people read it (" doctor", "##ing"): byte-level pieces decoded; bytes that are no whole
 * character are written \xE2\x9C. Returns malloc'ed text, NULL when memory is short. */
char *eng_tokenizer_shown(const EngTokenizer *tokenizer, int id);

/* The id of a vocabulary string or special token, -1 for none. */
int eng_tokenizer_id(const EngTokenizer *tokenizer, const char *piece);

bool eng_tokenizer_is_special(const EngTokenizer *tokenizer, int id);

/* Token put in front by `bos`, -1 where the model has none (then asking for it is an error). */
int eng_tokenizer_bos(const EngTokenizer *tokenizer);

/* Number of ids: one more than the largest. */
int eng_tokenizer_size(const EngTokenizer *tokenizer);

#endif
