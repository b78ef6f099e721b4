/* One file is open at a time, and a stretch of it in memory: at least NEED bytes from where reading stands, or all
 * that is left. Passages are cut out of the first NEED bytes alone, wherever the stretch happens to end. */
#include "engine/corpus.h"

#include "engine/corpus_fit.h"
#include "engine/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { NEED = 1 << 16, ROOM = 4 * NEED };

struct EngCorpus {
  EngModel *model;
  EngCorpusSpec spec;
  EngFit fit;
  uint64_t *before; /* (n_files + 1): bytes of the files before each */
  EngMark mark;
  int descriptor; /* of file mark.file, -1 while it is not open */
  char *data;     /* ROOM bytes and one more */
  size_t at, end; /* data[at, end) is the file from mark.offset on */
  bool whole;     /* the file ends where the stretch does */
  size_t checked; /* up to here the file is known to be text */
};

static const char *name_of(const EngCorpus *corpus) { return corpus->spec.files[corpus->mark.file]; }

static bool look_at(EngCorpus *corpus, int file, EngError *err) {
  struct stat status;
  const char *path = corpus->spec.files[file];
  if (stat(path, &status) != 0)
    return eng_error_set(err, path, NULL, "expected a text file, found: %s", strerror(errno));
  if (!S_ISREG(status.st_mode))
    return eng_error_set(err, path, NULL, "expected a text file, found %s",
                         S_ISDIR(status.st_mode) ? "a folder" : "a device or pipe");
  if (access(path, R_OK) != 0)
    return eng_error_set(err, path, NULL, "expected a file that can be read, found: %s", strerror(errno));
  corpus->before[file + 1] = corpus->before[file] + (uint64_t)status.st_size;
  return true;
}

static bool prepare(EngCorpus *corpus, EngError *err) {
  int n = corpus->spec.n_files;
  if (n < 1) return eng_error_set(err, NULL, "text", "expected a file, found none");
  corpus->before = calloc((size_t)n + 1, sizeof *corpus->before);
  corpus->data = malloc(ROOM + 1);
  if (!corpus->before || !corpus->data) return eng_error_memory(err, NULL, "text");
  for (int i = 0; i < n; i++)
    if (!look_at(corpus, i, err)) return false;
  corpus->fit.tokenizer = eng_model_tokenizer(corpus->model, err);
  corpus->fit.most = (size_t)eng_model_config(corpus->model)->n_ctx;
  corpus->fit.guess = 5 * corpus->fit.most < NEED ? 5 * corpus->fit.most : NEED;
  return corpus->fit.tokenizer != NULL;
}

EngCorpus *eng_corpus_open(EngModel *model, const EngCorpusSpec *spec, EngError *err) {
  EngCorpus *corpus = calloc(1, sizeof *corpus);
  if (!corpus) {
    eng_error_memory(err, NULL, "text");
    return NULL;
  }
  *corpus = (EngCorpus){.model = eng_model_retain(model), .spec = *spec, .descriptor = -1, .mark = {.line = 1}};
  if (prepare(corpus, err)) return corpus;
  eng_corpus_close(corpus);
  return NULL;
}

static void close_file(EngCorpus *corpus) {
  if (corpus->descriptor >= 0) close(corpus->descriptor);
  corpus->descriptor = -1;
  corpus->at = corpus->end = corpus->checked = 0;
  corpus->whole = false;
}

void eng_corpus_close(EngCorpus *corpus) {
  if (!corpus) return;
  close_file(corpus);
  eng_model_release(corpus->model);
  free(corpus->before);
  free(corpus->data);
  free(corpus);
}

EngMark eng_corpus_mark(const EngCorpus *corpus) { return corpus->mark; }
uint64_t eng_corpus_bytes(const EngCorpus *corpus) { return corpus->before[corpus->spec.n_files]; }

uint64_t eng_corpus_before(const EngCorpus *corpus, EngMark mark) {
  return corpus->before[mark.file] + mark.offset;
}

uint64_t eng_corpus_hash(const EngCorpus *corpus) {
  uint64_t hash = XXH3_64bits(corpus->before, ((size_t)corpus->spec.n_files + 1) * sizeof *corpus->before);
  for (int i = 0; i < corpus->spec.n_files; i++)
    hash = XXH3_64bits_withSeed(corpus->spec.files[i], strlen(corpus->spec.files[i]) + 1, hash);
  return hash;
}

bool eng_corpus_seek(EngCorpus *corpus, EngMark mark, EngError *err) {
  int n = corpus->spec.n_files;
  bool fits = mark.file >= 0 && mark.line >= 1 && (mark.file < n || (mark.file == n && mark.offset == 0));
  if (!fits || (mark.file < n && mark.offset > corpus->before[mark.file + 1] - corpus->before[mark.file]))
    return eng_error_set(err, NULL, "text", "expected a place within the files, found another");
  close_file(corpus);
  corpus->mark = mark;
  return true;
}

/* --- the stretch in memory */

static bool open_file(EngCorpus *corpus, EngError *err) {
  corpus->descriptor = open(name_of(corpus), O_RDONLY | O_CLOEXEC);
  if (corpus->descriptor >= 0 && lseek(corpus->descriptor, (off_t)corpus->mark.offset, SEEK_SET) >= 0) return true;
  return eng_error_set(err, name_of(corpus), NULL, "expected the file that was there before, found: %s",
                       strerror(errno));
}

/* Bytes of the file behind the stretch: it ends where it did when it was first looked at, whatever is added to it.
 */
static size_t bytes_behind(const EngCorpus *corpus) {
  uint64_t size = corpus->before[corpus->mark.file + 1] - corpus->before[corpus->mark.file];
  return (size_t)size - (corpus->mark.offset + corpus->end - corpus->at);
}

/* Until NEED bytes are there, or the file ends. */
static bool fill(EngCorpus *corpus, EngError *err) {
  if (corpus->descriptor < 0 && !open_file(corpus, err)) return false;
  if (corpus->whole || corpus->end - corpus->at >= NEED) return true;
  memmove(corpus->data, corpus->data + corpus->at, corpus->end - corpus->at);
  corpus->end -= corpus->at;
  corpus->at = 0;
  while (corpus->end < ROOM && !corpus->whole) {
    size_t room = ROOM - corpus->end, rest = bytes_behind(corpus);
    ssize_t got = read(corpus->descriptor, corpus->data + corpus->end, rest < room ? rest : room);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0 && rest > 0)
      return eng_error_set(err, name_of(corpus), NULL,
                           "expected %zu more bytes at %zu, as when it was opened, found its end", rest,
                           corpus->mark.offset + corpus->end);
    if (got < 0)
      return eng_error_set(err, name_of(corpus), NULL, "expected bytes at %zu, found: %s",
                           corpus->mark.offset + corpus->end, strerror(errno));
    corpus->end += (size_t)got;
    corpus->whole = got == 0;
  }
  corpus->data[corpus->end] = '\0';
  return true;
}

static const char *here(const EngCorpus *corpus) { return corpus->data + corpus->at; }
static size_t left(const EngCorpus *corpus) { return corpus->end - corpus->at; }

/* Goes on by `n` bytes, in which `lines` lines end. */
static void advance(EngCorpus *corpus, size_t n, size_t lines) {
  corpus->at += n;
  corpus->mark.offset += n;
  corpus->mark.line += lines;
}

static bool next_file(EngCorpus *corpus) {
  close_file(corpus);
  corpus->mark = (EngMark){.file = corpus->mark.file + 1, .line = 1};
  return corpus->mark.file < corpus->spec.n_files;
}

/* Behind the end of this line, however far that is. */
static bool pass_over(EngCorpus *corpus, const char *why, EngError *err) {
  if (corpus->spec.passed_over)
    corpus->spec.passed_over(corpus->spec.context, corpus->mark.file, corpus->mark.line, why);
  for (;;) {
    const char *end = memchr(here(corpus), '\n', left(corpus));
    if (end) return advance(corpus, (size_t)(end - here(corpus)) + 1, 1), true;
    advance(corpus, left(corpus), 0);
    if (corpus->whole) return true;
    if (!fill(corpus, err)) return false;
  }
}

/* --- passages */

/* What stands at the mark: a line without its end, or, of joined ones, everything. */
typedef struct Stretch {
  const char *text;
  size_t length;
  size_t end; /* bytes that end the line behind it */
  bool more;  /* it goes on beyond NEED bytes */
} Stretch;

static Stretch stretch_at(const EngCorpus *corpus) {
  Stretch s = {.text = here(corpus), .length = left(corpus) < NEED ? left(corpus) : NEED};
  const char *end = corpus->spec.join ? NULL : memchr(s.text, '\n', s.length);
  s.more = !end && (left(corpus) > NEED || !corpus->whole);
  if (!end) return s;
  s.length = (size_t)(end - s.text);
  s.end = 1;
  if (s.length > 0 && s.text[s.length - 1] == '\r') s.length--, s.end++;
  return s;
}

/* How much of the stretch is text. A character that its end cuts is left for later. */
static size_t readable(EngCorpus *corpus, Stretch *s) {
  size_t offset = corpus->mark.offset, from = corpus->checked > offset ? corpus->checked - offset : 0;
  if (from >= s->length) return s->length;
  size_t good = from + eng_utf8_check(s->text + from, s->length - from);
  const char *nul = memchr(s->text + from, '\0', good - from);
  if (nul) return (size_t)(nul - s->text);
  corpus->checked = offset + good;
  size_t rest = s->length - good;
  if (s->more && rest > 0 && eng_utf8_broken(s->text + good, rest) == rest) s->length = good;
  return good;
}

/* Makes the stretch one of text alone; false where its first line is none. */
static bool is_text(EngCorpus *corpus, Stretch *s, char *why, size_t size) {
  size_t good = readable(corpus, s);
  if (good == s->length) return true;
  const char *line = corpus->spec.join ? memrchr(s->text, '\n', good) : NULL;
  size_t before = line ? (size_t)(line - s->text) + 1 : 0;
  snprintf(why, size, "expected UTF-8, found %s at byte %zu", s->text[good] ? "another byte" : "NUL",
           corpus->mark.offset + good);
  *s = (Stretch){.text = s->text, .length = before};
  return before > 0;
}

static size_t lines_in(const char *text, size_t length) {
  size_t n = 0;
  for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - text))); at++) n++;
  return n;
}

static bool has_tokens(const EngEncoding *encoding) {
  for (size_t i = 0; i < encoding->n_tokens; i++)
    if (encoding->tokens[i].sentence >= 0) return true;
  return false;
}

/* The first passage of the stretch; without an input where it holds no token. */
static bool cut(EngCorpus *corpus, const Stretch *s, EngPassage *out, EngError *err) {
  EngEncoding encoding = {0};
  EngError cause = {0};
  char line[32];
  size_t used = 0;
  bool ok = eng_fit(&corpus->fit, s->text, s->length, s->more, &used, &encoding, &cause);
  if (ok && has_tokens(&encoding)) {
    *out = (EngPassage){.file = corpus->mark.file, .line = corpus->mark.line, .start = corpus->mark.offset};
    out->stop = out->start + used;
    out->input = eng_input_from_encoding(corpus->model, s->text, used, (EngEncodeOptions){.special = true},
                                         &encoding, &cause);
    ok = out->input != NULL;
  }
  eng_encoding_free(&encoding);
  snprintf(line, sizeof line, "line %zu", corpus->mark.line);
  if (!ok) return eng_error_set(err, name_of(corpus), line, "%s", cause.message);
  advance(corpus, used, corpus->spec.join ? lines_in(s->text, used) : 0);
  if (used == s->length) advance(corpus, s->end, s->end > 0);
  return true;
}

static bool skip_byte_order_mark(EngCorpus *corpus) {
  bool found = corpus->mark.offset == 0 && left(corpus) >= 3 && memcmp(here(corpus), "\xEF\xBB\xBF", 3) == 0;
  if (found) advance(corpus, 3, 0);
  return found;
}

bool eng_corpus_next(EngCorpus *corpus, EngPassage *out, EngError *err) {
  char why[96];
  *out = (EngPassage){0};
  while (corpus->mark.file < corpus->spec.n_files) {
    if (!fill(corpus, err)) return false;
    if (left(corpus) == 0 && !next_file(corpus)) return true;
    if (left(corpus) == 0 || skip_byte_order_mark(corpus)) continue;
    Stretch s = stretch_at(corpus);
    if (!is_text(corpus, &s, why, sizeof why)) {
      if (!pass_over(corpus, why, err)) return false;
    } else if (s.length == 0) {
      advance(corpus, s.end, 1);
    } else if (!cut(corpus, &s, out, err)) {
      return false;
    } else if (out->input) {
      return true;
    }
  }
  return true;
}
