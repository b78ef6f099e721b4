/* What is given goes to the file at once, so that what says how far a scan is never runs ahead of it. */
#include "scripting/scan_result.h"

#include "engine/file.h"
#include "engine/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(const ScrResult *result, EngError *err) {
  return eng_error_set(err, result->path, NULL, "expected a file that can be written, found: %s", strerror(errno));
}

static uint64_t size_of(const ScrResult *result) {
  struct stat status;
  return fstat(result->file, &status) == 0 && S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
}

/* What is there already, or goes on elsewhere, is nobody's to write over. */
static bool may_begin(const ScrResult *result, ScrResultMode mode, EngError *err) {
  bool unfinished = eng_path_exists(result->state);
  if (mode == SCR_RESULT_FORCE && unfinished) unlink(result->state);
  if (mode != SCR_RESULT_NEW || (!unfinished && size_of(result) == 0)) return true;
  return eng_error_set(
      err, result->path, NULL, "holds %s: expected another name, --resume to %s, or --force to write it anew",
      unfinished ? "an unfinished scan" : "something already", unfinished ? "go on" : "check it and go on");
}

static bool lock(ScrResult *result, ScrResultMode mode, EngError *err) {
  struct stat status;
  if (fstat(result->file, &status) != 0) return fail(result, err);
  if (!S_ISREG(status.st_mode)) return true;
  if (flock(result->file, LOCK_EX | LOCK_NB) != 0)
    return eng_error_set(err, result->path, NULL, "expected a file of its own, found one that another scan writes");
  if (asprintf(&result->state, "%s.scan", result->path) < 0) {
    result->state = NULL;
    return eng_error_memory(err, result->path, "a path");
  }
  return may_begin(result, mode, err);
}

bool scr_result_is_none_of(const char *path, const char *const *files, int n_files, EngError *err) {
  struct stat out, in;
  if (stat(path, &out) != 0) return true;
  for (int i = 0; i < n_files; i++)
    if (stat(files[i], &in) == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
      return eng_error_set(err, path, NULL, "expected a file for the result, found a text that is read");
  return true;
}

bool scr_result_open(ScrResult *out, const char *path, ScrResultMode mode, EngError *err) {
  *out = (ScrResult){.path = path, .fresh = !eng_path_exists(path)};
  out->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (out->file < 0 && errno != EISDIR) out->file = open(path, O_WRONLY | O_CLOEXEC); /* a pipe */
  if (out->file < 0) return fail(out, err);
  if (lock(out, mode, err)) return true;
  scr_result_close(out, false);
  return false;
}

void scr_result_close(ScrResult *result, bool done) {
  if (done && result->state) unlink(result->state);
  bool empty = !done && result->fresh && result->state && result->at == 0;
  if (empty && !eng_path_exists(result->state)) unlink(result->path);
  close(result->file);
  free(result->state);
}

bool scr_result_go_on(ScrResult *result, uint64_t bytes) {
  if (size_of(result) < bytes || ftruncate(result->file, (off_t)bytes) != 0) return false;
  result->at = bytes;
  return true;
}

void scr_result_compare(ScrResult *result) {
  result->at = 0;
  result->there = size_of(result);
}

bool scr_result_empty(ScrResult *result, EngError *err) {
  result->at = result->there = 0;
  return !result->state || ftruncate(result->file, 0) == 0 || fail(result, err);
}

/* The line of the result in which byte `at` is. */
static unsigned long long line_at(const ScrResult *result, uint64_t at) {
  char block[4096];
  unsigned long long line = 1;
  for (uint64_t from = 0; from < at;) {
    ssize_t got = pread(result->file, block, sizeof block, (off_t)from);
    if (got <= 0) break;
    for (ssize_t i = 0; i < got && from < at; i++, from++) line += block[i] == '\n';
  }
  return line;
}

static bool refuse(const ScrResult *result, uint64_t at, EngError *err) {
  char line[40];
  snprintf(line, sizeof line, "line %llu", line_at(result, at));
  return eng_error_set(err, result->path, line,
                       "expected what this scan finds, found another's; nothing was changed in the file");
}

/* Compares up to the end of what was there; `done` are the bytes that it took. */
static bool compare(ScrResult *result, const char *text, size_t length, size_t *done, EngError *err) {
  char block[4096];
  *done = 0;
  while (*done < length && result->at < result->there) {
    uint64_t left = result->there - result->at;
    size_t n = length - *done < sizeof block ? length - *done : sizeof block;
    if (n > left) n = (size_t)left;
    ssize_t got = pread(result->file, block, n, (off_t)result->at);
    if (got <= 0) return fail(result, err);
    for (ssize_t i = 0; i < got; i++)
      if (block[i] != text[*done + (size_t)i]) return refuse(result, result->at + (uint64_t)i, err);
    *done += (size_t)got;
    result->at += (uint64_t)got;
  }
  return true;
}

bool scr_result_add(ScrResult *result, const char *text, size_t length, EngError *err) {
  size_t done = 0;
  if (!compare(result, text, length, &done, err)) return false;
  while (done < length) {
    ssize_t wrote = result->state ? pwrite(result->file, text + done, length - done, (off_t)result->at)
                                  : write(result->file, text + done, length - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return fail(result, err);
    done += (size_t)wrote;
    result->at += (uint64_t)wrote;
  }
  return true;
}

bool scr_result_end(const ScrResult *result, EngError *err) {
  return result->at >= result->there || refuse(result, result->at, err);
}

bool scr_result_has_state(const ScrResult *result) { return result->state && eng_path_exists(result->state); }

bool scr_result_save(ScrResult *result, void (*put)(void *context, FILE *file), void *context, EngError *err) {
  EngFile file;
  if (!result->state) return true;
  if (fdatasync(result->file) != 0) return fail(result, err);
  if (!eng_file_begin(&file, result->state, err)) return false;
  put(context, file.stream);
  return eng_file_end(&file, true, err);
}
