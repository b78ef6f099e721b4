/* Files of text of any size, as passages that a model can read: one a line, or windows of the context over whole
 * files. A line that is longer than the context becomes several passages, each ending where a word does. What a
 * passage is depends on the bytes from its start on and on nothing else, so that reading can go on at any mark.
 * Memory is bounded whatever the files hold. One thread at a time. */
#ifndef ENGINE_CORPUS_H
#define ENGINE_CORPUS_H

#include "engine/input.h"

#include <stdint.h>

typedef struct EngCorpus EngCorpus;

typedef struct EngCorpusSpec {
  const char *const *files; /* borrowed while the corpus is open */
  int n_files;
  bool join; /* windows of the context, of one file each, instead of lines */
  /* Called for a line that is passed over, with the reason: it holds bytes that are no UTF-8, or NUL. May be
   * NULL. */
  void (*passed_over)(void *context, int file, size_t line, const char *why);
  void *context;
} EngCorpusSpec;

/* A place between passages. */
typedef struct EngMark {
  int file;      /* n_files at the end */
  size_t offset; /* bytes */
  size_t line;   /* from 1 */
} EngMark;

typedef struct EngPassage {
  int file;
  size_t line;        /* where it begins, from 1 */
  size_t start, stop; /* bytes of the file */
  EngInput *input;    /* one reference is the caller's; NULL after the last passage */
} EngPassage;

/* Every file is looked at first: a missing one, or a folder, is refused by name. */
EngCorpus *eng_corpus_open(EngModel *model, const EngCorpusSpec *spec, EngError *err);
void eng_corpus_close(EngCorpus *corpus); /* NULL is fine */

/* Reads on. False with a file that can no longer be read. */
bool eng_corpus_next(EngCorpus *corpus, EngPassage *out, EngError *err);

/* Behind the last passage. */
EngMark eng_corpus_mark(const EngCorpus *corpus);
/* Goes on there, which must be a mark of the same files. */
bool eng_corpus_seek(EngCorpus *corpus, EngMark mark, EngError *err);

uint64_t eng_corpus_bytes(const EngCorpus *corpus);                /* of all files */
uint64_t eng_corpus_before(const EngCorpus *corpus, EngMark mark); /* bytes up to there */
/* Identifies names and sizes of all files. */
uint64_t eng_corpus_hash(const EngCorpus *corpus);

#endif
